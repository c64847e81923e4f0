"""Initiatives from a table: CSV, an Excel workbook, or JSON. Every fault is told with its row."""

import csv
import io
import json
import re
import struct
import zipfile
import zlib

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .columns import CONTACT, SECTIONS, CellError, CellReader, field_of, headers
from .entry import ImportEntry
from .notices import Notice, Refused, refuse
from .planning import label_of
from .text import clean, key_of, move_contacts

MAX_ROWS = 2_000
MAX_COLUMNS = 200
# A sheet may be formatted far below its last row; what lies further down is not looked at.
MAX_SHEET_ROWS = 100_000
MAX_UNPACKED = 100_000_000
FREE_TEXTS = (
    *(
        "description",
        "summary",
        "for_whom",
        "peer_count",
        "training",
        "supervision",
        "recruitment",
        "evaluation",
    ),
    *("funding", "started", "source", *SECTIONS),
)
# What a damaged file makes Python's zip reader raise, and what it makes openpyxl raise: to the reader all the same.
ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, OSError, EOFError, ValueError)
WORKBOOK_ERRORS = (*ZIP_ERRORS, KeyError, TypeError, IndexError, AttributeError, SyntaxError)


def read_csv(data):
    """Return ``(entries, notices)`` of a CSV file's bytes: UTF-8 or Windows-1252; comma, semicolon or tab."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if "\x00" in text:
        refuse(_("The file is not a table as text. Save it as CSV and try again."))
    first = text.lstrip().split("\n", 1)[0]
    separator = max(";,\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        refuse(_("The CSV file is damaged: a cell is far too long, or a quotation mark is never closed."))
    return read_rows([(number, row) for number, row in enumerate(rows, 1)])


def read_xlsx(data):
    """Return ``(entries, notices)`` of the first sheet of an Excel workbook. A formula is refused with its cell."""
    _check_workbook(data)
    try:
        # Formulas are wanted as formulas here, so that they can be refused: their last result may be missing or old.
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=False).worksheets[0]
        rows, formulas = [], []
        for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_SHEET_ROWS), 1):
            values = ["" if cell.value is None else cell.value for cell in cells]
            if any(value != "" for value in values):
                formulas += [cell.coordinate for cell in cells if cell.data_type == "f"]
                rows.append((number, values))
            if len(rows) > MAX_ROWS + 1:
                break
    except WORKBOOK_ERRORS:
        refuse(_("The file is not an Excel workbook that can be read. Save it as .xlsx and try again."))
    if formulas:
        text = _("Cell %(cell)s holds a formula. Paste its result as a value, and try again.")
        raise Refused(
            [Notice.error(text % {"cell": cell}, int(re.search(r"\d+$", cell).group())) for cell in formulas]
        )
    return read_rows(rows)


def _check_workbook(data):
    """Refuse what would unpack to far more than it looks, and XML that defines entities of its own."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                refuse(_("The workbook is too large."))
            for entry in archive.infolist():
                # Entities of its own are how a small file becomes a huge one; no spreadsheet program writes them.
                if entry.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.open(entry).read(
                    4096
                ):
                    refuse(
                        _(
                            "The file is not an Excel workbook that can be read. Save it as .xlsx and try again."
                        )
                    )
    except ZIP_ERRORS:
        refuse(_("The file is not an Excel workbook that can be read. Save it as .xlsx and try again."))


def read_json(data):
    """Return ``(entries, notices)`` of ``[{field: value}]`` or ``{"initiatives": […]}``.

    Values are as in a table's cells; lists may be lists, and ``sections`` may be ``{"1": text}``.
    """
    try:
        parsed = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        refuse(_("The file is not JSON that can be read."))
    records = parsed.get("initiatives") if isinstance(parsed, dict) else parsed
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        refuse(_("The JSON file must hold a list of initiatives, each with its fields by name."))
    names = list(dict.fromkeys(str(name) for record in records for name in _flat(record)))
    rows = [(0, names)]
    for number, record in enumerate(records, 1):
        flat = _flat(record)
        rows.append((number, [flat.get(name, "") for name in names]))
    return read_rows(rows)


