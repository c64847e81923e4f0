"""Words are forgotten while the record stays: each rule by its boundary, and no field with words that no rule takes."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from peer_support.access.scopes import all_initiatives
from peer_support.courses.models import Enrolment, GroupCourse
from peer_support.matching.models import Match
from peer_support.matching.models_match import MatchEvent
from peer_support.people import holds
from peer_support.people.models import Conversation, Correction
from peer_support.people.standing import people_behind
from peer_support.privacy import forgetting, retention
from peer_support.privacy.models import AccessLogEntry
from peer_support.privacy.registry import WAY, WORDS, tables
from peer_support.recruitment.models_consent import Consent
from peer_support.testing import factories as make
from peer_support.testing import factories_courses as make_courses
from peer_support.testing import factories_followup as make_followup
from peer_support.testing import factories_followup_trips as make_trips
from tests.privacy.clocked import TODAY, at, boundary, stored
from tests.security.world import KEY_A, build_side

pytestmark = pytest.mark.django_db


def ended_match(initiative, day):
    return make.MatchFactory(
        initiative=initiative,
        citizen=make.CitizenFactory(initiative=initiative, status="waiting"),
        volunteer=make.VolunteerFactory(initiative=initiative),
        state="ended",
        active_from=day - timedelta(days=90),
        ended_on=day,
        goals="ord",
        pause_reason="ord",
        ending_note="ord",
        place="ord",
        first_meeting_place="ord",
    )


def active_match(initiative):
    return make.MatchFactory(
        initiative=initiative,
        citizen=make.CitizenFactory(initiative=initiative, status="waiting"),
        volunteer=make.VolunteerFactory(initiative=initiative),
        state="active",
        goals="ord",
    )


def declined_match(initiative, day):
    match = stored(active_match(initiative), state="declined", proposed_at=at(day - timedelta(days=9)))
    MatchEvent.objects.create(
        initiative=initiative, match=match, action="decline", to_state="declined", at=at(day)
    )
    return match


def enrolment(initiative, course_state="running", **values):
    course = make_courses.GroupCourseFactory(initiative=initiative, state=course_state)
    row = make_courses.EnrolmentFactory(
        initiative=initiative,
        course=course,
        citizen=make.CitizenFactory(initiative=initiative),
        exception_reason="ord",
        waiting_note="ord",
        priority_reason="ord",
        left_note="ord",
        note="ord",
    )
    return stored(row, **values)


def enrolment_of_course(initiative, day):
    row = enrolment(initiative, state="enrolled", enrolled_on=day)
    stored(row.course, state="completed", ended_on=day)
    return row


def talk(initiative, day, match_ended):
    match = ended_match(initiative, match_ended)
    return make.ConversationFactory(
        citizen=match.citizen, held_on=day, notes="", answers_json='[{"a": "ord"}]'
    )


def trip(initiative, **values):
    words = dict.fromkeys(
        ("from_place", "to_place", "purpose", "what_is_asked", "how_to_meet", "led_to_note"), "ord"
    )
    row = make_trips.AccompanimentFactory(
        initiative=initiative, citizen=make.CitizenFactory(initiative=initiative), **words
    )
    return stored(row, **values)


def meeting(initiative, match, **values):
    return stored(make_followup.MeetingFactory(initiative=initiative, match=match, note="ord"), **values)


def call(initiative, match, **values):
    return stored(make_followup.FollowUpFactory(initiative=initiative, match=match, note="ord"), **values)


def _course(i, day):
    return stored(
        make_courses.GroupCourseFactory(initiative=i, state="running", notes="ord"),
        state="completed",
        ended_on=day,
    )


# code of the rule, what tells cases of it apart, and how to make a row whose clock began on ``day``
CASES = [
    ("course_notes", "", _course),
    (
        "workshop_notes",
        "",
        lambda i, day: stored(make_courses.IntroWorkshopFactory(initiative=i, notes="ord"), date=day),
    ),
    (
        "guidance_notes",
        "",
        lambda i, day: stored(
            make_courses.GuidanceDateFactory(
                course=make_courses.GroupCourseFactory(initiative=i), initiative=i, note="ord", given_by="ord"
            ),
            date=day,
        ),
    ),
    (
        "enrolment_words",
        "completed",
        lambda i, day: enrolment(i, state="completed", enrolled_on=day, completed_on=day),
    ),
    ("enrolment_words", "left", lambda i, day: enrolment(i, state="left", left_on=day)),
    ("enrolment_words", "declined", lambda i, day: enrolment(i, state="declined", declined_on=day)),
    ("enrolment_words", "course over", enrolment_of_course),
    (
        "enrolment_words_old",
        "",
        lambda i, day: enrolment(i, state="enrolled", enrolled_on=day, updated_at=at(day)),
    ),
    ("match_words", "ended", ended_match),
    ("match_words", "declined", declined_match),
    (
        "conversation_words_match",
        "match",
        lambda i, day: talk(i, day - timedelta(days=30), match_ended=day),
    ),
    (
        "conversation_words_match",
        "talk after the match",
        lambda i, day: talk(i, day, match_ended=day - timedelta(days=30)),
    ),
    (
        "conversation_words",
        "answers only",
        lambda i, day: make.ConversationFactory(
            citizen=make.CitizenFactory(initiative=i), held_on=day, notes="", answers_json='[{"a": "ord"}]'
        ),
    ),
    (
        "booking_words",
        "",
        lambda i, day: stored(
            make.ConversationBookingFactory(citizen=make.CitizenFactory(initiative=i), place="ord"),
            booked_for=at(day),
        ),
    ),
    (
        "correction_words",
        "",
        lambda i, day: stored(
            make.CorrectionFactory(citizen=make.CitizenFactory(initiative=i), words="ord"),
            state="taken",
            settled_at=at(day),
        ),
    ),
    ("follow_up_words", "", lambda i, day: call(i, ended_match(i, day))),
    (
        "follow_up_words_old",
        "done",
        lambda i, day: call(i, active_match(i), state="done", outcome="well", done_on=day),
    ),
    ("follow_up_words_old", "not done", lambda i, day: call(i, active_match(i), created_at=at(day))),
    ("meeting_words", "", lambda i, day: meeting(i, ended_match(i, day))),
    ("meeting_words_old", "", lambda i, day: meeting(i, active_match(i), created_at=at(day))),
    (
        "trip_words",
        "closed",
        lambda i, day: trip(i, state="done", closed_on=day, day=day - timedelta(days=9)),
    ),
    ("trip_words", "nobody closed it", lambda i, day: trip(i, state="accepted", day=day)),
]
case = pytest.mark.parametrize(
    ("code", "built"),
    [(code, built) for code, __, built in CASES],
    ids=[f"{c} {t}".strip() for c, t, __ in CASES],
)


def left(row):
    """Return the words that are left in ``row``."""
    fresh = type(row)._base_manager.get(pk=row.pk)
    return {name: getattr(fresh, name) for name in forgetting.words_of(type(row)) if getattr(fresh, name)}


@case
def test_words_go_the_day_after_and_not_the_day_before(code, built, initiative, in_scope):
    gone = built(initiative, boundary(code) - timedelta(days=1))
    stays = built(initiative, boundary(code) + timedelta(days=1))
    due = list(retention.rules()[code].due(timezone.now()))
    assert due == [gone] and left(gone) and left(stays)
    dry = retention.purge()
    assert dry[code] == [gone.pk] and left(gone), "a dry run takes nothing"
    assert retention.purge(apply=True) == dry
    assert left(gone) == {} and left(stays)
    log = AccessLogEntry.objects.get(action="erase", model=gone._meta.label_lower, object_id=gone.pk)
    assert (log.route, log.user) == ("purge", None)
    assert not any(retention.purge(apply=True).values()), "nothing is done twice"


@case
def test_a_legal_hold_keeps_the_words_of_whom_it_is_about(code, built, initiative, in_scope, coordinator):
    row = built(initiative, boundary(code) - timedelta(days=1))
    people = people_behind(row)
    if not people:
        assert code in {"course_notes", "workshop_notes", "guidance_notes"}, "these are about nobody alone"
        return
    for person in people:
        holds.hold(person=person, reason="Sag", until=TODAY() + timedelta(days=9), user=coordinator)
        assert retention.purge(apply=True)[code] == [] and left(row)
        holds.lift(person=person, user=coordinator)
    assert retention.purge(apply=True)[code] == [row.pk] and not left(row)


def test_what_is_forgotten_is_not_changed_otherwise(initiative, in_scope):
    """The day of the last change decides how long somebody who only asked is kept."""
    row = make.ConversationFactory(
        citizen=make.CitizenFactory(initiative=initiative), held_on=TODAY() - timedelta(days=400), notes="ord"
    )
    row = stored(row, updated_at=at(TODAY() - timedelta(days=390)))
    retention.purge(apply=True)
    fresh = Conversation.objects.get(pk=row.pk)
    assert fresh.notes == "" and (fresh.updated_at, fresh.held_on) == (row.updated_at, row.held_on)


def test_who_asked_to_be_left_alone_is_forgotten_in_time_too(initiative, in_scope):
    row = make.ConversationFactory(
        citizen=make.CitizenFactory(initiative=initiative), held_on=TODAY() - timedelta(days=400), notes="ord"
    )
    stored(row.citizen, restricted_on=TODAY())
    assert retention.purge(apply=True)["conversation_words"] == [row.pk] and not left(row)


@pytest.mark.parametrize("state", ["active", "proposed"])
def test_words_of_a_talk_stay_while_a_new_match_goes_on(state, initiative, in_scope):
    day = boundary("conversation_words_match") - timedelta(days=5)
    row = talk(initiative, day, match_ended=day)
    new = make.MatchFactory(
        initiative=initiative,
        citizen=row.citizen,
        volunteer=make.VolunteerFactory(initiative=initiative),
        state=state,
    )
    assert retention.purge()["conversation_words_match"] == []
    stored(new, state="ended", ended_on=TODAY())
    assert retention.purge()["conversation_words_match"] == [], "it was over lately"
    stored(new, ended_on=day)
    assert retention.purge()["conversation_words_match"] == [row.pk]


def test_a_proposal_that_was_answered_lately_is_not_forgotten(initiative, in_scope):
    day = boundary("match_words") - timedelta(days=1)
    match = declined_match(initiative, day)
    assert retention.purge()["match_words"] == [match.pk]
    MatchEvent.objects.create(initiative=initiative, match=match, action="note", to_state="declined")
    assert retention.purge()["match_words"] == []


def test_control_a_match_that_goes_on_keeps_its_goals(initiative, in_scope):
    match = stored(active_match(initiative), proposed_at=at(TODAY() - timedelta(days=900)))
    retention.purge(apply=True)
    assert Match.objects.get(pk=match.pk).goals == "ord"


def test_two_rules_that_do_the_same_take_a_row_once(initiative, in_scope):
    day = boundary("conversation_words") - timedelta(days=1)
    row = talk(initiative, day, match_ended=day)
    dry = retention.purge()
    assert (dry["conversation_words_match"], dry["conversation_words"]) == ([row.pk], [])
    assert retention.purge(apply=True) == dry


# No field is forgotten


PERSONS = "with the person, who is asked once a year: what fits them is needed to find a match"
OWN = "it is the person's own: they read it themselves, and it goes with them"
HOUSE = "about the house's own work; no person it supports is meant"
KEPT = {
    **{
        f"{model}.{name}": PERSONS
        for model, names in {
            "Citizen": "first_name last_name phone email expectations notes pause_reason wish special_knowledge "
            "referred_by",
            "Volunteer": "first_name last_name phone email expectations notes pause_reason motivation resources "
            "readiness training_wishes",
        }.items()
        for name in names.split()
    },
    "LegalHold.reason": "a hold has to be answered for as long as the person is here, and lasts a year at most",
    "Thanks.words": OWN,
    "ProgressStar.areas_text": OWN,
    "StarReading.answers_text": OWN,
    "Paper.body": "a contract that is in force; the others go by the rule of papers",
    "Paper.facts": "a contract that is in force; the others go by the rule of papers",
    "Paper.signed_name": "a contract that is in force; the others go by the rule of papers",
    "AccessLink.token": "made by chance; it goes with the person, and opens nothing when it has ended",
    "SeriesScore.score_text": "a number without a person, for the statistics",
    "StudySeal.box": "a number made by chance",
    "ReviewNote.note": "about a colleague; goes with the access log",
    "PeopleUpload.content": "two hours, by another job",
    "PeopleUpload.choices": "two hours, by another job",
    "RecruitmentPlan.who": HOUSE,
    "RecruitmentPlan.result": HOUSE,
    "StartUpStep.responsible": HOUSE,
    "StartUpStep.note": HOUSE,
    "StartUpStep.next_step": HOUSE,
}


def person_tables():
    """Return the tables about people who have a record here; how the others end, each says itself (``Table.ends``)."""
    return [table for table in tables() if not table.about]


def filled():
    """Return ``{"Model.field", …}`` of every column of words in which something stands."""
    found = set()
    for table in person_tables():
        for name in forgetting.words_of(table.model):
            values = table.model._base_manager.values_list(name, flat=True)
            if any(values):
                found.add(f"{table.model.__name__}.{name}")
    return found


# What the world has nothing in: it needs no word there to be told apart.
EMPTY_IN_THE_WORLD = {
    "Citizen.special_knowledge",
    "Citizen.referred_by",
    "Volunteer.expectations",
    "Questionnaire.score_text",
    "Questionnaire.care_text",
    "Volunteer.readiness",
    "Volunteer.training_wishes",
}


def test_every_word_is_taken_by_a_rule_or_says_why_it_stays(monkeypatch):
    """Ten years on, with everybody still here: what is left are the exceptions, each with its reason."""
    build_side(KEY_A)
    day = TODAY()
    with all_initiatives("a test"):
        Match.objects.update(state="ended", ended_on=day, active_from=day)
        GroupCourse.objects.update(state="completed", ended_on=day, started_on=day)
        Enrolment.objects.update(state="completed", completed_on=day)
        Correction.objects.update(state="left", settled_at=timezone.now())
    columns = {
        f"{table.model.__name__}.{name}"
        for table in person_tables()
        for name in forgetting.words_of(table.model)
    }
    assert KEPT.keys() <= columns, "an exception for a field that is gone"
    before = filled()
    assert columns - before <= EMPTY_IN_THE_WORLD, "a field that the world leaves empty proves nothing"
    rules = {c: r for c, r in retention.rules().items() if not c.startswith(("citizen_", "volunteer_"))}
    later = timezone.now() + timedelta(days=3660)
    with all_initiatives("a test"):
        # The control: a rule that nobody had written would be missed.
        monkeypatch.setattr(retention, "_rules", {c: r for c, r in rules.items() if c != "trip_words"})
        retention.purge(now=later, apply=True)
        assert {name.partition(".")[0] for name in filled() - set(KEPT)} == {"Accompaniment"}
        monkeypatch.setattr(retention, "_rules", rules)
        dry = retention.purge(now=later)
        assert retention.purge(now=later, apply=True) == dry
        assert not any(retention.purge(now=later, apply=True).values())
    assert filled() <= set(KEPT)
    assert {"Conversation.answers_json", "FollowUp.note", "Match.goals"} <= before - filled()


def test_a_rule_of_words_takes_rows_with_words_as_it_says(initiative, in_scope, monkeypatch):
    monkeypatch.setattr(retention, "_rules", {})
    asked = []

    def find(before):
        asked.append(before)
        return Conversation.objects.all()

    said = {"label": "Ord", "months": 2, "why": "Derfor"}
    rule = forgetting.register_words_rule("a_rule", find=find, **said)
    assert retention.rules() == {"a_rule": rule}
    assert {name: getattr(rule, name) for name in said} == said
    person = make.CitizenFactory(initiative=initiative)
    full, __ = (make.ConversationFactory(citizen=person, notes=words, next_step="") for words in ("ord", ""))
    now = timezone.now()
    assert list(rule.due(now)) == [full]
    assert asked == [now - timedelta(days=2 * retention.DAYS_A_MONTH)]
    assert retention.purge(apply=True) == {"a_rule": [full.pk]} and not left(full)


def test_words_are_what_is_encrypted_and_texts_that_the_registry_calls_so(monkeypatch):
    """Also in a field that nobody has encrypted; a date is no word."""
    known = SimpleNamespace(fields={"how": WORDS, "given_at": WORDS, "subject": WAY})
    monkeypatch.setattr(forgetting, "table_of", lambda model: known)
    assert forgetting.words_of(Consent) == ["how"]
    assert "notes" in forgetting.words_of(Conversation)
