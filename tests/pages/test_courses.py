"""The public pages of courses: facts, places in words, what search engines are told, and sign-up."""

import json
import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from peer_support.access.scopes import scope_of
from peer_support.courses.models import Enrolment, GroupCourse
from peer_support.people.models import Citizen
from peer_support.recruitment.models_consent import Consent
from peer_support.testing import factories_courses as make_courses

from . import states, states_courses
from .states_courses import address, course, index

pytestmark = pytest.mark.django_db
MINE = [
    name
    for name in states.load_all()
    if name.startswith(("courses:", "course", "evening:", "participant:", "offer:", "link:"))
]
GONE = {"link: used": 410, "link: too old": 410, "link: taken back": 410, "link: unknown": 404}
ILLNESS = re.compile(r"angst|depress|psyk|sygdom|diagnos", re.I)


def text_of(answer):
    return answer.content.decode()


def test_every_state_is_a_page_with_the_crisis_line(front, client):
    assert len(MINE) > 20
    for name in MINE:
        with transaction.atomic():
            answer = client.get(states.STATES[name](front))
            transaction.set_rollback(True)
        assert answer.status_code == GONE.get(name, 200), name
        assert "70 201 201" in text_of(answer), name
        personal = not name.startswith(("courses:", "course:"))
        assert not personal or "no-store" in answer.headers["Cache-Control"], name


def test_the_list_shows_what_is_published_and_nothing_else(front, client):
    page = index(front)
    course(title="Kom bare")
    course(title="Zqvkladde", state="planned")
    course(title="Zqvskjult", is_public=False)
    course(title="Zqvfrivillige", for_whom="volunteers")
    said = text_of(client.get(page.get_url()))
    assert "Kom bare" in said and "Zqv" not in said


def test_the_list_costs_the_same_for_few_and_for_many(front, client):
    page = index(front)
    client.get(page.get_url())
    course()
    with CaptureQueriesContext(connection) as few:
        client.get(page.get_url())
    for __ in range(5):
        made = course(sessions=3)
        make_courses.IntroWorkshopFactory(initiative=made.initiative, courses=[made])
    with CaptureQueriesContext(connection) as many:
        client.get(page.get_url())
    assert len(many) <= len(few) + 4 and len(many) <= 24, len(many)


def test_places_are_words_and_never_a_number_of_people(front, client):
    made = course(capacity=4)
    for __ in range(3):
        make_courses.EnrolmentFactory(course=made, state="enrolled")
    said = text_of(client.get(address(front, made)))
    assert "få pladser" in said.lower() and "3" not in re.search(r"<dt>Pladser</dt><dd>(.*?)\.", said)[1]


def test_the_address_is_readable_and_a_wrong_one_leads_to_the_right_one(front, client):
    made = course()
    page = index(front)
    right = f"{page.get_url()}{made.pk}-ti-uger-sammen/"
    answer = client.get(f"{page.get_url()}{made.pk}-noget-andet/")
    assert answer.status_code == 301 and answer.headers["Location"].endswith(right)
    assert f'rel="canonical" href="http://localhost{right}"' in text_of(client.get(right))
    for wrong in ("999999-x/", f"{'9' * 30}-x/", "x/", f"{made.pk}/", "²-x/", f"{made.pk}-x/tilmeld/x/"):
        assert client.get(page.get_url() + wrong).status_code == 404, wrong
    assert client.get(f"{page.get_url()}?town=%00²&x=%ff").status_code == 200


def test_search_engines_are_told_that_it_is_free_and_no_word_of_illness(front, client):
    made = course(about="For dig med angst og depression")
    make_courses.IntroWorkshopFactory(initiative=made.initiative, courses=[made])
    page = index(front)
    for where in (page.get_url(), f"{page.get_url()}{made.pk}-ti-uger-sammen/"):
        blocks = re.findall(r'ld\+json">(.*?)</script>', text_of(client.get(where)), re.S)
        data = [json.loads(block) for block in blocks]
        told = next(one for one in data if one["@type"] == "Course")
        assert told["isAccessibleForFree"] is True and told["offers"]["price"] == "0"
        assert told["hasCourseInstance"]["startDate"] == made.starts_on.isoformat()
        assert not ILLNESS.search(json.dumps([one for one in data if one["@type"] != "NGO"]))


# Signing up


def form_of(client, where):
    """Return what a browser would post: the hidden fields of the form, read from the page."""
    said = text_of(client.get(where))
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', said))


def sign_up(client, where, **answers):
    hidden = form_of(client, where) | {"form_seen": "fast"}
    answers = {"first_name": "Eva", "phone": "12 34 56 78", "consent": "on"} | answers
    return client.post(where, hidden | answers)


def the_enrolment(made):
    with scope_of(made.initiative_id):
        return Enrolment.objects.select_related("citizen", "workshop").get(course=made, way_in="public")


def test_a_sign_up_is_an_enquiry_with_its_consent_and_an_interest_in_the_course(front, client):
    made = course()
    workshop = make_courses.IntroWorkshopFactory(initiative=made.initiative, courses=[made])
    where = f"{address(front, made)}tilmeld/"
    answer = sign_up(client, where, workshop=str(workshop.pk))
    assert answer.status_code == 302 and answer.headers["Location"].endswith("/tak/")
    found = the_enrolment(made)
    assert (found.state, found.way_in, found.workshop) == ("invited", "public", workshop)
    assert found.citizen.status == "enquiry"
    with scope_of(made.initiative_id):
        assert Consent.objects.get(citizen=found.citizen).purpose == "course"


def test_without_a_workshop_we_ring_first(front, client):
    made = course(wants_intro=False)
    sign_up(client, f"{address(front, made)}tilmeld/")
    assert the_enrolment(made).state == "interested"


def test_a_full_course_offers_the_waiting_list(front, client):
    made = course(capacity=1, wants_intro=False)
    make_courses.EnrolmentFactory(course=made, state="enrolled")
    where = address(front, made)
    assert "venteliste" in text_of(client.get(where))
    sign_up(client, f"{where}tilmeld/")
    found = the_enrolment(made)
    assert (found.state, found.waiting_why) == ("waiting", "full")


def test_a_fault_keeps_what_was_written_and_says_where(front, client):
    where = f"{address(front, course())}tilmeld/"
    answer = sign_up(client, where, phone="", email="", message="Jeg glæder mig")
    said = text_of(answer)
    assert answer.status_code == 200 and "Jeg glæder mig" in said and "peer-error-summary" in said
    assert "no-store" in answer.headers["Cache-Control"]
    assert not Citizen._base_manager.exists()


def test_a_course_that_closes_meanwhile_takes_nobody_in(front, client):
    made = course()
    where = f"{address(front, made)}tilmeld/"
    hidden = form_of(client, where)
    GroupCourse._base_manager.filter(pk=made.pk).update(is_public=False)
    answer = client.post(where, hidden | {"first_name": "Eva", "phone": "12345678", "consent": "on"})
    assert answer.status_code == 404
    assert not Citizen._base_manager.exists()


def test_another_initiatives_workshop_is_not_chosen(front, client):
    made, other = course(), course()
    mine = make_courses.IntroWorkshopFactory(initiative=made.initiative, courses=[made])
    theirs = make_courses.IntroWorkshopFactory(initiative=other.initiative, courses=[other])
    where = f"{address(front, made)}tilmeld/"
    said = text_of(sign_up(client, where, workshop=str(theirs.pk)))
    assert "peer-error-summary" in said and str(mine.pk) in said


def test_the_thank_you_page_names_nobody(front, client):
    assert "Eva" not in text_of(client.get(states_courses._thanks(front)))
