"""Whose list somebody sees: their own initiatives, and those they stand in for while nobody else is there.

An assignment says with whose people somebody may work; this says which of them are on the desk this morning. Nobody
gets to see more than their assignments give.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name

from ...access.models import Assignment
from ...access.scopes import WORKS_WITH_PEOPLE
from ...directory.models import Initiative

Role = Assignment.Role


@dataclass(frozen=True)
class Desk:
    """One initiative of the user. ``mine``: they coordinate it. ``colleagues``: its other coordinators, in words.

    ``on_top``: its lines are shown without being asked for.
    """

    initiative: Initiative
    mine: bool
    on_top: bool
    colleagues: tuple = ()
    someone_away: bool = False

    @property
    def words(self):
        return ", ".join(self.colleagues) or str(self.initiative)


def is_away(assignment, day):
    """Whether the colleague is away on ``day``."""
    return bool(assignment.away_from) and assignment.away_from <= day <= assignment.away_until


def stands_in(user, coordinators, day):
    """Whether a deputy has the list today: no coordinator is there, and nobody else was named to stand in."""
    here = [row for row in coordinators if not is_away(row, day)]
    named = {row.covered_by_id for row in coordinators if is_away(row, day) and row.covered_by_id}
    return not here and (not named or user.pk in named)


def desks_of(user, day=None):
    """Return the :class:`Desk` list of ``user`` on ``day``, their own first; one query."""
    day = day or timezone.localdate()
    own = Assignment.objects.current(day).filter(user=user, role__in=WORKS_WITH_PEOPLE)
    rows = (
        Assignment.objects.current(day)
        .filter(initiative__in=own.values("initiative"), role__in=WORKS_WITH_PEOPLE, user__is_active=True)
        .select_related("initiative", "user")
        .order_by("initiative__title", "initiative_id", "pk")
    )
    by_initiative = {}
    for row in rows:
        by_initiative.setdefault(row.initiative_id, []).append(row)
    desks = [_desk(user, rows, day) for rows in by_initiative.values()]
    return sorted(desks, key=lambda desk: not desk.mine)


def _desk(user, rows, day):
    own = next(row for row in rows if row.user_id == user.pk)
    mine = own.role == Role.COORDINATOR
    others = [row for row in rows if row.role == Role.COORDINATOR and row.user_id != user.pk]
    return Desk(
        initiative=own.initiative,
        mine=mine,
        on_top=mine or stands_in(user, others, day),
        colleagues=tuple(_colleague(row, day) for row in others),
        someone_away=any(is_away(row, day) for row in others),
    )


def _colleague(row, day):
    name = get_user_display_name(row.user)
    if not is_away(row, day):
        return name
    return _("%(name)s (away until %(day)s)") % {
        "name": name,
        "day": date_format(row.away_until, "j. F"),
    }


def shown_of(desks, colleagues="", initiative=""):
    """Return the desks to show. ``colleagues``: "1" with those of others, "0" without, "" those on top."""
    shown = [desk for desk in desks if desk.mine or (desk.on_top if colleagues == "" else colleagues == "1")]
    if initiative:
        return [desk for desk in desks if str(desk.initiative.pk) == initiative]
    # A deputy without anything of their own sees what they could stand in for, rather than nothing.
    return shown
