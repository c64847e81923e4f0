"""Initiatives with what belongs to them, in few queries: words and towns from what was counted already.

What is held here is for reading. Such an initiative is never saved: its words are copies.
"""

from django.db.models import CharField, F, Value

from .models import DirectoryTerm, Initiative
from .public import public_initiatives
from .public_filters import FIELD_OF

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


def public_initiative(pk, locale_id):
    """Return the published initiative with ``pk`` in a language and all that its page shows, or ``None``."""
    if not 0 < pk < 2**63:
        return None
    rows = public_initiatives(locale_id).defer("search_text").prefetch_related("municipalities", *PARTS)
    if (initiative := rows.filter(pk=pk).first()) is None:
        return None
    words = {name: [] for name in FIELD_OF.values()}
    for kind, name, __ in sorted(_words_of(pk), key=lambda found: (found[2], found[1])):
        words[FIELD_OF[kind]].append(DirectoryTerm(kind=kind, name=name))
    hold(initiative, words)
    return initiative


def _words_of(pk):
    """Return ``(kind, name, order)`` of an initiative's words: one query for the four kinds."""
    first, *rest = (
        getattr(Initiative, name)
        .through.objects.filter(initiative=pk, directoryterm__kind=kind)
        .annotate(
            kind=Value(kind, CharField()), name=F("directoryterm__name"), place=F("directoryterm__order")
        )
        .values_list("kind", "name", "place")
        for kind, name in FIELD_OF.items()
    )
    return first.union(*rest, all=True)
