"""A person's questionnaires, for their own data: every question they answered, and what was made of it."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ...people.own_data import Part, register_own_data, rows_of
from ..instruments.registry import instrument_of
from .models import Questionnaire, QuestionnaireRefusal
from .presenting import answers_in_words, name_of


def _questionnaires(person):
    of = {person._meta.model_name: person}
    rows = Questionnaire.objects.filter(**of).select_related("text").order_by("due_on", "pk")
    noes = QuestionnaireRefusal.objects.filter(**of)
    return [
        Part(_("Questionnaires"), entries=[_entry(row) for row in rows]),
        Part(_("No to questionnaires"), entries=[rows_of(no, ("since",)) for no in noes]),
    ]


def _entry(row):
    entry = [(_("What"), name_of(row.instrument))]
    entry += rows_of(row, ("moment", "due_on", "state", "asked_at", "reminded_at", "answered_on", "way"))
    if not row.is_readable:
        return [*entry, (_("Answers"), _("They cannot be read: the key is missing."))]
    if row.text_id:
        said = row.answers
        entry += [(item, words) for number, item, words in answers_in_words(row) if number in said]
    if row.score is not None:
        entry.append((_("Result"), _result(row)))
    if row.care != "no":
        entry.append((_("What we do"), _("We ring and hear how things are.")))
    return entry


def _result(row):
    instrument, score = instrument_of(row.instrument), row.score
    number = number_format(score.normalize(), decimal_pos=None if score % 1 else 0)
    if instrument is None:
        return number
    return _("%(score)s, from %(low)d to %(high)d") % {
        "score": number,
        "low": instrument.low,
        "high": instrument.high,
    }


register_own_data(_questionnaires, models=["peer_support.questionnaire", "peer_support.questionnairerefusal"])
