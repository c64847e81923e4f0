"""What is left when somebody is erased or their time is over: the same numbers, and nothing that leads to anybody."""

import datetime
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from peer_support.courses.models import Enrolment
from peer_support.matching.models import Match
from peer_support.outcomes.questionnaires.models import Questionnaire, SeriesScore
from peer_support.outcomes.questionnaires.retention import due_groups
from peer_support.outcomes.questionnaires.series import Asked, answer_counts, paired_scores
from peer_support.people.erasing import erase_person
from peer_support.privacy import retention
from peer_support.privacy.erasure import erase
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing.factories import CitizenFactory, MatchFactory
from peer_support.testing.factories_courses import EnrolmentFactory
from peer_support.testing.factories_questionnaires import QuestionnaireFactory

from .conftest import days

pytestmark = pytest.mark.django_db
YEAR = {"since": days(-365), "until": days()}


def pair(initiative, start, now, **match):
    """A match that has ended, with its two scores; ``None``: asked and not answered; "no": would rather not."""
    match = MatchFactory(
        **{
            "initiative": initiative,
            "state": "ended",
            "active_from": days(-100),
            "ended_on": days(-10),
            **match,
        }
    )
    for moment, score, due in (("start", start, match.active_from), ("end", now, match.ended_on)):
        state = {None: "expired", "no": "skipped"}.get(score, "answered")
        QuestionnaireFactory(
            citizen=match.citizen,
            match=match,
            moment=moment,
            due_on=due,
            state=state,
            asked_at=timezone.now(),
            score_text=str(score) if state == "answered" else "",
        )
    return match


def figures(initiative, **more):
    asked = {"initiative_ids": [initiative.pk], "instrument": "who5", **YEAR, **more}
    return paired_scores(**asked), answer_counts(**asked)


def test_pairs_and_counts(in_scope, text):
    pair(in_scope, 40, 60)
    pair(in_scope, 56, 52)
    pair(in_scope, 44, None)
    pair(in_scope, "no", 80)
    pairs, counts = figures(in_scope)
    assert pairs == [(Decimal(40), Decimal(60)), (Decimal(56), Decimal(52))]
    assert counts == Asked(asked=8, answered=6, missing=1, declined=1)
    assert figures(in_scope, kind="course") == ([], Asked(0, 0, 0, 0))
    assert figures(in_scope, kind="match")[0] == pairs
    assert answer_counts(initiative_ids=[in_scope.pk], instrument="who5", **YEAR, moment="end").asked == 4


def test_the_last_one_of_the_period_is_now_and_what_is_only_planned_counts_nowhere(in_scope, text):
    match = pair(in_scope, 40, 60)
    QuestionnaireFactory(
        citizen=match.citizen, match=match, moment="follow_up", state="answered", score_text="72"
    )
    QuestionnaireFactory(citizen=match.citizen, match=match, moment="extra")
    assert figures(in_scope)[0] == [(Decimal(40), Decimal(72))]
    before = days().replace(day=1) - datetime.timedelta(days=1)
    if days(-10).month != days().month:
        assert figures(in_scope, until=before)[0] == [(Decimal(40), Decimal(60))]
    assert figures(in_scope, until=days(-95))[0] == []
    assert figures(in_scope)[1].asked == 3


def test_a_course_has_pairs_of_its_own(in_scope, text):
    enrolment = EnrolmentFactory(
        initiative=in_scope, course__initiative=in_scope, state="completed", enrolled_on=days(-90),
        completed_on=days(-5),
    )  # fmt: skip
    for moment, score, due in (("start", "40", days(-90)), ("end", "44", days(-5))):
        QuestionnaireFactory(
            citizen=enrolment.citizen, enrolment=enrolment, moment=moment, due_on=due, state="answered",
            score_text=score,
        )  # fmt: skip
    assert figures(in_scope, kind="course")[0] == [(Decimal(40), Decimal(44))]
    erase(subject=enrolment.citizen)
    assert figures(in_scope, kind="course")[0] == [(Decimal(40), Decimal(44))]


def test_no_figure_changes_when_people_are_erased_and_nothing_leads_to_them(in_scope, text, coordinator):
    matches = [
        pair(in_scope, 40, 60),
        pair(in_scope, 56, 52),
        pair(in_scope, 44, None),
        pair(in_scope, "no", 80),
    ]
    QuestionnaireFactory(citizen=matches[0].citizen, match=matches[0], moment="follow_up", due_on=days(40))
    before = figures(in_scope)
    for match in matches:
        erase_person(person=match.citizen, user=coordinator)
        assert figures(in_scope) == before
    assert not Questionnaire.objects.exists()
    rows = list(SeriesScore.objects.all())
    assert len(rows) == 8, "what was only planned leaves nothing"
    assert {row.month.day for row in rows} == {1}
    assert len({row.key for row in rows}) == 4
    assert not any(field.is_relation for field in SeriesScore._meta.fields if field.name != "initiative")
    numbers = [row.pk for row in rows]
    assert numbers != sorted(numbers) or len(set(numbers)) == 8
    again = [erase(subject=match.citizen) for match in matches]
    assert again and figures(in_scope) == before, "a second erasure adds nothing"


