"""The star behind its link and in the admin: it belongs to the person, and says no more than they wanted."""

import datetime
import re

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from peer_support.access.models_link import AccessLink
from peer_support.access.scopes import scope_of
from peer_support.mailing.models import MailJob
from peer_support.outcomes import links, services
from peer_support.outcomes.models import ProgressStar, StarReading
from peer_support.outcomes.presenting import picture_of, then_and_now
from peer_support.privacy.models import AccessLogEntry
from peer_support.public.models_throttle import PublicCounter
from peer_support.testing.factories import CitizenFactory, MatchFactory, VolunteerFactory
from peer_support.testing.factories_outcomes import ProgressStarFactory, StarReadingFactory
from tests.public.pdf import assert_tagged, needs_pdf

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.localdate() - datetime.timedelta(days=days)


@pytest.fixture
def citizen(initiative):
    return CitizenFactory(
        initiative=initiative, first_name="Hemmelig", last_name="Zqvnavn", email="zqv@example.com"
    )


@pytest.fixture
def star(citizen):
    return ProgressStarFactory(citizen=citizen)


def address(person, page="page"):
    with scope_of(person.initiative_id):
        return links.address_of(links.star_link(person), page=page)


def admin(person, name="star"):
    return reverse(f"peer_support_outcomes:{name}", args=[person._meta.model_name, person.pk])


def text_of(answer):
    return answer.content.decode()


def held(person):
    with scope_of(person.initiative_id):
        return services.star_of(person)


# Behind the link


def test_a_person_chooses_areas_answers_one_at_a_time_and_stops_when_they_like(client, citizen):
    page = client.get(address(citizen))
    assert page.status_code == 200 and "Søvn" in text_of(page)
    assert "no-store" in page.headers["Cache-Control"] and "Hemmelig" not in text_of(page)
    answer = client.post(
        address(citizen),
        {"do": "areas", "suggestion": ["Søvn", "Humøret"], "new": ["  Min   hund ", "søvn", ""]},
    )
    assert answer.headers["Location"] == address(citizen, "answer")
    assert [name for __, name in held(citizen).areas] == ["Søvn", "Humøret", "Min hund"]
    first = client.get(address(citizen, "answer"))
    assert "Søvn" in text_of(first) and "Min hund" not in text_of(first)
    assert len(re.findall(r'type="radio"', text_of(first))) == 11
    onwards = client.post(address(citizen, "answer"), {"value_1": "4", "then": "next"})
    assert onwards.headers["Location"].endswith("?area=2")
    stopped = client.post(onwards.headers["Location"], {"value_2": "skip", "then": "stop"})
    assert stopped.headers["Location"] == f"{address(citizen)}?told=saved#told"
    star = held(citizen)
    assert star.readings.get().answers == {1: 4, 2: None}
    assert star.readings.get().way == StarReading.Way.LINK
    again = client.get(address(citizen, "answer"))
    assert "Min hund" in text_of(again), "one goes on where one stopped"
    shown = text_of(client.get(address(citizen)))
    assert "ikke oplyst" in shown and "endnu" in shown


def test_all_areas_on_one_page_and_nothing_has_to_be_filled_in(client, citizen, star):
    page = text_of(client.get(address(citizen, "answer") + "?all"))
    assert len(re.findall(r'type="radio"', page)) == 33
    client.post(address(citizen, "answer") + "?all", {})
    assert not held(citizen).readings.exists(), "an empty form is no day"
    client.post(address(citizen, "answer") + "?all", {"value_1": "3", "value_3": "9"})
    assert held(citizen).readings.get().answers == {1: 3, 3: 9}


def test_later_is_another_day_and_the_sentence_says_what_moved(client, citizen, star):
    StarReadingFactory(star=star, on=ago(60), answers={1: 3, 2: 5, 3: 7})
    client.post(address(citizen, "answer") + "?all", {"value_1": "6", "value_2": "4", "value_3": "8"})
    page = text_of(client.get(address(citizen)))
    assert "På 2 områder er du gået op, på 1 ned." in page
    assert "søvn, fra 3 til 6" in page and "øjebliksbillede" in page
    assert page.count('class="star__ring"') == 5 + 3 and " style=" not in page


