"""Pages behind links: each opens one record for one purpose, tells nothing of anybody else, and fails kindly."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone, translation

from peer_support.access.models_link import AccessLink
from peer_support.access.scopes import scope_of
from peer_support.courses.links import calendar_link, offer_link, participant_link, session_link
from peer_support.courses.models import Attendance, Enrolment, Session
from peer_support.courses.services import end_facilitator
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing import factories as make
from peer_support.testing import factories_courses as make_courses

from .attendance import Group

pytestmark = pytest.mark.django_db
SECRETS = {"last_name": "Zqvefternavn", "phone": "51626364", "email": "zqv@example.com", "notes": "zqvnote"}


def text_of(answer):
    return answer.content.decode()


def secretive(initiative, **values):
    return make.CitizenFactory(initiative=initiative, **SECRETS, **values)


@pytest.fixture
def others(initiative, other_initiative):
    """Another course of the same initiative and one of another, with secrets in them."""
    found = [Group(initiative), Group(other_initiative)]
    for index, other in enumerate(found):
        with scope_of(other.initiative.pk):
            other.course.title = f"Zqvforløb {index}"
            other.course.notes = "zqvnote"
            other.course.save()
            for session in other.sessions:
                session.note, session.title = "zqvnote", "zqvtitel"
                session.save()
        for person in other.people:
            with scope_of(other.initiative.pk):
                person.citizen.first_name = "Zqvfornavn"
                person.citizen.save()
    return found


@pytest.fixture
def everybody(group, others):
    """One link of each purpose, as ``{name: address}``."""
    person = group.people[1]
    with scope_of(group.initiative.pk):
        for name, value in SECRETS.items():
            setattr(person.citizen, name, value)
        person.citizen.save()
        offered = make_courses.EnrolmentFactory(
            course=group.course, citizen=secretive(group.initiative), state="offered"
        )
        leader = make_courses.FacilitatorFactory(
            course=group.course, volunteer=make.VolunteerFactory(initiative=group.initiative, **SECRETS)
        )
        return {
            "session": f"/peer/moede/{session_link(group.today).token}/",
            "participant": f"/peer/min-side/{participant_link(person).token}/",
            "offer": f"/peer/plads/{offer_link(offered).token}/",
            "calendar": f"/peer/kalender/d/{calendar_link(person.citizen).token}.ics",
            "calendar_leader": f"/peer/kalender/f/{calendar_link(leader.volunteer).token}.ics",
        }


def test_no_page_behind_a_link_tells_of_others_or_shows_more_than_a_first_name(everybody, client):
    for name, address in everybody.items():
        answer = client.get(address)
        assert answer.status_code == 200, name
        said = text_of(answer).lower()
        assert "zqv" not in said and "51626364" not in said.replace(" ", ""), name
        assert "Hemmelig" not in text_of(answer), name
        assert "no-store" in answer.headers["Cache-Control"], name
        assert answer.headers["X-Robots-Tag"] == "noindex", name


def test_each_way_a_link_fails_is_a_clear_page_for_each_purpose(everybody, client, initiative):
    for name, address in everybody.items():
        token = re.search(r"[-\w]{32}", address)[0]
        with scope_of(initiative.pk):
            link = next(row for row in AccessLink.objects.all() if row.token == token)
        for change, status in (
            ({"expires_at": timezone.now() - datetime.timedelta(minutes=1)}, 410),
            ({"expires_at": None, "revoked_at": timezone.now()}, 410),
        ):
            with scope_of(initiative.pk):
                AccessLink.objects.filter(pk=link.pk).update(**change)
            for method in (client.get, client.post):
                answer = method(address)
                if answer.status_code == 405:
                    continue
                assert answer.status_code == status, (name, change)
                assert "zqv" not in text_of(answer).lower()
        for forged in (address.replace(token, token[:-1] + ("a" if token[-1] != "a" else "b")), "x" * 32):
            assert client.get(forged if "/" in forged else address.replace(token, forged)).status_code == 404
        for other in everybody.values():
            if other != address:
                stranger = re.sub(r"[-\w]{32}", token, other)
                assert client.get(stranger).status_code == 404, "a link of another purpose"


def test_an_offer_is_answered_once_and_a_look_answers_nothing(everybody, client, initiative):
    address = everybody["offer"]
    for __ in range(2):
        assert client.get(address).status_code == 200
    client.head(address)
    with scope_of(initiative.pk):
        offered = Enrolment.objects.get(state="offered")
    answer = client.post(address, {"answer": "yes"})
    assert answer.status_code == 200 and "Pladsen er din" in text_of(answer)
    with scope_of(initiative.pk):
        assert Enrolment.objects.get(pk=offered.pk).state == "enrolled"
    for method in (client.get, client.post):
        again = method(address, {"answer": "no"})
        assert again.status_code == 410
    with scope_of(initiative.pk):
        assert Enrolment.objects.get(pk=offered.pk).state == "enrolled"


def test_a_no_is_quite_all_right(everybody, client, initiative):
    answer = client.post(everybody["offer"], {"answer": "no"})
    assert answer.status_code == 200 and "helt i orden" in text_of(answer)
    with scope_of(initiative.pk):
        assert Enrolment.objects.filter(state="declined").count() == 1


def test_an_offer_that_is_over_says_so_and_is_not_used_up(everybody, client, initiative):
    with scope_of(initiative.pk):
        Enrolment.objects.filter(state="offered").update(state="declined", declined_on=timezone.localdate())
    assert "intet at svare på" in text_of(client.get(everybody["offer"]))
    assert client.post(everybody["offer"], {"answer": "yes"}).status_code == 409
    assert client.get(everybody["offer"]).status_code == 200


# The evening


def sheet(group, **marks):
    rows = {f"m-{group.people[int(number[1:])].pk}": mark for number, mark in marks.items()}
    return {**rows, **{name.replace("m-", "was-"): "" for name in rows}, "note": "", "was-note": ""}


def test_the_evening_shows_the_plan_who_sent_word_and_saves_with_one_button(group, client):
    with scope_of(group.initiative.pk):
        Attendance.objects.create(
            initiative=group.initiative,
            session=group.today,
            enrolment=group.people[1],
            mark="apologies",
            by="participant",
        )
        Session.objects.filter(pk=group.today.pk).update(aim="At lære hinandens navne.")
    address = group.address()
    page = text_of(client.get(address))
    for words in ("At lære hinandens navne.", "Velkomst", "har sendt afbud", "Bo", "uge "):
        assert words in page
    answer = client.post(address, sheet(group, p0="present", p3="absent") | {"done": ["0", "1"]}, follow=True)
    assert answer.redirect_chain and "Gemt" in text_of(answer)
    with scope_of(group.initiative.pk):
        marks = dict(group.today.attendance.values_list("enrolment_id", "mark"))
        assert marks == {
            group.people[0].pk: "present",
            group.people[1].pk: "apologies",
            group.people[3].pk: "absent",
        }
        assert Session.objects.get(pk=group.today.pk).checklist_done == [0, 1]
    assert AccessLogEntry.objects.filter(route="peer_support:session_link", user=None).exists()


def test_the_evening_can_be_saved_in_a_browser_that_checks_where_a_form_comes_from(group):
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(group.address())
    assert page.headers["Referrer-Policy"] == "same-origin"
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', text_of(page))[1]
    data = sheet(group, p0="present") | {"csrfmiddlewaretoken": token}
    assert browser.post(group.address(), data, headers={"origin": "http://testserver"}).status_code == 302
    assert browser.post(group.address(), data, headers={"origin": "null"}).status_code == 403


def test_what_was_typed_is_still_there_after_a_fault(initiative, client):
    group = Group(initiative, kind="open")
    data = sheet(group, p0="late") | {"guests": "mange", "note": "Husk kaffe", "done": "2"}
    answer = client.post(group.address(), data)
    page = text_of(answer)
    assert answer.status_code == 422 and "Husk kaffe" in page and "Skriv det i tal" in page
    assert page.count("checked") == 2
    with scope_of(initiative.pk):
        assert not Attendance.objects.exists()
    data["guests"] = "3"
    assert client.post(group.address(), data).status_code == 302
    with scope_of(initiative.pk):
        assert Session.objects.get(pk=group.today.pk).guests == 3


def test_two_on_two_telephones_are_told_kindly_where_they_differ(group, client):
    client.post(group.address(), sheet(group, p0="present"))
    answer = client.post(group.address(), sheet(group, p0="absent", p1="late"))
    page = text_of(answer)
    assert answer.status_code == 409 and "En anden har skrevet" in page
    was = dict(re.findall(r'name="(was-\d+)" value="(\w*)"', page))
    assert was[f"was-{group.people[0].pk}"] == "present"
    again = sheet(group, p0="absent", p1="late") | was
    assert client.post(group.address(), again).status_code == 302
    with scope_of(group.initiative.pk):
        assert group.today.attendance.get(enrolment=group.people[0]).mark == "absent"


def test_a_person_of_another_course_cannot_be_marked_through_the_link(group, others, client):
    for other in others:
        data = sheet(group, p0="present") | {f"m-{other.people[0].pk}": "absent"}
        assert client.post(group.address(), data).status_code == 409
    for other in others:
        with scope_of(other.initiative.pk):
            assert not Attendance.objects.filter(session__course=other.course).exists()
    with scope_of(group.initiative.pk):
        assert not group.today.attendance.exists()


@pytest.mark.parametrize(
    "junk",
    [
        {"m-1": "x"},
        {"m-99999999999999999999": "absent"},
        {"done": "²"},
        {"was-note": "x" * 999},
        {"note": "\x00"},
    ],
)
def test_nonsense_writes_nothing_and_breaks_nothing(group, client, junk):
    assert client.post(group.address(), junk).status_code in (302, 409, 422)
    with scope_of(group.initiative.pk):
        assert not Attendance.objects.exists()


def test_before_the_day_the_page_shows_the_plan_and_takes_no_marks(group, client):
    address = group.address(group.sessions[-1])
    page = text_of(client.get(address))
    assert "Bo" in page and "data-sheet " not in page and 'type="radio"' not in page
    assert client.post(address, sheet(group, p0="present")).status_code == 409


def test_the_link_lasts_some_days_after_the_session_and_follows_when_it_is_moved(group, client):
    held = group.link(group.sessions[0])
    assert client.get(f"/peer/moede/{held.token}/").status_code == 410, "two weeks ago"
    assert client.get(group.address(group.sessions[1])).status_code == 200 or group.link().expires_at
    with scope_of(group.initiative.pk):
        group.sessions[0].date = group.today.date
        group.sessions[0].save()
        assert session_link(group.sessions[0]).token == held.token
    assert client.get(f"/peer/moede/{held.token}/").status_code == 200


def test_who_no_longer_leads_a_course_no_longer_opens_its_evenings(group, client, coordinator):
    address = group.address()
    with scope_of(group.initiative.pk):
        leader = make_courses.FacilitatorFactory(course=group.course, from_on=group.sessions[0].date)
        end_facilitator(facilitator=leader, user=coordinator)
    assert client.get(address).status_code == 410


# The participant


def test_a_participant_sends_word_and_takes_it_back(everybody, group, client):
    address, coming = everybody["participant"], group.sessions[-1]
    answer = client.post(address, {"do": "cannot", "session": coming.pk}, follow=True)
    assert "Du har sagt, at du ikke kan komme" in text_of(answer)
    with scope_of(group.initiative.pk):
        assert coming.attendance.get().by == "participant"
    answer = client.post(address, {"do": "can", "session": coming.pk}, follow=True)
    with scope_of(group.initiative.pk):
        assert not coming.attendance.exists()
    assert "Vi venter dig" in text_of(answer)


def test_a_participant_reaches_no_session_of_another_course(everybody, others, client):
    for other in others:
        answer = client.post(everybody["participant"], {"do": "cannot", "session": other.sessions[-1].pk})
        assert answer.status_code == 404
    for data in ({"do": "drop"}, {"do": "cannot", "session": "x"}, {"do": "wish", "wish": "x"}, {}):
        assert client.post(everybody["participant"], data).status_code == 404


def test_no_name_stands_on_a_participants_page(everybody, client):
    page = text_of(client.get(everybody["participant"]))
    assert ">Bo<" not in page and "Bo," not in page and "Amina" not in page


def test_the_calendars_address_is_made_on_request_and_renewed(everybody, group, client):
    address = f"/peer/min-side/{participant_link_of(group, 0)}/"
    assert "/peer/kalender/d/" not in text_of(client.get(address))
    first = re.search(
        r"/peer/kalender/d/[^\"]+", text_of(client.post(address, {"do": "calendar"}, follow=True))
    )[0]
    assert client.get(first).status_code == 200
    page = text_of(client.post(address, {"do": "calendar", "fresh": "1"}, follow=True))
    second = re.search(r"/peer/kalender/d/[^\"]+", page)[0]
    assert client.get(first).status_code == 410 and client.get(second).status_code == 200


def participant_link_of(group, number):
    with scope_of(group.initiative.pk):
        return participant_link(group.people[number]).token


def test_the_words_of_the_pages_are_danish(everybody, client):
    with translation.override("da"):
        for name in ("session", "participant", "offer"):
            page = text_of(client.get(everybody[name]))
            for english in ("Save", "Session", "cannot come", "place for you", "Who came"):
                assert english not in page, (name, english)
