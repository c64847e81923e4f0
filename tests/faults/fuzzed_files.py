"""Spreadsheets that nobody means well with: half of them have the right headings and hostile cells."""

import csv
import io
import random

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

HOSTILE = (
    '=HYPERLINK("http://x";"y")',
    "+45 12 34 56 78",
    "@SUM(A1)",
    "-2+3",
    "\x00nul",
    "\u202eforkert vej\u202c",
    "A" * 10_000,
    "ord " * 300,
    "31.02.2026",
    "2026-13-45",
    "0000-00-00",
    "24/12",
    "99.99.9999",
    "i går",
    "010190-1234",
    "0101901234",
    "０１０１９０-1234",
    "<script>alert(1)</script>",
    "'; DROP TABLE peer_support_citizen; --",
    "{{ 7*7 }}",
    "\r\nBcc: x@example.com",
    "²",
    "١٢٣٤٥٦٧٨",
    "1e309",
    "-1",
    "99999999999999999999",
    "NaN",
    "👩‍👩‍👧‍👦" * 20,
    "a\u0301" * 60,
    "\ufeff",
    "\u2028",
    '"',
    ";;;",
    "x@",
    "(kan ikke læses: nøglen mangler)",
)
WORDS = ("Alma", "Birk", "Cilje", "Dagny", "Egon", "Freja", "Gorm", "Hedda")
RIGHT = {
    "people": {
        "Fornavn": WORDS,
        "Telefon": (),
        "Postnr": ("3000", "8000", "900"),
        "Timer": ("1-2", "2"),
        "Tider": ("ti 17-20", "to 9.30-11"),
        "Noter": ("går gerne ture", ""),
        "Køn": ("kvinde", "mand", ""),
        "Født": ("1974", "3.4.1980", ""),
        "Første kontakt": ("03.08.2026", ""),
    },
    "participants": {
        "Fornavn": WORDS,
        "Telefon": (),
        "Tilmeldt": ("03.08.2026", ""),
        "Introworkshop": ("10.08.2026", ""),
        "Note": ("kommer med bus", ""),
    },
    "initiatives": {
        "Titel": (),
        "Beskrivelse": ("Et hus med kaffe", ""),
        "Kontakt": ("Bodil, 12345678", ""),
        "Kapitel": ("Peer-støtte", ""),
    },
}


class Fuzzer:
    """Makes files; the same seed makes the same."""

    def __init__(self, seed=20261128):
        self.random = random.Random(seed)
        self.count = 0

    def cell(self, heading, choices, hostile):
        if self.random.random() < hostile:
            text = self.random.choice(HOSTILE)
            return text if self.random.random() < 0.7 else f"{self.random.choice(WORDS)} {text}"
        if choices:
            return self.random.choice(choices)
        self.count += 1
        return f"{20_000_000 + self.count}" if heading == "Telefon" else f"Peer-hus {self.count}"

    def table(self, kind, rows):
        """Return the rows of a table, the headings first. Half are structurally right."""
        headings = dict(RIGHT[kind])
        right = self.random.random() < 0.5
        # Most of the right ones have a few bad cells, some none: those must go in.
        hostile = self.random.choice((0, 0, 0.02, 0.1)) if right else 0.5
        names = list(headings)
        if not right:
            names += self.random.choices([*names, "CPR", "Løbenr", "", "=1+1", *HOSTILE[:6]], k=3)
            self.random.shuffle(names)
            names = names[self.random.randrange(3) :]
        table = [names]
        for __ in range(rows):
            row = [self.cell(name, headings.get(name, ("x",)), hostile) for name in names]
            if not right and self.random.random() < 0.3:
                row = row[: self.random.randrange(len(row) + 1)] + ["for meget"] * self.random.randrange(3)
            table.append(row)
        return table

    def file(self, kind, rows):
        """Return ``(name, bytes)``."""
        table = self.table(kind, rows)
        if self.random.random() < 0.3:
            return "liste.xlsx", self._workbook(table)
        output = io.StringIO()
        csv.writer(output, delimiter=self.random.choice(";;;,\t")).writerows(table)
        encoding = self.random.choice(
            ("utf-8", "utf-8-sig", "utf-8", "cp1252", "utf-16", "utf-16-le", "koi8-r")
        )
        content = output.getvalue().encode(encoding, "replace")
        if self.random.random() < 0.05:
            content = content[: self.random.randrange(len(content))] + bytes(
                self.random.randrange(256) for __ in range(40)
            )
        return "liste.csv", content

    def _workbook(self, table):
        book = Workbook()
        for row in table:
            book.active.append([ILLEGAL_CHARACTERS_RE.sub("", cell)[:32_000] for cell in row])
        output = io.BytesIO()
        book.save(output)
        content = output.getvalue()
        if self.random.random() < 0.15:
            place = self.random.randrange(len(content))
            content = content[:place] + b"\xff" * 20 + content[place + 20 :]
        return content
