"""Answering by link: one question at a time, saved as one goes, to be skipped, stopped, gone back in and refused."""

import re

import pytest
from django.db import connection
from django.utils import timezone

from peer_support.access.models_link import AccessLink
from peer_support.access.scopes import scope_of
from peer_support.mailing.models import MailJob, MailText
from peer_support.outcomes.questionnaires import links, services
from peer_support.outcomes.questionnaires.models import Questionnaire, QuestionnaireRefusal
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing.factories import CitizenFactory, VolunteerFactory
from peer_support.testing.factories_questionnaires import AskedTextFactory, QuestionnaireFactory

from .conftest import days

pytestmark = pytest.mark.django_db


@pytest.fixture
def citizen(initiative):
    return CitizenFactory(
        initiative=initiative, first_name="Hemmelig", last_name="Zqvnavn", email="zqv@example.com"
    )


@pytest.fixture
def asked(citizen, text):
    """A questionnaire that the citizen has been asked to answer."""
    with scope_of(citizen.initiative_id):
        row = QuestionnaireFactory(citizen=citizen, moment="extra")
        services.ask(person=citizen)
    return row


def link_of(person):
    with scope_of(person.initiative_id):
        return links.link_held(person)


def address(person, page="page", row=None):
    return links.address_of(link_of(person), page, row)


def fresh(row):
    return Questionnaire._base_manager.get(pk=row.pk)


def text_of(answer):
    return answer.content.decode()


def press(client, where, value, q):
    return client.post(where, {"q": q, "value": value})


def answer_all(client, citizen, row, values):
    where = address(citizen, "answer", row)
    for number, value in enumerate(values, 1):
        answer = press(client, where, value, number)
    return answer


def test_one_question_at_a_time_each_press_is_saved_and_the_last_page_says_thanks(client, citizen, asked):
    page = client.get(address(citizen))
    assert "5 spørgsmål" in text_of(page) and "no-store" in page.headers["Cache-Control"]
    assert "Hemmelig" not in text_of(page) and "Zqvnavn" not in text_of(page)
    where = address(citizen, "answer", asked)
    question = text_of(client.get(where))
    assert "Opdigtet spørgsmål 1" in question and "Opdigtet spørgsmål 2" not in question
    assert "de sidste to uger" in question and "Spørgsmål 1 af 5" in question
    assert len(re.findall(r'name="value"', question)) == 7, "six answers, and to skip"
    onwards = press(client, where, "3", 1)
    assert onwards.status_code == 302 and onwards.headers["Location"].endswith("&q=2")
    assert fresh(asked).answers == {1: 3} and fresh(asked).state == "begun"
    for number, value in ((2, "skip"), (3, "4"), (4, "0")):
        press(client, where, value, number)
    last = press(client, where, "5", 5)
    assert last.headers["Location"] == address(citizen, "thanks", asked)
    row = fresh(asked)
    assert row.answers == {1: 3, 2: None, 3: 4, 4: 0, 5: 5}
    assert (row.state, row.answered_on, row.way) == ("answered", days(), "link")
    assert row.score is None, "with an item skipped there is no number"
    thanks = text_of(client.get(last.headers["Location"]))
    assert "Tak" in thanks and "koordinator kan se dem" in thanks and "70 201 201" in thanks


def test_the_score_is_by_the_instruments_rule_and_follows_each_change(client, citizen, asked):
    answer_all(client, citizen, asked, ["5", "5", "5", "5", "4"])
    assert fresh(asked).score == 96
    press(client, address(citizen, "answer", asked), "0", 1)
    row = fresh(asked)
    assert row.score == 76 and row.state == "answered"
    press(client, address(citizen, "answer", asked), "skip", 1)
    assert fresh(asked).score is None


def test_going_back_shows_what_was_answered_and_closing_the_page_loses_nothing(client, citizen, asked):
    where = address(citizen, "answer", asked)
    press(client, where, "3", 1)
    press(client, where, "skip", 2)
    again = text_of(client.get(where))
    assert "Opdigtet spørgsmål 3" in again, "one goes on where one stopped"
    first = text_of(client.get(f"{where}&q=1"))
    assert first.count("dit svar") == 1 and "svar 3</span> <span" in first and "Videre uden at rette" in first
    assert "sprunget over" in text_of(client.get(f"{where}&q=2"))
    page = text_of(client.get(address(citizen)))
    assert "3 spørgsmål tilbage" in page and f"?s={asked.pk}" in page
    assert "fortsætte en anden dag" in text_of(client.get(f"{address(citizen)}?told=stopped"))


