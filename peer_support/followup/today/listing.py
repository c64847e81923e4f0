"""Put together what the sources say: overdue first, then today, then soon; what was put off stands apart."""

import logging
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...access.scopes import current_initiative_ids
from ...people.standing import left_alone_behind
from .models import PutOff
from .registry import GROUPS, WAITING, Line, sources
from .registry import SOON as SOON_GROUP

logger = logging.getLogger(__name__)
OVERDUE, TODAY, SOON = "overdue", "today", "soon"
_URGENCY = (OVERDUE, TODAY, SOON)


@dataclass(frozen=True)
class Item:
    """A line as the screen shows it: how pressing it is, for when in words, and whether somebody put it off."""

    line: Line
    urgency: str
    when: str
    initiative_id: int | None
    put_off: PutOff | None = None

    @property
    def digest(self):
        return self.line.digest

    @property
    def kind_title(self):
        return str(GROUPS[self.line.kind])


@dataclass(frozen=True)
class Group:
    code: str
    title: str
    items: list


@dataclass(frozen=True)
class TodayList:
    """The list of one day. ``unread`` names the sources that could not be asked: what is missing is said."""

    day: date
    groups: list
    put_off: list
    unread: list = field(default_factory=list)

    @property
    def items(self):
        return [item for group in self.groups for item in group.items]

    @property
    def to_do(self):
        """The items that wait for somebody to do something; those who merely wait are counted elsewhere."""
        return [item for item in self.items if item.line.kind != WAITING]

    @property
    def overdue(self):
        return sum(item.urgency == OVERDUE for item in self.items)


def urgency_of(line, day):
    """Return "overdue", "today" or "soon". What has no day of its own is for today, and in the group "soon" it is soon."""
    if line.due is None:
        return SOON if line.kind == SOON_GROUP else TODAY
    if line.due == day:
        return TODAY
    return OVERDUE if line.due < day else SOON


def order_of(item):
    """Return the key that lines of a group are sorted by: overdue (the longest first), today, soon; then their own order."""
    line = item.line
    day = line.due if item.urgency == OVERDUE else date.min
    return (_URGENCY.index(item.urgency), day, line.order, line.due or date.max, line.sentence)


def when_words(due, day):
    """Return for when something is, as one says it: "today", "3 days ago", "in 5 days"; nothing where it has no day."""
    if due is None:
        return ""
    if due == day:
        return _("today")
    days = (due - day).days
    if days == -1:
        return _("yesterday")
    if days == 1:
        return _("tomorrow")
    if abs(days) > 60:
        return date_format(due, "SHORT_DATE_FORMAT")
    if days < 0:
        return ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}


def ask_sources(day):
    """Return ``(lines, titles of the sources that failed)``. One that fails is said on the screen, never hidden."""
    lines, unread = [], []
    for source in sources():
        try:
            lines += [line for line in source.function(day) if _may_be_shown(line)]
        except Exception:
            logger.exception("Today's list: the source %s failed", source.code)
            unread.append(str(source.title))
    return lines, unread


def _may_be_shown(line):
    """Nobody is reminded of somebody who is left alone, whichever room asks for it, except of the stop itself.

    A stop that nobody may be reminded of would keep the record for ever. That line is for colleagues alone: it says how
    long the record has been left alone, and leads to the page on which it is erased, held or used again.
    """
    return line.of_the_stop or not any(left_alone_behind(record) for record in line.people)


def todays_list(day=None, *, until=None):
    """Return the :class:`TodayList` of the open scope for ``day`` (default: today), in a constant number of queries.

    ``until`` asks for what comes up to a later day, with what was put off in its place: the list one hands over.
    """
    day = day or timezone.localdate()
    if not current_initiative_ids():
        return TodayList(day, [], [])
    lines, unread = ask_sources(until or day)
    held = {} if until else put_off_on(day)
    only = _only_initiative()
    items, apart = [], []
    for line in lines:
        initiative_id = line.initiative_id or only
        kept = held.get((initiative_id, line.digest))
        item = Item(line, urgency_of(line, day), when_words(line.due, day), initiative_id, kept)
        (apart if kept else items).append(item)
    groups = [
        Group(code, str(title), sorted((i for i in items if i.line.kind == code), key=order_of))
        for code, title in GROUPS.items()
    ]
    apart.sort(key=lambda item: (item.put_off.until, *order_of(item)))
    return TodayList(day, [group for group in groups if group.items], apart, unread)


def put_off_on(day):
    """Return ``{(initiative id, digest): PutOff}`` of what is not to be shown on ``day``."""
    rows = PutOff.objects.filter(until__gt=day).select_related("user")
    return {(row.initiative_id, row.digest): row for row in rows}


def _only_initiative():
    """Return the initiative that lines which name none belong to: the only one in the scope."""
    ids = current_initiative_ids()
    return ids[0] if len(ids) == 1 else None
