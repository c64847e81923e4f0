"""What a list of participants, and a plan of sessions, can bring; headings are recognised as in a list of people."""

import re
from datetime import time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ...directory.importing.notices import Notice
from ...people.importing import cells
from ...people.importing.columns import Column, by_code
from ...people.models import PeopleUpload

OF_PEOPLE = ("name", "first_name", "last_name", "phone", "email", "postcode", "birth_year", "external_id")


def clock(value):
    """``19``, ``19.00``, ``kl. 19:30`` or ``19:30:00``."""
    found = re.fullmatch(r"(?:kl\.? ?)?(\d{1,2})(?:[.:](\d{2}))?(?:[.:]00)?", value.strip(), re.IGNORECASE)
    try:
        return time(int(found[1]), int(found[2] or 0))
    except (TypeError, ValueError):
        raise ValidationError(
            _t("We do not understand the time “%(text)s”. Write it as 19.00.") % {"text": value}
        ) from None


def minutes(value):
    """``120`` or ``120 min``."""
    found = re.fullmatch(r"(\d{1,4})\s*(?:min|minutter|minutes)?\.?", value.strip(), re.IGNORECASE)
    if not found:
        raise ValidationError(_t("“%(text)s” is not a whole number.") % {"text": value})
    return int(found[1])


def lines(value):
    """One thing on each line, or between semicolons."""
    found = [" ".join(part.split()) for part in re.split(r"[;\n]", value)]
    return [part for part in found if part]


PARTICIPANT = (
    Column("asked_on", _("Signed up"), cells.day, ("tilmeldt", "tilmeldingsdato", "dato", "signed up"), example="03.08.2026"),
    Column("attended_on", _("Came to the intro workshop"), cells.day, ("introworkshop", "intro", "kom til intro", "intro workshop"), example="10.08.2026"),
    Column("exception_reason", _("Why without an intro workshop"), cells.text, ("undtagelse", "uden intro", "exception")),
    Column("enrolment_note", _("Note"), cells.text, ("note", "noter", "bemærkning", "bemærkninger", "kommentar", "notes")),
)  # fmt: skip
SESSION = (
    Column("date", _("Date"), cells.day, ("dato", "dag", "date", "mødedato"), example="08.09.2026"),
    Column("start_time", _("Begins at"), clock, ("tid", "klokken", "kl", "start", "starttid", "tidspunkt", "time"), example="19.00"),
    Column("minutes", _("Minutes"), minutes, ("minutter", "varighed", "længde", "minutes"), example="120"),
    Column("title", _("Title"), cells.text, ("titel", "emne", "tema", "title"), example="At komme i gang"),
    Column("aim", _("Aim"), cells.text, ("mål", "formål", "aim"), example="Vi lærer hinanden at kende"),
    Column("checklist", _("Checklist"), lines, ("tjekliste", "punkter", "checklist"), example="Velkomst; Runde; Afslutning"),
    Column("place_text", _("Place"), cells.text, ("sted", "lokale", "place")),
)  # fmt: skip


def _participants():
    people = by_code("citizen")
    return tuple(people[code] for code in OF_PEOPLE) + PARTICIPANT


COLUMNS = {PeopleUpload.Kind.PARTICIPANTS: _participants(), PeopleUpload.Kind.DATES: SESSION}


class Cells:
    """Reads the columns of one list out of a row, and notes what is wrong with a cell."""

    def __init__(self, columns, mapping, notices):
        known = {column.code: column for column in columns}
        self.columns = [known.get(code) for code in mapping]
        self.notices = notices

    def read(self, row):
        """Return ``(values by code, whether every cell could be read)``."""
        values, right = {}, True
        for column, cell in zip(self.columns, row.cells, strict=True):
            if column is None or not cell:
                continue
            try:
                values[column.code] = column.read(cell)
            except ValidationError as error:
                right = False
                for message in error.messages:
                    text = _t("%(column)s: %(fault)s") % {"column": column.label, "fault": message}
                    self.notices.append(Notice.error(text, row.number))
        return values, right


def used_twice(columns, mapping):
    """Return a sentence for each column that two headings are set to."""
    known = {column.code: column for column in columns}
    twice = {code for code in mapping if code in known and list(mapping).count(code) > 1}
    return [
        _t("Two columns are set to “%(name)s”. Choose one.") % {"name": known[code].label}
        for code in sorted(twice)
    ]
