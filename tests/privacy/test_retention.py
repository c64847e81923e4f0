"""The purge: whoever's time is over goes, nobody else does, and it can be stopped at any point."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from peer_support.access.scopes import all_initiatives, scope_of
from peer_support.conf import peer_settings
from peer_support.courses.models import Session
from peer_support.people.models import Citizen, Conversation, PersonStep, Volunteer
from peer_support.privacy import retention
from peer_support.recruitment.models_enquiry import TalkRequest
from peer_support.testing.factories import CitizenFactory, ConversationFactory, MatchFactory, VolunteerFactory
from peer_support.testing.factories_courses import EnrolmentFactory, GroupCourseFactory, SessionFactory
from peer_support.testing.factories_recruitment import TalkRequestFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def ago(months):
    return timezone.now() - timedelta(days=months * retention.DAYS_A_MONTH)


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
