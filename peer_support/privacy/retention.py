"""How long what is kept: rules that rooms register, and one purge that carries them out.

There is no period in the law. What nobody can give a reason for keeping is deleted (GDPR art. 5(1)(e); Datatilsynet's
guidance for small associations, step 3), so each rule says why it waits. A centre may set other months with
``PEER_SUPPORT["RETENTION_MONTHS"]``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ..conf import peer_settings
from .holds import held_among

DAYS_A_MONTH = 30.44
_rules = {}
_reasons = {}


@dataclass(frozen=True)
class Rule:
    """What is purged: ``find(before)`` returns the rows whose clock ran out before that moment; ``act(row)`` purges one
    and returns ``False`` where it may not. ``name(row)`` says which row it is, with a number and no words about anybody."""

    code: str
    label: object
    months: int
    why: object
    find: Callable
    act: Callable
    name: Callable = str

    @property
    def months_now(self):
        """The months that hold on this site."""
        return peer_settings.RETENTION_MONTHS.get(self.code, self.months)

    def due(self, now):
        """Return the rows that are due at ``now``.

        ``find`` gets a moment of the site's own time zone: rules compare its date with dates that people wrote.
        """
        return self.find(timezone.localtime(now - timedelta(days=self.months_now * DAYS_A_MONTH)))

    def day_for(self, since):
        """Return the day on which something whose clock began on the day ``since`` is due."""
        return since + timedelta(days=int(self.months_now * DAYS_A_MONTH) + 1)


def register_rule(code, *, label, months, why, find, act, name=str):
    """Register a rule of retention; the same code again replaces the first."""
    _rules[code] = Rule(code, label, months, why, find, act, name)
    return _rules[code]


def rules():
    """Return the registered rules, ``{code: Rule}``."""
    return dict(_rules)


def register_reason_to_keep(model_label, reason):
    """Let another room hold on to people: ``reason(people, before)`` returns a Q of those who are needed still.

    ``model_label`` is "peer_support.citizen" or "peer_support.volunteer".
    """
    reasons = _reasons.setdefault(model_label, [])
    if reason not in reasons:
        reasons.append(reason)
    return reason


def not_needed(people, before):
    """Return ``people`` without those whom a room holds on to."""
    for reason in _reasons.get(people.model._meta.label_lower, ()):
        people = people.exclude(reason(people, before))
    return people


@dataclass(frozen=True)
class Planned:
    """What a purge would do by one rule: the keys ``due``, and those that are due too and ``held`` back."""

    rule: Rule
    due: list
    held: list


def plan(*, now=None):
    """Return a :class:`Planned` per rule in the open scope, without doing anything: the same rows that :func:`purge` takes.

    Where two rules would do the same to a row, the first one does, and only it counts the row.
    """
    now = now or timezone.now()
    found, taken = [], {}
    for rule in _rules.values():
        rows = rule.due(now)
        done = taken.setdefault((rows.model, rule.act), set())
        keys = [pk for pk in rows.order_by("pk").values_list("pk", flat=True) if pk not in done]
        held = held_among(rows) if keys else set()
        due, kept = [pk for pk in keys if pk not in held], [pk for pk in keys if pk in held]
        done.update(due)
        found.append(Planned(rule, due, kept))
    return found


def purge(*, now=None, apply=False):
    """Carry out every rule in the open scope; returns ``{code: [pk, …]}``. Without ``apply`` it only looks.

    What is held back (:mod:`.holds`) is not among it; :func:`plan` names it.

    Each row is a transaction of its own and is looked at once more inside it, so that a purge can be stopped at any
    point and run again, and that somebody who has just been written to is left in peace.
    """
    now = now or timezone.now()
    done = {}
    for planned in plan(now=now):
        rule = planned.rule
        done[rule.code] = [pk for pk in planned.due if not apply or _purge_one(rule, pk, now)]
    return done


def _purge_one(rule, pk, now):
    with transaction.atomic():
        due = rule.due(now)
        due.model.objects.select_for_update().filter(pk=pk).first()
        row = due.filter(pk=pk).first()
        if row is None or held_among(due.filter(pk=pk)):
            return False
        return rule.act(row) is not False
