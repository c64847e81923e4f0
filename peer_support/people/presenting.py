"""People in words: a value as a sentence says it, what is missing, and the one next step."""

from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import rules
from .bookings import open_booking
from .models import Citizen
from .queries import has_open_match

_step_rules = []
_section_rules = []


def register_next_step(rule):
    """Let another room say what comes next with somebody who is on the waiting list or approved.

    ``rule(person, user)`` returns a :class:`NextStep` with its ``address``, or ``None``. Registering the same
    function twice counts once.
    """
    if rule not in _step_rules:
        _step_rules.append(rule)
    return rule


def register_section(rule):
    """Let another room show something on a person's page.

    ``rule(person, user)`` returns ``(template, context)``, or ``None``; it writes its own access log. Registering the
    same function twice counts once.
    """
    if rule not in _section_rules:
        _section_rules.append(rule)
    return rule


def sections(person, user):
    """Return ``[(template, context), …]`` of what other rooms show on the page of ``person``."""
    found = (rule(person, user) for rule in _section_rules)
    return [section for section in found if section is not None]


def in_words(obj, name, value):
    """Return ``value`` of the field ``name`` of ``obj`` as a reader sees it."""
    field = obj._meta.get_field(name)
    if isinstance(value, (list, tuple, QuerySet)):
        return ", ".join(str(item) for item in value if isinstance(item, Model)) or _("nothing")
    if getattr(field, "flags", None):
        return ", ".join(str(label) for label in field.names(value)) or _("nothing")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if value in (None, ""):
        return _("nothing")
    return date_format(value) if hasattr(value, "isoformat") else str(value)


@dataclass(frozen=True)
class NextStep:
    """A button of a person's page, and the line beside it.

    ``screen`` names a view of this room; a step of another room has an ``address`` instead.
    """

    label: str
    line: str
    screen: str = ""
    post: bool = False
    address: str = ""


def next_steps(person, user):
    """Return what can come next with ``person``: the primary step, and after it those that are quieter.

    With somebody who is left alone nothing comes next.
    """
    if not rules.may_change(person):
        return []
    own = _own_step(person)
    if person.status == "enquiry" and not person.is_paused():
        return [own, *_booking_step(person)]
    if person.status not in ("waiting", "approved") or person.is_paused():
        return [own]
    others = (rule(person, user) for rule in _step_rules)
    return [*[step for step in others if step is not None][:1], own]


def _booking_step(person):
    """To agree on a day for the conversation, where none is agreed on."""
    decision = rules.may_book(person)
    if decision and open_booking(person) is None:
        yield NextStep(_("Book a conversation"), decision.reason, "book")


def _own_step(person):
    is_citizen = isinstance(person, Citizen)
    if person.status == "ended":
        return NextStep(
            _("Welcome back"), _("You begin with a conversation. The earlier answers are here."), "back", True
        )
    if person.is_paused():
        decision = rules.may_resume(person)
        if decision:
            return NextStep(_("End the pause"), decision.reason, "resume", True)
        return NextStep(_("Write down a conversation"), decision.reason, "conversation")
    if person.status == "enquiry":
        return NextStep(_("Begin the conversation"), rules.may_hold(person).reason, "conversation")
    if person.status == "conversation":
        decision = rules.may_finish(person)
        label = _("Put on the waiting list") if is_citizen else _("Approve")
        if decision:
            return NextStep(label, decision.reason, "finish", True)
        return NextStep(_("Go on with the conversation"), decision.reason, "conversation")
    return NextStep(
        _("Write down a conversation"), _("How are things going? What has changed?"), "conversation"
    )


def status_text(person):
    """Return the status in words. A citizen on the list who has a match or a proposal does not wait for one."""
    if person.status == Citizen.Status.WAITING and has_open_match(person):
        return _("has a match or a proposal")
    return str(person.get_status_display())


def waiting_text(citizen, day=None):
    """Return how long a citizen has waited, in days, or an empty text for one who does not wait."""
    if citizen.status != Citizen.Status.WAITING or not citizen.waiting_since or has_open_match(citizen):
        return ""
    days = citizen.days_waiting(day)
    return ngettext("waits %(days)d day", "waits %(days)d days", days) % {"days": days}


def missing_text(person):
    """Return what to ask about so that the person can be matched well, or an empty text."""
    missing = rules.missing_for_a_match(person) if person.status != "ended" else []
    return _("ask about %(things)s") % {"things": ", ".join(missing)} if missing else ""


def pause_text(person, day=None):
    """Return a line about a pause that holds or is to come, or an empty text."""
    if not person.paused_from:
        return ""
    day = day or timezone.localdate()
    values = {
        "start": date_format(person.paused_from, "SHORT_DATE_FORMAT"),
        "end": date_format(person.paused_until, "SHORT_DATE_FORMAT") if person.paused_until else "",
    }
    if person.paused_until and person.paused_until < day:
        return _("The pause is over since %(end)s") % values
    if person.paused_from > day:
        return _("A pause begins %(start)s") % values
    return (
        _("On pause until and including %(end)s") % values
        if person.paused_until
        else _("On pause until further notice")
    )


def range_text(low, high):
    """Return "1–2", "from 1", "up to 2", or an empty text for two unknowns. Whole numbers lose their decimals."""
    values = {"low": _plain(low), "high": _plain(high)}
    if low is None and high is None:
        return ""
    if high is None:
        return _("from %(low)s") % values
    if low is None:
        return _("up to %(high)s") % values
    return values["low"] if low == high else _("%(low)s–%(high)s") % values


def _plain(number):
    if number is None:
        return ""
    return number_format(int(number) if number == int(number) else number)


def places_text(free, capacity):
    """Return how many of a volunteer's places are free, in words."""
    return ngettext("%(free)d of %(all)d place", "%(free)d of %(all)d places", capacity) % {
        "free": free,
        "all": capacity,
    }
