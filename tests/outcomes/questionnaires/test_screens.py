"""The coordinator's side: the plan, today's list, asking, filling in together or from paper, and care."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.followup.today.registry import sources
from peer_support.mailing.models import MailJob, MailText
from peer_support.outcomes.questionnaires import services
from peer_support.outcomes.questionnaires.models import Questionnaire, QuestionnairePlan
from peer_support.outcomes.questionnaires.today import lines
from peer_support.people import services as people
from peer_support.people.own_data import own_data_of
from peer_support.testing.factories import CitizenFactory, MatchFactory, VolunteerFactory
from peer_support.testing.factories_questionnaires import QuestionnaireFactory, QuestionnairePlanFactory
from tests.public.pdf import assert_tagged, needs_pdf

from .conftest import days

pytestmark = pytest.mark.django_db


@pytest.fixture
def citizen(initiative):
    return CitizenFactory(initiative=initiative, email="zqv@example.com", number=31)


def url(name, *args):
    return reverse(f"peer_support_questionnaires:{name}", args=args)


def text_of(answer):
    return answer.content.decode()


def fresh(row):
    return Questionnaire._base_manager.get(pk=row.pk)


def answered(citizen, values, **more):
    row = QuestionnaireFactory(citizen=citizen, moment="extra", state="asked", **more)
    for number, value in enumerate(values, 1):
        row = services.save_answer(questionnaire=row, number=number, value=value)
    return row


# The plan


def test_a_plan_is_chosen_saved_shown_again_and_taken_away(coordinator_client, initiative, text):
    chosen = {
        "match_who5_at_start": "on",
        "match_who5_at_end": "on",
        "match_who5_weeks": "12",
        "match_who5_citizens": "on",
    }
    assert coordinator_client.post(url("plan"), chosen).status_code == 302
    line = QuestionnairePlan._base_manager.get()
    assert (line.kind, line.instrument, line.at_start, line.at_end) == ("match", "who5", True, True)
    assert (line.follow_up_weeks, line.citizens, line.volunteers) == (12, True, False)
    assert 'value="12"' in text_of(coordinator_client.get(url("plan")))
    coordinator_client.post(url("plan"), {})
    assert not QuestionnairePlan._base_manager.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"match_who5_at_start": "on"}, "Hvem skal spørges?"),
        ({"match_who5_weeks": "0", "match_who5_citizens": "on"}, "fra 1 til 52"),
        ({"match_who5_weeks": "mange", "match_who5_citizens": "on"}, "antal uger"),
        ({"match_qpr15_at_start": "on", "match_qpr15_citizens": "on"}, "Ordene til"),
    ],
)
def test_faults_in_a_plan_are_said_and_nothing_typed_is_lost(coordinator_client, text, typed, said):
    answer = coordinator_client.post(url("plan"), {**typed, "course_who5_weeks": "7"})
    assert answer.status_code == 200 and said in text_of(answer)
    assert 'value="7"' in text_of(answer)
    assert not QuestionnairePlan._base_manager.exists()


# Today's list


def test_who_is_due_stands_on_todays_list_with_one_button(in_scope, citizen, text):
    mailless = CitizenFactory(initiative=in_scope, email="", number=32)
    for person in (citizen, mailless):
        QuestionnaireFactory(citizen=person, moment="extra")
    QuestionnaireFactory(citizen=citizen, moment="extra")
    QuestionnaireFactory(citizen=CitizenFactory(initiative=in_scope), due_on=days(1))
    found = lines(days())
    assert [(line.person, line.label, line.post) for line in found] == [
        (citizen, "Send linket", True),
        (mailless, "Udfyld sammen", False),
    ]
    assert "2 spørgeskemaer" in found[0].sentence


def test_nobody_on_a_pause_or_who_said_no_stands_there_and_none_whose_mail_goes_by_itself(
    in_scope, citizen, text, coordinator
):
    QuestionnaireFactory(citizen=citizen, moment="extra")
    people.pause_person(person=citizen, user=coordinator)
    assert not lines(days())
    people.resume_person(person=citizen, user=coordinator)
    assert len(lines(days())) == 1
    text_of_mail = MailText.objects.create(code="questionnaire", subject="Hej", body="{link}", by_itself=True)
    assert not lines(days())
    text_of_mail.delete()
    services.refuse(person=citizen)
    assert not lines(days())


def test_a_pair_on_a_pause_is_left_in_peace(in_scope, text):
    match = MatchFactory(initiative=in_scope, state="paused", active_from=days(-9), paused_from=days(-1))
    QuestionnaireFactory(citizen=match.citizen, match=match)
    assert not lines(days())


def test_the_reminder_is_offered_after_a_week_and_once(in_scope, citizen, text, coordinator, time_machine_at):
    QuestionnaireFactory(citizen=citizen, moment="extra")
    services.ask(person=citizen, user=coordinator)
    assert not lines(days())
    time_machine_at(7)
    (line,) = lines(days())
    assert line.label == "Send den ene påmindelse" and line.post
    services.remind(person=citizen, user=coordinator)
    assert not lines(days())


def test_the_source_is_registered_and_costs_the_same_for_many(in_scope, text):
    assert "questionnaires" in {source.code for source in sources()}

    def queries(count):
        for __ in range(count):
            QuestionnaireFactory(citizen=CitizenFactory(initiative=in_scope), moment="extra")
            QuestionnaireFactory(citizen=CitizenFactory(initiative=in_scope), moment="extra", state="asked")
        with CaptureQueriesContext(connection) as captured:
            lines(days(8))
        return len(captured)

    assert queries(1) == queries(6)


def test_the_buttons_of_the_list_do_what_they_say(coordinator_client, in_scope, citizen, text):
    row = QuestionnaireFactory(citizen=citizen, moment="extra")
    answer = coordinator_client.post(url("send", "citizen", citizen.pk), follow=True)
    assert "er på vej" in text_of(answer) and answer.redirect_chain[-1][0] == reverse(
        "peer_support_today:today"
    )
    assert fresh(row).state == "asked" and MailJob._base_manager.filter(code="questionnaire").count() == 1
    Questionnaire.objects.update(asked_at=timezone.now() - timedelta(days=7))
    coordinator_client.post(url("remind", "citizen", citizen.pk))
    again = coordinator_client.post(url("remind", "citizen", citizen.pk), follow=True)
    assert "Det er nok" in text_of(again)
    assert MailJob._base_manager.filter(code="questionnaire_reminder").count() == 1


# Care


@pytest.mark.parametrize(
    ("values", "rings"), [((3, 3, 3, 2, 2), 0), ((3, 3, 3, 1, 2), 1), ((0, 0, 0, 0, 0), 1)]
)
def test_a_low_result_asks_for_a_call_and_says_neither_number_nor_illness(
    in_scope, citizen, text, values, rings
):
    """The limit is the instrument's own, 50: 12 of 25 are 48, and 13 are 52."""
    row = answered(citizen, values)
    found = lines(days())
    assert len(found) == rings and fresh(row).care == ("open" if rings else "no")
    for line in found:
        assert line.kind == "ring" and line.sentence == "Borger 31 – ring og hør, hvordan det går"
        words = f"{line.sentence} {line.hint} {line.label} {line.key}"
        assert not re.search(r"depress|psyk|angst|diagnos|score|resultat|who|48|50|52", words, re.I)
    assert not MailJob._base_manager.exists()


