"""The demo's change: some are better, for some there is no clear change, some are worse, and some answers are missing.

Every answer is invented, and the words they answer are placeholders.
"""

from datetime import timedelta

from django.utils import timezone

from ..access.decisions import NotAllowed
from ..courses.models import Enrolment
from ..matching.models import Match
from ..outcomes.changes.services import show_to_volunteer
from ..outcomes.questionnaires import services
from ..outcomes.questionnaires.models import Questionnaire, Way
from .clock import days_ago

COURSES, MATCHES = "inspire_o", "who5"
# What one participant after the other answered at the start and at the end. None: never answered.
COURSE_ANSWERS = (
    ((1, 2, 1, 2, 1), (3, 3, 2, 3, 2)),  # better
    ((2, 1, 2, 1, 1), (3, 3, 3, 2, 2)),  # better
    ((2, 2, 2, 2, 2), (2, 2, 3, 2, 2)),  # no clear change
    ((3, 3, 2, 3, 3), (2, 2, 2, 2, 1)),  # worse
    ((1, 1, 2, 2, 1), (2, 3, 2, 3, 3)),  # better
    ((2, 2, 1, 2, 2), (2, 3, 2, 3, 2)),  # better
    ((1, 2, 2, 1, 1), None),  # missing
    ((2, None, 2, 2, 1), (3, 3, 3, 3, 2)),  # one item skipped: no number to begin with
)
# What citizens said in the middle of their match.
HALF_WAY = ((4, 3, 4, 4, 3), (2, 3, 2, 3, 3), (1, 1, 1, 2, 1))


def make_changes(initiative, user):
    """Let those of finished courses, and some in a match, have answered again; returns how many did."""
    before = Questionnaire.objects.filter(state="answered").count()
    _of_courses(initiative, user)
    _half_way(user)
    return Questionnaire.objects.filter(state="answered").count() - before


def _of_courses(initiative, user):
    done = Enrolment.objects.filter(state="completed", citizen__isnull=False, course__state="completed")
    for index, enrolment in enumerate(done.select_related("course", "citizen").order_by("course", "pk")):
        said = COURSE_ANSWERS[index % len(COURSE_ANSWERS)]
        days = (enrolment.course.started_on, enrolment.completed_on)
        for moment, day, answers in zip(("start", "end"), days, said, strict=True):
            row = Questionnaire.objects.filter(enrolment=enrolment, instrument=COURSES, moment=moment).first()
            row = row or Questionnaire.objects.create(
                initiative_id=initiative.pk,
                enrolment=enrolment,
                citizen=enrolment.citizen,
                instrument=COURSES,
                moment=moment,
                due_on=day,
            )
            _enter(row, answers, day, user)


def _enter(row, answers, day, user):
    with days_ago((timezone.localdate() - day).days):
        try:
            if answers is None:
                services.ask(person=row.person, user=user, day=day)
            else:
                services.enter(
                    questionnaire=row, answers=dict(enumerate(answers, 1)), way=Way.PAPER, user=user, on=day
                )
        except NotAllowed:
            row.delete()  # on a pause, or after the goodbye: left in peace


def _half_way(user):
    begun = Questionnaire.objects.filter(
        instrument=MATCHES,
        moment="start",
        state="answered",
        match__in=Match.objects.filter(state="active"),
        answered_on__lt=timezone.localdate() - timedelta(days=21),
    )
    rows = begun.select_related("citizen", "match").order_by("pk")[: len(HALF_WAY)]
    for row, answers in zip(rows, HALF_WAY, strict=False):
        with days_ago(6):
            try:
                again = services.add_one(person=row.person, instrument=MATCHES, user=user, match=row.match)
                services.enter(
                    questionnaire=again,
                    answers=dict(enumerate(answers, 1)),
                    way=Way.TOGETHER,
                    user=user,
                )
            except NotAllowed:
                continue
    if rows and rows[0].citizen_id:
        show_to_volunteer(person=rows[0].citizen, shown=True, user=user, route="demo")
