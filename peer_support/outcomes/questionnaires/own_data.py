"""A person's questionnaires, for their own data: every question they answered, and what was made of it."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ...people.own_data import Part, entries_of, register_own_data
from ...privacy.registry import register_words
from ..instruments.registry import instrument_of
from .models import Questionnaire, QuestionnaireRefusal
from .presenting import answers_in_words, name_of

_FIELDS = (
    "instrument",
    "moment",
    "due_on",
    "state",
    "asked_at",
    "reminded_at",
    "answered_on",
    "way",
    "answers_text",
)


def _questionnaires(person):
    return [
        Part(_("Questionnaires"), entries=entries_of(Questionnaire, person, first=_FIELDS)),
        Part(_("No to questionnaires"), entries=entries_of(QuestionnaireRefusal, person)),
    ]


def _answers(row):
    """Every question that was answered or skipped, with its answer."""
    said = row.answers
    if not said or not row.text_id:
        return ""
    return "\n".join(f"{item}: {words}" for number, item, words in answers_in_words(row) if number in said)


def _result(row):
    instrument, score = instrument_of(row.instrument), row.score
    if score is None:
        return ""
    number = number_format(score.normalize(), decimal_pos=None if score % 1 else 0)
    if instrument is None:
        return number
    return _("%(score)s, from %(low)d to %(high)d") % {
        "score": number,
        "low": instrument.low,
        "high": instrument.high,
    }


def _care(row):
    return {
        "no": _("no"),
        "open": _("We ring and hear how things are."),
        "done": _("We have rung and heard how things are."),
    }.get(row.care, "")


register_words(
    Questionnaire,
    instrument=lambda row: name_of(row.instrument),
    answers_text=_answers,
    score_text=_result,
    care_text=_care,
)
register_own_data(_questionnaires, models=["peer_support.questionnaire", "peer_support.questionnairerefusal"])