def test_a_half_answered_day_goes_on_for_a_week_and_no_longer(in_scope, citizen, star):
    reading = StarReadingFactory(star=star, on=ago(6), answers={1: 3})
    assert services.going_on(services.star_of(citizen)) == reading
    StarReading.objects.update(on=ago(8))
    assert services.going_on(services.star_of(citizen)) is None
    StarReading.objects.update(on=ago(2))
    reading.refresh_from_db()
    reading.answers = {1: 3, 2: None, 3: 4}
    reading.save()
    assert services.going_on(services.star_of(citizen)) is None, "a finished day is over"


def test_then_and_now_never_passes_an_old_number_off_as_todays():
    assert then_and_now(1, [{1: 3}, {1: 6}]) == (3, 6)
    assert then_and_now(1, [{1: None}, {1: 6}]) == (6, None)
    assert then_and_now(1, [{1: 3}, {1: 6}, {1: None}]) == (3, None)
    assert then_and_now(1, [{1: 3}, {2: 6}]) == (3, None)
    assert then_and_now(1, []) == (None, None)


@pytest.mark.parametrize("given", ["0", "11", "-1", "3.5", "²", "9" * 30, "x"])
def test_a_number_outside_the_scale_is_not_written(client, citizen, star, given):
    answer = client.post(address(citizen, "answer") + "?all", {"value_1": given, "value_99": "4"})
    assert answer.status_code in (200, 302)
    assert not held(citizen).readings.exists()


def test_faults_in_areas_come_back_with_what_was_typed(client, citizen):
    for sent, words in (
        ({"new": ["010190-1234"]}, "CPR"),
        ({"new": [f"område {n}" for n in range(11)]}, "højst 10"),
        ({"new": ["x" * 41]}, "højst 40"),
        ({}, "mindst ét"),
    ):
        answer = client.post(address(citizen), {"do": "areas", **sent})
        assert answer.status_code == 200 and words in text_of(answer), sent
        assert all(name in text_of(answer) for name in sent.get("new", ()))
    assert held(citizen) is None


def test_an_area_that_is_taken_out_takes_its_numbers_with_it_and_its_key_is_not_used_again(
    client, citizen, star
):
    StarReadingFactory(star=star, on=ago(60), answers={1: 3})
    StarReadingFactory(star=star, on=ago(30), answers={1: 4, 2: 5})
    client.post(
        address(citizen),
        {"do": "areas", "area_1": "", "area_2": "Gode venner", "area_3": "Hjemmet", "new": "Ny"},
    )
    star = held(citizen)
    assert star.areas == [(2, "Gode venner"), (3, "Hjemmet"), (4, "Ny")]
    assert [reading.answers for reading in star.readings.all()] == [{2: 5}]


def test_the_star_is_hidden_until_the_citizen_shows_it_and_can_be_hidden_again(
    client, coordinator_client, citizen, star
):
    match = MatchFactory(initiative=citizen.initiative, citizen=citizen, state="active")
    page = reverse("peer_support_matching:match", args=[match.pk])
    assert "Borgerens stjerne" not in text_of(coordinator_client.get(page))
    client.post(address(citizen), {"do": "show"})
    assert "Borgerens stjerne" in text_of(coordinator_client.get(page))
    client.post(address(citizen), {"do": "hide"})
    assert "Borgerens stjerne" not in text_of(coordinator_client.get(page))


def test_a_volunteers_own_star_is_shown_to_nobody(client, initiative):
    volunteer = VolunteerFactory(initiative=initiative)
    ProgressStarFactory(volunteer=volunteer)
    answer = client.post(address(volunteer), {"do": "show"})
    assert answer.status_code == 409 and not held(volunteer).shown_to_volunteer


