"""One's own change behind the link: theirs to see, to print, to hide, and to show or not."""

import re

import pytest
from cryptography.fernet import Fernet
from django.db import IntegrityError, connection, transaction

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import scope_of
from peer_support.outcomes.changes import rules, services
from peer_support.outcomes.changes.models import ChangeChoice
from peer_support.outcomes.changes.views_link import address_of
from peer_support.outcomes.questionnaires.links import address_of as questions_at
from peer_support.outcomes.questionnaires.links import questionnaire_link
from peer_support.outcomes.questionnaires.models import Questionnaire
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing.factories import CitizenFactory, VolunteerFactory
from peer_support.testing.factories_questionnaires import ChangeChoiceFactory, QuestionnaireFactory
from tests.public.pdf import assert_tagged, needs_pdf

from .answered import active_match, ago, answer, match_answers, words

pytestmark = pytest.mark.django_db


def address(person, page="page"):
    with scope_of(person.initiative_id):
        return address_of(questionnaire_link(person), page)


def text_of(response):
    return response.content.decode()


def main_of(response):
    """The page's own part: the frame around it has numbers and drawings of its own."""
    return re.search(r"<main.*?</main>", text_of(response), re.DOTALL)[0]


def choice_of(person):
    with scope_of(person.initiative_id):
        return services.choice_of(person)


@pytest.fixture
def match(initiative):
    return active_match(initiative, first_name="Zqvhemmelig", last_name="Zqvnavn")


def test_the_person_sees_when_they_began_and_now(client, match):
    match_answers(match, [36, 44, 56])
    answered = client.get(address(match.citizen))
    page = text_of(answered)
    assert "Tallet er gået fra 36 til 56. Det er en klar forskel til det bedre." in page
    assert "øjebliksbillede" in page and page.count('class="change__now"') == 2
    assert page.count('class="change__start"') == 1 and page.count("<tbody><tr>") == 1
    assert page.count('<th scope="row">') == 3, "the table says every number of the drawing"
    assert "Zqvhemmelig" not in page and " style=" not in page
    assert "no-store" in answered.headers["Cache-Control"]
    assert "Det kan din frivillige ikke" in page, "nobody else sees it before the citizen says so"
    entry = AccessLogEntry.objects.filter(route="peer_support:change_link").first()
    assert entry is not None and entry.user is None


@pytest.mark.parametrize(
    ("scores", "says"),
    [
        ([40, 44], "Forskellen er så lille"),
        ([56, 36], "Det er ingens skyld"),
        ([40, 40], "det samme, som da du begyndte: 40"),
        ([40], "Der er ét tal indtil nu"),
        ([None], "Noget blev sprunget over"),
        ([None, 40], "fra da du begyndte"),
        ([40, None], "Der er ét tal indtil nu"),
        ([], "Du har ikke svaret på noget endnu"),
    ],
)
def test_what_the_numbers_say_is_said_kindly(client, match, scores, says):
    match_answers(match, scores)
    page = text_of(client.get(address(match.citizen)))
    assert says in page
    assert ("change__band" in page) == (len([s for s in scores if s is not None]) > 1)


def test_a_scale_without_a_published_limit_is_honest_about_it(client, match):
    match_answers(match, [8, 5], code="loneliness3")
    page = text_of(client.get(address(match.citizen)))
    assert "fra 8 til 5. Det er den gode vej. Ingen ved, hvor stor forskellen skal være" in page
    assert "Et lavt tal er godt" in page and "change__band" not in page


def test_what_was_answered_elsewhere_is_not_mixed_in(client, initiative, match):
    match_answers(match, [36, 56])
    other = active_match(initiative)
    match_answers(other, [16, 96])
    with scope_of(initiative.pk):
        for moment, score in (("extra", 20), ("extra", 24)):
            answer(match.citizen, moment, score, on=ago(score), code="who5")
        QuestionnaireFactory(citizen=match.citizen, state="asked", moment="extra", text=words())
    page = text_of(client.get(address(match.citizen)))
    assert "fra 36 til 56" in page and "fra 24 til 20" in page
    assert "96" not in page and "Mens du havde en frivillig" in page and "Ved siden af" in page


def test_a_volunteer_has_a_page_of_their_own(client, match):
    match_answers(match, [60, 64], side="volunteer")
    page = text_of(client.get(address(match.volunteer)))
    assert "fra 60 til 64" in page and "Det kan ingen andre" in page and 'value="show"' not in page
    client.post(address(match.volunteer), {"do": "show"})
    assert choice_of(match.volunteer) is None


