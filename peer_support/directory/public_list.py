"""The directory as visitors meet it: which initiatives, in which order, and how many each further filter would leave."""

from collections import Counter
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from .geo import distance_km
from .models import Initiative, Postcode
from .public import Tables, danish_key, public_initiatives
from .public_filters import (
    FACETS,
    FIELD_OF,
    NAME,
    NEAR,
    RELEVANCE,
    UNSTATED,
    WHOLE_COUNTRY,
    PublicInitiativeFilterSet,
)
from .public_parts import Card, Chip, FacetView, Option, Row, WayOut
from .search import words_of

PER_PAGE = 20


class PublicDirectory:
    """One state of the directory, as its query string says it.

    Costs a constant number of queries however many initiatives there are: they are counted in one pass over
    small rows, not by a query per value.
    """

    def __init__(self, data, *, locale_id, tables=None):
        self.locale_id = locale_id
        self.tables = tables or Tables()
        self.data = data
        self.filters = PublicInitiativeFilterSet(
            data, queryset=public_initiatives(locale_id), tables=self.tables
        )
        self.selected = self.filters.selected

    # The state

    @property
    def words(self):
        return self.filters.words

    @property
    def near_text(self):
        return self.filters.near_text

    @cached_property
    def near(self):
        """Return the :class:`Postcode` the visitor named by number or place, or ``None``."""
        typed = self.near_text
        if not typed:
            return None
        digits = typed.split()[0][:4]
        if digits.isascii() and digits.isdigit():
            return Postcode.objects.filter(number=digits).first()
        wanted = words_of(typed)
        names = [
            row
            for row in self.tables.municipalities.values()
            if wanted in (words_of(row.name), words_of(row.seat))
        ]
        number = names[0].seat_postcode if names else None
        if number:
            return Postcode.objects.filter(number=number).first()
        return Postcode.objects.filter(place__iexact=typed).first()

    @property
    def sort(self):
        asked = self.filters.data.get("sort")
        if asked == NEAR and not self.near or asked == RELEVANCE and not self.words:
            asked = None
        return asked or (NEAR if self.near else RELEVANCE if self.words else NAME)

    @property
    def is_narrowed(self):
        return bool(self.words or self.selected)

    def query(self, *, drop=(), drop_value=None, add=None, page=None):
        """Return ``?…`` for this state, changed: without the names in ``drop``, without one ``(facet, value)``, or
        with one more."""
        pairs = [
            (name, self.filters.data[name])
            for name in ("q", "near", "sort")
            if name in self.filters.data and name not in drop
        ]
        for name, values in ((name, self.selected.get(name, [])) for name in FACETS):
            if name not in drop:
                more = [add[1]] if add and add[0] == name and add[1] not in values else []
                pairs += [(name, value) for value in [*values, *more] if (name, value) != drop_value]
        if page and page > 1:
            pairs.append(("page", page))
        return f"?{urlencode(pairs)}" if pairs else "?"

    # Rows and counts

    @cached_property
    def rows(self):
        """Every public initiative that the words find; ``listed`` says whether the facets leave it in."""
        found = self.filters.filter_words(public_initiatives(self.locale_id), "q", self.words)
        listed = Exists(self.filters.qs.filter(pk=OuterRef("pk")).order_by())
        fields = ("pk", "title", "other_names", "nationwide", "region", "status")
        rows = []
        for pk, title, other, nationwide, region, status, is_listed in (
            found.annotate(listed=listed).order_by().values_list(*fields, "listed")
        ):
            values = {name: set() for name in FACETS}
            values["status"].add(status)
            values["region"].add(region)
            if nationwide:
                values["region"].add(WHOLE_COUNTRY)
                values["municipality"].add(WHOLE_COUNTRY)
            rows.append(Row(pk, title, other, is_listed, nationwide, values))
        self._add_pairs(rows, found)
        return rows

    def _add_pairs(self, rows, found):
        by_pk = {row.pk: row for row in rows}
        known = self.tables.municipalities
        for pk, facet, value in _pairs(found):
            row = by_pk.get(pk)
            if row is None:
                continue
            row.values[facet].add(value)
            if facet == "municipality":
                row.values["region"].add(known[value].region)
        for row in rows:
            for values in row.values.values():
                values.discard("")
                if not values:
                    values.add(UNSTATED)

    @cached_property
    def _tally(self):
        """Return ``(counts by facet, {facet: rows that only this facet keeps out})``, in one pass."""
        counts = {name: Counter() for name in FACETS}
        only = Counter()
        wanted = {name: set(values) for name, values in self.selected.items()}
        for row in self.rows:
            missing = [name for name, values in wanted.items() if not row.values[name] & values]
            if not missing:
                for name in FACETS:
                    counts[name].update(row.values[name])
            elif len(missing) == 1:
                only[missing[0]] += 1
                counts[missing[0]].update(row.values[missing[0]])
        return counts, only

    @property
    def counts(self):
        """``{facet: {value: initiatives}}``: what each value would give, with the other facets as they are."""
        return self._tally[0]

    @cached_property
    def facets(self):
        """The facets with the values worth offering: those that would give something, and those in use."""
        shown = []
        for name in FACETS:
            chosen = self.selected.get(name, [])
            counts = self.counts[name]
            options = [
                Option(value, label, counts[value], value in chosen)
                for value, label in self.filters.choices[name].items()
                if counts[value] or value in chosen
            ]
            # Where nobody has said anything, there is nothing to choose between.
            if any(option.selected or option.value != UNSTATED for option in options):
                label = str(self.filters.filters[name].label)
                shown.append(FacetView(name, label, options, len(chosen)))
        return shown

    @cached_property
    def ordered(self):
        """The listed rows in order. A row whose place is not stated comes last, and is not lost."""
        rows = sorted((row for row in self.rows if row.listed), key=lambda row: danish_key(row.title))
        if self.near:
            for row in rows:
                row.km = self._km(row)
        if self.sort == NEAR:
            rows.sort(
                key=lambda row: (
                    (row.km is None, not row.nationwide, 0) if row.km is None else (False, False, row.km)
                )
            )
        elif self.sort == RELEVANCE:
            wanted = words_of(self.words)
            rows.sort(key=lambda row: -_relevance(row, wanted))
        return rows

    def _km(self, row):
        here = self.near.x, self.near.y
        return min((distance_km(here, self.tables.points[code]) for code in row.towns), default=None)

    @property
    def total(self):
        return len(self.ordered)

    # What is shown

    @cached_property
    def chips(self):
        """The filters in use. A word that says its kind itself ("Region Sjælland") stands without it."""
        chips = []
        if self.words:
            chips.append(Chip(_("Search"), self.words, self.query(drop=("q",))))
        if self.near_text:
            place = f"{self.near.number} {self.near.place}" if self.near else self.near_text
            chips.append(Chip(_("Near"), place, self.query(drop=("near",))))
        for name, values in self.selected.items():
            kind = str(self.filters.filters[name].label)
            for value in values:
                label = self.filters.choices[name][value]
                query = self.query(drop_value=(name, value))
                chips.append(Chip("" if label.startswith(kind) else kind, label, query))
        return chips

    @cached_property
    def ways_out(self):
        """Where nothing is found: which single filter to leave out, and how many that gives, most first."""
        ways = [
            WayOut(str(self.filters.filters[name].label), count, self.query(drop=(name,)))
            for name, count in self._tally[1].items()
        ]
        if self.words:
            qs = public_initiatives(self.locale_id)
            for name, values in self.selected.items():
                qs = self.filters.filters[name].filter(qs, values)
            if count := qs.count():
                ways.append(WayOut(_("the search words"), count, self.query(drop=("q",))))
        return sorted(ways, key=lambda way: -way.count)

    @cached_property
    def whole_country(self):
        """Return a :class:`WayOut` to the initiatives for the whole country that a place keeps out, or ``None``."""
        for name in ("municipality", "region"):
            chosen = self.selected.get(name, [])
            count = self.counts[name][WHOLE_COUNTRY]
            if chosen and WHOLE_COUNTRY not in chosen and count:
                other = "region" if name == "municipality" else "municipality"
                if not self.selected.get(other):
                    return WayOut("", count, self.query(add=(name, WHOLE_COUNTRY)))
        return None

    def page(self, number):
        """Return Django's page of :class:`Card`; a number that is none is the first page, one too high the last."""
        page = Paginator(self.ordered, PER_PAGE).get_page(number)
        page.object_list = self.cards(page.object_list)
        return page

    def cards(self, rows):
        fields = ("title", "summary", "operator", "region", "nationwide", "status", "peer_support")
        stored = Initiative.objects.filter(pk__in=[row.pk for row in rows]).only(*fields).in_bulk()
        return [self._card(row, stored[row.pk]) for row in rows if row.pk in stored]

    def _card(self, row, initiative):
        names = self.filters.choices
        towns = [name for code, name in names["municipality"].items() if code in row.towns]
        if row.nationwide:
            places = _("the whole country")
        elif towns:
            places = ", ".join(towns[:4])
            if len(towns) > 4:
                places = _("%(places)s and %(count)d more") % {"places": places, "count": len(towns) - 4}
        else:
            places = initiative.get_region_display()
        words = {
            kind: [
                name for code, name in names[kind].items() if code in row.values[kind] and code != UNSTATED
            ]
            for kind in ("form", "audience")
        }
        return Card(
            initiative=initiative,
            places=places,
            forms=words["form"],
            audiences=words["audience"],
            km=row.km,
            coordinator=self.tables.coordinator_for(row.pk, row.towns),
            place_stated=bool(places),
        )


def _pairs(found):
    """Return ``(initiative, facet, value)`` of every tie between an initiative and a word or a town: one query."""
    ids = found.order_by().values("pk")
    parts = [
        getattr(Initiative, name)
        .through.objects.filter(initiative__in=ids, directoryterm__kind=kind)
        .annotate(facet=Value(kind, CharField()), value=F("directoryterm__code"))
        .values_list("initiative_id", "facet", "value")
        for kind, name in FIELD_OF.items()
    ]
    towns = (
        Initiative.municipalities.through.objects.filter(initiative__in=ids)
        .annotate(facet=Value("municipality", CharField()), value=Cast("municipality_id", CharField()))
        .values_list("initiative_id", "facet", "value")
    )
    return towns.union(*parts, all=True)


def _relevance(row, wanted):
    """Words in the name count most, whole words more than parts; the rest is found somewhere in the text."""
    title, other = words_of(row.title), words_of(row.other_names)
    points = 0
    for word in wanted:
        if word in title:
            points += 8
        elif any(word in part for part in title):
            points += 5
        elif any(word in part for part in other):
            points += 3
    return points + 4 * (wanted == title)
