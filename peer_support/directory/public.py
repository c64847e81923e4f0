"""What visitors may see of the directory, and the small tables that every view of it needs."""

import re
import unicodedata
from functools import cached_property

from django.db.models import F

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


class Tables:
    """Municipalities, terms and coordinators, each read once and only when asked for."""

    @cached_property
    def municipalities(self):
        """``{code: Municipality}`` in Danish order."""
        rows = sorted(Municipality.objects.all(), key=lambda row: danish_key(row.name))
        return {row.code: row for row in rows}

    @cached_property
    def points(self):
        """``{code: (x, y)}`` in metres: the seats of the municipalities."""
        return {code: project(row.latitude, row.longitude) for code, row in self.municipalities.items()}

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

    def towns_of(self, coordinator):
        """Return the names of a coordinator's towns."""
        return [row.name for code, row in self.municipalities.items() if code in coordinator.codes]

    def coordinator_for(self, initiative_id, codes):
        """Return whom to ring about an initiative: its own coordinator, else one of its towns, else ``None``."""
        own = next((row for row in self.coordinators if row.initiative_id == initiative_id), None)
        return own or next((row for row in self.coordinators if row.codes & set(codes)), None)
