"""Read a CSV or XLSX file as text cells, without trusting it.

Numbers of rows are those a spreadsheet program shows. Columns that hold CPR numbers by their heading are left
out here already, so that they are never kept.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from ...directory.importing.notices import Notice, refuse
from ...directory.importing.tables import WORKBOOK_ERRORS, ZIP_ERRORS

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024
MAX_ROWS = 2000
MAX_COLUMNS = 60
MAX_CELL = 5000
_CPR_HEADING = re.compile(r"\bcpr\b|cpr[- ]?n|personnummer", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Row:
    """``number`` as the spreadsheet program shows it; ``cells`` as many as there are headings."""

    number: int
    cells: list


@dataclass
class Table:
    """A file's headings and rows, and what was said while reading it."""

    headings: list
    rows: list
    notices: list = field(default_factory=list)


def read_table(content):
    """Return the :class:`Table` in ``content`` (bytes); raises ``Refused`` with a sentence where it is none."""
    if not content.strip():
        refuse(_("The file is empty."))
    if len(content) > MAX_BYTES:
        refuse(_("The file is too big. It may hold 5 MB at most; divide it in two."))
    if content.startswith(b"%PDF"):
        refuse(_("This is a PDF. Save the list as a spreadsheet (XLSX or CSV) and choose that file."))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        refuse(_("This is an old or protected Excel file. Save it as XLSX without a password and try again."))
    rows = _xlsx_rows(content) if content.startswith(b"PK") else _csv_rows(content)
    return _table(rows)


def _table(numbered):
    filled = [(number, cells) for number, cells in numbered if any(cells)]
    if not filled:
        refuse(_("The file is empty."))
    __, headings = filled[0]
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > MAX_COLUMNS:
        refuse(_("The file has more than %(most)d columns. Keep those you need.") % {"most": MAX_COLUMNS})
    if len(filled) - 1 > MAX_ROWS:
        refuse(_("The file has more than %(most)d rows. Divide it in two.") % {"most": MAX_ROWS})
    if len(filled) == 1:
        refuse(_("There is a row of headings and nothing below it."))
    dropped = [index for index, heading in enumerate(headings) if _CPR_HEADING.search(heading)]
    kept = [index for index in range(len(headings)) if index not in dropped]
    notices = [
        Notice.info(
            _("The column “%(name)s” is left out: CPR numbers are not kept.") % {"name": headings[index]}
        )
        for index in dropped
    ]
    rows = []
    for number, cells in filled[1:]:
        if any(len(cell) > MAX_CELL for cell in cells):
            refuse(_("A cell holds more than %(most)d characters.") % {"most": MAX_CELL}, number)
        padded = [*cells, *[""] * len(headings)]
        row = [padded[index] for index in kept]
        if any(row):
            rows.append(Row(number, row))
    names = [headings[index] or _("Column %(number)d") % {"number": index + 1} for index in kept]
    return Table(names, rows, notices)


# CSV


def _decode(content):
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    return refuse(_("This is not a spreadsheet we can read. Choose a CSV or an XLSX file."))


def _csv_rows(content):
    text = _decode(content)
    first, __, rest = text.partition("\n")
    hint = re.fullmatch(r"sep=(.)\r?", first.strip("\ufeff"))
    shift = 1 if hint else 0
    text = rest if hint else text
    separator = hint[1] if hint else _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        rows = []
        for number, cells in enumerate(reader, start=1 + shift):
            rows.append((number, [cell.strip() for cell in cells]))
            if number > 4 * MAX_ROWS:
                break
        return rows
    except csv.Error:
        return refuse(_("The file cannot be read as a table. Save it again as CSV or XLSX."))


def _separator(text):
    head = next((line for line in text.splitlines() if line.strip()), "")
    unquoted = re.sub(r'"[^"]*"', "", head)
    return max(";,\t", key=lambda mark: (unquoted.count(mark), mark == ";"))


# XLSX


def _xlsx_rows(content):
    _check_package(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = next(iter(book.worksheets), None)
        if sheet is None:
            refuse(_("The file has no sheet with rows."))
        sheet.reset_dimensions()
        values = sheet.iter_rows(max_row=2 * MAX_ROWS + 2, max_col=MAX_COLUMNS + 1, values_only=True)
        return [(number, [_cell(value) for value in row]) for number, row in enumerate(values, start=1)]
    except WORKBOOK_ERRORS:
        return refuse(_("The XLSX file is damaged. Open it in your spreadsheet program and save it again."))


def _check_package(content):
    """Refuse what unpacks to far more than it is, is no workbook, or declares XML entities."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except ZIP_ERRORS:
        refuse(_("This is not a spreadsheet we can read. Choose a CSV or an XLSX file."))
    with package:
        members = package.infolist()
        if "xl/workbook.xml" not in {member.filename for member in members}:
            refuse(_("This is not a spreadsheet we can read. Choose a CSV or an XLSX file."))
        if len(members) > 1000 or sum(member.file_size for member in members) > MAX_UNPACKED:
            refuse(_("The file unpacks to far more than a list of people. It was not opened."))
        if any(member.flag_bits & 1 for member in members):
            refuse(_("The file is protected with a password. Save it without one and try again."))
        for member in members:
            if member.filename.endswith((".xml", ".rels")):
                try:
                    text = package.read(member)
                except ZIP_ERRORS:
                    refuse(
                        _("The XLSX file is damaged. Open it in your spreadsheet program and save it again.")
                    )
                if b"<!DOCTYPE" in text or b"<!ENTITY" in text or text.startswith((b"\xff\xfe", b"\xfe\xff")):
                    refuse(_("The file holds something that no list of people needs. It was not opened."))


def _cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()