def test_answers_out_of_order_and_the_last_one_first_lead_to_what_is_left(client, citizen, asked):
    where = address(citizen, "answer", asked)
    assert press(client, where, "2", 5).headers["Location"].endswith("&q=1")
    for number in (1, 2, 3):
        press(client, where, "2", number)
    assert fresh(asked).state == "begun"
    assert press(client, where, "2", 4).headers["Location"].endswith("&q=5")
    assert fresh(asked).state == "answered"


@pytest.mark.parametrize("value", ["6", "-1", "²", "", "x", "9" * 40, "1.5"])
def test_what_is_no_answer_is_not_written_and_said_kindly(client, citizen, asked, value):
    answer = press(client, address(citizen, "answer", asked), value, 1)
    assert answer.status_code == 200 and "Vælg et af svarene" in text_of(answer)
    assert fresh(asked).answers == {}


@pytest.mark.parametrize("q", ["0", "6", "", "x", "1e3"])
def test_a_question_that_is_none_is_not_written(client, citizen, asked, q):
    assert press(client, address(citizen, "answer", asked), "3", q).status_code == 200
    assert fresh(asked).answers == {}
    assert "Opdigtet spørgsmål 1" in text_of(client.get(f"{address(citizen, 'answer', asked)}&q={q}"))


def test_every_question_skipped_is_a_no_and_not_an_answer(client, citizen, asked):
    answer_all(client, citizen, asked, ["skip"] * 5)
    row = fresh(asked)
    assert (row.state, row.score, row.answered_on) == ("skipped", None, None)
    press(client, address(citizen, "answer", asked), "3", 1)
    assert fresh(asked).state == "answered", "one may think again"


def test_no_thank_you_to_one_and_to_all(client, citizen, asked):
    press(client, address(citizen, "answer", asked), "3", 1)
    answer = client.post(address(citizen), {"do": "skip", "which": asked.pk}, follow=True)
    assert "helt i orden" in text_of(answer)
    assert (fresh(asked).state, fresh(asked).answers) == ("skipped", {})
    client.post(address(citizen), {"do": "refuse"})
    assert QuestionnaireRefusal._base_manager.filter(citizen=citizen).exists()
    page = text_of(client.get(address(citizen)))
    assert "spørger dig ikke mere" in page
    client.post(address(citizen), {"do": "again"})
    assert not QuestionnaireRefusal._base_manager.exists()


def test_two_that_wait_are_in_one_link_and_one_leads_to_the_other(client, citizen, text):
    AskedTextFactory(instrument="loneliness3", title="Selskab")
    with scope_of(citizen.initiative_id):
        first = QuestionnaireFactory(citizen=citizen, moment="extra")
        second = QuestionnaireFactory(citizen=citizen, moment="extra", instrument="loneliness3")
        rows, __ = services.ask(person=citizen)
    assert len(rows) == 2
    page = text_of(client.get(address(citizen)))
    assert page.count('class="ask-card"') == 2
    done = answer_all(client, citizen, first, ["3"] * 5)
    thanks = text_of(client.get(done.headers["Location"]))
    assert "Selskab" in thanks and f"s={second.pk}" in thanks


def test_a_link_opens_ones_own_and_the_other_kind_of_link_opens_none(
    client, citizen, asked, initiative, text
):
    other = CitizenFactory(initiative=initiative)
    volunteer = VolunteerFactory(initiative=initiative)
    with scope_of(initiative.pk):
        theirs = QuestionnaireFactory(citizen=other, moment="extra")
        services.ask(person=other)
        planned = QuestionnaireFactory(citizen=citizen, moment="extra", due_on=days(5))
        QuestionnaireFactory(volunteer=volunteer, moment="extra")
        services.ask(person=volunteer)
    for row in (theirs, planned):
        assert client.get(address(citizen, "answer", row)).status_code == 404
        assert press(client, address(citizen, "answer", row), "3", 1).status_code == 404
        assert client.post(address(citizen), {"do": "skip", "which": row.pk}).status_code == 404
    wrong = address(volunteer).replace(link_of(volunteer).token, link_of(citizen).token)
    assert client.get(wrong).status_code == 404


def test_a_link_that_is_over_or_taken_back_is_a_clear_page_and_nothing_is_written(client, citizen, asked):
    where = address(citizen, "answer", asked)
    with scope_of(citizen.initiative_id):
        links.take_back(citizen)
    assert client.get(where).status_code == 410 and press(client, where, "3", 1).status_code == 410
    AccessLink._base_manager.update(revoked_at=None, expires_at=timezone.now())
    assert press(client, where, "3", 1).status_code == 410
    assert fresh(asked).answers == {}


