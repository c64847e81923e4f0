"""Are the questions before the draw answered? One function, which the draw and every screen ask."""

from ..questionnaires.models import State
from .models import StudyAsk


def measures_at_start(study):
    """Return the lines of the measurement plan that come before the draw."""
    return [measure for measure in study.measures.all() if measure.week == 0]


def baseline_is_in(participant):
    """Whether everything that is measured before the draw has been answered.

    A questionnaire is answered when it says so itself, by link, on paper or together, also where single questions were
    skipped. A study without an instrument asks in its own way, on paper: then a coordinator has ticked the day.
    """
    first = {measure.pk for measure in measures_at_start(participant.study)}
    if not first:
        return participant.paper_baseline_on is not None
    answered = StudyAsk.objects.filter(
        participant=participant, measure__in=first, questionnaire__state=State.ANSWERED
    )
    return set(answered.values_list("measure_id", flat=True)) == first