def test_the_call_is_closed_with_one_press_and_does_not_come_back(
    coordinator_client, in_scope, citizen, text
):
    row = answered(citizen, (1, 1, 1, 1, 1))
    (line,) = lines(days())
    assert line.post
    answer = coordinator_client.post(line.url, follow=True)
    assert "Tak, fordi du ringede" in text_of(answer) and fresh(row).care == "done"
    assert not lines(days())
    services.save_answer(questionnaire=row, number=1, value=0)
    assert fresh(row).care == "done" and not lines(days())


def test_an_answer_that_is_changed_for_the_better_takes_the_call_away_again(in_scope, citizen, text):
    row = answered(citizen, (1, 1, 1, 1, 1))
    for number in range(1, 6):
        services.save_answer(questionnaire=row, number=number, value=4)
    assert fresh(row).care == "no" and not lines(days())


# Filling in


def test_filled_in_together_with_some_left_out(coordinator_client, in_scope, citizen, text, coordinator):
    row = QuestionnaireFactory(citizen=citizen, moment="extra")
    page = text_of(coordinator_client.get(url("one", row.pk)))
    assert page.count('type="radio"') == 2 + 5 * 7 and "Opdigtet spørgsmål 5" in page
    typed = {"way": "together", "on": days().isoformat(), "item_1": "4", "item_3": "skip", "do": "later"}
    coordinator_client.post(url("one", row.pk), typed)
    assert (fresh(row).state, fresh(row).answers, fresh(row).way) == ("begun", {1: 4, 3: None}, "together")
    typed |= {"item_2": "4", "item_3": "4", "item_4": "4", "do": "finish"}
    coordinator_client.post(url("one", row.pk), typed)
    row = fresh(row)
    assert (row.state, row.score, row.user) == ("answered", None, coordinator)
    assert row.answers == {1: 4, 2: 4, 3: 4, 4: 4, 5: None}
    shown = text_of(coordinator_client.get(url("one", row.pk)))
    assert "svar 4" in shown and "sprunget over" in shown and 'type="radio"' not in shown
    assert 'type="radio"' in text_of(coordinator_client.get(url("one", row.pk) + "?edit"))