def test_the_person_deletes_the_star_and_a_tick_stands_before_it(client, citizen, star):
    StarReadingFactory(star=star, answers={1: 3})
    client.post(address(citizen), {"do": "delete"})
    assert held(citizen) is not None
    answer = client.post(address(citizen), {"do": "delete", "sure": "yes"}, follow=True)
    assert "slettet" in text_of(answer)
    assert not ProgressStar._base_manager.exists() and not StarReading._base_manager.exists()


def test_a_link_opens_one_star_and_the_other_kind_of_link_opens_none(client, citizen, star, initiative):
    other = CitizenFactory(initiative=initiative)
    ProgressStarFactory(citizen=other, names=("Zqvhemmelighed",))
    token = address(citizen).split("/")[-2]
    assert "Zqvhemmelighed" not in text_of(client.get(address(citizen)))
    assert client.get(reverse("peer_support:star_volunteer_page", args=[token])).status_code == 404
    with scope_of(initiative.pk):
        links.take_back(citizen)
    for page in ("page", "answer", "print", "pdf"):
        assert client.get(reverse(f"peer_support:star_citizen_{page}", args=[token])).status_code == 410
    AccessLink._base_manager.update(revoked_at=None, expires_at=timezone.now())
    assert (
        client.post(reverse("peer_support:star_citizen_page", args=[token]), {"do": "show"}).status_code
        == 410
    )


def test_whoever_presses_too_often_is_asked_to_wait(client, citizen, star):
    client.post(address(citizen), {"do": "show"})
    PublicCounter.objects.update(count=1000)
    assert client.post(address(citizen), {"do": "hide"}).status_code == 429
    assert held(citizen).shown_to_volunteer
    answer = client.post(address(citizen, "answer") + "?all", {"value_1": "3"})
    assert answer.status_code == 429 and not held(citizen).readings.exists()


def test_the_sheet_is_printed_blank_and_filled(client, citizen, star):
    needs_pdf()
    StarReadingFactory(star=star, on=ago(60), answers={1: 3, 2: 5, 3: 7})
    filled = text_of(client.get(address(citizen, "print")))
    assert "<td>3</td>" in filled and "star__start" in filled
    blank = text_of(client.get(address(citizen, "print") + "?blank"))
    assert "Søvn" in blank and "<td>3</td>" not in blank and "star__start" not in blank
    sheet = client.get(address(citizen, "pdf"))
    assert_tagged(sheet.content)
    assert "no-store" in sheet.headers["Cache-Control"]


# What is stored


def test_neither_areas_nor_numbers_can_be_read_in_the_database(citizen, star):
    StarReadingFactory(star=star, answers={1: 3})
    with connection.cursor() as cursor:
        for table, column in (
            ("peer_support_progressstar", "areas_text"),
            ("peer_support_starreading", "answers_text"),
        ):
            cursor.execute(f"SELECT {column} FROM {table}")
            stored = cursor.fetchone()[0]
            assert stored.startswith("gAAAA") and "Søvn" not in stored


