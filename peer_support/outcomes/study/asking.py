"""A participant's questionnaires: planned when the yes is there and when the draw is made, gone with a withdrawal."""

from datetime import timedelta

from django.utils import timezone

from ..questionnaires.models import OPEN_STATES, Moment, Questionnaire
from .models import StudyAsk
from .sight import measures_of


def plan(participant, *, before):
    """Plan the questionnaires ``before`` the draw (week 0), or those after it, counted from today. Returns how many.

    They belong to the person alone, and not to a course or a match: a study's answers are never counted among those of
    the centre's own measurements.
    """
    today, made = timezone.localdate(), 0
    held = set(participant.asks.values_list("measure_id", flat=True))
    for measure in measures_of(participant.study):
        if (measure.week == 0) != before or measure.pk in held:
            continue
        questionnaire = Questionnaire.objects.create(
            initiative_id=participant.initiative_id,
            citizen_id=participant.citizen_id,
            instrument=measure.instrument,
            moment=Moment.START if before else Moment.EXTRA,
            due_on=today + timedelta(weeks=measure.week),
        )
        StudyAsk.objects.create(
            initiative_id=participant.initiative_id,
            participant=participant,
            measure=measure,
            questionnaire=questionnaire,
        )
        made += 1
    return made


def stop(participant, *, answers_too):
    """Take back what has not been answered; with ``answers_too`` every answer given to the study. Returns how many."""
    rows = Questionnaire.objects.filter(pk__in=participant.asks.values("questionnaire"))
    if not answers_too:
        rows = rows.filter(state__in=OPEN_STATES)
    count = rows.count()
    kept = [
        found.name for found in Questionnaire._meta.concrete_fields if found.primary_key or found.is_relation
    ]
    # Without reading what is encrypted: a lost key stops no withdrawal.
    rows.only(*kept).delete()
    return count