@pytest.mark.parametrize(
    ("typed", "answers"),
    [
        ("34250", {1: 3, 2: 4, 3: 2, 4: 5, 5: 0}),
        (" 3 4, 2;-\t0 ", {1: 3, 2: 4, 3: 2, 4: None, 5: 0}),
        ("xX?.*", dict.fromkeys(range(1, 6))),
    ],
)
def test_a_paper_is_typed_in_as_a_row_of_numbers(coordinator_client, in_scope, citizen, text, typed, answers):
    row = QuestionnaireFactory(citizen=citizen, moment="extra")
    day = days(-2)
    sent = {"way": "paper", "on": f"{day:%d.%m.%Y}", "row_of_numbers": typed, "do": "finish"}
    assert coordinator_client.post(url("one", row.pk), sent).status_code == 302
    row = fresh(row)
    assert row.answers == answers and row.way == "paper"
    assert row.answered_on == (day if row.state == "answered" else None)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"row_of_numbers": "3425"}, "5 spørgsmål, og vi læser 4 tegn"),
        ({"row_of_numbers": "34259"}, "“9” ved spørgsmål 5"),
        ({"row_of_numbers": "3425a"}, "“a” ved spørgsmål 5"),
        ({"on": "31.02.2026"}, "Vi forstår ikke datoen"),
        ({"on": "24.12.2199"}, "ikke kommet endnu"),
    ],
)
def test_faults_in_what_is_typed_are_said_and_nothing_is_lost(
    coordinator_client, in_scope, citizen, text, typed, said
):
    row = QuestionnaireFactory(citizen=citizen, moment="extra")
    sent = {"way": "paper", "on": days().isoformat(), "item_2": "4", "do": "finish", **typed}
    answer = coordinator_client.post(url("one", row.pk), sent)
    assert answer.status_code == 200 and said in text_of(answer)
    assert re.search(r'name="item_2" value="4" checked', text_of(answer))
    assert fresh(row).state == "planned"


def test_the_sheet_is_printed_without_a_name_and_as_a_pdf(coordinator_client, in_scope, citizen, text):
    row = QuestionnaireFactory(citizen=citizen, moment="extra")
    sheet = text_of(coordinator_client.get(url("print", row.pk)))
    assert sheet.count("ask-sheet__box") == 5 * 6 and f"Ark {row.pk}" in sheet
    assert citizen.first_name not in sheet and "112" in sheet
    needs_pdf()
    assert_tagged(coordinator_client.get(url("pdf", row.pk)).content)


# The person's screen, and the overview


def test_everything_on_the_persons_screen_works(coordinator_client, in_scope, citizen, text):
    here = url("person", "citizen", citizen.pk)
    assert "ikke spurgt om noget endnu" in text_of(coordinator_client.get(here))
    coordinator_client.post(here, {"do": "extra", "instrument": "who5"})
    row = Questionnaire.objects.get(citizen=citizen)
    coordinator_client.post(here, {"do": "link"})
    assert fresh(row).state == "asked" and not MailJob._base_manager.exists()
    page = text_of(coordinator_client.get(here))
    first = re.search(r'value="(http[^"]+/spoergsmaal/b/[^"]+)"', page)[1]
    coordinator_client.post(here, {"do": "link_new"})
    assert first not in text_of(coordinator_client.get(here))
    coordinator_client.post(here, {"do": "link_back"})
    assert "/spoergsmaal/" not in text_of(coordinator_client.get(here))
    coordinator_client.post(here, {"do": "refuse"})
    assert fresh(row).state == "skipped"
    assert "helst ikke" in text_of(coordinator_client.get(here))
    coordinator_client.post(here, {"do": "again"})
    assert not services.has_refused(citizen)


