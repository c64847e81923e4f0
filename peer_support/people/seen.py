"""Who can see a person's record, and who has looked: for the person, in plain words, and without a colleague's name.

A log of who looked belongs to what a person may ask for: when, what and for which purpose; a colleague's name normally
not (Court of Justice, C-579/21; Datatilsynet 2024-32-0283). Rooms above add whom they show something to with
:func:`register_sight`.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..access.attempts import ELSEWHERE
from ..access.models import Assignment
from ..access.scopes import WORKS_WITH_PEOPLE
from ..privacy.models import AccessLogEntry
from ..privacy.registry import tables
from ..privacy.subject_export import register_export_part

Action = AccessLogEntry.Action
Role = Assignment.Role
BY_LINK = "peer_support:"
# The route of a link tells whose it is.
OWN = "own"
COLLEAGUE = "colleague"

_NAMES = {
    Role.COORDINATOR: gettext_lazy("a coordinator"),
    Role.DEPUTY: gettext_lazy("a deputy"),
    COLLEAGUE: gettext_lazy("a colleague who has left or changed tasks"),
}
_DEEDS = {
    Action.READ: gettext_lazy("%(who)s opened your data"),
    Action.SEARCH: gettext_lazy("%(who)s found you by searching"),
    Action.EXPORT: gettext_lazy("%(who)s took your data out as a file"),
    Action.CREATE: gettext_lazy("%(who)s wrote something new about you"),
    Action.CHANGE: gettext_lazy("%(who)s changed something about you"),
    Action.ERASE: gettext_lazy("%(who)s deleted something about you"),
    Action.REFUSED: gettext_lazy("somebody who may not tried to open your data, and was refused"),
}
_OWN_DEEDS = {
    Action.READ: gettext_lazy("you opened your own page"),
    Action.EXPORT: gettext_lazy("you saw everything that is kept"),
    Action.CHANGE: gettext_lazy("you changed something yourself"),
}
PEOPLE = ("peer_support.citizen", "peer_support.volunteer")
_sights = []


def register_sight(function):
    """Let a room tell whom it shows a person to: ``function(person) -> [(who, what they see), …]``, in the open scope."""
    if function not in _sights:
        _sights.append(function)
    return function


def who_can_see(person):
    """Return ``[(who, what they see)]``: first who sees all, then who sees a little, then who sees nothing."""
    rows = Assignment.objects.current().filter(initiative=person.initiative_id, user__is_active=True)
    roles = list(rows.values_list("role", flat=True))
    coordinators, deputies = roles.count(Role.COORDINATOR), roles.count(Role.DEPUTY)
    everything = _("All that stands here. They need it to find the right one for you, and to help.")
    found = []
    if coordinators:
        text = ngettext("%(count)d coordinator", "%(count)d coordinators", coordinators)
        found.append((text % {"count": coordinators}, everything))
    if deputies:
        text = ngettext("%(count)d deputy", "%(count)d deputies", deputies)
        found.append(
            (text % {"count": deputies}, _("The same, so that somebody is there when a coordinator is away."))
        )
    if not found:
        found.append((_("Nobody just now"), _("There is no coordinator at the moment.")))
    found += [row for function in _sights for row in function(person)]
    if Role.OFFICER in roles:
        text = _(
            "Your number, and when somebody has looked. Not your name. They see to it that we look no more than we need."
        )
        found.append((_("The data officer"), text))
    nobody = _("The leader, those who write the website, other places, and everybody else.")
    return [*found, (_("Those who can not see you"), nobody)]


@dataclass(frozen=True)
class Look:
    """What somebody did on one day: ``count`` says how many of the same."""

    day: date
    action: str
    who: str
    count: int

    @property
    def sentence(self):
        """Return it in words: "a coordinator opened your data"."""
        if self.who == OWN:
            return str(_OWN_DEEDS.get(self.action, _OWN_DEEDS[Action.READ]))
        return str(_DEEDS[self.action]) % {"who": _NAMES[self.who]}


def looks_at(person):
    """Return ``(looks, lists)``, newest first: each :class:`Look`, and ``[(month, days)]`` of standing in a list.

    It covers the person's own record and all that is about them. What happened behind a link counts where it was the
    person's own; jobs at night look at nobody.
    """
    rows = _rows_about(person)
    roles = _roles(person, {number for number, *__ in rows if number is not None})
    found, days = defaultdict(int), set()
    for number, action, label, route, at in rows:
        day = localdate(at)
        if action == Action.LIST:
            if number is not None:
                days.add(day)
            continue
        who = _who(person, roles, number, action, label, route)
        if who:
            found[day, action, who] += 1
    order = list(Action)
    looks = [Look(day, action, who, count) for (day, action, who), count in found.items()]
    looks.sort(key=lambda look: (-look.day.toordinal(), order.index(look.action), str(look.who)))
    months = Counter(day.replace(day=1) for day in days)
    return looks, sorted(months.items(), reverse=True)


def _who(person, roles, number, action, label, route):
    """Return the role in which somebody looked; nothing for what is no look at the person."""
    if number is None:
        return OWN if route.startswith(BY_LINK) and label == person._meta.label_lower else ""
    if action == Action.REFUSED:
        return COLLEAGUE if route.endswith(f":{ELSEWHERE}") else ""
    return roles.get(number, COLLEAGUE)


def records_about(person):
    """Yield ``(kind of record, query of keys)`` of what the log may tell about ``person``: their own record, and all
    that is about them."""
    yield person._meta.label_lower, [person.pk]
    for table in tables():
        # Links and mails are looked at with what they are about, which is here already.
        names = {column.name for column in table.model._meta.concrete_fields}
        if table.model is type(person) or "target_model" in names or not (table.paths or table.rows):
            continue
        yield table.model._meta.label_lower, table.rows_of(person).order_by().values("pk")


def _rows_about(person):
    """Return ``[(account, what, kind of record, route, when)]`` of the log about ``person``, in one query."""
    wanted = Q()
    for label, keys in records_about(person):
        wanted |= Q(model=label, object_id__in=keys)
    log = AccessLogEntry.objects.filter(wanted).order_by()
    return list(log.values_list("user_number", "action", "model", "route", "at"))


def _roles(person, numbers):
    rows = Assignment.objects.filter(
        user__in=numbers, initiative=person.initiative_id, role__in=WORKS_WITH_PEOPLE
    )
    return dict(rows.values_list("user_id", "role"))


def days_in_words(looks):
    """Return ``[(day in words, sentence)]`` of ``looks``, one line a day."""
    by_day = defaultdict(list)
    for look in looks:
        by_day[look.day].append(look.sentence)
    lines = []
    for day, sentences in by_day.items():
        *first, last = sentences
        text = _("%(first)s, and %(last)s") % {"first": ", ".join(first), "last": last} if first else last
        lines.append((date_format(day, "j. F Y"), f"{text[:1].upper()}{text[1:]}."))
    return lines


def lists_in_words(lists):
    """Return ``[(month in words, sentence)]`` of when the person stood in a list that a colleague saw."""
    lines = []
    for month, days in lists:
        text = ngettext(
            "You stood in a list that a colleague saw on %(count)d day.",
            "You stood in a list that a colleague saw on %(count)d days.",
            days,
        )
        lines.append((date_format(month, "F Y"), text % {"count": days}))
    return lines


def for_export(person):
    """Return the same for a machine: who can see, and each look with its day and role; no colleague's name or number."""
    looks, lists = looks_at(person)
    return {
        "who_can_see": [{"who": who, "what": what} for who, what in who_can_see(person)],
        "access_log": [
            {
                "day": look.day.isoformat(),
                "what": {"code": str(look.action), "text": look.sentence},
                "role": str(look.who),
                "times": look.count,
            }
            for look in looks
        ],
        "lists": [{"month": month.strftime("%Y-%m"), "days": days} for month, days in lists],
    }


@register_export_part
def _export_part(subject):
    """Put it into the file that a person may take along."""
    return for_export(subject) if subject._meta.label_lower in PEOPLE else {}
