"""The screens of papers, as the coordinator and the editor use them."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.agreements import queries, services
from peer_support.agreements.models import Certificate, Paper, PaperText, Thanks
from peer_support.people.models import Volunteer
from peer_support.testing import factories as make
from peer_support.testing import factories_papers as make_papers
from tests.public.pdf import assert_tagged, needs_pdf

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def at(name, *args):
    return reverse(f"peer_support_agreements:{name}", args=args)


def said(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.fixture(autouse=True)
def _scope(in_scope):
    """Looks into the tables from inside the scope."""


def test_a_contract_from_the_volunteers_page_to_the_signature(coordinator_client, volunteer):
    person = reverse("people_volunteer_modeladmin_inspect", args=[volunteer.pk])
    assert at("new", volunteer.pk, "contract") in said(coordinator_client.get(person))
    form = coordinator_client.get(at("new", volunteer.pk, "contract")).context["form"]
    data = {"starts": TODAY().isoformat(), "until": "", "work": "Du går ture.", "place": "", "hours": "4"}
    assert form["starts"].value() == TODAY()
    made = coordinator_client.post(at("new", volunteer.pk, "contract"), data, follow=True)
    paper = Paper.objects.get()
    assert made.redirect_chain[-1][0] == at("paper", paper.pk)
    assert "Du går ture." in said(made)
    coordinator_client.post(at("paper_step", paper.pk, "link"))
    assert "/peer/underskriv/" in said(coordinator_client.get(at("paper", paper.pk)))
    answer = coordinator_client.post(
        at("paper_step", paper.pk, "signed"), {"on": TODAY().isoformat(), "name": ""}, follow=True
    )
    assert "Alma Ravnsø" in said(answer)
    volunteer.refresh_from_db()
    assert volunteer.contract_on == TODAY() and volunteer.contract_until is None
    row = said(coordinator_client.get(person))
    assert at("paper", paper.pk) in row


def test_wrong_dates_lose_nothing_that_was_typed(coordinator_client, volunteer):
    data = {"starts": "2026-08-03", "until": "2026-08-01", "work": "Ord der bliver", "hours": "i går"}
    page = said(coordinator_client.post(at("new", volunteer.pk, "contract"), data))
    assert "Ord der bliver" in page and "i går" in page and not Paper.objects.exists()


def test_print_is_one_page_without_navigation_and_the_cpr_line_only_where_it_is_switched_on(
    coordinator_client, contract, settings
):
    answer = coordinator_client.get(at("paper_print", contract.pk))
    page = said(answer)
    assert "<nav" not in page and "<script" not in page and "style=" not in page
    assert "no-store" in answer.headers["Cache-Control"] and "CPR" not in page
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, "CONTRACT_CPR_LINE": True}
    assert "CPR" in said(coordinator_client.get(at("paper_print", contract.pk)))
    assert not {field.name for field in Paper._meta.get_fields()} & {"cpr", "cpr_number"}


def test_the_pdf_is_tagged_and_its_name_tells_nothing(coordinator_client, contract):
    needs_pdf()
    answer = coordinator_client.get(at("paper_pdf", contract.pk))
    assert_tagged(answer.content)
    assert "alma" not in answer.headers["Content-Disposition"].lower()


def test_match_papers_from_the_matchs_page(coordinator_client, match):
    page = reverse("peer_support_matching:match", args=[match.pk])
    assert at("match_new", match.pk) in said(coordinator_client.get(page))
    coordinator_client.post(at("match_new", match.pk), {"contact": "Ring", "boundaries": ""})
    assert Paper.objects.filter(match=match, state="ready").count() == 2
    shown = said(coordinator_client.get(page))
    for paper in Paper.objects.all():
        assert at("paper", paper.pk) in shown


def test_the_overview_shows_what_ends_what_waits_and_what_is_missing(
    coordinator_client, contract, initiative
):
    ending = make.VolunteerFactory(
        initiative=initiative, first_name="Eskil", contract_until=TODAY() + datetime.timedelta(days=5)
    )
    page = said(coordinator_client.get(at("overview")))
    assert "Eskil" in page and at("new", ending.pk, "contract") in page
    assert at("paper", contract.pk) in page


def test_the_overview_of_another_initiative_says_nothing(contract, client_for, other_initiative):
    other = client_for(make.CoordinatorFactory(initiative=other_initiative))
    assert "Ravnsø" not in said(other.get(at("overview")))
    for name in ("paper", "paper_print", "paper_pdf"):
        assert other.get(at(name, contract.pk)).status_code == 404
    assert other.post(at("paper_step", contract.pk, "withdraw")).status_code == 404
    contract.refresh_from_db()
    assert contract.state == "ready"


def test_writing_a_text_makes_a_version_and_everybody_can_be_asked_again(
    coordinator_client, contract, coordinator, initiative
):
    services.sign_on_paper(paper=contract, user=coordinator)
    page = said(coordinator_client.get(at("text", "contract")))
    assert "{navn}" in page
    data = {"body": "<p>Nye ord, {navn}.</p>", "valid_from": TODAY().isoformat(), "initiative": initiative.pk}
    bad = coordinator_client.post(at("text", "contract"), data | {"body": "<p>{forkert}</p>"})
    assert "{forkert}" in said(bad) and not PaperText.objects.filter(initiative=initiative).exists()
    coordinator_client.post(at("text", "contract"), data)
    assert PaperText.objects.get(initiative=initiative).version == 1
    assert at("ready_for_all", "contract") in said(coordinator_client.get(at("overview")))
    coordinator_client.post(at("ready_for_all", "contract"))
    assert Paper.objects.filter(state="ready").count() == 1
    assert not queries.signed_earlier_text(initiative.pk, "contract").exists()


@pytest.mark.parametrize(
    "words",
    ["<zqx></script>Hilsen {navn}", "<ul><li>Hilsen {navn}</ul></li></p>", "<h2><b>Hilsen {navn}", "<<<"],
)
def test_words_that_the_editor_cannot_read_are_drawn_again_and_not_lost(coordinator_client, words):
    answer = coordinator_client.post(at("text", "contract"), {"body": words, "valid_from": "ikke en dag"})
    page = said(answer)
    assert answer.status_code == 200 and ("Hilsen {navn}" in page or words == "<<<")
    assert not PaperText.objects.exclude(initiative=None).exists()


def test_an_editor_writes_the_standard_and_sees_nobodys_papers(client_for, contract):
    editor = client_for(make.EditorFactory())
    assert "Ravnsø" not in said(editor.get(at("texts")))
    said(editor.get(at("text", "contract")))
    editor.post(at("text", "contract"), {"body": "<p>Standard {navn}</p>", "valid_from": TODAY().isoformat()})
    assert PaperText.objects.filter(initiative=None, kind="contract").count() == 2
    for name in ("overview", "policy"):
        assert editor.get(at(name)).status_code == 302
    assert editor.get(at("paper", contract.pk)).status_code == 302


def test_a_version_of_another_initiative_is_not_found(coordinator_client, other_initiative):
    text = make_papers.PaperTextFactory(initiative=other_initiative)
    assert coordinator_client.get(at("text_version", text.pk)).status_code == 404
    assert "{navn}" in said(
        coordinator_client.get(at("text_version", PaperText.objects.filter(initiative=None).first().pk))
    )


def test_a_certificate_is_seen_and_taken_out(coordinator_client, volunteer):
    data = {"kind": "criminal", "seen_on": TODAY().isoformat(), "valid_to": "", "about": ""}
    coordinator_client.post(at("certificate", volunteer.pk), data)
    row = Certificate.objects.get()
    volunteer.refresh_from_db()
    assert volunteer.certificate_seen_on == TODAY() and row.seen_by.username == "mette"
    coordinator_client.post(at("take_out", row.pk))
    volunteer.refresh_from_db()
    assert volunteer.certificate_seen_on is None


def test_a_thank_you_becomes_a_card(coordinator_client, volunteer):
    answer = coordinator_client.post(
        at("thanks", volunteer.pk), {"on": TODAY().isoformat(), "words": "Tak for turen."}, follow=True
    )
    page = said(answer)
    assert "Tak for turen." in page and "Mette" in page and "<nav" not in page
    needs_pdf()
    assert coordinator_client.get(at("thanks_card_pdf", Thanks.objects.get().pk)).content.startswith(b"%PDF")


def test_the_letter_is_changed_before_it_is_printed(coordinator_client, volunteer):
    draft = coordinator_client.get(at("reference", volunteer.pk)).context["form"]["words"].value()
    assert "Alma Ravnsø" in draft
    answer = coordinator_client.post(
        at("reference", volunteer.pk), {"words": draft + "\n\nHun er god."}, follow=True
    )
    assert "Hun er god." in said(answer)
    paper = Paper.objects.get()
    assert "Hun er god." in said(coordinator_client.get(at("paper_print", paper.pk)))
    assert (
        "Hun er god."
        in coordinator_client.get(at("reference", volunteer.pk)).context["form"]["words"].value()
    )


def test_what_is_asked_for_is_saved_and_stands_in_new_contracts(coordinator_client, volunteer, initiative):
    coordinator_client.post(
        at("policy"),
        {
            "certificates": ["criminal"],
            "contract_months": "6",
            "work": "Du lytter.",
            "place": "",
            "hours": "",
        },
    )
    form = coordinator_client.get(at("new", volunteer.pk, "contract")).context["form"]
    assert form["work"].value() == "Du lytter." and form["until"].value() > TODAY()
    person = said(coordinator_client.get(reverse("people_volunteer_modeladmin_inspect", args=[volunteer.pk])))
    assert at("certificate", volunteer.pk) in person
    assert [due.kind for due in queries.missing()] == ["contract", "certificate"]


def test_a_deputy_may_make_and_sign(client_for, volunteer, initiative):
    deputy = client_for(make.DeputyFactory(initiative=initiative))
    deputy.post(at("new", volunteer.pk, "confidential"))
    paper = Paper.objects.get()
    deputy.post(at("paper_step", paper.pk, "signed"), {"on": TODAY().isoformat()})
    paper.refresh_from_db()
    assert paper.state == "signed" and Volunteer.objects.get(pk=volunteer.pk).contract_on is None


def test_a_volunteer_who_has_only_written_gets_no_contract_yet(coordinator_client, initiative):
    early = make.VolunteerFactory(initiative=initiative, status="enquiry", approved_on=None)
    answer = coordinator_client.get(at("new", early.pk, "contract"))
    assert answer.status_code == 302 and not Paper.objects.exists()


def test_scope_is_closed_outside_a_link(contract):
    with scope_of():
        assert not Paper.objects.exists()