def test_a_score_in_the_series_does_not_say_when_it_was_detached(in_scope, text):
    match = pair(in_scope, 40, 60)
    erase(subject=match.citizen)
    with connection.cursor() as cursor:
        cursor.execute("SELECT score_text FROM peer_support_seriesscore")
        tokens = [row[0] for row in cursor.fetchall()]
    # The first signs of a Fernet token hold its moment: here they are the year 1970.
    assert len(tokens) == 2 and all(token.startswith("gAAAAAAAAAAA") for token in tokens)
    assert sorted(row.score for row in SeriesScore.objects.all()) == [40, 60]


def test_erasure_needs_no_key(in_scope, text, settings):
    match = pair(in_scope, 40, 60)
    with override_settings(PEER_SUPPORT={**settings.PEER_SUPPORT, "KEYS": []}):
        erase(subject=match.citizen)
    assert not Questionnaire.objects.exists()
    assert figures(in_scope)[1] == Asked(2, 2, 0, 0)


def test_half_a_year_after_the_end_answers_lose_their_name_and_no_figure_changes(
    in_scope, text, time_machine_at
):
    old, young = pair(in_scope, 40, 60), pair(in_scope, 56, 52, ended_on=days(-1))
    asked_again = pair(in_scope, 48, 48)
    QuestionnaireFactory(
        citizen=asked_again.citizen, match=asked_again, moment="follow_up", due_on=days(-9), state="asked"
    )
    running = MatchFactory(initiative=in_scope, state="active", active_from=days(-300))
    QuestionnaireFactory(
        citizen=running.citizen, match=running, moment="start", due_on=days(-300), state="answered"
    )
    before = figures(in_scope)
    time_machine_at(176)  # six months after the first ended, not yet after the second
    seen = retention.purge()["questionnaire"]
    done = retention.purge(apply=True)["questionnaire"]
    assert seen == done and len(done) == 1
    assert not Questionnaire.objects.filter(match=old).exists()
    for match in (young, asked_again, running):
        assert Questionnaire.objects.filter(match=match).exists()
    assert figures(in_scope) == before
    assert retention.purge(apply=True)["questionnaire"] == []


def of_nothing(initiative):
    return {}


def of_match(state="ended", ended=None):
    def build(initiative):
        match = MatchFactory(initiative=initiative, state=state, active_from=days(-100))
        if ended is not None:
            Match.objects.filter(pk=match.pk).update(ended_on=days(ended))
        return {"match": match, "citizen": match.citizen}

    return build


def of_course(state, **on):
    def build(initiative):
        enrolment = EnrolmentFactory(course__initiative=initiative, state=state)
        Enrolment.objects.filter(pk=enrolment.pk).update(**{name: days(day) for name, day in on.items()})
        return {"enrolment": enrolment, "citizen": enrolment.citizen}

    return build


@pytest.mark.parametrize(
    ("group", "due", "over"),
    [
        (of_nothing, -1, True),
        (of_nothing, 0, False),
        (of_match("ended", -1), -1, True),
        (of_match("ended", 0), -1, False),
        (of_match("active"), -9, False),
        # Something is still to be asked, or was asked today.
        (of_match("ended", -1), 0, False),
        *((of_match(state), due, due < 0) for state in ("declined", "withdrawn") for due in (-1, 0)),
        (of_course("completed", completed_on=-1), -1, True),
        (of_course("completed", completed_on=0), -1, False),
        (of_course("left", left_on=-1), -1, True),
        (of_course("left", left_on=0), -1, False),
        (of_course("enrolled"), -9, False),
        *(
            (of_course(state), due, due < 0)
            for state in ("interested", "invited", "waiting", "declined")
            for due in (-1, 0)
        ),
    ],
)
def test_whose_answers_are_over(in_scope, text, group, due, over):
    belongs = {"citizen": None, **group(in_scope)}
    belongs["citizen"] = belongs["citizen"] or CitizenFactory(initiative=in_scope)
    row = QuestionnaireFactory(**belongs, moment="start", due_on=days(due), state="answered")
    assert [one.pk for one in due_groups(timezone.localtime())] == ([row.pk] if over else [])


def test_losing_the_name_is_written_down_as_the_purges_doing(in_scope, text, time_machine_at):
    match = pair(in_scope, 40, 60)
    keys = set(Questionnaire.objects.filter(match=match).values_list("pk", flat=True))
    time_machine_at(190)
    retention.purge(apply=True)
    rows = AccessLogEntry.objects.filter(action="erase", model="peer_support.questionnaire")
    assert {(row.object_id, row.user, row.route) for row in rows} == {(pk, None, "purge") for pk in keys}


def test_what_belongs_to_no_match_goes_too_and_one_person_is_one_key(in_scope, text, time_machine_at):
    citizen = CitizenFactory(initiative=in_scope, status="waiting", waiting_since=days())
    QuestionnaireFactory(citizen=citizen, moment="start", state="answered", score_text="30")
    QuestionnaireFactory(citizen=citizen, moment="extra", state="answered", score_text="50")
    pairs = figures(in_scope)[0]
    assert pairs == [(Decimal(30), Decimal(50))]
    time_machine_at(190)
    call_command("purge", apply=True, verbosity=0)
    assert not Questionnaire.objects.exists() and len({row.key for row in SeriesScore.objects.all()}) == 1
    assert figures(in_scope)[0] == pairs
