"""People who have answered: at a start, in between, at an end."""

import datetime

from django.utils import timezone

from peer_support.outcomes.instruments.models import InstrumentText
from peer_support.testing.factories import MatchFactory
from peer_support.testing.factories_courses import EnrolmentFactory
from peer_support.testing.factories_questionnaires import AskedTextFactory, QuestionnaireFactory


def ago(days):
    return timezone.localdate() - datetime.timedelta(days=days)


def words(code="who5"):
    """Return the text in use for ``code``; made where there is none."""
    return InstrumentText.objects.current(code) or AskedTextFactory(
        instrument=code, title=f"Spørgsmål {code}"
    )


def answer(person, moment, score, *, on, code="who5", **values):
    """Write down that ``person`` answered on the day ``on``; ``score`` may be ``None``, where something was skipped."""
    return QuestionnaireFactory(
        **{person._meta.model_name: person},
        instrument=code,
        text=words(code),
        moment=moment,
        state="answered",
        due_on=on,
        answered_on=on,
        score_text="" if score is None else str(score),
        **values,
    )


def match_answers(match, scores, code="who5", side="citizen"):
    """One answer a month of one side of ``match``: a start, what lies between, and an end."""
    moments = ["start", *["extra"] * (len(scores) - 2), "end"][: len(scores)]
    return [
        answer(
            getattr(match, side), moment, score, on=ago(30 * (len(scores) - place)), match=match, code=code
        )
        for place, (moment, score) in enumerate(zip(moments, scores, strict=True))
    ]


def course_answers(course, pairs, code="who5"):
    """One participant for each pair of ``(start, end)``; "asked" instead of a score: was asked, and has not answered."""
    for start, end in pairs:
        enrolment = EnrolmentFactory(course=course)
        for moment, score, on in (("start", start, ago(70)), ("end", end, ago(3))):
            if score == "asked":
                QuestionnaireFactory(
                    citizen=enrolment.citizen,
                    enrolment=enrolment,
                    instrument=code,
                    text=words(code),
                    moment=moment,
                    state="asked",
                    due_on=on,
                )
            else:
                answer(enrolment.citizen, moment, score, on=on, enrolment=enrolment, code=code)


def active_match(initiative, **citizen):
    """A match that has been going on for some months."""
    return MatchFactory(
        initiative=initiative,
        state="active",
        active_from=ago(120),
        **{f"citizen__{name}": value for name, value in citizen.items()},
    )
