"""The demo's questionnaires: a plan, some who have answered, some who are asked, and some who would rather not.

The words are placeholders: nobody may ship those of an instrument.
"""

from datetime import timedelta

from django.utils import timezone

from ..courses.models import Enrolment
from ..matching.models import Match
from ..outcomes.instruments.models import InstrumentText
from ..outcomes.instruments.registry import instrument_of
from ..outcomes.questionnaires import services
from ..outcomes.questionnaires.models import Questionnaire, QuestionnairePlan
from ..outcomes.questionnaires.services_planning import save_plan
from .clock import days_ago

MATCHES, COURSES = "who5", "inspire_o"
TITLES = {MATCHES: "Hvordan har du haft det?", COURSES: "Håb og hverdag"}
# What citizens in a match answered in turn: at the start, and at the end where it has ended. None: skipped; (): asked,
# not answered; a short row: stopped half way.
ANSWERS = (
    ((2, 2, 1, 2, 3), (3, 3, 3, 4, 3)),
    ((3, 3, 2, 3, 3), (4, 3, 3, 4, 4)),
    ((1, 2, 2, 1, 2), (3, 2, 3, 3, 3)),
    ((4, 3, None, 4, 3), (4, 4, 4, 4, 3)),
    ((2, 3), ()),
    ((3, 2, 3, 2, 2), (2, 3, 2, 3, 2)),
    ((), (3, 3, 3, 3, 3)),
)


def make_questionnaires(initiative, user):
    """Fill ``initiative`` (its scope open); returns how many have been answered."""
    for code in (MATCHES, COURSES):
        _words(code)
    for match in Match.objects.filter(active_from__isnull=False).order_by("pk"):
        _of_match(match, ANSWERS[match.number % len(ANSWERS)])
    lines = [
        QuestionnairePlan(kind="match", instrument=MATCHES, at_start=True, at_end=True, follow_up_weeks=12),
        QuestionnairePlan(kind="course", instrument=COURSES, at_start=True, at_end=True),
    ]
    save_plan(initiative=initiative, lines=lines, user=user)
    _in_courses(initiative)
    said_no = Questionnaire.objects.filter(state="planned", citizen__isnull=False).order_by("-pk").first()
    if said_no is not None:
        services.refuse(person=said_no.citizen, user=user)
    return Questionnaire.objects.filter(state="answered").count()


def _words(code):
    """Put placeholders in where nobody has put words in."""
    if InstrumentText.objects.current(code) is not None:
        return
    kind = instrument_of(code)
    InstrumentText.objects.create(
        instrument=code,
        title=TITLES[code],
        introduction="Tænk på de sidste to uger. (Eksempel: Sæt jeres egne ord ind.)",
        items_text="\n".join(f"Sætning {n} (her står jeres egne ord)" for n in range(1, kind.items + 1)),
        words_text="\n".join(f"Svar {n}" for n in range(kind.lowest, kind.highest + 1)),
        leave_from="Et opdigtet eksempel. Ordene er ikke skemaets.",
        leave_on=timezone.localdate(),
        in_use=True,
    )


def _of_match(match, answers):
    moments = [("start", match.active_from)]
    if match.state == "ended":
        moments.append(("end", match.ended_on))
    for (moment, day), said in zip(moments, answers, strict=False):
        ago = (timezone.localdate() - day).days
        if ago < 5:
            continue  # the plan asks for it on today's list
        row = Questionnaire.objects.create(
            initiative_id=match.initiative_id,
            citizen=match.citizen,
            match=match,
            instrument=MATCHES,
            moment=moment,
            due_on=day,
        )
        _answer(row, said, ago - 2)


def _answer(row, said, ago):
    """Ask, and answer, so many days ago; whoever is on a pause or has said goodbye is left in peace."""
    with days_ago(ago):
        try:
            services.ask(person=row.person, route="demo")
        except services.NotAllowed:
            row.delete()
            return
    with days_ago(max(ago - 1, 0)):
        for number, value in enumerate(said, 1):
            services.save_answer(questionnaire=row, number=number, value=value, route="demo")


def _in_courses(initiative):
    """Those who are in a course now: every other one has answered what the plan asks at its start."""
    enrolments = Enrolment.objects.filter(state="enrolled", course__state="running").order_by("pk")
    for index, enrolment in enumerate(enrolments):
        row = Questionnaire.objects.filter(enrolment=enrolment, moment="start").first()
        if row is None:
            row = Questionnaire.objects.create(
                initiative_id=initiative.pk,
                enrolment=enrolment,
                citizen=enrolment.citizen,
                volunteer=enrolment.volunteer,
                instrument=COURSES,
                moment="start",
                due_on=timezone.localdate() - timedelta(days=12),
            )
        if index % 2 == 0:
            _answer(row, [(index + n) % 4 + 1 for n in range(5)], 2)