def test_hiding_takes_every_number_away_until_they_are_wanted_again(client, match):
    match_answers(match, [36, 56])
    told = client.post(address(match.citizen), {"do": "hide"})
    assert told.headers["Location"] == f"{address(match.citizen)}?told=hidden#told"
    for page in ("page", "print"):
        hidden = client.get(address(match.citizen, page))
        # The link itself has figures, so the words are read and not the markup.
        assert not re.search(r"\b(36|56)\b", text_of(hidden)) and "<svg" not in main_of(hidden)
    assert "Det er helt i orden" in text_of(client.get(address(match.citizen)))
    client.post(address(match.citizen), {"do": "see"})
    assert "fra 36 til 56" in text_of(client.get(address(match.citizen)))
    with scope_of(match.initiative_id):
        assert Questionnaire.objects.count() == 2, "hiding deletes nothing"


def test_only_the_citizen_shows_it_to_the_volunteer(client, match):
    match_answers(match, [36, 56])
    client.post(address(match.citizen), {"do": "show"})
    assert rules.volunteer_sees(choice_of(match.citizen))
    assert "din koordinator og din frivillige" in text_of(client.get(address(match.citizen)))
    client.post(address(match.citizen), {"do": "hide"})
    assert not rules.volunteer_sees(choice_of(match.citizen)), (
        "what one does not want to see is shown to nobody"
    )
    client.post(address(match.citizen), {"do": "see"})
    client.post(address(match.citizen), {"do": "keep"})
    assert not rules.volunteer_sees(choice_of(match.citizen))
    with scope_of(match.initiative_id):
        assert ChangeChoice.objects.count() == 1


def test_after_the_goodbye_it_can_be_seen_and_nothing_is_written(client, match):
    match_answers(match, [36, 56])
    link = address(match.citizen)
    with scope_of(match.initiative_id):
        type(match.citizen).objects.update(status="ended", ended_on=ago(1))
    assert "fra 36 til 56" in text_of(client.get(link))
    refused = client.post(link, {"do": "show"})
    assert refused.status_code == 409 and "farvel" in text_of(refused)
    assert choice_of(match.citizen) is None


def test_nonsense_changes_nothing(client, match):
    assert client.post(address(match.citizen), {"do": "everything"}).status_code == 302
    assert client.post(address(match.citizen), {}).status_code == 302
    assert choice_of(match.citizen) is None
    assert client.post(address(match.citizen, "print")).status_code == 405


def test_without_the_key_nothing_is_drawn(client, match):
    match_answers(match, [36, 56])
    link = address(match.citizen)
    with scope_of(match.initiative_id):
        strange = Fernet(Fernet.generate_key()).encrypt(b"56").decode()
        row = Questionnaire.objects.order_by("pk").last()
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Questionnaire._meta.db_table} SET score_text = %s WHERE id = %s", [strange, row.pk]
        )
    page = main_of(client.get(link))
    assert "kan ikke vises lige nu" in page and "<svg" not in page
    assert "kan ikke vises lige nu" in text_of(client.get(address(match.citizen, "print")))


def test_the_sheet_is_a_tagged_pdf(client, match):
    needs_pdf()
    match_answers(match, [36, 40, 56])
    answered = client.get(address(match.citizen, "pdf"))
    assert answered.headers["Content-Type"] == "application/pdf"
    assert_tagged(answered.content)


def test_the_way_there_is_on_the_page_of_questions(client, match):
    with scope_of(match.initiative_id):
        link = questionnaire_link(match.citizen)
    first = questions_at(link)
    assert "dengang-og-nu" not in text_of(client.get(first))
    match_answers(match, [36])
    assert f"/peer/dengang-og-nu/b/{link.token}/" in text_of(client.get(first))


def test_a_choice_is_one_persons(in_scope):
    citizen, volunteer = CitizenFactory(initiative=in_scope), VolunteerFactory(initiative=in_scope)
    for wrong in (
        {"citizen": citizen, "volunteer": volunteer},
        {"initiative": in_scope},
        {"volunteer": volunteer, "shown_to_volunteer": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ChangeChoice.objects.create(**{"initiative": in_scope, **wrong})
    with pytest.raises(NotAllowed):
        services.show_to_volunteer(person=volunteer, shown=True)
    assert str(ChangeChoiceFactory(citizen=citizen)).startswith("Valg om egne tal")