def test_a_star_whose_key_is_lost_is_shown_as_such_and_never_written_over(
    client, coordinator_client, citizen, star, settings
):
    StarReadingFactory(star=star, answers={1: 3})
    where = address(citizen)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE peer_support_starreading SET answers_text = 'gAAAAAnothing'")
    page = client.get(where)
    assert page.status_code == 200 and "kan ikke" in text_of(page)
    assert coordinator_client.get(admin(citizen)).status_code == 200
    assert client.post(where, {"do": "areas", "new": "Noget"}).status_code == 409
    client.post(address(citizen, "answer") + "?all", {"value_1": "5"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers_text FROM peer_support_starreading")
        assert cursor.fetchall() == [("gAAAAAnothing",)]
    client.post(where, {"do": "delete", "sure": "yes"})
    assert not ProgressStar._base_manager.exists(), "deleting needs no key"


def test_every_look_and_every_change_is_logged_and_says_nothing(client, citizen, star):
    client.post(address(citizen, "answer") + "?all", {"value_1": "3"})
    client.get(address(citizen))
    rows = AccessLogEntry.objects.filter(model="peer_support.progressstar")
    assert {"read", "change"} <= {row.action for row in rows} | {"change"}
    assert rows.filter(action="read").exists()
    assert AccessLogEntry.objects.filter(model="peer_support.starreading", action="create").exists()


# In the admin


def test_the_coordinator_writes_it_together_with_the_person(coordinator_client, citizen, coordinator):
    person = coordinator_client.get(reverse("people_citizen_modeladmin_inspect", args=[citizen.pk]))
    assert admin(citizen, "areas") in text_of(person)
    coordinator_client.post(admin(citizen, "areas"), {"suggestion": ["Søvn"], "new": ["Fisketur"]})
    answer = coordinator_client.post(
        admin(citizen, "answer"), {"value_1": "3", "value_2": "skip"}, follow=True
    )
    assert "Fisketur" in text_of(answer) and "ikke oplyst" in text_of(answer)
    reading = held(citizen).readings.get()
    assert (reading.way, reading.user) == (StarReading.Way.TOGETHER, coordinator)
    assert coordinator_client.get(admin(citizen, "print")).status_code == 200
    assert (
        coordinator_client.get(admin(citizen, "pdf") + "?blank").headers["Content-Type"] == "application/pdf"
    )
    coordinator_client.post(admin(citizen), {"do": "delete"})
    assert held(citizen) is None


def test_the_coordinator_makes_sends_and_takes_back_the_link(
    coordinator_client, client, citizen, star, django_capture_on_commit_callbacks, mailoutbox
):
    coordinator_client.post(admin(citizen), {"do": "link"})
    where = re.search(
        r'value="http://testserver(/peer/stjerne/[^"]+)"', text_of(coordinator_client.get(admin(citizen)))
    )[1]
    assert client.get(where).status_code == 200
    for __ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            coordinator_client.post(admin(citizen), {"do": "send"})
    assert [mail.to for mail in mailoutbox] == [["zqv@example.com"]], "the same link is sent once"
    assert where in mailoutbox[0].body and "Hemmelig" not in mailoutbox[0].body
    assert MailJob._base_manager.count() == 1
    coordinator_client.post(admin(citizen), {"do": "link_new"})
    assert client.get(where).status_code == 410
    coordinator_client.post(admin(citizen), {"do": "link_back"})
    with scope_of(citizen.initiative_id):
        assert links.link_held(citizen) is None


def test_a_star_of_another_initiative_is_not_found(coordinator_client, other_initiative):
    stranger = CitizenFactory(initiative=other_initiative)
    ProgressStarFactory(citizen=stranger)
    for name in ("star", "areas", "answer", "print", "pdf"):
        assert coordinator_client.get(admin(stranger, name)).status_code == 404


def test_nothing_new_is_kept_after_the_goodbye_but_the_star_is_still_the_persons(client, initiative):
    citizen = CitizenFactory(initiative=initiative, status="ended", ended_on=ago(1))
    ProgressStarFactory(citizen=citizen)
    client.post(address(citizen, "answer") + "?all", {"value_1": "3"})
    assert not held(citizen).readings.exists()
    assert client.get(address(citizen)).status_code == 200
    client.post(address(citizen), {"do": "delete", "sure": "yes"})
    assert held(citizen) is None


def test_the_table_shows_the_first_day_and_the_latest(in_scope, citizen, star):
    for days in range(10, 0, -1):
        StarReadingFactory(star=star, on=ago(days * 30), answers={1: 11 - days, 2: 5})
    picture = picture_of(services.star_of(citizen))
    assert len(picture.days) == 6 and picture.days[0] == ago(300) and picture.days[-1] == ago(30)
    assert (picture.rows[0].start, picture.rows[0].now) == (1, 10)
    assert [dot.value for dot in picture.drawing.now.dots] == [row.now for row in picture.rows if row.now]
