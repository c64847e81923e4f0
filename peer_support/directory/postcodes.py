"""Fill the postcode table from a list in the GeoNames format.

The format is GeoNames' postal code export, tab separated: country, postcode, place, three pairs of name and code
of areas (the second pair's code is the municipality's), latitude, longitude, accuracy. Source:
https://download.geonames.org/export/zip/ (CC BY 4.0).
"""

import io
import zipfile
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.parse import urlsplit
from urllib.request import urlopen

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .geo import in_denmark, project
from .importing.notices import Notice, Refused, refuse
from .importing.opening import why_not
from .models import Municipality, Postcode
from .signals import postcodes_loaded

COUNTRY = "DK"
COLUMNS = 12
MAX_BYTES = 50_000_000
TIMEOUT_SECONDS = 30
_CHUNK = 500


@dataclass(frozen=True)
class Row:
    """A line of the list: ``x`` and ``y`` in metres, ``municipality`` a four-digit code or empty."""

    line: int
    number: str
    place: str
    municipality: str
    x: float
    y: float


@dataclass
class Loaded:
    """What a load did, or in a dry run would do. ``missing`` counts stored postcodes that the list does not have."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    missing: int = 0
    numbers: list = field(default_factory=list)
    notices: list = field(default_factory=list)


def fetch(source):
    """Return the bytes of a file or an ``http(s)`` address. Raises ``Refused`` with a sentence."""
    try:
        if "://" in source:
            if urlsplit(source).scheme not in ("http", "https"):
                refuse(_("The address must begin with https:// or http://."))
            with urlopen(source, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310 - the scheme is checked
                data = response.read(MAX_BYTES + 1)
        else:
            with open(source, "rb") as file:
                data = file.read(MAX_BYTES + 1)
    except (OSError, HTTPException, ValueError) as error:
        refuse(why_not(source, error))
    if len(data) > MAX_BYTES:
        refuse(_("The file is too large to be a list of postcodes."))
    return data


def decode(data):
    """Return the text of the list; a zip file, as GeoNames hands them out, may hold it as ``DK.txt``."""
    if data.startswith(b"PK\x03\x04"):
        data = _unzip(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse(_("The file is not text in UTF-8. Use GeoNames' file DK.txt as it is."))


def _unzip(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if entry.filename.upper() == f"{COUNTRY}.TXT" and entry.file_size <= MAX_BYTES:
                    return archive.read(entry)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        refuse(_("The zip file is damaged."))
    refuse(_("The zip file has no DK.txt in it."))


def read(text):
    """Return ``(rows, notices)``. Raises ``Refused`` with a notice for every line that cannot be used.

    Lines of other countries are passed over. Where a postcode stands twice, the first line counts.
    """
    rows, errors, twice, danish = {}, [], [], 0
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not any(line.count("\t") >= COLUMNS - 2 for __, line in lines[:20]):
        refuse(
            _(
                "This is not a list of postcodes in the GeoNames format: its columns are not separated by tabs."
            )
        )
    for number, line in lines:
        cells = [cell.strip() for cell in line.rstrip("\r").split("\t")]
        if cells[0].upper() != COUNTRY:
            continue
        danish += 1
        row = _read_row(number, cells)
        if isinstance(row, Notice):
            errors.append(row)
        elif row.number in rows:
            twice.append(row.number)
        else:
            rows[row.number] = row
    if not danish:
        refuse(_("The list has no Danish postcodes."))
    if errors:
        raise Refused(errors)
    notices = []
    if twice:
        text = ngettext(
            "%(count)d line repeats a postcode and was passed over.",
            "%(count)d lines repeat a postcode and were passed over.",
            len(twice),
        )
        notices.append(Notice.info(text % {"count": len(twice)}))
    return list(rows.values()), notices


def _read_row(line, cells):
    if len(cells) < COLUMNS - 1:
        return Notice.error(
            _("Line %(line)d has %(count)d columns; there should be %(wanted)d.")
            % {"line": line, "count": len(cells), "wanted": COLUMNS},
            line,
        )
    number, place, code = cells[1], cells[2], cells[6]
    if not (len(number) == 4 and number.isascii() and number.isdigit()):
        return Notice.error(
            _("Line %(line)d: “%(value)s” is not a Danish postcode.") % {"line": line, "value": number[:20]},
            line,
        )
    if not place or len(place) > 80:
        return Notice.error(
            _("Line %(line)d: the name of the place is missing or too long.") % {"line": line}, line
        )
    try:
        latitude, longitude = float(cells[9]), float(cells[10])
        x, y = project(latitude, longitude)
    except ValueError:
        return Notice.error(_("Line %(line)d: latitude or longitude is not a number.") % {"line": line}, line)
    if not in_denmark(latitude, longitude):
        return Notice.error(_("Line %(line)d: the place lies outside Denmark.") % {"line": line}, line)
    return Row(line, number, place, code.zfill(4) if code.isdigit() else "", x, y)


@transaction.atomic
def load(rows, notices=(), *, dry_run=False):
    """Write the rows and return a :class:`Loaded`. Postcodes that the list does not have are kept.

    Afterwards, in the same transaction, ``postcodes_loaded`` tells which postcodes are new or have moved. A dry
    run counts and writes nothing.
    """
    result = Loaded(notices=list(notices))
    municipalities = set(Municipality.objects.values_list("code", flat=True))
    stored = Postcode.objects.in_bulk()
    new, changed = [], []
    for row in rows:
        code = row.municipality if row.municipality in municipalities else None
        if row.municipality and code is None:
            text = _(
                "Line %(line)d: no municipality has the code %(code)s; the postcode is kept without one."
            )
            result.notices.append(
                Notice.warning(text % {"line": row.line, "code": row.municipality}, row.line)
            )
        postcode = Postcode(number=row.number, place=row.place, municipality_id=code, x=row.x, y=row.y)
        old = stored.pop(row.number, None)
        if old is None:
            new.append(postcode)
        elif (old.place, old.municipality_id, old.x, old.y) != (row.place, code, row.x, row.y):
            changed.append(postcode)
            if (old.x, old.y) == (row.x, row.y):
                continue
        else:
            continue
        result.numbers.append(row.number)
    result.created, result.updated, result.missing = len(new), len(changed), len(stored)
    result.unchanged = len(rows) - len(new) - len(changed)
    if not dry_run:
        Postcode.objects.bulk_create(new, batch_size=_CHUNK)
        Postcode.objects.bulk_update(changed, ["place", "municipality", "x", "y"], batch_size=_CHUNK)
        postcodes_loaded.send(sender=Postcode, numbers=result.numbers)
    return result
