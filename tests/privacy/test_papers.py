"""The papers made from the lists: they say what the system does, they are easy to read, and they cannot drift (T30)."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from peer_support.conf import DEFAULTS
from peer_support.people import dpia, privacy_notice
from peer_support.people.marked import blocks_of
from peer_support.privacy.registry import KINDS, tables
from peer_support.privacy.retention import rules
from peer_support.recruitment.readability import measure
from peer_support.testing import factories as make

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "papers"
FORBIDDEN = re.compile(r"visiter|målgruppe|indsats|iværksæt|bevilg|i henhold til", re.I)


def papers():
    """Return ``{file: text}`` of what is made, in Danish."""
    with override("da"):
        return {
            "privatliv-borger.md": privacy_notice.notice_as_markdown("citizen"),
            "privatliv-frivillig.md": privacy_notice.notice_as_markdown("volunteer"),
            "konsekvensanalyse.md": dpia.dpia_as_markdown(),
        }


@pytest.mark.parametrize("name", ["privatliv-borger.md", "privatliv-frivillig.md", "konsekvensanalyse.md"])
def test_the_papers_in_the_documentation_are_the_ones_that_are_made(name):
    """After a change: ``python -m tests.privacy.write_papers`` writes them anew."""
    assert (FOLDER / name).read_text() == papers()[name]


@pytest.mark.parametrize("audience", list(privacy_notice.AUDIENCES))
def test_the_notice_is_easy_to_read_and_says_every_kind_rule_and_role(audience):
    with override("da"):
        text = privacy_notice.notice_as_markdown(audience)
        prose = re.sub(r"^[#-]+ ?", "", text, flags=re.M)
        assert measure(prose).lix <= 30
        assert not FORBIDDEN.search(text)
        for code in privacy_notice.kinds_of(audience):
            assert str(privacy_notice.KINDS[code]) in text, (
                "a new kind needs a sentence in privacy_notice.KINDS"
            )
        for rule in privacy_notice.rules_for(audience):
            assert str(rule.label)[1:] in text
        for role in privacy_notice.roles_that_see(audience):
            assert str(privacy_notice.ROLE_WORDS[role]) in text


def test_every_kind_of_the_registry_has_a_sentence_and_every_rule_is_in_one_of_the_notices():
    assert set(privacy_notice.KINDS) >= set(KINDS)
    told = {rule.code for audience in privacy_notice.AUDIENCES for rule in privacy_notice.rules_for(audience)}
    assert told == set(rules()) - {"talk", "talk_taken_back"}, (
        "a request for a talk comes from a workplace, which is told on its own form"
    )


def test_the_notice_follows_a_period_that_a_centre_has_changed(settings):
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, "RETENTION_MONTHS": {"citizen_ended": 2}}
    with override("da"):
        assert "Borgere, der er stoppet: 2 måneder." in privacy_notice.notice_as_markdown("citizen")
        assert "Borgere, der er stoppet: 2 måneder." in dpia.dpia_as_markdown()


@pytest.mark.parametrize(
    "measure_", [one for risk in dpia.RISKS for one in risk.measures], ids=lambda one: one.shown_by
)
def test_what_shows_a_measure_is_there(measure_):
    setting = re.fullmatch(r'PEER_SUPPORT\["(\w+)"\]', measure_.shown_by)
    if setting:
        assert setting[1] in DEFAULTS
        return
    path, __, name = measure_.shown_by.partition("::")
    assert (ROOT / path).exists(), path
    assert not name or f"def {name}(" in (ROOT / path).read_text()


def test_the_assessment_names_every_rule_counts_the_tables_and_leaves_blanks():
    with override("da"):
        text = dpia.dpia_as_markdown()
        assert f"{len(tables())} tabeller" in text and text.count(dpia.BLANK) > 30
        assert all(str(rule.why) in text for rule in rules().values())


def test_the_commands_print_them(capsys):
    call_command("privacy_notice", "volunteer", centre="Fjordcentret", contact="12 34 56 78")
    said = capsys.readouterr().out
    assert "Fjordcentret" in said and "12 34 56 78" in said
    call_command("dpia_draft")
    with override("da"):
        assert dpia.dpia_as_markdown() in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [make.CoordinatorFactory, make.LeaderFactory])
def test_a_coordinator_and_a_leader_print_them_in_the_admin(factory, initiative, client_for):
    client = client_for(factory(initiative=initiative))
    listed = client.get(reverse("peer_support_protection:papers")).content.decode()
    for code in ("notice-citizen", "notice-volunteer", "dpia", "record"):
        address = reverse("peer_support_protection:paper", args=[code])
        assert address in listed
        answer = client.get(address)
        assert answer.status_code == 200 and "<h1>" in answer.content.decode(), code
    assert client.get(reverse("peer_support_protection:paper", args=["nothing"])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["borger", "frivillig"])
def test_everybody_reads_the_notice_on_the_website(who):
    answer = Client().get(f"/peer/privatliv/{who}/")
    assert answer.status_code == 200 and "Det kan du bede om" in answer.content.decode()
    assert Client().get("/peer/privatliv/alle/").status_code == 404


def test_the_little_markdown_becomes_blocks():
    found = blocks_of("# A\n\nEt ord.\n\n- b\n- c\n\n| d | e |\n|---|---|\n| f | `g` |\n### h")
    assert [block["kind"] for block in found] == ["h1", "p", "ul", "table", "h3"]
    assert (
        found[2]["items"] == ["b", "c"]
        and found[3]["rows"] == [["f", "g"]]
        and found[3]["head"] == ["d", "e"]
    )


def write():
    """Write the papers anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in papers().items():
        (FOLDER / name).write_text(text)