def test_the_overview_says_who_is_where_and_never_what_was_answered(
    coordinator_client, in_scope, citizen, text
):
    assert "Ingen bliver spurgt endnu" in text_of(coordinator_client.get(url("overview")))
    QuestionnaireFactory(citizen=citizen, moment="extra")
    QuestionnaireFactory(citizen=citizen, moment="extra", state="asked")
    answered(citizen, (1, 1, 1, 1, 1))
    QuestionnaireFactory(citizen=citizen, moment="extra", state="skipped")
    for state, words in (
        ("due", "skal spørges"),
        ("asked", "ikke besvaret endnu"),
        ("answered", "besvaret"),
        ("missing", "ville helst ikke"),
    ):
        page = text_of(coordinator_client.get(url("overview") + f"?state={state}"))
        assert words in page.lower() and "Borger 31" in page
        assert "svar 1" not in page
    assert coordinator_client.get(url("overview") + "?state=nonsense").status_code == 404


def test_the_pages_of_a_person_a_match_and_a_place_say_what_comes_next(
    coordinator_client, in_scope, text, coordinator
):
    match = MatchFactory(initiative=in_scope, state="active", active_from=days())
    QuestionnairePlanFactory(initiative=in_scope, at_start=True, volunteers=True)
    services.allow_again(person=match.citizen, user=coordinator)
    for where in (
        reverse("people_citizen_modeladmin_inspect", args=[match.citizen_id]),
        reverse("peer_support_matching:match", args=[match.pk]),
    ):
        page = text_of(coordinator_client.get(where))
        assert "Spørgeskemaer" in page and "send linket, eller udfyld det sammen" in page


def test_another_initiatives_are_not_found(coordinator_client, other_initiative, text):
    citizen = CitizenFactory(initiative=other_initiative)
    with scope_of(other_initiative.pk):
        row = QuestionnaireFactory(citizen=citizen, moment="extra")
    for name, args in (("one", [row.pk]), ("print", [row.pk]), ("person", ["citizen", citizen.pk])):
        assert coordinator_client.get(url(name, *args)).status_code == 404
    for name, args in (("care", [row.pk]), ("send", ["citizen", citizen.pk])):
        assert coordinator_client.post(url(name, *args)).status_code == 404
    assert coordinator_client.get(url("person", "nobody", citizen.pk)).status_code == 404


def test_the_answers_are_deleted_when_the_person_asks_for_it(coordinator_client, in_scope, citizen, text):
    row = answered(citizen, (1, 1, 1, 1, 1))
    coordinator_client.post(url("one", row.pk), {"do": "delete"})
    row = fresh(row)
    assert (row.answers, row.score, row.care, row.state) == ({}, None, "no", "skipped")


def test_ones_own_data_hold_every_question_and_the_result(in_scope, citizen, text):
    answered(citizen, (3, 3, 3, 1, 2))
    services.refuse(person=citizen)
    parts = {part.title: part for part in own_data_of(citizen)}
    rows = dict(parts["Spørgeskemaer"].entries[0])
    assert "Opdigtet spørgsmål 4: svar 1" in rows["Svar"] and rows["Resultat"].startswith("48")
    assert parts["Nej til spørgeskemaer"].entries


def test_without_words_nothing_can_be_asked_and_it_is_said_what_to_do(in_scope, citizen, coordinator):
    with pytest.raises(services.NotAllowed) as no:
        services.add_one(person=citizen, instrument="who5", user=coordinator)
    assert no.value.decision.code == "no_text"
    QuestionnaireFactory(citizen=citizen, moment="extra")
    assert not lines(days())
    with pytest.raises(services.NotAllowed) as no:
        services.ask(person=citizen, user=coordinator)
    assert no.value.decision.code == "no_text"


def test_a_volunteer_is_asked_in_the_same_way(client, in_scope, text, coordinator):
    volunteer = VolunteerFactory(initiative=in_scope)
    row = services.add_one(person=volunteer, instrument="who5", user=coordinator)
    __, link = services.ask(person=volunteer, user=coordinator)
    page = client.get(f"/peer/spoergsmaal/f/{link.token}/")
    assert page.status_code == 200 and f"?s={row.pk}" in text_of(page)