def _flat(record):
    flat = {}
    for name, value in record.items():
        if name == "sections" and isinstance(value, dict):
            flat.update({f"section_{number}": str(text) for number, text in value.items()})
        elif isinstance(value, list):
            flat[str(name)] = "; ".join(str(item) for item in value)
        else:
            flat[str(name)] = "" if value is None else value if isinstance(value, bool) else str(value)
    return flat


def read_rows(rows):
    """Return ``(entries, notices)`` of ``[(row number, cells)]``, the first of which holds the headings."""
    rows = [(number, cells) for number, cells in rows if any(str(cell).strip() for cell in cells)]
    if not rows:
        refuse(_("The file is empty."))
    if len(rows) > MAX_ROWS + 1:
        refuse(_("The file has more than %(count)d rows. Divide it.") % {"count": MAX_ROWS})
    columns, notices = _columns(rows[0][1])
    reader, entries, errors, seen = CellReader(), [], [], {}
    for number, cells in rows[1:]:
        entry = _read_row(number, cells, columns, reader, errors, notices)
        if entry is None:
            continue
        if entry.key in seen:
            text = _("Row %(row)d: “%(title)s” stands in row %(first)d already.")
            values = {"row": number, "title": entry.title, "first": seen[entry.key]}
            errors.append(Notice.error(text % values, number, "duplicate"))
        seen[entry.key] = number
        entries.append(entry)
    if errors:
        raise Refused(errors)
    if not entries:
        refuse(_("The file has headings but no initiatives."))
    return entries, notices


def _columns(headings):
    known, columns, notices = headers(), {}, []
    for place, heading in enumerate(headings):
        heading = clean(str(heading))
        name = field_of(heading, known) if heading else None
        if name and name in [known_name for known_name, __ in columns.values()]:
            refuse(
                _("Two columns are for the same: “%(heading)s” stands twice.") % {"heading": heading[:60]}, 1
            )
        if name:
            columns[place] = name, heading[:60]
        elif heading:
            text = _("The column “%(heading)s” is not known and was left out.")
            notices.append(Notice.warning(text % {"heading": heading[:60]}, 1, "unknown_column"))
    if "title" not in [name for name, __ in columns.values()]:
        refuse(_("This is not a list of initiatives: no column is called “title” or “navn”."))
    return columns, notices


def _read_row(number, cells, columns, reader, errors, notices):
    values, before = {}, len(errors)
    for place, (name, heading) in columns.items():
        cell = cells[place] if place < len(cells) else ""
        cell = clean(cell) if isinstance(cell, str) else cell
        try:
            values[name] = reader.read(name, cell)
        except CellError as error:
            text = _("Row %(row)d, “%(column)s”: %(reason)s.")
            errors.append(
                Notice.error(text % {"row": number, "column": heading, "reason": error}, number, name)
            )
    if "title" in values and not values["title"]:
        errors.append(Notice.error(_("Row %(row)d: the name is missing.") % {"row": number}, number, "title"))
    if len(errors) > before:
        return None
    given = values.pop(CONTACT, "")
    found, moved = move_contacts(values, FREE_TEXTS)
    if moved:
        text = _("Row %(row)d: contact data was moved out of %(fields)s.")
        notices.append(
            Notice.info(
                text % {"row": number, "fields": ", ".join(map(label_of, moved))}, number, "contact_moved"
            )
        )
    contact = "\n".join(part for part in (given, found) if part)
    flags = ["contact_moved"] if moved else []
    flags += ["not_peer_support"] if values.get("peer_support") == "no" else []
    key = key_of(values["title"], values.get("chapter", ""))
    return ImportEntry(key=key, line=number, values=values, contact=contact, flags=flags)
