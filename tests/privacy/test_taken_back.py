"""A yes that was taken back ends in an erasure, and somebody sees to it where something is open still."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from peer_support.people import holds
from peer_support.people.purging import forecast, what_holds_on
from peer_support.privacy import retention
from peer_support.privacy.models import AccessLogEntry, ErasureRecord
from peer_support.recruitment import services_consent
from peer_support.recruitment.models_consent import ConsentText
from peer_support.recruitment.rules_consent import OWN_PURPOSE
from peer_support.testing import factories as make
from peer_support.testing import factories_courses as make_courses
from peer_support.testing.factories_recruitment import ConsentFactory, ConsentTextFactory, TalkRequestFactory
from peer_support.testing.factories_study import StudyFactory, StudyParticipantFactory, StudySiteFactory
from tests.privacy.clocked import TODAY, at, boundary, stored

pytestmark = pytest.mark.django_db


def taken_back(factory, initiative, day, **values):
    return stored(
        factory(initiative=initiative, status="waiting" if factory is make.CitizenFactory else "approved"),
        match_stopped_on=day,
        course_stopped_on=day,
        **values,
    )


KINDS = pytest.mark.parametrize(
    ("factory", "code"),
    [(make.CitizenFactory, "citizen_taken_back"), (make.VolunteerFactory, "volunteer_taken_back")],
    ids=["citizen", "volunteer"],
)


@KINDS
def test_who_took_the_yes_back_goes_a_month_after(factory, code, initiative, in_scope, coordinator):
    gone = taken_back(factory, initiative, boundary(code) - timedelta(days=1))
    stays = taken_back(factory, initiative, boundary(code) + timedelta(days=1))
    other = stored(factory(initiative=initiative), course_stopped_on=boundary(code) - timedelta(days=40))
    still = stored(factory(initiative=initiative), match_stopped_on=boundary(code) - timedelta(days=40))
    held = taken_back(factory, initiative, boundary(code) - timedelta(days=1))
    holds.hold(person=held, reason="Sag", until=TODAY() + timedelta(days=9), user=coordinator)
    dry = retention.purge()
    assert dry[code] == [gone.pk]
    assert retention.purge(apply=True) == dry
    names = {p.pk: type(p)._base_manager.get(pk=p.pk).first_name for p in (gone, stays, other, still, held)}
    assert [bool(name) for name in names.values()] == [False, True, True, True, True]
    assert not any(retention.purge(apply=True).values())


@KINDS
def test_from_the_press_to_the_purge(factory, code, initiative, in_scope, coordinator):
    """A yes that is taken back at the desk; a new one within the month, and all is as before."""
    goes, regrets = (factory(initiative=initiative) for __ in range(2))
    purpose = OWN_PURPOSE[factory._meta.model]
    for person in (goes, regrets):
        text = ConsentText.objects.current(purpose) or ConsentTextFactory(purpose=purpose)
        values = {
            "citizen": None,
            "volunteer": None,
            "initiative": initiative,
            person._meta.model_name: person,
        }
        consent = ConsentFactory(**values, purpose=purpose, text=text)
        services_consent.withdraw_consent(consent=consent, how="phone", user=coordinator)
    services_consent.note_own_yes(person=regrets, how="phone", user=coordinator)
    assert retention.purge()[code] == []
    soon = timezone.now() + timedelta(days=33)
    assert retention.purge(now=soon)[code] == [goes.pk]
    assert [
        p.pk for p in next(r for r in forecast(initiative, soon) if r.rule.code == code).lines[0].records
    ] == [goes.pk]


@KINDS
def test_the_page_of_the_person_says_when(factory, code, initiative, in_scope, coordinator_client):
    person = taken_back(factory, initiative, TODAY())
    kind = person._meta.model_name
    ConsentFactory(
        initiative=initiative,
        **{"citizen": None, "volunteer": None, kind: person},
        text=ConsentTextFactory(),
        withdrawn_at=timezone.now(),
        withdrawn_how="phone",
    )
    page = coordinator_client.get(
        reverse(f"people_{kind}_modeladmin_inspect", args=[person.pk])
    ).content.decode()
    day = date_format(TODAY() + timedelta(days=31), "SHORT_DATE_FORMAT")
    assert f"efter {day} bliver alt om personen slettet" in page


@KINDS
def test_a_match_that_goes_on_holds_on_and_the_screen_says_so(
    factory, code, initiative, in_scope, coordinator_client
):
    person = taken_back(factory, initiative, boundary(code) - timedelta(days=1))
    other = (make.VolunteerFactory if factory is make.CitizenFactory else make.CitizenFactory)(
        initiative=initiative
    )
    match = make.MatchFactory(
        initiative=initiative, state="active", **{one._meta.model_name: one for one in (person, other)}
    )
    assert retention.purge(apply=True)[code] == []
    page = coordinator_client.get(reverse("peer_support_people:purge")).content.decode()
    said = page.partition('id="open-still"')[2].partition("</section>")[0]
    assert str(person) in said and f"match {match.number}" in said and str(other) not in said
    assert person.display_name not in page
    stored(match, state="ended", ended_on=boundary(code) - timedelta(days=1))
    assert retention.purge()[code] == [person.pk]
    page = coordinator_client.get(reverse("peer_support_people:purge")).content.decode()
    assert 'id="open-still"' not in page and str(person) in page


@KINDS
def test_a_course_that_goes_on_holds_on_and_one_that_is_over_does_not(factory, code, initiative, in_scope):
    person = taken_back(factory, initiative, boundary(code) - timedelta(days=1))
    kind = person._meta.model_name
    course = make_courses.GroupCourseFactory(initiative=initiative, state="running")
    row = make_courses.EnrolmentFactory(
        initiative=initiative, course=course, **{"citizen": None, "volunteer": None, kind: person}
    )
    assert retention.purge()[code] == []
    stored(row, state="completed", enrolled_on=TODAY(), completed_on=TODAY())
    assert retention.purge()[code] == [person.pk], "they were told that it is deleted"
    # The control: whose yes to courses stands is kept for half a year.
    stored(person, course_stopped_on=None)
    assert retention.not_needed(type(person).objects.filter(pk=person.pk), timezone.now()).count() == 0


@KINDS
def test_who_only_wants_courses_goes_when_nothing_comes_of_it(factory, code, initiative, in_scope):
    """No question asks them and no list shows them, so that they would be kept for ever."""
    code = code.replace("taken_back", "enquiry")
    long_ago = at(boundary(code) - timedelta(days=1))
    values = {"updated_at": long_ago, "match_stopped_on": long_ago.date()}
    ready = "waiting" if factory is make.CitizenFactory else "approved"
    gone, in_course = (stored(factory(initiative=initiative, status=ready), **values) for __ in range(2))
    stored(factory(initiative=initiative, status=ready), updated_at=long_ago)
    stored(factory(initiative=initiative, status=ready), **{**values, "updated_at": timezone.now()})
    stored(factory(initiative=initiative, status=ready), updated_at=long_ago, match_stopped_on=TODAY())
    stored(factory(initiative=initiative, status="ended"), **values, ended_on=TODAY())
    make_courses.EnrolmentFactory(
        initiative=initiative,
        course=make_courses.GroupCourseFactory(initiative=initiative, state="running"),
        **{"citizen": None, "volunteer": None, in_course._meta.model_name: in_course},
    )
    assert retention.purge()[code] == [gone.pk]
    assert retention.purge(apply=True)[code] == [gone.pk]


def test_a_study_that_goes_on_is_said_to_hold_on(initiative, in_scope, coordinator_client):
    """They said yes to the study apart from all else, and that yes stands."""
    person = taken_back(make.CitizenFactory, initiative, boundary("citizen_taken_back") - timedelta(days=1))
    study = StudyFactory(initiative=initiative, state="recruiting")
    site = StudySiteFactory(initiative=initiative, study=study)
    part = StudyParticipantFactory(initiative=initiative, site=site, citizen=person, state="consented")
    assert retention.purge()["citizen_taken_back"] == []
    assert [who for who, why in what_holds_on(initiative)] == [person]
    page = coordinator_client.get(reverse("peer_support_people:purge")).content.decode()
    assert "for eksempel et studie" in page
    stored(part, left="everything", left_on=TODAY(), left_why="not_said")
    assert retention.purge()["citizen_taken_back"] == [person.pk] and what_holds_on(initiative) == []


@KINDS
def test_who_has_ended_and_took_the_yes_back_is_counted_once(factory, code, initiative, in_scope):
    day = TODAY() - timedelta(days=900)
    person = taken_back(factory, initiative, day)
    stored(person, status="ended", ended_on=day)
    dry = retention.purge()
    assert [found for found in dry.values() if found] == [[person.pk]]
    assert retention.purge(apply=True) == dry


def test_a_talk_whose_yes_was_taken_back_goes_a_month_after(initiative, in_scope):
    def request(days, *more):
        talk = TalkRequestFactory(initiative=initiative)
        at_ = timezone.now() - timedelta(days=retention.DAYS_A_MONTH + days)
        for when in (at_, *more):
            ConsentFactory(
                initiative=initiative,
                citizen=None,
                talk=talk,
                purpose="talk",
                text=ConsentTextFactory(purpose="talk"),
                withdrawn_at=when,
                withdrawn_how="phone" if when else "",
            )
        return talk

    gone, stays, other_yes = request(1), request(-1), request(1, None)
    # Somebody else's yes, which is about no talk, says nothing about these.
    ConsentFactory(initiative=initiative, citizen=make.CitizenFactory(initiative=initiative))
    dry = retention.purge()
    assert dry["talk_taken_back"] == [gone.pk]
    assert retention.purge(apply=True) == dry
    assert set(type(gone).objects.all()) == {stays, other_yes}
    ledger = ErasureRecord.objects.get(model="peer_support.talkrequest", object_id=gone.pk)
    logged = AccessLogEntry.objects.get(model="peer_support.talkrequest", object_id=gone.pk, action="erase")
    assert (ledger.why, logged.route, logged.user) == ("purge", "purge", None)
    assert not any(retention.purge(apply=True).values())