def test_after_a_fortnight_the_answers_stay_as_they_are(client, citizen, asked, time_machine_at):
    answer_all(client, citizen, asked, ["3"] * 5)
    time_machine_at(14)
    press(client, address(citizen, "answer", asked), "5", 1)
    assert fresh(asked).answers[1] == 5
    time_machine_at(1)
    answer = press(client, address(citizen, "answer", asked), "0", 1)
    assert answer.status_code == 302 and fresh(asked).answers[1] == 5
    assert f"?s={asked.pk}" not in text_of(client.get(address(citizen)))


def test_the_same_link_is_used_again_and_lasts_as_long_as_there_is_time_to_answer(
    in_scope, citizen, asked, time_machine_at
):
    first = links.link_held(citizen)
    time_machine_at(60)
    QuestionnaireFactory(citizen=citizen, moment="extra")
    __, link = services.ask(person=citizen)
    assert link.pk == first.pk and (link.expires_at - timezone.now()).days >= 42


def test_neither_answers_nor_score_nor_care_can_be_read_in_the_database(client, citizen, asked):
    answer_all(client, citizen, asked, ["1"] * 5)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers_text, score_text, care_text FROM peer_support_questionnaire")
        assert all(stored.startswith("gAAAA") for stored in cursor.fetchone())


def test_answers_whose_key_is_lost_are_said_to_be_and_never_written_over(client, citizen, asked):
    press(client, address(citizen, "answer", asked), "3", 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE peer_support_questionnaire SET answers_text = 'gAAAAAnothing'")
    assert client.get(address(citizen)).status_code == 200
    assert press(client, address(citizen, "answer", asked), "4", 2).status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers_text FROM peer_support_questionnaire")
        assert cursor.fetchone()[0] == "gAAAAAnothing"


def test_what_is_done_by_link_is_logged_without_a_value(client, citizen, asked):
    press(client, address(citizen, "answer", asked), "3", 1)
    entries = AccessLogEntry.objects.filter(model="peer_support.questionnaire", object_id=asked.pk, user=None)
    assert "change" in {entry.action for entry in entries}


# Mails


def sent(code):
    return MailJob._base_manager.filter(code=code).count()


def test_one_mail_with_the_link_and_one_reminder_never_more(
    in_scope, citizen, text, coordinator, time_machine_at
):
    row = QuestionnaireFactory(citizen=citizen, moment="extra")
    for __ in range(2):
        services.ask(person=citizen, user=coordinator, by_mail=True)
    assert sent("questionnaire") == 1
    with pytest.raises(services.NotAllowed):
        services.remind(person=citizen, user=coordinator)
    time_machine_at(7)
    services.remind(person=citizen, user=coordinator)
    for __ in range(2):
        with pytest.raises(services.NotAllowed) as no:
            services.remind(person=citizen, user=coordinator)
        assert no.value.decision.code == "reminded"
    time_machine_at(20)
    assert services.send_by_itself() == 0
    assert sent("questionnaire_reminder") == 1 and fresh(row).reminded_at


def test_nothing_goes_by_itself_until_an_editor_switched_it_on(in_scope, citizen, text, time_machine_at):
    row = QuestionnaireFactory(citizen=citizen, moment="extra")
    assert services.send_by_itself() == 0 and sent("questionnaire") == 0
    for code in ("questionnaire", "questionnaire_reminder"):
        MailText.objects.create(code=code, subject="Hej", body="{link}", by_itself=True)
    assert [services.send_by_itself() for __ in range(3)] == [1, 0, 0]
    assert fresh(row).state == "asked"
    time_machine_at(8)
    assert [services.send_by_itself() for __ in range(3)] == [1, 0, 0]
    assert (sent("questionnaire"), sent("questionnaire_reminder")) == (1, 1)
    time_machine_at(20)
    assert services.send_by_itself() == 0


def test_somebody_who_answered_meanwhile_gets_no_mail(
    in_scope, citizen, text, coordinator, mailoutbox, django_capture_on_commit_callbacks
):
    row = QuestionnaireFactory(citizen=citizen, moment="extra")
    with django_capture_on_commit_callbacks() as waiting:
        services.ask(person=citizen, user=coordinator, by_mail=True)
    for number in range(1, 6):
        services.save_answer(questionnaire=row, number=number, value=3)
    for callback in waiting:
        callback()
    assert not mailoutbox
