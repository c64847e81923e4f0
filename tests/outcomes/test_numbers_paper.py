"""The list of definitions in the documentation is the one that the figures give."""

from pathlib import Path

from django.utils.translation import override

from peer_support.outcomes.numbers.definitions import definitions
from peer_support.outcomes.numbers.registry import figures

PAPER = Path(__file__).resolve().parents[2] / "docs" / "numbers.md"
TOP = """# Tallene og hvad de tæller

Listen er lavet af programmet. Efter en ændring: `python -m tests.outcomes.test_numbers_paper` skriver den igen.

En dag er en dag på uret i Danmark. Det, der sker ved midnat, hører til den dag, der begynder, og dermed til én periode.
Mennesker, der er slettet, tæller stadig: den tomme række har datoerne, men hverken navn eller postnummer.

"""


def page():
    with override("da"):
        return TOP + definitions().strip() + "\n"


def test_the_paper_says_what_the_figures_say():
    assert PAPER.read_text() == page()


def test_every_definition_is_one_or_two_plain_sentences():
    with override("da"):
        for figure in figures().values():
            text = str(figure.definition)
            assert text.endswith(".") and len(text) <= 260, figure.code
            assert text.count(". ") <= 3, figure.code


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    PAPER.write_text(page())
