"""A person says what is wrong in their record; a coordinator takes it over with one press, or lets it be (GDPR art. 16)."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peer_support.followup.today.sources_corrections import corrections as today_lines
from peer_support.people import corrections
from peer_support.people.erasing import erase_person
from peer_support.people.models import Correction
from peer_support.people.services_standing import stop_use
from peer_support.privacy.models import AccessLogEntry
from peer_support.privacy.subject_export import export_of
from peer_support.testing import factories as make

from .conftest import address_of, pair

pytestmark = pytest.mark.django_db
CPR = "010190-1234"


def anew(person):
    return type(person)._base_manager.get(pk=person.pk)


def sent():
    return list(Correction._base_manager.order_by("pk"))


@pytest.fixture(params=["citizen", "volunteer"])
def person(request):
    return getattr(pair(), request.param)


@pytest.fixture(params=["own_profile", "own_data"])
def address(request, person):
    found = address_of(request.param, person._meta.model_name, person)
    if request.param == "own_data":
        Client().post(found)
    return found


def write(address, **values):
    return Client().post(address, {"do": "wrong", **values})


def colleague(client_for, person):
    return client_for(make.CoordinatorFactory(initiative=person.initiative))


def press(client, person, row, do):
    name = f"peer_support_people:{person._meta.model_name}_correction"
    return client.post(
        reverse(name, args=[person.pk]), {"which": getattr(row, "pk", row), "do": do}, follow=True
    )


def test_what_is_written_changes_nothing_and_is_told_to_the_coordinator(address, person, scope, client_for):
    assert "Er noget forkert?" in Client().get(address).content.decode()
    before = {name: getattr(person, name) for name in ("first_name", "phone", "email", "postcode")}
    answer = write(address, phone="20 20 20 20", email="ny@example.com", words="Jeg hedder zqnyt.")
    assert answer.status_code == 302 and answer["Location"].endswith("?wrong=1#wrong-title")
    assert "Tak. Koordinatoren ser på det." in Client().get(answer["Location"].split("#")[0]).content.decode()
    assert {name: getattr(anew(person), name) for name in before} == before, (
        "a link alone leads no mail elsewhere"
    )
    (row,) = sent()
    assert row.wishes == {"phone": "20 20 20 20", "email": "ny@example.com"} and row.state == "open"
    with scope(person):
        (line,) = today_lines(timezone.localdate())
    assert line.person == person and line.url.endswith("#wrong") and "zqnyt" not in line.sentence
    page = colleague(client_for, person).get(line.url.split("#")[0]).content.decode()
    assert "zqnyt" in page and "20 20 20 20" in page and 'id="wrong"' in page


def test_one_press_takes_it_over_and_a_second_does_nothing(address, person, scope, client_for):
    write(address, phone="20202020", first_name="Zqrigtig")
    client, (row,) = colleague(client_for, person), sent()
    page = press(client, person, row, "take").content.decode()
    assert "Det er rettet for" in page and 'id="wrong"' not in page
    found = anew(person)
    assert (found.phone, found.first_name, found.email) == ("20202020", "Zqrigtig", person.email)
    type(person)._base_manager.filter(pk=person.pk).update(travel_km=3)
    with scope(person):
        found.phone = "30303030"
        found.save()
    press(client, person, row, "take")
    press(client, person, row, "leave")
    assert anew(person).phone == "30303030" and sent()[0].state == "taken" and sent()[0].settled_by
    with scope(person):
        assert not today_lines(timezone.localdate())
    assert AccessLogEntry.objects.filter(model="peer_support.correction", action="change").count() == 1


def test_words_beside_a_number_stay_until_somebody_has_seen_to_them(address, person, scope, client_for):
    write(address, phone="20202020", words="Zqord: ring helst om aftenen.")
    client, (row,) = colleague(client_for, person), sent()
    page = client.get(reverse(f"people_{person._meta.model_name}_modeladmin_inspect", args=[person.pk]))
    assert "Ordene bliver stående her" in page.content.decode()
    for press_number in (1, 2):
        page = press(client, person, row, "take").content.decode()
        assert "Zqord" in page and 'id="wrong"' in page, f"press {press_number}"
        if press_number == 1:
            assert "med egne ord, står her stadig" in page
        assert anew(person).phone == "20202020"
        taken, rest = sent()
        assert (taken.pk, taken.state, taken.words, taken.wishes) == (
            row.pk,
            "taken",
            "",
            {"phone": "20202020"},
        )
        assert (rest.state, rest.words, rest.wishes) == ("open", "Zqord: ring helst om aftenen.", {})
        assert rest.sent_at == taken.sent_at and rest.person == person
    part = page.partition('id="wrong"')[2].partition("</section>")[0]
    assert "Det er rettet" in part and "20202020" not in part and "Ordene bliver" not in part
    with scope(person):
        assert len(today_lines(timezone.localdate())) == 1
    # The person says the same again: it waits already.
    write(address, phone="20202020", words="Zqord: ring helst om aftenen.")
    assert len(sent()) == 2
    for __ in range(2):
        page = press(client, person, rest, "take").content.decode()
        assert 'id="wrong"' not in page and "står her stadig" not in page
    assert [one.state for one in sent()] == ["taken", "taken"]
    with scope(person):
        assert not today_lines(timezone.localdate())


def test_the_old_number_is_spoken_of_where_there_is_a_new_one(address, person, client_for):
    client, hint = colleague(client_for, person), "ring først til det gamle nummer"
    page = reverse(f"people_{person._meta.model_name}_modeladmin_inspect", args=[person.pk])
    write(address, words="Zqord: ring helst om aftenen.")
    shown = client.get(page).content.decode()
    assert "Det kom via personens link." in shown and hint not in shown
    write(address, phone="20202020")
    assert hint in client.get(page).content.decode()


def test_both_are_let_be_with_one_press(address, person, client_for):
    write(address, phone="20202020", words="Zqord")
    page = press(colleague(client_for, person), person, sent()[0], "leave").content.decode()
    assert 'id="wrong"' not in page and anew(person).phone == person.phone
    assert [one.state for one in sent()] == ["left"]


def test_words_stay_whole_where_the_number_cannot_be_taken_over(client_for):
    person = pair().citizen
    row = make.CorrectionFactory(citizen=person, wishes_text='{"phone": "abc"}', words="Zqord")
    page = press(colleague(client_for, person), person, row, "take").content.decode()
    assert "Vi forstår ikke telefonnummeret" in page and "Zqord" in page
    assert [(one.state, one.words) for one in sent()] == [("open", "Zqord")]


def test_it_can_be_let_be(address, person, scope, client_for):
    write(address, email="fremmed@example.com")
    page = press(colleague(client_for, person), person, sent()[0], "leave").content.decode()
    assert "Det bliver, som det var" in page and anew(person).email == person.email
    assert sent()[0].state == "left"
    with scope(person):
        assert not today_lines(timezone.localdate())


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Et par ord er nok"),
        ({"words": "   ", "phone": " "}, "Et par ord er nok"),
        ({"phone": "abc", "words": "zqbliver"}, "Vi forstår ikke telefonnummeret"),
        ({"email": "ikke en mail", "words": "zqbliver"}, "Vi forstår ikke e-mailadressen"),
        ({"postcode": "12", "words": "zqbliver"}, "fire cifre"),
        ({"first_name": CPR, "words": "zqbliver"}, "CPR-nummer"),
        ({"words": "zqbliver" + "x" * 500}, "500"),
    ],
)
def test_what_is_not_understood_gets_a_sentence_and_is_not_lost(address, values, sentence):
    answer = write(address, **values)
    page = answer.content.decode()
    assert answer.status_code == 200 and sentence in page and "<details open>" in page
    assert "zqbliver" in page or not values.get("words", "").strip()
    assert not sent()
    assert write(address, words="Det er en anden adresse.").status_code == 302, "the control"


def test_a_cpr_number_is_taken_out_and_the_words_are_encrypted(address):
    write(address, words=f"Zqmit nummer er {CPR}, og det er forkert.")
    assert sent()[0].words == "Zqmit nummer er …, og det er forkert."
    with connection.cursor() as cursor:
        cursor.execute("SELECT wishes_text, words FROM peer_support_correction")
        assert "Zqmit" not in str(cursor.fetchall())


def test_what_stands_there_already_is_nothing_and_a_double_press_is_one(address, person):
    write(address, phone=person.phone, words="zq en gang")
    write(address, phone=person.phone, words="zq en gang")
    assert [row.wishes for row in sent()] == [{}]


def test_a_link_in_other_hands_fills_no_list(address):
    for number in range(corrections.MOST_OPEN):
        assert write(address, words=f"nummer {number}").status_code == 302
    page = write(address, words="zqenmere").content.decode()
    assert "Vi har det, du skrev før" in page and "zqenmere" in page and len(sent()) == corrections.MOST_OPEN


def test_nothing_is_kept_before_the_button_of_the_page_of_everything_is_pressed(person):
    address = address_of("own_data", person._meta.model_name, person)
    assert write(address, words="zq").status_code == 302 and not sent()
    assert write(address, words="zq").status_code == 302 and len(sent()) == 1


def test_somebody_elsewhere_and_somebody_who_may_not_can_not_press(address, person, client_for):
    write(address, words="zqord")
    (row,) = sent()
    elsewhere = client_for(make.CoordinatorFactory(initiative=make.InitiativeFactory()))
    assert press(elsewhere, person, row, "take").status_code == 404
    leader = client_for(make.LeaderFactory(initiative=person.initiative))
    press(leader, person, row, "take")
    other = make.CitizenFactory(initiative=person.initiative)
    client = colleague(client_for, person)
    assert press(client, other, row, "take").status_code == 404, "of another person of the same initiative"
    for which in ("", "x", "²", "9" * 30, "0"):
        assert press(client, person, which, "take").status_code == 404
    assert press(client, person, row, "everything").status_code == 404
    assert sent()[0].state == "open"


def test_of_a_record_that_is_left_alone_nothing_is_changed(scope, client_for):
    person = pair().citizen
    address = address_of("own_data", "citizen", person)
    Client().post(address)
    with scope(person):
        stop_use(person=person, user=None, by_person=True)
    assert write(address, phone="20202020").status_code == 302, "one may say so all the same"
    client, (row,) = colleague(client_for, person), sent()
    page = client.get(reverse("people_citizen_modeladmin_inspect", args=[person.pk])).content.decode()
    assert 'value="leave"' in page and 'value="take"' not in page
    press(client, person, row, "take")
    assert anew(person).phone == person.phone and sent()[0].state == "open"
    with scope(person):
        assert not today_lines(timezone.localdate()), "nothing is asked for about it"


def test_a_record_that_would_be_wrong_is_said_and_stays(scope, client_for):
    person = pair().citizen
    row = make.CorrectionFactory(citizen=person, wishes_text='{"phone": "abc"}')
    page = press(colleague(client_for, person), person, row, "take").content.decode()
    assert "Vi forstår ikke telefonnummeret" in page and anew(person).phone == person.phone
    assert sent()[0].state == "open"


def test_it_is_part_of_what_is_kept_and_goes_with_the_person(scope):
    person = make.CitizenFactory(status="ended")
    make.CorrectionFactory(citizen=person, words="zqforkert", wishes_text='{"phone": "20202020"}')
    with scope(person):
        tables = {table["model"]: table["rows"] for table in export_of(person)["tables"]}
        (row,) = tables["peer_support.correction"]
        assert row["words"] == "zqforkert" and "20202020" in row["wishes_text"]["text"]
        erase_person(person=person, user=None)
    assert not sent()
