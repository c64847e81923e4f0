"""What visitors may see of the directory, and the small tables that every view of it needs."""

import re
import unicodedata
from functools import cache, cached_property

from django.db.models import F

from .builtin import read_table
from .geo import project
from .models import DirectoryTerm, Initiative, LocalCoordinator, Municipality, Region

_DANISH_ORDER = str.maketrans({"æ": "{1", "ä": "{1", "ø": "{2", "ö": "{2", "å": "{3"})


def public_initiatives(locale_id):
    """Return the published initiatives in a language: the only rows that a public page may start from."""
    return Initiative.objects.filter(live=True, locale_id=locale_id)


def danish_key(text):
    """Return a key that sorts names the Danish way on every database: æ, ø, å last, and Aa as Å."""
    text = unicodedata.normalize("NFC", text).casefold().replace("aa", "å").translate(_DANISH_ORDER)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^\w{ ]", "", text).strip()


@cache
def _municipalities():
    """Read the package's own table: the rows in the database are made from it after every migration."""
    fields = ("code", "name", "region", "seat", "seat_postcode")
    rows = [
        Municipality(
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            **{name: row[name] for name in fields},
        )
        for row in read_table("municipalities")
    ]
    return {row.code: row for row in sorted(rows, key=lambda row: danish_key(row.name))}


@cache
def _points():
    return {code: project(row.latitude, row.longitude) for code, row in _municipalities().items()}


class Tables:
    """Municipalities, terms and coordinators, read when asked for and at most once a request."""

    @property
    def municipalities(self):
        """``{code: Municipality}`` in Danish order."""
        return _municipalities()

    @property
    def points(self):
        """``{code: (x, y)}`` in metres: the seats of the municipalities."""
        return _points()

    @cached_property
    def terms(self):
        """``{kind: {code: name}}`` in the order editors gave them."""
        found = {kind: {} for kind in DirectoryTerm.Kind.values}
        for kind, code, name in DirectoryTerm.objects.values_list("kind", "code", "name"):
            found[kind][code] = name
        return found

    @cached_property
    def regions(self):
        """``{code: name}``."""
        return {code: str(name) for code, name in Region.choices}

    @cached_property
    def coordinators(self):
        """The local coordinators that can be reached, in order, each with ``codes``: its municipalities."""
        found = {}
        for row in LocalCoordinator.objects.annotate(code=F("municipalities")):
            kept = found.setdefault(row.pk, row)
            kept.codes = getattr(kept, "codes", set()) | ({row.code} if row.code else set())
        return [row for row in found.values() if row.phone or row.email]

    @property
    def first_coordinator(self):
        """Whom to ring where nobody nearer is known; ``False`` where there is nobody."""
        return next(iter(self.coordinators), False)

    def towns_of(self, coordinator):
        """Return the names of a coordinator's towns."""
        return [row.name for code, row in self.municipalities.items() if code in coordinator.codes]

    def coordinator_for(self, initiative_id, codes):
        """Return whom to ring about an initiative: its own coordinator, else one of its towns, else ``None``."""
        own = next((row for row in self.coordinators if row.initiative_id == initiative_id), None)
        return own or next((row for row in self.coordinators if row.codes & set(codes)), None)
