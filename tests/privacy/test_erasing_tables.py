"""The registry and the erasure that follows it, in their corners: what is found, emptied, deleted, counted and noted."""

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import connection, models, transaction
from django.utils import timezone, translation
from django.utils.text import capfirst

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import all_initiatives
from peer_support.people.erasing import erase_person, may_erase, what_goes
from peer_support.people.models import Citizen, Conversation, PersonStep, Volunteer
from peer_support.privacy import erasure, registry
from peer_support.privacy.log_guard import purging
from peer_support.privacy.models import AccessLogEntry, ErasureRecord
from peer_support.privacy.registry import OnErasure, empty_value, table_of
from peer_support.testing.factories import (
    CitizenFactory,
    ConversationBookingFactory,
    ConversationFactory,
    InterestFactory,
    MatchFactory,
    UserFactory,
    VolunteerFactory,
)

pytestmark = pytest.mark.django_db
CITIZEN, VOLUNTEER = "peer_support.citizen", "peer_support.volunteer"


@pytest.fixture
def own_registry(monkeypatch):
    """What a test registers is gone after it."""
    monkeypatch.setattr(registry, "_tables", dict(registry._tables))
    monkeypatch.setattr(erasure, "_cleaners", list(erasure._cleaners))


@pytest.fixture
def person(initiative, in_scope):
    found = CitizenFactory(initiative=initiative, status="ended", first_name="Marehalm", phone="20304050")
    found.interests.add(InterestFactory())
    ConversationFactory(citizen=found, notes="ord")
    ConversationFactory(citizen=found, notes="flere ord")
    return found


# What the erasure does and says


def test_a_plan_counts_what_the_erasure_does_and_does_nothing(person):
    planned = erasure.plan(person)
    assert person.interests.count() == 1
    assert Citizen.objects.get(pk=person.pk).first_name == "Marehalm"
    assert not ErasureRecord.objects.exists()
    assert erasure.erase(subject=person) == planned
    talks, people = table_of(Conversation), table_of(Citizen)
    assert talks.on_erasure is people.on_erasure is OnErasure.EMPTY
    assert planned.emptied[talks.title] == 2 and planned.emptied[people.title] == 1
    assert not set(planned.emptied) & set(planned.deleted)
    assert 0 not in [*planned.emptied.values(), *planned.deleted.values()]


def test_what_is_deleted_is_counted_apart(initiative, in_scope):
    from peer_support.testing.factories_papers import CertificateFactory

    volunteer = VolunteerFactory(initiative=initiative, status="ended")
    certificate = CertificateFactory(initiative=initiative, volunteer=volunteer, kind="course", about="ord")
    table = table_of(type(certificate))
    assert table.on_erasure is OnErasure.DELETE
    assert erasure.plan(volunteer).deleted == {table.title: 1}
    assert erasure.erase(subject=volunteer).deleted == {table.title: 1}
    assert not type(certificate).objects.exists()


def test_it_is_written_down_who_did_it_where_and_why(person, initiative):
    user = UserFactory()
    erasure.erase(subject=person, user=user, route="a_view")
    erasure.erase(subject=person, why="purge")
    first, second = AccessLogEntry.objects.filter(action="erase", object_id=person.pk).order_by("pk")
    assert (first.user, first.route, first.model) == (user, "a_view", CITIZEN)
    assert (second.user, second.route) == (None, "")
    entry = ErasureRecord.objects.get()
    assert (entry.model, entry.object_id, entry.initiative_number) == (CITIZEN, person.pk, initiative.pk)
    assert entry.why == "asked", "the first erasure is the one that counts"


def test_the_day_of_the_erasure_stays_and_nothing_of_the_person(person):
    erasure.erase(subject=person, why="purge")
    gone = Citizen._base_manager.get(pk=person.pk)
    assert gone.erased_on == timezone.localdate()
    assert (gone.first_name, gone.phone, gone.name_index, gone.interests.count()) == ("", "", "", 0)
    assert {talk.notes for talk in Conversation.objects.filter(citizen=person.pk)} == {""}
    assert ErasureRecord.objects.get().why == "purge"


def test_links_to_lists_of_others_stay(person, initiative):
    other = CitizenFactory(initiative=initiative)
    other.interests.set(person.interests.all())
    erasure.erase(subject=person)
    assert other.interests.count() == 1


def test_what_stays_is_neither_counted_nor_touched(person):
    steps = PersonStep.objects.filter(citizen=person).count()
    for table in registry.tables():
        if table.on_erasure is OnErasure.STAY:
            assert table.title not in erasure.plan(person).emptied
    erasure.erase(subject=person)
    assert PersonStep.objects.filter(citizen=person).count() == steps


def test_a_room_cleans_up_once_however_often_it_registers(own_registry, person):
    seen = []

    def clean(subject):
        seen.append(subject.first_name)

    assert erasure.register_cleaner(clean) is clean
    assert erasure.register_cleaner(clean) is clean
    erasure.erase(subject=person)
    assert seen == ["Marehalm"]


