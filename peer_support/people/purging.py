"""What the next purges take, in numbers and case numbers, for a screen: a dry run that looks ahead."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ..privacy import retention
from ..privacy.retention import Rule
from .erasing import may_erase
from .models import Citizen, Volunteer
from .retention import taken_back
from .standing import people_behind

__all__ = ["Forecast", "When", "forecast", "people_behind", "what_holds_on"]
# How many case numbers are shown of each; the number itself is always whole.
SHOWN = 50


@dataclass(frozen=True)
class When:
    """Some of the rows that go at the same time: ``records`` (at most :data:`SHOWN`) of ``count``."""

    label: str
    records: list
    count: int


@dataclass(frozen=True)
class Forecast:
    """One rule: ``lines`` of what goes when, and the records that are ``held`` back."""

    rule: Rule
    lines: list
    held: list

    @property
    def count(self):
        """How many go with the next purge."""
        return self.lines[0].count if self.lines else 0


def _steps():
    return (
        (0, _("with the next purge, tonight")),
        (7, _("within a week")),
        (30, _("within a month")),
    )


def forecast(initiative, now=None):
    """Return a :class:`Forecast` per rule for ``initiative``, whose scope is open; nothing is changed."""
    now = now or timezone.now()
    steps = [(label, retention.plan(now=now + timedelta(days=days))) for days, label in _steps()]
    found = []
    for number, rule in enumerate(retention.rules().values()):
        rows = rule.due(now + timedelta(days=_steps()[-1][0]))
        rows = rows.filter(initiative=initiative)
        known, seen, lines = rows.in_bulk(), set(), []
        for label, plan in steps:
            keys = [pk for pk in plan[number].due if pk in known and pk not in seen]
            seen.update(keys)
            lines.append(When(label, [known[pk] for pk in keys[:SHOWN]], len(keys)))
        held = [known[pk] for pk in steps[0][1][number].held if pk in known]
        found.append(Forecast(rule, lines, held))
    return found


def what_holds_on(initiative, now=None):
    """Return ``[(person, sentence), …]`` of those who took their yes back and do not go, because something is open.

    No rule names them, and today's list leaves them alone; somebody has to end what is open.
    """
    # The site's own day: people write dates by it.
    tomorrow = timezone.localtime(now or timezone.now()) + timedelta(days=1)
    found = []
    for model in (Citizen, Volunteer):
        people = taken_back(model, tomorrow).filter(initiative=initiative)
        free = retention.not_needed(people, tomorrow).values("pk")
        for person in people.exclude(pk__in=free).order_by("pk"):
            decision = may_erase(person)
            found.append((person, _("Another part of the system needs it.") if decision else decision.reason))
    return found
