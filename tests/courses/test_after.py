"""After a course: the certificate, the day to ask again, and the ways on, none of them without a yes."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import scope_of
from peer_support.courses import services_after as after
from peer_support.courses.absence import caring_calls
from peer_support.courses.links import participant_link
from peer_support.courses.models import CaringCall, Enrolment
from peer_support.people.models import Citizen, Conversation, Volunteer
from tests.public.pdf import assert_tagged, needs_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_scope")]


def url(name, *args):
    return reverse(f"peer_support_courses:{name}", args=args)


@pytest.fixture
def done(group):
    """Somebody who came twice and has completed the course."""
    group.write(group.people[1], "present", "late", "absent")
    Enrolment.objects.filter(pk=group.people[1].pk).update(
        state="completed", completed_on=timezone.localdate()
    )
    return Enrolment.objects.get(pk=group.people[1].pk)


def refused(code):
    return pytest.raises(NotAllowed, check=lambda refusal: refusal.decision.code == code)


def test_the_certificate_says_that_they_took_part_and_nothing_of_why(done, coordinator_client):
    done.course.title = "Om angst"
    done.course.save()
    page = coordinator_client.get(url("certificate", done.pk)).content.decode()
    assert "Bo Hemmelig" in page and "2 gange" in page
    body = page[page.index("<article") : page.index("</article>")].lower()
    for word in ("angst", "peer", "borger", "syg", "psyk", "støtte"):
        assert word not in body
    assert body.count("<li>") == 2


def test_the_participant_finds_the_certificate_by_their_own_link(done, client):
    with scope_of(done.initiative_id):
        token = participant_link(done).token
    assert "bevis/" in client.get(f"/peer/min-side/{token}/").content.decode()
    answer = client.get(f"/peer/min-side/{token}/bevis/")
    assert answer.status_code == 200 and "no-store" in answer.headers["Cache-Control"]


def test_the_certificate_is_a_tagged_pdf_too(done, client):
    needs_pdf()
    with scope_of(done.initiative_id):
        token = participant_link(done).token
    pdf = client.get(f"/peer/min-side/{token}/bevis.pdf")
    assert_tagged(pdf.content)
    assert "no-store" in pdf.headers["Cache-Control"]


def test_there_is_no_certificate_for_who_never_came_or_is_still_in_it(group, client):
    for enrolment in (group.people[0], group.people[2]):
        with scope_of(enrolment.initiative_id):
            token = participant_link(enrolment).token
        assert client.get(f"/peer/min-side/{token}/bevis/").status_code == 404


@pytest.mark.parametrize(
    "service", [after.wish_accompaniment, after.go_to_one_to_one, after.become_volunteer]
)
def test_nothing_goes_on_without_a_yes(done, coordinator, service):
    with refused("consent"):
        service(enrolment=done, said_yes=False, user=coordinator)
    assert not Volunteer.objects.exists() and not Conversation.objects.exists()
    assert Enrolment.objects.get(pk=done.pk).wants_next == ""


def test_one_to_one_support_begins_with_a_talk_and_then_the_waiting_list(done, coordinator):
    Citizen.objects.filter(pk=done.citizen_id).update(status="enquiry", waiting_since=None)
    citizen = after.go_to_one_to_one(enrolment=done, said_yes=True, user=coordinator)
    assert citizen.status == "conversation" and citizen.conversations.count() == 1
    citizen = after.go_to_one_to_one(enrolment=done, said_yes=True, user=coordinator)
    assert citizen.status == "waiting" and citizen.waiting_since == timezone.localdate()
    with refused("already"):
        after.go_to_one_to_one(enrolment=done, said_yes=True, user=coordinator)


def test_the_rules_of_people_hold_on_the_way_to_the_waiting_list(done, coordinator):
    Citizen.objects.filter(pk=done.citizen_id).update(
        status="conversation", came_by="professional", consent_on=None
    )
    with refused("consent"):
        after.go_to_one_to_one(enrolment=done, said_yes=True, user=coordinator)


def test_a_participant_who_becomes_a_volunteer_is_an_enquiry_with_a_record_of_its_own(done, coordinator):
    Citizen.objects.filter(pk=done.citizen_id).update(phone="51626364")
    citizen = Citizen.objects.get(pk=done.citizen_id)
    citizen.notes, citizen.phone = "zqvnote", "51626364"
    citizen.save()
    volunteer = after.become_volunteer(enrolment=done, said_yes=True, user=coordinator)
    assert (volunteer.status, volunteer.first_name, volunteer.phone) == ("enquiry", "Bo", "51626364")
    assert "zqvnote" not in volunteer.notes and str(citizen) not in volunteer.notes
    assert Citizen.objects.get(pk=citizen.pk).notes == "zqvnote"
    with refused("already"):
        after.become_volunteer(enrolment=done, said_yes=True, user=coordinator)


def test_a_wish_is_heard_by_other_rooms_in_the_same_transaction(done, coordinator, monkeypatch):
    heard = []
    monkeypatch.setattr(after, "_listeners", [])
    for __ in range(2):
        after.register_wish_listener(heard_by := (lambda **facts: heard.append(facts["wish"])))
    after._listeners[:] = [heard_by]
    after.wish_accompaniment(enrolment=done, said_yes=True, user=coordinator)
    assert heard == ["accompaniment"]


def test_the_day_to_ask_again_is_proposed_four_weeks_after_and_may_not_have_passed(done, coordinator):
    today = timezone.localdate()
    assert after.suggested_follow_up(done) == today + datetime.timedelta(weeks=4)
    assert after.set_follow_up(enrolment=done, on=today, user=coordinator).follow_up_on == today
    with refused("past"):
        after.set_follow_up(enrolment=done, on=today - datetime.timedelta(days=1), user=coordinator)
    assert after.set_follow_up(enrolment=done, on=None, user=coordinator).follow_up_on is None


def test_a_participant_says_what_they_would_like_and_nothing_is_set_going(done, client):
    with scope_of(done.initiative_id):
        address = f"/peer/min-side/{participant_link(done).token}/"
    client.post(address, {"do": "wish", "wish": "volunteer"})
    assert Enrolment.objects.get(pk=done.pk).wants_next == "volunteer"
    assert not Volunteer.objects.exists()


# The coordinator's screens


def test_the_coordinator_writes_who_came_on_the_same_sheet(group, coordinator_client):
    address = url("attendance", group.today.pk)
    page = coordinator_client.get(address).content.decode()
    assert "Hvem kom?" in page and "Dorte" in page
    key = group.people[0].pk
    answer = coordinator_client.post(
        address, {f"m-{key}": "late", f"was-{key}": "", "note": "", "was-note": ""}
    )
    assert answer.status_code == 302
    row = group.today.attendance.get()
    assert (row.mark, row.by, row.user.username) == ("late", "coordinator", "mette")


def test_the_coordinator_makes_renews_and_takes_back_the_link(group, coordinator_client, client):
    address = url("attendance", group.today.pk)

    def link_now():
        page = coordinator_client.get(address).content.decode()
        return page.split('id="session-link" type="text" readonly value="')[1].split('"')[0]

    coordinator_client.post(address, {"do": "link"})
    first = link_now()
    assert client.get(first).status_code == 200
    coordinator_client.post(address, {"do": "renew"})
    assert client.get(first).status_code == 410 and client.get(link_now()).status_code == 200
    coordinator_client.post(address, {"do": "revoke"})
    assert "session-link" not in coordinator_client.get(address).content.decode()


def test_whom_to_ring_stands_on_the_front_page_by_number_and_goes_with_a_tick(group, coordinator_client):
    group.write(group.people[1], "present", "absent", "absent")
    page = coordinator_client.get("/admin/").content.decode()
    assert "er ikke kommet 2 gange i træk" in page and str(group.people[1].citizen) in page
    assert "Hemmelig" not in page
    answer = coordinator_client.post(url("care", group.people[1].pk), {"outcome": "talked"}, follow=True)
    assert "gange i træk" not in answer.content.decode()
    assert CaringCall.objects.get().done_by.username == "mette" and caring_calls() == []


def test_the_form_of_a_call_can_be_sent_as_it_stands_there(group, coordinator):
    group.write(group.people[1], "present", "absent", "absent")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(coordinator)
    address = url("care", group.people[1].pk)
    page = browser.get(url("enrolment", group.people[1].pk))
    form = BeautifulSoup(page.content, "html.parser").find("form", action=address)
    token = form.find("input", attrs={"name": "csrfmiddlewaretoken"})["value"]
    assert browser.post(address, {"outcome": "talked"}).status_code == 403
    assert browser.post(address, {"outcome": "talked", "csrfmiddlewaretoken": token}).status_code == 302
    assert CaringCall.objects.count() == 1
    assert 'id="care"' not in browser.get(url("enrolment", group.people[1].pk)).content.decode()


def test_the_page_after_the_course_takes_each_step_with_a_tick(done, coordinator_client):
    address = url("after", done.pk)
    page = coordinator_client.get(address).content.decode()
    assert "Følgeskab" in page and "de har sagt ja" in page
    coordinator_client.post(address, {"do": "accompaniment"})
    assert Enrolment.objects.get(pk=done.pk).wants_next == ""
    coordinator_client.post(address, {"do": "accompaniment", "said_yes": "on"})
    assert Enrolment.objects.get(pk=done.pk).wants_next == "accompaniment"
    assert coordinator_client.post(address, {"do": "follow_up", "on": "i morgen"}).status_code == 200
    coordinator_client.post(address, {"do": "link"})
    assert "/peer/min-side/" in coordinator_client.get(address).content.decode()
    assert coordinator_client.post(address, {"do": "drop"}).status_code == 404


def test_another_initiatives_sheet_and_people_are_not_found(other_initiative, coordinator_client):
    from .attendance import Group

    with scope_of(other_initiative.pk):
        other = Group(other_initiative)
    assert coordinator_client.get(url("attendance", other.today.pk)).status_code == 404
    for name in ("after", "certificate"):
        assert coordinator_client.get(url(name, other.people[0].pk)).status_code == 404
    assert coordinator_client.post(url("care", other.people[0].pk), {"outcome": "talked"}).status_code == 404