def test_what_fails_on_the_way_leaves_everything_as_it_was(own_registry, person):
    @erasure.register_cleaner
    def fails(subject):
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        erasure.erase(subject=person)
    assert Citizen.objects.get(pk=person.pk).first_name == "Marehalm"
    assert not ErasureRecord.objects.exists() and not AccessLogEntry.objects.filter(action="erase").exists()


def test_the_ledger_erases_whom_a_backup_brought_back_and_nobody_else(initiative, in_scope):
    gone, erased, back, too = CitizenFactory.create_batch(4, initiative=initiative, status="ended")
    for person in (gone, erased, back, too):
        erasure.erase(subject=person)
    Citizen._base_manager.filter(pk__in=[back.pk, too.pk]).update(erased_on=None, first_name="Marehalm")
    Citizen._base_manager.filter(pk=gone.pk).delete()
    with transaction.atomic(), purging(connection):
        AccessLogEntry.objects.all()._raw_delete("default")
    user = UserFactory()
    assert erasure.reapply(user=user) == 2
    logged = AccessLogEntry.objects.filter(action="erase").order_by("pk")
    assert [(row.object_id, row.user, row.route) for row in logged] == [
        (back.pk, user, "reapply_erasures"),
        (too.pk, user, "reapply_erasures"),
    ]
    assert {p.first_name for p in Citizen._base_manager.filter(pk__in=[back.pk, too.pk])} == {""}
    assert erasure.reapply() == 0


# A person: asked first, ended first


def test_whoever_has_not_ended_ends_first(initiative, in_scope, coordinator):
    person = CitizenFactory(initiative=initiative, status="waiting", waiting_since=timezone.localdate())
    talk = ConversationBookingFactory(citizen=person)
    done = erase_person(person=person, user=coordinator, route="a_view", why="purge")
    assert done.emptied[table_of(Citizen).title] == 1
    gone = Citizen._base_manager.get(pk=person.pk)
    assert (gone.status, gone.first_name) == ("ended", "") and gone.updated_at > person.updated_at
    assert gone.ended_on == timezone.localdate(), "the numbers count endings by their day"
    step = PersonStep.objects.get(citizen=person.pk, step="ended")
    assert (step.user, step.way) == (coordinator, "people.erase")
    assert not type(talk).objects.filter(pk=talk.pk, state="booked").exists()
    row = AccessLogEntry.objects.get(action="erase", model=CITIZEN)
    assert (row.user, row.route, ErasureRecord.objects.get().why) == (coordinator, "a_view", "purge")


def test_whoever_has_ended_is_not_ended_again(person, coordinator):
    steps = PersonStep.objects.filter(citizen=person).count()
    erase_person(person=person, user=coordinator)
    assert PersonStep.objects.filter(citizen=person.pk).count() == steps
    row = AccessLogEntry.objects.get(action="erase")
    assert (row.user, row.route, ErasureRecord.objects.get().why) == (coordinator, "", "asked")


def test_whoever_asked_to_be_left_alone_can_still_be_erased(initiative, in_scope, coordinator):
    person = CitizenFactory(initiative=initiative, status="waiting", first_name="Marehalm")
    ConversationBookingFactory(citizen=person)
    Citizen._base_manager.filter(pk=person.pk).update(restricted_on=timezone.localdate())
    assert may_erase(Citizen.objects.get(pk=person.pk))
    erase_person(person=person, user=coordinator, route="a_view")
    gone = Citizen._base_manager.get(pk=person.pk)
    assert (gone.status, gone.first_name) == ("ended", "")
    called_off = AccessLogEntry.objects.filter(model="peer_support.conversationbooking").latest("pk")
    assert (called_off.user, called_off.route) == (coordinator, "a_view")


def test_whoever_is_held_on_to_stays_as_they_are(initiative, in_scope):
    citizen = CitizenFactory(initiative=initiative, status="waiting", first_name="Marehalm")
    MatchFactory(
        initiative=initiative,
        citizen=citizen,
        volunteer=VolunteerFactory(initiative=initiative),
        state="proposed",
    )
    decision = may_erase(citizen)
    assert not decision and decision.code == "open_match"
    with pytest.raises(NotAllowed) as refusal:
        erase_person(person=citizen, user=None)
    assert refusal.value.decision.code == "open_match"
    assert Citizen.objects.get(pk=citizen.pk).status == "waiting"
    assert may_erase(CitizenFactory(initiative=initiative, status="waiting"))
    # Whoever has ended has nothing open; it is not asked again.
    citizen.status = "ended"
    assert may_erase(citizen)


