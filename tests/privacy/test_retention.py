"""The purge: whoever's time is over goes, nobody else does, and it can be stopped at any point."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db.models import Q
from django.test import override_settings
from django.utils import timezone

from peer_support.access.decisions import Decision
from peer_support.access.scopes import all_initiatives, scope_of
from peer_support.conf import peer_settings
from peer_support.courses.models import Session
from peer_support.people import holds
from peer_support.people import rules as people_rules
from peer_support.people.models import Citizen, Conversation, PersonStep, Volunteer
from peer_support.privacy import retention
from peer_support.privacy.models import AccessLogEntry, ErasureRecord
from peer_support.recruitment.models_enquiry import TalkRequest
from peer_support.testing.factories import CitizenFactory, ConversationFactory, MatchFactory, VolunteerFactory
from peer_support.testing.factories_courses import EnrolmentFactory, GroupCourseFactory, SessionFactory
from peer_support.testing.factories_recruitment import TalkRequestFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def ago(months):
    return timezone.localtime(timezone.now() - timedelta(days=months * retention.DAYS_A_MONTH))


def aged(row, months, **values):
    """Let ``row`` be as if nobody had touched it for so many months."""
    with all_initiatives("a test"):
        type(row)._base_manager.filter(pk=row.pk).update(updated_at=ago(months), **values)
    return row


def due(code):
    with all_initiatives("a test"):
        return list(retention.rules()[code].due(timezone.now()).values_list("pk", flat=True))


def purge(**options):
    with all_initiatives("a test"):
        return retention.purge(**options)


def ended(model_factory, initiative, months):
    return aged(model_factory(initiative=initiative, status="ended"), months, ended_on=ago(months).date())


def test_an_enquiry_that_came_to_nothing_goes_after_three_months(initiative):
    old = aged(CitizenFactory(initiative=initiative, status="enquiry"), 4)
    aged(CitizenFactory(initiative=initiative, status="enquiry"), 2)
    aged(CitizenFactory(initiative=initiative, status="waiting", waiting_since=TODAY()), 20)
    assert due("citizen_enquiry") == [old.pk]
    volunteer = aged(VolunteerFactory(initiative=initiative, status="conversation"), 4)
    assert due("volunteer_enquiry") == [volunteer.pk]


def test_whoever_was_talked_with_lately_stays(initiative):
    person = aged(CitizenFactory(initiative=initiative, status="conversation"), 4)
    ConversationFactory(citizen=person)
    assert due("citizen_enquiry") == []


def test_a_citizen_who_has_ended_goes_after_six_months_and_a_volunteer_after_twelve(initiative):
    citizen = ended(CitizenFactory, initiative, 7)
    ended(CitizenFactory, initiative, 5)
    ended(VolunteerFactory, initiative, 11)
    volunteer = ended(VolunteerFactory, initiative, 13)
    assert (due("citizen_ended"), due("volunteer_ended")) == ([citizen.pk], [volunteer.pk])


def test_a_match_that_ended_lately_holds_on(initiative):
    citizen = ended(CitizenFactory, initiative, 7)
    MatchFactory(
        initiative=initiative,
        citizen=citizen,
        volunteer=VolunteerFactory(initiative=initiative),
        state="ended",
        ended_on=ago(2).date(),
    )
    assert due("citizen_ended") == []


def test_a_course_holds_on_until_half_a_year_after(initiative):
    person = aged(CitizenFactory(initiative=initiative, status="enquiry"), 9)
    enrolment = EnrolmentFactory(
        initiative=initiative,
        citizen=person,
        course=GroupCourseFactory(initiative=initiative, state="running"),
    )
    assert due("citizen_enquiry") == []
    with all_initiatives("a test"):
        type(enrolment)._base_manager.filter(pk=enrolment.pk).update(
            state="completed", enrolled_on=ago(9).date(), completed_on=ago(7).date()
        )
    assert due("citizen_enquiry") == [person.pk]


def test_words_of_a_conversation_go_after_a_year_and_the_conversation_stays(initiative):
    person = CitizenFactory(initiative=initiative, status="waiting", waiting_since=TODAY())
    old = ConversationFactory(citizen=person, notes="ord", held_on=ago(13).date())
    new = ConversationFactory(citizen=person, notes="ord", held_on=ago(3).date())
    assert purge(apply=True)["conversation_words"] == [old.pk]
    with scope_of(initiative.pk):
        assert Conversation.objects.get(pk=old.pk).notes == ""
        assert Conversation.objects.get(pk=new.pk).notes == "ord"


def test_notes_of_an_evening_go_after_half_a_year(initiative):
    course = GroupCourseFactory(initiative=initiative, state="running")
    old = SessionFactory(initiative=initiative, course=course, number=1, note="ord", date=ago(7).date())
    SessionFactory(initiative=initiative, course=course, number=2, note="ord", date=ago(2).date())
    assert purge(apply=True)["session_note"] == [old.pk]
    with scope_of(initiative.pk):
        assert Session.objects.get(pk=old.pk).note == ""


def test_a_request_for_a_talk_that_was_touched_lately_stays(initiative):
    held = timezone.localdate() - timedelta(days=150)
    aged(TalkRequestFactory(initiative=initiative, agreed_for=held), 1)
    assert purge(apply=True)["talk"] == []


def test_a_request_for_a_talk_goes_three_months_after(initiative):
    old = aged(TalkRequestFactory(initiative=initiative, number=1), 4)
    aged(TalkRequestFactory(initiative=initiative, number=2), 4, agreed_for=ago(1).date())
    assert purge(apply=True)["talk"] == [old.pk]
    with scope_of(initiative.pk):
        assert not TalkRequest.objects.filter(pk=old.pk).exists()


def test_a_dry_run_erases_nobody_and_names_the_same(initiative):
    for __ in range(3):
        ended(CitizenFactory, initiative, 7)
    looked = purge()
    with scope_of(initiative.pk):
        assert Citizen.objects.count() == 3
    assert purge(apply=True) == looked
    with scope_of(initiative.pk):
        assert Citizen.objects.count() == 0
    assert not any(purge(apply=True).values())


def test_the_command_counts_and_erases_only_when_told(initiative, capsys):
    ended(VolunteerFactory, initiative, 13)
    call_command("purge")
    assert "1  Frivillige, der er stoppet (efter 12 måneder) [volunteer_ended]" in capsys.readouterr().out
    with scope_of(initiative.pk):
        assert Volunteer.objects.count() == 1
    call_command("purge", "--apply", verbosity=0)
    with scope_of(initiative.pk):
        assert Volunteer.objects.count() == 0


def test_a_centre_may_set_other_months(initiative):
    ended(CitizenFactory, initiative, 4)
    assert due("citizen_ended") == []
    with override_settings(
        PEER_SUPPORT={"KEYS": peer_settings.KEYS, "RETENTION_MONTHS": {"citizen_ended": 3}}
    ):
        assert len(due("citizen_ended")) == 1


def test_a_purge_that_breaks_off_goes_on(initiative, monkeypatch):
    """Each person is a transaction: what was erased before the fault stays erased, and nobody is erased by half."""
    for __ in range(4):
        ended(CitizenFactory, initiative, 7)
    from peer_support.people import retention as people

    real, calls = people.erase_person, []

    def breaks(**values):
        calls.append(1)
        real(**values)
        if len(calls) == 3:
            raise RuntimeError("the power went")

    monkeypatch.setattr(people, "erase_person", breaks)
    with pytest.raises(RuntimeError):
        purge(apply=True)
    monkeypatch.undo()
    with scope_of(initiative.pk):
        assert Citizen.objects.count() == 2
    assert len(purge(apply=True)["citizen_ended"]) == 2


def test_the_way_of_somebody_who_is_purged_has_an_end(initiative):
    person = aged(CitizenFactory(initiative=initiative, status="enquiry"), 4)
    assert purge(apply=True)["citizen_enquiry"] == [person.pk]
    gone = Citizen._base_manager.get(pk=person.pk)
    assert (gone.status, gone.first_name) == ("ended", "")
    with scope_of(initiative.pk):
        assert PersonStep.objects.filter(citizen=person.pk).order_by("-pk").first().step == "ended"


# The rules themselves


@pytest.fixture
def own_rules(monkeypatch):
    """What a test registers is gone after it."""
    monkeypatch.setattr(retention, "_rules", {})
    monkeypatch.setattr(
        retention, "_reasons", {label: list(found) for label, found in retention._reasons.items()}
    )


def rule_for_citizens(act, find=None, code="a_rule", months=2):
    everybody = lambda before: Citizen.objects.all()  # noqa: E731
    return retention.register_rule(code, label="L", months=months, why="W", find=find or everybody, act=act)


def test_a_rule_is_what_it_was_registered_with_and_the_last_one_counts(own_rules):
    act = lambda row: None  # noqa: E731
    first = rule_for_citizens(act)
    assert (first.code, first.label, first.months, first.why, first.act) == ("a_rule", "L", 2, "W", act)
    last = rule_for_citizens(act, months=5)
    assert retention.rules() == {"a_rule": last} and last.months_now == 5
    retention.rules().clear()
    assert retention.rules() == {"a_rule": last}


def test_a_rule_names_rows_as_it_likes_and_by_their_number_otherwise(own_rules):
    assert rule_for_citizens(None).name is str
    name = lambda row: "nr."  # noqa: E731
    values = {"label": "L", "months": 2, "why": "W", "find": None, "act": None}
    assert retention.register_rule("named", name=name, **values).name is name


def test_the_day_on_which_something_is_due_is_the_first_whole_day_after_its_months(own_rules):
    began = date(2026, 1, 1)
    assert rule_for_citizens(None).day_for(began) == date(2026, 3, 3), "61 days: two months are 60.88"
    assert rule_for_citizens(None, months=12).day_for(began) == date(2027, 1, 2), "366: a year is 365.28"


def test_two_rules_take_rows_of_two_kinds_with_the_same_key(own_rules, initiative):
    citizen = CitizenFactory(initiative=initiative)
    volunteer = VolunteerFactory(initiative=initiative, pk=citizen.pk)
    done = lambda row: None  # noqa: E731
    rule_for_citizens(done)
    rule_for_citizens(done, lambda before: Volunteer.objects.all(), code="b_rule")
    with scope_of(initiative.pk):
        assert retention.purge() == {"a_rule": [citizen.pk], "b_rule": [volunteer.pk]}


def test_who_comes_under_a_hold_while_the_purge_runs_stays(own_rules, initiative, coordinator):
    first, second, third = CitizenFactory.create_batch(3, initiative=initiative)

    def act(row):
        if row == first:
            until = timezone.localdate() + timedelta(days=9)
            holds.hold(person=second, reason="Sag", until=until, user=coordinator)

    rule_for_citizens(act)
    with scope_of(initiative.pk):
        assert retention.purge(apply=True) == {"a_rule": [first.pk, third.pk]}


def test_a_month_is_the_twelfth_of_a_year_and_the_clock_is_the_one_that_is_given(own_rules, initiative):
    asked = []

    def find(before):
        asked.append(before)
        return Citizen.objects.none()

    rule_for_citizens(None, find)
    now = timezone.now()
    retention.rules()["a_rule"].due(now)
    with scope_of(initiative.pk):
        retention.purge(now=now, apply=True)
        retention.purge()
    assert asked[:2] == [now - timedelta(days=60.88)] * 2
    assert now - timedelta(days=60.88) < asked[2] <= timezone.now() - timedelta(days=60.88)


def test_a_rule_goes_by_the_sites_own_day(own_rules):
    """After midnight here it is yesterday in Greenwich, and dates were written by people who live here."""
    asked = []
    rule = rule_for_citizens(None, lambda before: asked.append(before), months=0)
    rule.due(datetime(2026, 11, 28, 23, 30, tzinfo=UTC))
    assert asked[0].date() == date(2026, 11, 29)


def test_the_first_goes_first_and_who_may_not_go_is_not_counted(own_rules, initiative):
    people = CitizenFactory.create_batch(4, initiative=initiative)
    seen = []

    def act(person):
        seen.append(person.pk)
        return False if person.pk == people[1].pk else None

    rule_for_citizens(act, lambda before: Citizen.objects.order_by("-pk"))
    with scope_of(initiative.pk):
        assert retention.purge() == {"a_rule": [person.pk for person in people]} and seen == []
        done = retention.purge(apply=True)
    assert seen == [person.pk for person in people]
    assert done == {"a_rule": [people[0].pk, people[2].pk, people[3].pk]}


def test_who_is_written_to_meanwhile_is_left_in_peace(own_rules, initiative):
    """Each is looked at once more before they go."""
    one, two = CitizenFactory.create_batch(2, initiative=initiative, travel_km=0)
    seen = []

    def act(person):
        seen.append(person.pk)
        Citizen.objects.filter(pk=two.pk).update(travel_km=9)

    rule_for_citizens(act, lambda before: Citizen.objects.filter(travel_km=0))
    with scope_of(initiative.pk):
        assert retention.purge(apply=True) == {"a_rule": [one.pk]}
    assert seen == [one.pk]


def test_what_fails_for_one_is_undone_for_one(own_rules, initiative):
    one, two = CitizenFactory.create_batch(2, initiative=initiative, travel_km=0)

    def act(person):
        Citizen.objects.filter(pk=person.pk).update(travel_km=9)
        if person.pk == two.pk:
            raise RuntimeError("the power went")

    rule_for_citizens(act)
    with scope_of(initiative.pk):
        with pytest.raises(RuntimeError):
            retention.purge(apply=True)
        assert [Citizen.objects.get(pk=p.pk).travel_km for p in (one, two)] == [9, 0]


def test_a_room_holds_on_to_whom_it_needs_and_says_so_once(own_rules, initiative):
    one, two = CitizenFactory.create_batch(2, initiative=initiative)
    label, asked = Citizen._meta.label_lower, []

    def reason(people, before):
        asked.append((people.model, before))
        return Q(pk=one.pk)

    assert retention.register_reason_to_keep(label, reason) is reason
    assert retention.register_reason_to_keep(label, reason) is reason
    now = timezone.now()
    with scope_of(initiative.pk):
        assert list(retention.not_needed(Citizen.objects.all(), now)) == [two]
    assert asked == [(Citizen, now)]
    with scope_of(initiative.pk):
        assert retention.not_needed(Session.objects.all(), now).count() == 0


# More of the rooms' rules


def test_somebody_whom_a_rule_holds_on_to_stays_and_is_not_counted(initiative, monkeypatch):
    person = aged(CitizenFactory(initiative=initiative, status="enquiry"), 4)
    monkeypatch.setattr(people_rules, "_ending_rules", [lambda person: Decision.no("held", "Held")])
    assert purge(apply=True)["citizen_enquiry"] == []
    assert Citizen._base_manager.get(pk=person.pk).status == "enquiry"


@pytest.mark.parametrize("status", ["waiting", "paused"])
def test_whoever_is_on_the_way_is_not_quiet(initiative, status):
    aged(CitizenFactory(initiative=initiative, status=status, waiting_since=TODAY()), 40)
    assert due("citizen_enquiry") == due("citizen_ended") == []


def test_without_a_day_of_the_end_the_last_change_counts(initiative):
    old = aged(CitizenFactory(initiative=initiative, status="ended"), 7, ended_on=None)
    aged(CitizenFactory(initiative=initiative, status="ended"), 5, ended_on=None)
    # A record that somebody has tidied up lately still ended when it ended.
    tidied = aged(CitizenFactory(initiative=initiative, status="ended"), 0, ended_on=ago(7).date())
    aged(CitizenFactory(initiative=initiative, status="ended"), 30, ended_on=ago(1).date())
    assert sorted(due("citizen_ended")) == sorted([old.pk, tidied.pk])


def test_an_old_conversation_holds_on_to_nobody(initiative):
    person = aged(CitizenFactory(initiative=initiative, status="conversation"), 4)
    talk = ConversationFactory(citizen=person)
    aged(talk, 4)
    # And somebody else's says nothing of this person.
    ConversationFactory(citizen=CitizenFactory(initiative=initiative, status="waiting"))
    ConversationFactory(citizen=None, volunteer=VolunteerFactory(initiative=initiative))
    assert due("citizen_enquiry") == [person.pk]


def test_an_erasure_by_the_clock_says_so(initiative):
    aged(CitizenFactory(initiative=initiative, status="enquiry"), 4)
    purge(apply=True)
    assert ErasureRecord.objects.get().why == "purge"
    assert AccessLogEntry.objects.get(action="erase").route == "purge"


def test_words_that_go_are_both_and_it_is_written_down(initiative):
    person = CitizenFactory(initiative=initiative, status="waiting", waiting_since=TODAY())
    only_next = ConversationFactory(citizen=person, notes="", next_step="ringe", held_on=ago(13).date())
    both = ConversationFactory(citizen=person, notes="ord", next_step="ringe", held_on=ago(13).date())
    ConversationFactory(citizen=person, notes="", next_step="", held_on=ago(13).date())
    assert purge(apply=True)["conversation_words"] == [only_next.pk, both.pk]
    with scope_of(initiative.pk):
        assert {(talk.notes, talk.next_step) for talk in Conversation.objects.all()} == {("", "")}
    rows = AccessLogEntry.objects.filter(action="erase", model="peer_support.conversation").order_by("pk")
    assert [(row.object_id, row.user, row.route) for row in rows] == [
        (only_next.pk, None, "purge"),
        (both.pk, None, "purge"),
    ]


def test_what_was_noted_of_an_evening_goes_and_it_is_written_down(initiative):
    course = GroupCourseFactory(initiative=initiative, state="running")
    old = SessionFactory(initiative=initiative, course=course, number=1, note="ord", date=ago(7).date())
    SessionFactory(initiative=initiative, course=course, number=2, note="", date=ago(8).date())
    purge(apply=True)
    row = AccessLogEntry.objects.get(action="erase", model="peer_support.session")
    assert (row.object_id, row.user, row.route) == (old.pk, None, "purge")


def test_papers_that_are_over_go_with_their_links(initiative):
    from peer_support.access.models_link import AccessLink
    from peer_support.agreements.models import Paper
    from peer_support.testing.factories_papers import PaperFactory

    volunteer = VolunteerFactory(initiative=initiative)
    old, new = (
        PaperFactory(initiative=initiative, volunteer=volunteer, state="withdrawn", closed_at=ago(months))
        for months in (13, 11)
    )
    PaperFactory(initiative=initiative, volunteer=volunteer)
    with scope_of(initiative.pk):
        for paper in (old, new):
            AccessLink.objects.create(
                initiative=initiative,
                purpose="nothing",
                target_model="peer_support.paper",
                target_id=paper.pk,
                token="t",
                token_hash=f"h{paper.pk}",
            )
    assert purge(apply=True)["paper"] == [old.pk]
    with scope_of(initiative.pk):
        assert Paper.objects.count() == 2
        assert [link.target_id for link in AccessLink.objects.filter(target_model="peer_support.paper")] == [
            new.pk
        ]
    row = AccessLogEntry.objects.get(action="erase", model="peer_support.paper")
    assert (row.object_id, row.user, row.route) == (old.pk, None, "purge")


@pytest.mark.parametrize(
    ("values", "held"),
    [
        ({"state": "ended", "ended_on": 7}, False),
        ({"state": "ended", "ended_on": 5}, True),
        ({"state": "active"}, True),
        ({"state": "proposed"}, True),
    ],
)
def test_a_match_holds_on_to_both_while_it_lasts_and_as_long_as_the_rule(initiative, values, held):
    if "ended_on" in values:
        values = {**values, "ended_on": ago(values["ended_on"]).date()}
    citizen = ended(CitizenFactory, initiative, 7)
    volunteer = ended(VolunteerFactory, initiative, 13)
    MatchFactory(initiative=initiative, citizen=citizen, volunteer=volunteer, **values)
    before = ago(6)
    with scope_of(initiative.pk):
        assert (citizen not in retention.not_needed(Citizen.objects.all(), before)) is held
        assert (volunteer not in retention.not_needed(Volunteer.objects.all(), before)) is held


@pytest.mark.parametrize(
    ("state", "held"), [("open", True), ("running", True), ("completed", False), ("cancelled", False)]
)
def test_whoever_leads_a_course_is_needed_until_it_is_over(initiative, state, held):
    from peer_support.testing.factories_courses import FacilitatorFactory

    volunteer = aged(VolunteerFactory(initiative=initiative, status="enquiry"), 4)
    course = GroupCourseFactory(initiative=initiative, state=state)
    FacilitatorFactory(initiative=initiative, course=course, volunteer=volunteer)
    assert (due("volunteer_enquiry") == []) is held


@pytest.mark.parametrize(
    ("values", "held"),
    [
        ({"state": "enrolled"}, True),
        ({"state": "completed", "completed_on": 7}, False),
        ({"state": "completed", "completed_on": 5}, True),
        ({"state": "left", "left_on": 7}, False),
        ({"state": "left", "left_on": 5}, True),
    ],
)
def test_a_place_on_a_course_holds_on_for_half_a_year(initiative, values, held):
    person = aged(CitizenFactory(initiative=initiative, status="enquiry"), 9)
    volunteer = aged(VolunteerFactory(initiative=initiative, status="enquiry"), 9)
    dates = {name: ago(value).date() for name, value in values.items() if name.endswith("_on")}
    for side in ({"citizen": person}, {"citizen": None, "volunteer": volunteer}):
        row = EnrolmentFactory(
            initiative=initiative, course=GroupCourseFactory(initiative=initiative, state="running"), **side
        )
        with all_initiatives("a test"):
            type(row)._base_manager.filter(pk=row.pk).update(enrolled_on=ago(9).date(), **{**values, **dates})
    assert (due("citizen_enquiry") == []) is held
    assert (due("volunteer_enquiry") == []) is held


def test_every_room_that_holds_on_to_people_is_asked(monkeypatch, initiative):
    monkeypatch.setattr(retention, "_reasons", {})
    ada, bo, cy = (CitizenFactory(initiative=initiative) for __ in range(3))
    reasons = [lambda people, before, pk=one.pk: Q(pk=pk) for one in (ada, bo)]
    for reason in (*reasons, reasons[0]):
        assert retention.register_reason_to_keep("peer_support.citizen", reason) is reason
    assert retention._reasons == {"peer_support.citizen": reasons}
    with scope_of(initiative.pk):
        assert list(retention.not_needed(Citizen.objects.all(), timezone.now())) == [cy]


def test_the_paper_of_a_match_goes_a_year_after_its_ending(initiative):
    from peer_support.agreements.models import Paper
    from peer_support.testing.factories_papers import PaperFactory

    def paper_of(state, months):
        match = MatchFactory(initiative=initiative, state=state)
        with all_initiatives("a test"):
            type(match)._base_manager.filter(pk=match.pk).update(ended_on=ago(months).date())
        return PaperFactory(volunteer=match.volunteer, match=match, kind="match_v")

    over = paper_of("ended", 13)
    # One ended lately; the other goes on, whatever day is written there.
    kept = [paper_of("ended", 11), paper_of("active", 13)]
    assert purge(apply=True)["paper"] == [over.pk]
    with scope_of(initiative.pk):
        assert sorted(Paper.objects.values_list("pk", flat=True)) == [one.pk for one in kept]
