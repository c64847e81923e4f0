"""From a file's name and bytes to entries, whatever the format."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from . import catalogue, tables
from .entry import SECTIONS
from .notices import refuse

MAX_BYTES = 20_000_000


@dataclass
class ReadFile:
    """Entries, notices, and the account that ``--json`` prints."""

    entries: list
    notices: list = field(default_factory=list)
    summary: dict = field(default_factory=dict)


def read(name, data):
    """Return the :class:`ReadFile` of a file. Raises ``Refused`` with sentences for what cannot be read.

    The format follows from the extension (csv, xlsx, json, txt), and from the content where that says more.
    """
    if not data.strip():
        refuse(_("The file is empty."))
    if len(data) > MAX_BYTES:
        refuse(_("The file is too large."))
    kind = _kind(name, data)
    if kind == "txt":
        entries, notices, summary = catalogue.read(data)
    else:
        reader = {"csv": tables.read_csv, "xlsx": tables.read_xlsx, "json": tables.read_json}[kind]
        entries, notices = reader(data)
        summary = _summary(entries, notices)
    return ReadFile(entries, notices, summary)


def _kind(name, data):
    extension = name.rpartition(".")[2].casefold()
    if data.startswith(b"PK\x03\x04") and extension in ("xlsx", "xlsm", "csv"):
        return "xlsx"
    if extension == "xls" or (extension == "xlsx" and data.startswith(b"\xd0\xcf\x11\xe0")):
        refuse(_("This is a workbook in an old format. Save it as .xlsx and try again."))
    if extension in ("csv", "tsv"):
        return "csv"
    if extension in ("xlsx", "json"):
        return extension
    has_extension = "." in name
    return "json" if not has_extension and data.lstrip()[:1] in (b"[", b"{") else "txt"


def _summary(entries, notices):
    """The same account for a table as the document's parser gives of itself."""
    return {
        "initiatives": [
            {
                "title": entry.title,
                "chapter": entry.values.get("chapter", ""),
                "has_questionnaire": entry.values.get("has_questionnaire", False),
                "sections": {
                    str(number): entry.values[name][0]
                    for name, number in SECTIONS.items()
                    if name in entry.values
                },
                "links": [url for url, *__ in entry.values.get("links", [])],
                "damaged_lines": entry.values.get("damaged_lines", 0),
                "flags": entry.flags,
            }
            for entry in entries
        ],
        "messages": [message(notice) for notice in notices],
    }


def message(notice):
    """Return a notice as the account prints it."""
    return {"code": notice.code, "line": notice.line, "level": notice.level, "text": notice.text}
