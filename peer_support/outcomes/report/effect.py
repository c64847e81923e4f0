"""Whether it helps, as far as the answers go: means of those who answered both times, where they are enough.

Hidden as the other numbers are, for the house and every initiative together: a mean of twelve people and one of nine of
them give away the mean of the other three.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from ...access.scopes import scope_of
from ..instruments.change import paired
from ..instruments.presenting import group_of
from ..instruments.registry import instruments
from ..numbers.registry import ALL
from ..questionnaires.series import Asked, by_initiative
from .suppression import Cell, Sum, hidden_cells

ASKED = ("asked", "answered", "missing", "declined")
CHANGES = ("better", "unchanged", "worse")


@dataclass(frozen=True)
class Effect:
    """One instrument: its picture (see :class:`~..instruments.presenting.GroupPicture`), and what came of the
    questionnaires, as ``(label, how many or None where it is hidden)``."""

    instrument: object
    picture: object
    asked: tuple


def effect_of(year, initiative, ids):
    """Return ``[Effect, …]`` of ``year`` for every instrument that somebody was asked with; ``ids``: all of the house."""
    found = []
    row = initiative.pk if initiative else ALL
    with scope_of(*ids):
        for code, instrument in instruments().items():
            if not instrument.is_counted:
                continue
            apart = by_initiative(
                initiative_ids=ids, instrument=code, since=date(year, 1, 1), until=date(year, 12, 31)
            )
            groups = {ALL: _together(apart.values()), **apart}
            if row in groups and groups[row][1].asked:
                found.append(_effect(instrument, groups, row))
    return found


def _together(groups):
    pairs, counts = [], dict.fromkeys(ASKED, 0)
    for some, asked in groups:
        pairs += some
        for name in ASKED:
            counts[name] += getattr(asked, name)
    return sorted(pairs), Asked(**counts)


def hidden_of(instrument, groups):
    """Return the keys ``(what, initiative or ALL)`` of what may not be told of ``{initiative or ALL: (pairs, Asked)}``.

    The mean comes first: where telling how many got better would cost the mean of somebody, it is told of nobody.
    """
    cells, sums = {}, []
    changes, parts = {}, []
    for key, (pairs, asked) in groups.items():
        summary = paired(instrument, pairs)
        cells["n", key] = Cell(summary.n)
        cells |= {(name, key): Cell(getattr(asked, name)) for name in ASKED}
        sums.append(Sum(("asked", key), tuple((name, key) for name in ASKED[1:])))
        if summary.better is not None:
            counts = {name: getattr(summary, name) for name in CHANGES}
            # Where all went the same way, it is told of every single one.
            same = summary.n in counts.values()
            changes |= {(name, key): Cell(value, zero_tells=same) for name, value in counts.items()}
            parts.append(Sum(("n", key), tuple((name, key) for name in CHANGES)))
    for found, names in ((sums, ("n", *ASKED)), (parts, CHANGES)):
        found += [Sum((what, ALL), tuple((what, key) for key in groups if key != ALL)) for what in names]
    without = hidden_cells(cells, sums)
    together = hidden_cells(cells | changes, sums + parts)
    costs_a_mean = any(key[0] == "n" and key not in without for key in together)
    return without | changes.keys() if costs_a_mean else together


def _effect(instrument, groups, row):
    hidden = hidden_of(instrument, groups)
    pairs, asked = groups[row]
    if ("n", row) in hidden and len(pairs) >= 5:
        picture = replace(
            group_of(instrument, []),
            sentence=_(
                "The numbers are hidden: with them, the numbers of a group of fewer than five could be worked out."
            ),
        )
    else:
        picture = group_of(instrument, pairs)
    if picture.counts and any((name, row) in hidden for name in CHANGES):
        picture = replace(
            picture,
            counts=(),
            counts_note=_(
                "How many got better, worse or neither is hidden, because one of the numbers is small."
            ),
        )
    labels = (_("In all"), _("Answered"), _("Not answered"), _("Would rather not"))
    told = tuple(
        (label, None if (name, row) in hidden else getattr(asked, name))
        for name, label in zip(ASKED, labels, strict=True)
    )
    return Effect(instrument, picture, told)
