"""What somebody said yes to outlives them as proof without a name, and ends in its turn: after two years nobody needs it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from peer_support.access.scopes import all_initiatives, scope_of
from peer_support.people import holds
from peer_support.people.erasing import erase_person
from peer_support.people.purging import forecast
from peer_support.privacy import erasure, retention
from peer_support.privacy import holds as held_back
from peer_support.privacy.clocks import how_long
from peer_support.privacy.models import AccessLogEntry, AppendOnlyError, ErasureRecord
from peer_support.privacy.registry import table_of
from peer_support.privacy.subject_export import export_of
from peer_support.recruitment import services_consent
from peer_support.recruitment.models_consent import Consent
from peer_support.testing import factories as make
from peer_support.testing.factories_recruitment import TalkRequestFactory
from tests.privacy.clocked import TODAY, at, boundary, stored
from tests.privacy.test_erasure import numbers

pytestmark = pytest.mark.django_db
CODE = "consent_proof"
KINDS = {"citizen": (make.CitizenFactory, "support"), "volunteer": (make.VolunteerFactory, "volunteer")}
KINDS["talk"] = (TalkRequestFactory, "talk")


@pytest.fixture(params=list(KINDS))
def kind(request):
    return request.param


def said_yes(kind, initiative):
    """A person, or a request for a talk, with a yes."""
    factory, purpose = KINDS[kind]
    subject = factory(initiative=initiative, **({} if kind == "talk" else {"status": "ended"}))
    return subject, services_consent.record_consent(subject=subject, purpose=purpose, how="form")


def erase(subject):
    if isinstance(subject, KINDS["talk"][0]._meta.model):
        return erasure.erase(subject=subject, why="asked")
    return erase_person(person=subject, user=None)


def anew(consent):
    return Consent._base_manager.get(pk=consent.pk)


def there(consent):
    return Consent._base_manager.filter(pk=consent.pk).exists()


def proof(kind, initiative, day):
    """A consent whose person was erased on ``day``."""
    subject, consent = said_yes(kind, initiative)
    erase(subject)
    return stored(consent, alone_since=at(day))


# The clock


def test_an_erasure_starts_the_clock_once_and_for_nobody_else(kind, initiative, in_scope):
    subject, consent = said_yes(kind, initiative)
    other = said_yes(kind, initiative)[1]
    before = timezone.now()
    erase(subject)
    since = anew(consent).alone_since
    assert before <= since <= timezone.now() and anew(other).alone_since is None
    if kind != "talk":
        erasure.erase(subject=subject)
        assert anew(consent).alone_since == since
    assert [*Consent.objects.without_person()] == [consent]


def test_the_purge_starts_it_too(initiative, in_scope):
    person, consent = said_yes("citizen", initiative)
    stored(person, ended_on=TODAY() - timedelta(days=400))
    assert person.pk in retention.purge(apply=True)["citizen_ended"]
    assert anew(consent).alone_since and there(consent)


def test_after_a_restore_the_clock_is_as_old_as_the_erasure(kind, initiative, in_scope):
    subject, consent = said_yes(kind, initiative)
    row = type(subject)._base_manager.filter(pk=subject.pk).values().get()
    erase(subject)
    long_ago = at(boundary(CODE) - timedelta(days=1))
    ErasureRecord.objects.all()._raw_delete("default")
    ErasureRecord.objects.create(
        model=subject._meta.label_lower,
        object_id=subject.pk,
        initiative_number=initiative.pk,
        at=long_ago,
        why="asked",
    )
    # The backup brings back the row as it was, and a consent that has its person.
    type(subject)._base_manager.filter(pk=subject.pk).delete()
    type(subject)._base_manager.bulk_create([type(subject)(**{**row, "created_at": long_ago - timedelta(9)})])
    type(subject)._base_manager.filter(pk=subject.pk).update(created_at=long_ago - timedelta(days=9))
    stored(consent, alone_since=None, **{Consent.link_of(subject): subject})
    assert retention.purge()[CODE] == [], "the control: it has its person again"
    with all_initiatives("a restored backup is cleared"):
        assert erasure.reapply() == 1
    assert anew(consent).alone_since == long_ago
    assert retention.purge(apply=True)[CODE] == [consent.pk] and not there(consent)


def test_who_has_the_number_of_somebody_erased_gets_a_clock_of_their_own(initiative, in_scope):
    person, consent = said_yes("citizen", initiative)
    ErasureRecord.objects.create(
        model="peer_support.citizen",
        object_id=person.pk,
        at=timezone.now() - timedelta(days=900),
        why="asked",
    )
    erase(person)
    assert anew(consent).alone_since.date() == timezone.now().date()


def test_nothing_else_sets_it(kind, initiative, in_scope):
    subject, consent = said_yes(kind, initiative)
    consent.alone_since = timezone.now()
    values = {
        name: getattr(consent, name) for name in ("initiative", "text", "text_version", "purpose", "how")
    }
    for change in (
        consent.save,
        lambda: consent.save(update_fields=["alone_since"]),
        lambda: Consent.objects.update(alone_since=timezone.now()),
        lambda: Consent.objects.bulk_update([consent], ["alone_since"]),
        lambda: Consent.objects.create(**values, alone_since=timezone.now()),
        lambda: Consent.objects.bulk_create([Consent(**values, alone_since=timezone.now())]),
        lambda: Consent.objects.bulk_create([Consent(**values)], update_conflicts=True),
        lambda: Consent.objects.of(subject).delete(),
        consent.delete,
    ):
        with pytest.raises(AppendOnlyError), transaction.atomic():
            change()
    assert anew(consent).alone_since is None and Consent._base_manager.count() == 1
    assert not Consent._meta.get_field("alone_since").editable


# The rule


def test_it_goes_two_years_after_its_person(kind, initiative, in_scope):
    gone = proof(kind, initiative, boundary(CODE) - timedelta(days=1))
    stays = proof(kind, initiative, boundary(CODE) + timedelta(days=1))
    recent = proof(kind, initiative, TODAY() - timedelta(days=int(23 * retention.DAYS_A_MONTH)))
    dry = retention.purge()
    assert dry[CODE] == [gone.pk] and there(gone), "dry means dry"
    assert retention.purge(apply=True) == dry
    assert [there(one) for one in (gone, stays, recent)] == [False, True, True]
    (entry,) = AccessLogEntry.objects.filter(model="peer_support.consent", action="erase")
    assert (entry.object_id, entry.route, entry.user) == (gone.pk, "purge", None)
    assert not any(retention.purge(apply=True).values())


def test_a_consent_whose_person_is_there_stays_however_old(kind, initiative, in_scope):
    ages = at(TODAY() - timedelta(days=9000))
    __, consent = said_yes(kind, initiative)
    stored(consent, given_at=ages)
    __, withdrawn = said_yes(kind, initiative)
    stored(withdrawn, given_at=ages, withdrawn_at=timezone.now(), withdrawn_how="phone")
    # Somebody whom a restored backup brought back, with the clock still on the row: not before they are erased again.
    __, back = said_yes(kind, initiative)
    stored(back, alone_since=ages)
    assert retention.purge(apply=True)[CODE] == []
    assert there(consent) and there(withdrawn) and there(back)


def test_the_door_takes_nothing_but_old_proof(kind, initiative, in_scope):
    __, living = said_yes(kind, initiative)
    stored(living, alone_since=at(TODAY() - timedelta(days=9000)))
    never = said_yes(kind, initiative)[1]
    young = proof(kind, initiative, TODAY() - timedelta(days=9))
    old = proof(kind, initiative, TODAY() - timedelta(days=900))
    assert Consent.objects.all().delete_proof(before=timezone.now() - timedelta(days=100)) == 1
    assert [there(one) for one in (living, never, young, old)] == [True, True, True, False]


def test_the_months_are_the_centres(initiative, in_scope, settings):
    row = proof("citizen", initiative, TODAY() - timedelta(days=200))
    assert retention.purge()[CODE] == []
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, "RETENTION_MONTHS": {CODE: 6}}
    assert retention.purge()[CODE] == [row.pk]


def test_another_initiative_keeps_its_own(initiative, other_initiative, in_scope):
    row = proof("citizen", initiative, boundary(CODE) - timedelta(days=1))
    with scope_of(other_initiative.pk):
        assert retention.purge(apply=True)[CODE] == []
    assert there(row)


def test_no_number_of_the_year_changes(initiative, in_scope):
    citizen, consent = said_yes("citizen", initiative)
    make.ConversationFactory(citizen=citizen)
    erase(citizen)
    stored(consent, alone_since=at(boundary(CODE) - timedelta(days=1)))
    before = numbers()
    assert retention.purge(apply=True)[CODE] == [consent.pk]
    after = numbers()
    assert before.pop("consents") and not after.pop("consents") and after == before


def test_the_text_that_was_said_yes_to_stays(initiative, in_scope):
    row = proof("citizen", initiative, boundary(CODE) - timedelta(days=1))
    retention.purge(apply=True)
    row.text.refresh_from_db()
    assert row.text.is_used


# Holds, screens and papers


def test_a_hold_looks_at_rows_without_a_person(kind, initiative, in_scope, coordinator):
    row = proof(kind, initiative, boundary(CODE) - timedelta(days=1))
    held = make.CitizenFactory(initiative=initiative)
    holds.hold(person=held, reason="Sag", until=TODAY() + timedelta(days=9), user=coordinator)
    rule = retention.rules()[CODE]
    assert held_back.held_among(rule.due(timezone.now())) == set()
    assert retention.purge(apply=True)[CODE] == [row.pk]


def test_what_is_held_after_a_restore_keeps_its_proof(initiative, in_scope):
    """The erasure that is done again asks no hold; the rule does."""
    row = proof("citizen", initiative, boundary(CODE) - timedelta(days=1))
    make.LegalHoldFactory(citizen=row.citizen)
    (planned,) = (one for one in retention.plan() if one.rule.code == CODE)
    assert (planned.due, planned.held) == ([], [row.pk])
    assert retention.purge(apply=True)[CODE] == [] and there(row)


def test_the_screen_counts_them_and_leads_to_nobody(kind, initiative, in_scope, coordinator_client):
    row = proof(kind, initiative, boundary(CODE) - timedelta(days=1))
    soon = proof(kind, initiative, boundary(CODE) + timedelta(days=20))
    (found,) = (one for one in forecast(initiative) if one.rule.code == CODE)
    assert [[one.pk for one in line.records] for line in found.lines] == [[row.pk], [], [soon.pk]]
    page = coordinator_client.get(reverse("peer_support_people:purge")).content.decode()
    part = next(one for one in page.split("<section") if "Noten om et ja" in one).partition("</section>")[0]
    assert f"Samtykke {row.pk}" in part and f"Samtykke {soon.pk}" in part
    assert "<a " not in part and "None" not in part
    assert "24 måneder" in part


def test_control_who_is_there_still_has_a_link(initiative, in_scope, coordinator_client):
    person = stored(
        make.CitizenFactory(initiative=initiative, status="ended"), ended_on=TODAY() - timedelta(400)
    )
    page = coordinator_client.get(reverse("peer_support_people:purge")).content.decode()
    assert f'href="{reverse("people_citizen_modeladmin_inspect", args=[person.pk])}"' in page


def test_the_command_counts_them_first(initiative, in_scope, capsys):
    row = proof("volunteer", initiative, boundary(CODE) - timedelta(days=1))
    call_command("purge", ids=True)
    (line,) = (one for one in capsys.readouterr().out.splitlines() if f"[{CODE}]" in one)
    assert line.split()[0] == "1" and there(row)
    call_command("purge", apply=True)
    assert not there(row)


def test_a_person_is_told_how_long_and_does_not_see_the_clock(initiative, in_scope):
    person, __ = said_yes("citizen", initiative)
    said = how_long(table_of(Consent))
    assert "Da er det uden navn" in said and "24 måneder" in said
    (table,) = (one for one in export_of(person)["tables"] if one["model"] == "peer_support.consent")
    assert all("alone_since" not in row for row in table["rows"])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="triggers are PostgreSQL's")
def test_no_trigger_of_the_database_is_in_the_way(initiative, in_scope):
    row = proof("citizen", initiative, boundary(CODE) - timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM information_schema.triggers WHERE event_object_table = 'peer_support_consent'"
        )
        assert cursor.fetchone() == (0,)
    assert retention.purge(apply=True)[CODE] == [row.pk] and not there(row)