def test_what_goes_is_said_before(person):
    with translation.override("en"):
        said = what_goes(person)
    assert said.startswith(
        "Name, contact, wishes and every word about the person go, here and in what belongs"
    )
    assert said.endswith("happened and when, without a name, for the year's numbers.")
    with translation.override("en"):
        table = capfirst(str(table_of(Conversation).title))
    assert f"{table}: 2" in said and ". Records: " in said and ", " in said
    with translation.override("da"):
        said = what_goes(person)
    assert "Navn, kontakt" in said and "Det gælder: Samtaler: 2, Borger: 1." in said and "Uden navn." in said


# The registry


class Sample(models.Model):
    name = models.CharField(max_length=5)
    words = models.TextField()
    perhaps = models.CharField(max_length=5, null=True)  # noqa: DJ001
    size = models.IntegerField(default=7)
    bare = models.IntegerField()

    class Meta:
        app_label = "peer_support_sample"
        managed = False

    def __str__(self):
        return "sample"


def column(name):
    return Sample._meta.get_field(name)


def test_each_kind_of_column_has_its_own_emptiness():
    empty = [empty_value(column(name)) for name in ("name", "words", "perhaps", "size")]
    assert empty == ["", "", None, 7]
    with pytest.raises(ValueError, match=r"bare has no empty value; delete the row instead\.$"):
        empty_value(column("bare"))


def test_a_table_keeps_what_it_was_registered_with(own_registry):
    table = registry.register(
        Sample,
        title="Samples",
        on_erasure="empty",
        paths={CITIZEN: "self"},
        period="sample",
        not_for={VOLUNTEER: "words size"},
        contact="name",
        words="words perhaps",
        way="size",
        technical="id bare",
    )
    assert table_of(Sample) is table and registry.tables()[-1] is table
    assert (table.title, table.on_erasure, table.period) == ("Samples", OnErasure.EMPTY, "sample")
    assert table.kind_of("name") is registry.CONTACT and table.kind_of("words") is registry.WORDS
    assert table.named() == ["name", "words", "perhaps", "size", "id", "bare"]
    assert table.named(emptied=True) == table.named(shown=True, emptied=True) == ["name", "words", "perhaps"]
    assert table.named(shown=True) == ["name", "words", "perhaps", "size"]
    assert table.named(shown=False) == ["id", "bare"]
    assert table.shown_to(Volunteer()) == ["name", "perhaps"]
    assert table.shown_to(Citizen()) == ["name", "words", "perhaps", "size"]


def test_a_table_that_says_little_holds_nothing_of_anybody(own_registry):
    table = registry.register(Sample, title="Samples", on_erasure="stay")
    assert (table.paths, table.rows, table.period, table.not_for, table.fields) == ({}, None, "", {}, {})
    assert table.named() == []


def test_a_field_that_is_twice_or_nowhere_is_refused(own_registry):
    with pytest.raises(ValueError, match=r"^peer_support_sample\.Sample\.name is classified twice\.$"):
        registry.register(Sample, title="x", on_erasure="stay", contact="name", words="words name")
    with pytest.raises(FieldDoesNotExist):
        registry.register(Sample, title="x", on_erasure="stay", contact="nowhere")
    with pytest.raises(KeyError):
        registry.register(Sample, title="x", on_erasure="stay", unheard="name")
    with pytest.raises(ValueError, match="perhaps"):
        registry.register(Sample, title="x", on_erasure="perhaps")
    with pytest.raises(KeyError):
        table_of(Sample)


def test_what_is_missing_is_named_and_what_is_there_is_not(own_registry):
    label = "peer_support_sample.Sample"
    assert registry.unclassified([Sample, Citizen]) == [
        f"{label}.{name}" for name in ("id", "name", "words", "perhaps", "size", "bare")
    ]
    registry.register(Sample, title="x", on_erasure="stay", contact="name", technical="id")
    assert registry.unclassified([Sample]) == [
        f"{label}.{name}" for name in ("words", "perhaps", "size", "bare")
    ]


def test_lists_of_others_count_as_fields(own_registry):
    del registry._tables[Citizen]
    assert "peer_support.Citizen.interests" in registry.unclassified([Citizen])


def test_rows_are_found_by_their_path_or_by_a_function(person, initiative):
    other = CitizenFactory(initiative=initiative)
    talk = ConversationFactory(citizen=other)
    assert list(table_of(Citizen).rows_of(other)) == [other]
    assert list(table_of(Conversation).rows_of(other)) == [talk]
    assert list(table_of(Volunteer).rows_of(other)) == []
    own = registry.Table(
        Citizen, "x", {}, OnErasure.STAY, rows=lambda rows, subject: rows.filter(pk=subject.pk)
    )
    assert list(own.rows_of(other)) == [other]


def test_the_rows_are_found_outside_a_scope_too(initiative):
    with all_initiatives("a test"):
        person = CitizenFactory(initiative=initiative)
    assert table_of(Citizen).rows_of(person).count() == 1
