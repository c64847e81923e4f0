"""Initiatives with what belongs to them, in few queries: words and towns from what was counted already.

What is held here is for reading. Such an initiative is never saved: its words are copies.
"""

from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast

from .models import DirectoryTerm, Initiative
from .public import danish_key, public_initiatives
from .public_filters import FIELD_OF

TOWN = "municipality"
PARTS = ("links", "partners", "sections")


def hold(initiative, lists):
    """Give ``initiative`` its related rows, ``{relation: rows}``, in the place where modelcluster looks first."""
    initiative.__dict__.setdefault("_cluster_related_objects", {}).update(lists)


def chosen_entries(directory, limit, parts=PARTS):
    """Return the initiatives of a selection in its order, at most ``limit``. Parts that are not named are empty."""
    rows = directory.ordered[:limit]
    stored = Initiative.objects.filter(pk__in=[row.pk for row in rows]).defer("search_text")
    stored = stored.prefetch_related(*parts).in_bulk()
    tables, found = directory.tables, []
    for row in rows:
        if (initiative := stored.get(row.pk)) is None:
            continue
        words = {
            FIELD_OF[kind]: [
                DirectoryTerm(kind=kind, code=c, name=n) for c, n in names.items() if c in row.values[kind]
            ]
            for kind, names in tables.terms.items()
        }
        towns = [town for code, town in tables.municipalities.items() if code in row.towns]
        hold(
            initiative,
            {**words, "municipalities": towns, **{part: [] for part in PARTS if part not in parts}},
        )
        found.append(initiative)
    return found


def public_initiative(pk, locale_id, tables=None):
    """Return the published initiative with ``pk`` in a language, or ``None``; with ``tables``, all that belongs to it."""
    if not 0 < pk < 2**63:
        return None
    rows = public_initiatives(locale_id).defer("search_text")
    initiative = rows.prefetch_related(*PARTS if tables else ()).filter(pk=pk).first()
    if initiative is None or tables is None:
        return initiative
    lists = {name: [] for name in (*FIELD_OF.values(), "municipalities")}
    for kind, name, __ in sorted(_words_of(pk), key=lambda found: (found[2], found[1])):
        if kind == TOWN:
            lists["municipalities"].append(tables.municipalities[name])
        else:
            lists[FIELD_OF[kind]].append(DirectoryTerm(kind=kind, name=name))
    lists["municipalities"].sort(key=lambda town: danish_key(town.name))
    hold(initiative, lists)
    return initiative


def _words_of(pk):
    """Return ``(kind, name or code, order)`` of an initiative's words and towns: one query for all of them."""
    words = (
        getattr(Initiative, name)
        .through.objects.filter(initiative=pk, directoryterm__kind=kind)
        .annotate(
            kind=Value(kind, CharField()), name=F("directoryterm__name"), place=F("directoryterm__order")
        )
        .values_list("kind", "name", "place")
        for kind, name in FIELD_OF.items()
    )
    towns = (
        Initiative.municipalities.through.objects.filter(initiative=pk)
        .annotate(
            kind=Value(TOWN, CharField()),
            name=Cast("municipality_id", CharField()),
            place=Value(0, IntegerField()),
        )
        .values_list("kind", "name", "place")
    )
    return towns.union(*words, all=True)
