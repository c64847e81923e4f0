"""Each rule of today's list has a test named after it: when a line comes, and when it goes."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.followup.today import sources_people
from peer_support.mailing import services as mails
from peer_support.mailing.models import MailJob
from peer_support.matching.models import Match, MatchCall
from peer_support.people.models import ConversationBooking, Volunteer
from peer_support.testing import factories as make
from peer_support.testing import factories_courses as make_courses
from peer_support.testing.factories_followup import (
    EndingStepFactory,
    FollowUpFactory,
    MatchCallFactory,
    MeetingFactory,
    PauseFactory,
)
from peer_support.testing.factories_followup_trips import AccompanimentFactory
from peer_support.testing.factories_mailing import MailJobFactory
from peer_support.testing.factories_papers import PaperFactory
from peer_support.testing.factories_recruitment import TalkRequestFactory

pytestmark = pytest.mark.django_db


def asked(days):
    return timezone.now() - datetime.timedelta(days=days)


def match_of(initiative, state="active", **values):
    """A pair without a rhythm of its own to be silent about: it began today."""
    return make.MatchFactory(initiative=initiative, state=state, **values)


def test_new_enquiries(lines, the_list, initiative, ago):
    person = make.CitizenFactory(
        initiative=initiative, status="enquiry", waiting_since=None, enquired_on=ago(1)
    )
    late = make.VolunteerFactory(initiative=initiative, status="enquiry", enquired_on=ago(20))
    assert lines("answer") == [
        f"{late} skrev for 20 dage siden og venter på svar",
        f"{person} skrev for 1 dag siden og venter på svar",
    ]
    assert [item.urgency for item in the_list().items] == ["overdue", "today"]
    make.ConversationBookingFactory(citizen=person, volunteer=None)
    with scope_of(initiative.pk):
        Volunteer.objects.filter(pk=late.pk).update(status="conversation")
    assert lines("answer") == []


@pytest.mark.parametrize(
    ("written", "by"),
    [("2026-11-23", "2026-11-30"), ("2026-11-27", "2026-12-04"), ("2026-11-28", "2026-12-04")],
)
def test_answer_by_counts_working_days(written, by):
    day = datetime.date.fromisoformat(written)
    assert sources_people.answer_by(day, 5) == datetime.date.fromisoformat(by)


def test_talks_to_answer(lines, initiative):
    talk = TalkRequestFactory(initiative=initiative)
    assert lines("answer") == [f"{talk} – nogen ønsker et oplæg"]
    with scope_of(initiative.pk):
        type(talk).objects.update(state="answered")
    assert lines("answer") == []


def test_conversations(lines, initiative, day):
    citizen = make.CitizenFactory(initiative=initiative, status="enquiry", waiting_since=None)
    at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(14, 30)))
    booking = make.ConversationBookingFactory(citizen=citizen, volunteer=None, booked_for=at)
    with scope_of(initiative.pk):
        assert lines("talk") == [f"{citizen} – samtale kl. 14.30, {booking.get_how_display()}"]
        assert lines("talk", day + datetime.timedelta(days=1)) == [
            f"{citizen} – hvad kom der ud af samtalen?"
        ]
        assert lines("talk", day - datetime.timedelta(days=1)) == []
        ConversationBooking.objects.update(state="held")
        assert lines("talk") == []


def test_conversations_to_finish(lines, initiative, ago):
    citizen = make.CitizenFactory(initiative=initiative, status="conversation", waiting_since=None)
    talk = make.ConversationFactory(citizen=citizen, held_on=ago(6))
    assert lines("talk") == []
    with scope_of(initiative.pk):
        type(talk).objects.update(held_on=ago(7))
    assert lines("talk") == [f"{citizen} – I har talt sammen. Hvad er det næste skridt?"]


def test_old_conversations(lines, initiative, ago):
    citizens = [make.CitizenFactory(initiative=initiative, waiting_since=ago(900)) for _ in range(4)]
    assert lines("soon") == [f"{one} – det er længe siden, I talte sammen" for one in citizens]
    make.CitizenFactory(initiative=initiative, waiting_since=ago(900))
    assert lines("soon") == ["Det er længe siden, I talte med 5 borgere"]


def test_people_who_wait(the_list, initiative, ago):
    for days in (3, 40, 200):
        make.CitizenFactory(initiative=initiative, waiting_since=ago(days))
    item = next(item for item in the_list().items if "længst" in item.line.sentence)
    assert item.line.sentence == "3 borgere venter på et match · længst 200 dage"
    assert item.line.hint == "op til 30 dage: 1 · 31–90 dage: 1 · mere end 180 dage: 1"


def test_proposals_without_an_answer(lines, initiative):
    match = match_of(initiative, "proposed", proposed_at=asked(3))
    assert lines("answer") == []
    with scope_of(initiative.pk):
        Match.objects.update(proposed_at=asked(4))
        both = f"{match} – {match.citizen} og {match.volunteer} har ikke svaret i 4 dage"
        assert lines("answer") == [both]
        Match.objects.update(citizen_answer="yes")
        assert lines("answer") == [f"{match} – {match.volunteer} har ikke svaret i 4 dage"]
        Match.objects.update(volunteer_answer="yes", state="accepted")
        assert lines("answer") == []


def test_first_meetings(lines, initiative, day, ago):
    match = match_of(initiative, "accepted")
    pair = f"{match.citizen} og {match.volunteer}"
    assert lines("ring") == [f"{pair} har begge sagt ja. Aftal det første møde"]
    with scope_of(initiative.pk):
        Match.objects.update(first_meeting_on=day + datetime.timedelta(days=2))
        assert lines("ring") == lines("talk") == []
        Match.objects.update(first_meeting_on=day)
        assert lines("talk") == [f"{pair} mødes for første gang"] and lines("ring") == []
        Match.objects.update(first_meeting_on=ago(1))
        assert lines("ring") == [f"Blev det første møde mellem {pair} holdt?"]


def test_calls_the_day_after(lines, initiative, day, ago):
    match = match_of(initiative, "met", first_meeting_on=day)
    assert lines("ring") == []
    with scope_of(initiative.pk):
        Match.objects.update(first_meeting_on=ago(1), volunteer_after="yes")
        assert lines("ring") == [f"{match.citizen} – dagen efter det første møde. Vil de gerne fortsætte?"]
    later = day + datetime.timedelta(days=2)
    FollowUpFactory(match=match, kind="day_after", side="citizen", due_on=later, own_day=True)
    assert lines("ring") == []


def test_matches_to_start(lines, initiative, ago):
    match = match_of(initiative, "met", first_meeting_on=ago(2), citizen_after="yes")
    FollowUpFactory(match=match, kind="day_after", side="volunteer", state="cancelled")
    assert "fortsætte. Skriv" not in str(lines("ring"))
    with scope_of(initiative.pk):
        Match.objects.update(volunteer_after="yes")
    assert lines("ring") == [
        f"{match.citizen} og {match.volunteer} vil begge fortsætte. Skriv, hvad de aftaler"
    ]


def test_calls_asked_for_at_meetings(lines, initiative):
    meeting = MeetingFactory(match=match_of(initiative), call_me=True)
    person = meeting.match.volunteer
    assert lines("ring") == [f"{person} vil gerne ringes op. Det handler om møderne"]
    with scope_of(initiative.pk):
        type(meeting).objects.update(call_done_at=timezone.now())
    assert lines("ring") == []


def test_calls_asked_for_by_link(lines, initiative):
    call = MatchCallFactory(match=match_of(initiative, "proposed"))
    (line,) = lines("ring")
    assert str(call.match.citizen) in line
    with scope_of(initiative.pk):
        MatchCall.objects.update(done_at=timezone.now())
    assert lines("ring") == []


def test_follow_up_calls(the_list, lines, initiative, day, ago):
    match = match_of(initiative)
    FollowUpFactory(match=match, kind="week", due_on=day + datetime.timedelta(days=1))
    assert lines("ring") == []
    FollowUpFactory(match=match, kind="month", due_on=day)
    (item,) = the_list().items
    assert item.line.sentence.startswith(str(match.citizen)) and item.line.due == day


def test_nobody_is_rung_three_times_in_a_morning(the_list, initiative, ago):
    match = match_of(initiative, active_from=ago(100), agreed_every="week")
    for kind, days in (("week", 60), ("month", 30), ("quarter", 2)):
        FollowUpFactory(match=match, kind=kind, due_on=ago(days))
    (item,) = the_list().items  # and no line about the silence
    assert item.line.due == ago(60) and item.line.hint.startswith("2 tidligere opkald mangler.")


def test_silent_pairs(lines, initiative, ago):
    match = match_of(initiative, active_from=ago(60), agreed_every="week")
    (line,) = lines("ring")
    assert str(match.citizen) in line and "60" in line
    MeetingFactory(match=match, on=ago(2))
    assert lines("ring") == []


def test_pauses_that_end(lines, initiative, day):
    pause = PauseFactory(match=match_of(initiative, "paused"), until=day, ask_on=day)
    (line,) = lines("ring")
    assert str(pause.match.citizen) in line


def test_endings_with_something_left(lines, initiative, day):
    step = EndingStepFactory(match=match_of(initiative, "ended"), initiative=initiative)
    (line,) = lines("talk")
    assert str(step.match.citizen) in line


def test_calls_after_two_absences(lines, initiative, ago):
    course = make_courses.GroupCourseFactory(initiative=initiative, state="running", capacity=8)
    someone = make_courses.EnrolmentFactory(
        initiative=initiative,
        course=course,
        citizen=make.CitizenFactory(initiative=initiative),
        state="enrolled",
    )
    for number, days in ((1, 9), (2, 2)):
        session = make_courses.SessionFactory(
            initiative=initiative, course=course, number=number, date=ago(days)
        )
        make_courses.AttendanceFactory(
            initiative=initiative, session=session, enrolment=someone, mark="absent"
        )
    (line,) = lines("ring")
    assert "2 gange i træk" in line
    make_courses.CaringCallFactory(
        initiative=initiative, enrolment=someone, up_to=session, sessions=[session.pk]
    )
    assert lines("ring") == []


def test_course_needs(lines, initiative, day):
    course = make_courses.GroupCourseFactory(
        initiative=initiative, state="open", go_no_go_on=day, title="Ti uger"
    )
    assert any(line.startswith("Ti uger – Beslut") or "Ti uger" in line for line in lines("seat"))
    with scope_of(initiative.pk):
        type(course).objects.update(state="planned", starts_on=day + datetime.timedelta(days=90))
    assert lines("seat") == []


def test_course_steps(lines, initiative, ago):
    course = make_courses.GroupCourseFactory(
        initiative=initiative, state="planned", starts_on=ago(1), title="Ti uger"
    )
    (line,) = lines("seat")
    assert line.startswith("Ti uger – ")
    with scope_of(initiative.pk):
        type(course).objects.update(state="cancelled", ended_on=ago(0), cancel_reason="Få deltagere")
    assert lines("seat") == []


def test_papers_that_expire(lines, initiative, day):
    volunteer = make.VolunteerFactory(initiative=initiative, contract_until=day + datetime.timedelta(days=14))
    assert [line for line in lines("soon") if str(volunteer) in line]
    with scope_of(initiative.pk):
        Volunteer.objects.update(contract_until=day + datetime.timedelta(days=300))
    assert lines("soon") == []


def test_papers_without_a_signature(lines, initiative):
    paper = PaperFactory(
        volunteer=make.VolunteerFactory(initiative=initiative),
        initiative=initiative,
        made_at=asked(7),
        state="ready",
    )
    assert [line for line in lines("answer") if str(paper.person) in line]


def test_volunteers_not_seen_at_supervision(lines, initiative, monkeypatch):
    from peer_support.followup.keeping import Sign
    from peer_support.followup.today import sources_volunteers

    def signs(count):
        return lambda day: [
            Sign("supervision", f"Frivillig {n}", "/x/", n, initiative.pk) for n in range(1, count + 1)
        ]

    monkeypatch.setattr(sources_volunteers, "not_seen_at_supervision", signs(4))
    assert lines("soon") == [f"Frivillig {n}" for n in range(1, 5)]
    monkeypatch.setattr(sources_volunteers, "not_seen_at_supervision", signs(5))
    assert lines("soon") == ["5 frivillige har ikke været til supervision længe"]


def test_accompaniments(lines, initiative, day):
    trip = AccompanimentFactory(initiative=initiative, day=day + datetime.timedelta(days=2))
    (line,) = lines("seat")
    assert str(trip.citizen) in line
    with scope_of(initiative.pk):
        type(trip).objects.update(day=day + datetime.timedelta(days=3))
    assert lines("seat") == []


def test_mails_that_did_not_arrive(lines, initiative):
    citizen = make.CitizenFactory(initiative=initiative)
    job = MailJobFactory(target=citizen)
    assert lines("ring") == [f"Mailen ”Tak for en henvendelse” til {citizen} kom ikke frem"]
    with scope_of(initiative.pk):
        mails.settle(job=job, user=None)
        assert lines("ring") == []
        MailJob.objects.update(settled_at=None, state="sent")
    assert lines("ring") == [] and not mail.outbox
