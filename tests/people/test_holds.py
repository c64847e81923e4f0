"""Legal holds (T26): what is held is not erased by the button, by the purge, nor by any other rule; and the purge itself."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import all_initiatives, scope_of
from peer_support.people import holds
from peer_support.people.erasing import erase_person
from peer_support.people.models import Citizen, Conversation, LegalHold, Volunteer
from peer_support.people.purging import forecast
from peer_support.privacy import erasure, retention
from peer_support.privacy.holds import Held
from peer_support.privacy.models import AccessLogEntry, AppendOnlyError, ErasureRecord
from peer_support.testing import factories as make
from peer_support.testing import factories_papers as make_papers
from peer_support.testing.factories_courses import GroupCourseFactory, SessionFactory

pytestmark = pytest.mark.django_db


def ago(months):
    return timezone.localtime(timezone.now() - timedelta(days=months * retention.DAYS_A_MONTH))


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def ended(initiative, months=7, factory=make.CitizenFactory):
    person = factory(initiative=initiative, status="ended")
    type(person)._base_manager.filter(pk=person.pk).update(
        updated_at=ago(months), ended_on=ago(months).date()
    )
    return person


@pytest.fixture
def held(initiative, in_scope, coordinator):
    """A citizen whose time is over, under a hold."""
    person = ended(initiative)
    holds.hold(person=person, reason="Klage over en kørsel.", until=in_days(100), user=coordinator)
    return person


def gone(person):
    return type(person)._base_manager.get(pk=person.pk).erased_on is not None


def test_nobody_erases_whoever_is_held_and_the_sentence_says_why(held, coordinator, coordinator_client):
    with pytest.raises(NotAllowed) as refused:
        erase_person(person=held, user=coordinator)
    assert refused.value.decision.code == "held" and "legal hold" in refused.value.decision.reason
    with pytest.raises(Held):
        erasure.erase(subject=held, user=coordinator)
    address = reverse("people_citizen_modeladmin_delete", args=[held.pk])
    coordinator_client.post(address)
    assert not gone(held)
    page = coordinator_client.get(reverse("people_citizen_modeladmin_inspect", args=[held.pk]))
    assert "bliver intet slettet" in page.content.decode()
    # The control: without the hold, the same button erases.
    holds.lift(person=held, user=coordinator)
    assert coordinator_client.post(address).status_code == 302 and gone(held)


def test_a_hold_is_over_by_itself_and_a_restored_backup_is_cleared_all_the_same(initiative, in_scope):
    person = ended(initiative)
    make.LegalHoldFactory(citizen=person, starts_on=in_days(-9), until=in_days(-1))
    assert holds.hold_of(person) is None and retention.purge(apply=True)["citizen_ended"] == [person.pk]
    # A backup from before brings person and hold back; the ledger knows that nothing held them when they were erased.
    type(person)._base_manager.filter(pk=person.pk).update(erased_on=None, first_name="Alma")
    make.LegalHoldFactory(citizen=person)
    with all_initiatives("a restored backup is cleared"):
        assert erasure.reapply() == 1
    assert gone(person)


def test_a_hold_needs_a_reason_and_a_day_within_a_year_and_can_be_renewed(initiative, in_scope, coordinator):
    person = ended(initiative)
    today = timezone.localdate()
    for reason, until, code in (
        ("  ", in_days(5), "no_reason"),
        ("Sag", in_days(-1), "past"),
        ("Sag", holds.last_day(today) + timedelta(days=1), "too_long"),
    ):
        with pytest.raises(NotAllowed) as refused:
            holds.hold(person=person, reason=reason, until=until, user=coordinator)
        assert refused.value.decision.code == code
    with pytest.raises(NotAllowed) as refused:
        holds.lift(person=person, user=coordinator)
    assert refused.value.decision.code == "no_hold"
    holds.hold(person=person, reason="Sag", until=holds.last_day(today), user=coordinator)
    holds.hold(person=person, reason="Sag endnu", until=in_days(30), user=coordinator)
    assert holds.hold_of(person).until == in_days(30)
    holds.lift(person=person, user=coordinator)
    assert list(LegalHold.objects.of(person).values_list("act", flat=True)) == ["lifted", "renewed", "set"]
    assert holds.hold_of(person) is None


def test_the_history_can_be_added_to_and_not_changed_and_its_reason_is_encrypted(held):
    row = LegalHold.objects.get()
    for change in (
        row.save,
        row.delete,
        LegalHold.objects.all().delete,
        lambda: LegalHold.objects.update(reason=""),
    ):
        with pytest.raises(AppendOnlyError):
            change()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM peer_support_legalhold")
        assert "Klage" not in str(cursor.fetchone()[0])


def test_the_purge_counts_the_held_apart_takes_the_same_as_it_said_and_nothing_twice(
    held, initiative, coordinator
):
    free, later = ended(initiative), ended(initiative, 5)
    planned = next(one for one in retention.plan() if one.rule.code == "citizen_ended")
    assert (planned.due, planned.held) == ([free.pk], [held.pk])
    dry = retention.purge()
    assert not gone(free)
    assert dry == retention.purge(apply=True) and gone(free) and not gone(held) and not gone(later)
    again = retention.purge(apply=True)
    assert all(not found for found in again.values()), "a second run finds nothing"
    holds.lift(person=held, user=coordinator)
    assert retention.purge(apply=True)["citizen_ended"] == [held.pk]
    assert ErasureRecord.objects.filter(why="purge").count() == 2


def test_the_command_names_the_held_and_takes_what_the_dry_run_named(held, initiative):
    free = ended(initiative)

    def run(*options):
        out = StringIO()
        call_command("purge", "--ids", *options, stdout=out)
        return out.getvalue()

    dry, done = run(), run("--apply")
    assert str(held) in dry and str(held) in done and f"      {free.pk}\n" in dry
    assert dry.splitlines()[:-1] == done.splitlines()[:-1], "the same counts, keys and names"
    assert gone(free) and not gone(held)
    assert f"      {free.pk}\n" not in run("--apply")


@pytest.mark.parametrize("kind", ["conversation", "paper", "paper of the other side"])
def test_what_belongs_to_the_held_is_not_taken_by_any_rule(kind, initiative, in_scope, coordinator):
    citizen = make.CitizenFactory(initiative=initiative, status="waiting", waiting_since=ago(20).date())
    if kind == "conversation":
        row, code = (
            make.ConversationFactory(citizen=citizen, notes="ord", held_on=ago(13).date()),
            "conversation_words",
        )
    else:
        volunteer = make.VolunteerFactory(initiative=initiative)
        match = make.MatchFactory(
            initiative=initiative,
            citizen=citizen,
            volunteer=volunteer,
            state="ended",
            ended_on=ago(14).date(),
        )
        about = {"kind": "match_c", "citizen": citizen, "volunteer": None}
        if kind == "paper of the other side":
            # The match is about both: a paper of one of them is kept for the other.
            about = {"kind": "match_v", "citizen": None, "volunteer": volunteer}
        row = make_papers.PaperFactory(initiative=initiative, match=match, **about)
        code = "paper"
    assert retention.purge()[code] == [row.pk], "the control: it is due"
    holds.hold(person=citizen, reason="Sag", until=in_days(9), user=coordinator)
    assert retention.purge(apply=True)[code] == []
    assert type(row)._base_manager.filter(pk=row.pk).exists()
    assert kind != "conversation" or Conversation.objects.get(pk=row.pk).notes == "ord"
    holds.lift(person=citizen, user=coordinator)
    assert retention.purge(apply=True)[code] == [row.pk]


def test_a_hold_that_comes_while_the_purge_runs_is_seen(initiative, in_scope, coordinator):
    person = ended(initiative)
    rule = retention.rules()["citizen_ended"]
    assert rule.due(timezone.now()).filter(pk=person.pk).exists()
    holds.hold(person=person, reason="Sag", until=in_days(9), user=coordinator)
    assert not retention._purge_one(rule, person.pk, timezone.now()) and not gone(person)


def test_a_coordinator_sets_renews_and_lifts_it_on_the_screen(
    initiative, in_scope, coordinator_client, client_for
):
    person = ended(initiative)
    address = reverse("peer_support_people:citizen_hold", args=[person.pk])
    answer = coordinator_client.post(address, {"reason": "Klage", "until": "i morgen"})
    assert answer.status_code == 200 and "Vi forstår ikke datoen" in answer.content.decode()
    assert "Klage" in answer.content.decode(), "nothing that was typed is lost"
    too_long = {"reason": "Klage", "until": in_days(800).isoformat()}
    assert "højst" in coordinator_client.post(address, too_long).content.decode()
    assert (
        coordinator_client.post(address, {"reason": "Klage", "until": in_days(30).isoformat()}).status_code
        == 302
    )
    listed = coordinator_client.get(reverse("peer_support_people:holds")).content.decode()
    assert str(person) in listed and "Klage" in listed
    plan = coordinator_client.get(reverse("peer_support_people:purge")).content.decode()
    assert "holdt tilbage" in plan and str(person) in plan
    assert coordinator_client.post(address, {"do": "lift"}).status_code == 302
    assert (
        "holder ikke på nogens"
        in coordinator_client.get(reverse("peer_support_people:holds")).content.decode()
    )
    assert AccessLogEntry.objects.filter(model="peer_support.legalhold", action="create").count() == 2
    stranger = client_for(make.CoordinatorFactory(initiative=make.InitiativeFactory()))
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"do": "lift"}).status_code == 404


def test_a_hold_says_no_to_a_cpr_number():
    from peer_support.people.forms_hold import HoldForm

    form = HoldForm({"reason": "Sag om 010190-1234", "until": in_days(3).isoformat()})
    assert not form.is_valid() and "reason" in form.errors


def test_the_screen_says_what_goes_tonight_and_what_within_a_month(
    initiative, in_scope, coordinator_client, held
):
    tonight, soon = ended(initiative, 7), ended(initiative, 5.5)
    never = ended(initiative, 1)
    rows = {row.rule.code: row for row in forecast(initiative)}
    lines = rows["citizen_ended"].lines
    assert [[record.pk for record in line.records] for line in lines] == [[tonight.pk], [], [soon.pk]]
    assert rows["citizen_ended"].count == 1 and [one.pk for one in rows["citizen_ended"].held] == [held.pk]
    page = coordinator_client.get(reverse("peer_support_people:purge")).content.decode()
    assert str(tonight) in page and str(soon) in page and f"{never}<" not in page
    assert not gone(tonight), "it only looks"
    assert tonight.display_name not in page, "case numbers, no names"


def test_the_evenings_of_two_courses_are_told_apart(initiative, in_scope, coordinator_client):
    names = []
    for __ in range(2):
        session = SessionFactory(
            course=GroupCourseFactory(initiative=initiative), date=in_days(-400), note="Zqvnote"
        )
        with translation.override("da"):
            names.append(f"{session.course}, {session}")
    page = coordinator_client.get(reverse("peer_support_people:purge")).content.decode()
    assert names[0] != names[1] and all(name in page for name in names)
    assert "Zqvnote" not in page


def test_both_kinds_can_be_held_and_nobody_else_is(initiative, in_scope, coordinator):
    volunteer = ended(initiative, 13, make.VolunteerFactory)
    other = ended(initiative, 13, make.VolunteerFactory)
    holds.hold(person=volunteer, reason="Sag", until=in_days(9), user=coordinator)
    assert holds.held_among(Volunteer.objects.all()) == {volunteer.pk}
    assert holds.held_among(Citizen.objects.all()) == set()
    assert retention.purge(apply=True)["volunteer_ended"] == [other.pk]


def test_holds_are_in_scope_only(held, other_initiative):
    with scope_of(other_initiative.pk):
        assert not LegalHold.objects.exists()
