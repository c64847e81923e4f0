"""Files written for the tests: everything in them is invented."""

import io
import json

from openpyxl import Workbook

from .document.papers import ANSWERS, PROSE, chapter, form, paper, prose

# Strings that must never be seen outside the restricted contact.
NAME, PHONE, MAIL = "Bodil Askholt", "42 17 93 05", "bodil@havehuset.example"
CONTACT_LINE = f"Kontakt: {NAME}, tlf. {PHONE}, {MAIL}"


def catalogue(**changes):
    """A document of three initiatives in two chapters; ``changes`` replace answers of the first."""
    first = {**ANSWERS, **{int(name[1:]): text for name, text in changes.items()}}
    first.setdefault(8, "")
    return paper(
        chapter("Sjælland"),
        form("Havehuset ved åen", {**first, 8: f"{first[8]}\n{CONTACT_LINE}"}),
        form("Værkstedet på molen", {**ANSWERS, 5: "", 6: "Det er endnu for tidligt at sige."}, "B"),
        chapter("Nordjylland"),
        prose("Madklubben i Sømarken", PROSE),
        chapter("Syddanmark", says_none=True),
    )


def table(*rows, separator=";"):
    """The bytes of a CSV file with these rows."""
    return "\n".join(separator.join(row) for row in rows).encode()


def workbook(*rows):
    """The bytes of an Excel workbook with these rows."""
    book, output = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(list(row))
    book.save(output)
    return output.getvalue()


def as_json(*records):
    return json.dumps(list(records), ensure_ascii=False).encode()
