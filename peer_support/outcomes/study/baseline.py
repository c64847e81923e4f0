"""Are the questions before the draw answered? One function, which the draw and every screen ask."""

from collections import defaultdict

from ..questionnaires.models import State
from .models import StudyAsk
from .sight import measures_of


def measures_at_start(study):
    """Return the lines of the measurement plan that come before the draw."""
    return [measure for measure in measures_of(study) if measure.week == 0]


def baseline_is_in(participant):
    """Whether everything that is measured before the draw has been answered.

    A questionnaire is answered when it says so itself, by link, on paper or together, also where single questions were
    skipped. A study without an instrument asks in its own way, on paper: then a coordinator has ticked the day.
    """
    return participant.pk in answered_at_start([participant])


def answered_at_start(participants):
    """Return the keys of those among ``participants`` whose baseline is in: one query, and one for each study."""
    studies = {one.study_id: one.study for one in participants}
    first = {pk: {measure.pk for measure in measures_at_start(study)} for pk, study in studies.items()}
    answered = defaultdict(set)
    rows = StudyAsk.objects.filter(
        participant__in=[one.pk for one in participants],
        measure__in=set().union(*first.values()),
        questionnaire__state=State.ANSWERED,
    )
    for participant, measure in rows.values_list("participant_id", "measure_id"):
        answered[participant].add(measure)
    return {
        one.pk
        for one in participants
        if (
            first[one.study_id] <= answered[one.pk]
            if first[one.study_id]
            else one.paper_baseline_on is not None
        )
    }
