"""Whose record is left alone: kept, and used for nothing, until the person says otherwise.

Two things lead here. A **stop** (GDPR art. 18, restriction of processing): the person, or the coordinator for them, presses
one button; no reason is asked, and one press lifts it. And a **yes that was taken back** for one purpose (art. 7(3)). A
pause is something else: it says "not now" to a match, and we still ring and write.

Whoever reads people in order to do something with them asks here first: with the condition :func:`usable` in a query, or
with :func:`is_left_alone` on a row. Both hold from the moment the row is written; nothing is cached.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Model, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..access.decisions import Decision, NotAllowed
from .contact import with_same_contact
from .models import Citizen, Volunteer

MATCH, COURSE = "match", "course"
_COLUMNS = {MATCH: ("restricted_on", "match_stopped_on"), COURSE: ("restricted_on", "course_stopped_on")}
_allowed = ContextVar("peer_support_may_change_what_is_left_alone", default=False)


def usable(purpose, prefix=""):
    """Return the condition that a person may be used for ``purpose``; ``prefix`` leads to the person ("citizen__")."""
    return Q(**{f"{prefix}{name}": None for name in _COLUMNS[purpose]})


def usable_both(purpose):
    """Return the condition that both of a pair, or the one a row names, may be used for ``purpose``."""
    return usable(purpose, "citizen__") & usable(purpose, "volunteer__")


def stopped():
    """Return the condition that a person has asked for the record to be left alone."""
    return Q(restricted_on__isnull=False)


def is_left_alone(person, purpose=MATCH):
    """Whether ``person`` is to be left alone where it is about ``purpose``."""
    return any(getattr(person, name) is not None for name in _COLUMNS[purpose])


def people_behind(record):
    """Return the citizens and volunteers that ``record`` is about: itself, its own, or those of its match or enrolment."""
    if isinstance(record, Citizen | Volunteer):
        return [record]
    found = [_related(record, "citizen", Citizen), _related(record, "volunteer", Volunteer)]
    found = [person for person in found if person is not None]
    for name in ("match", "enrolment", "paper", "pause"):
        other = _related(record, name, Model)
        if not found and other is not None:
            return people_behind(other)
    return found


def _related(record, name, kind):
    """Return the record that the field ``name`` points at; ``None`` where there is no such field, or nothing in it."""
    found = getattr(record, name, None)
    return found if isinstance(found, kind) else None


def purpose_of(model):
    """Return what a record of ``model`` is about: courses for what the room of courses keeps, else a match."""
    return COURSE if ".courses." in f"{model.__module__}." else MATCH


def left_alone_behind(record):
    """Return the first person behind ``record`` who is left alone in what it is about, or ``None``."""
    purpose = purpose_of(type(record))
    return next((person for person in people_behind(record) if is_left_alone(person, purpose)), None)


def may_be_used(person, purpose=MATCH):
    """Whether something may be done with the record, as a :class:`Decision` with a sentence."""
    if person.restricted_on is not None:
        return Decision.no(
            "restricted",
            _("%(person)s has asked us to leave the record alone. It is kept, and used for nothing.")
            % {"person": person},
        )
    if is_left_alone(person, purpose):
        return Decision.no(
            "taken_back",
            _("%(person)s has taken the yes back, so nothing is proposed or offered.") % {"person": person},
        )
    return Decision.yes()


def not_to_be_written_to(addresses, initiative_id, purpose=MATCH):
    """Return those of the e-mail ``addresses`` that belong to somebody of the initiative who is left alone."""
    found = set()
    for address in addresses:
        for model in (Citizen, Volunteer):
            people = with_same_contact(model.objects.filter(initiative_id=initiative_id), "", address)
            if people.exclude(usable(purpose)).exists():
                found.add(address)
    return found


def stop_text(person):
    """Return the line that stands on the page of somebody who is left alone, or an empty text."""
    if person.restricted_on is None:
        return ""
    return _(
        "Left alone since %(day)s. The record is kept, and used for nothing: no proposals, no mails, no reminders, no "
        "lists. It cannot be changed before the stop is lifted."
    ) % {"day": date_format(person.restricted_on, "SHORT_DATE_FORMAT")}


# Changes


@contextmanager
def changes_allowed():
    """Let the block change what is left alone: to lift the stop, to take a yes back, and to erase."""
    token = _allowed.set(True)
    try:
        yield
    finally:
        _allowed.reset(token)


def changes_are_allowed():
    """Whether the code runs inside :func:`changes_allowed`."""
    return _allowed.get()


# What may be written about somebody who has stopped us: that they did, and what they say yes or no to.
_FREE = {"ownchange", "correction", "consent", "legalhold", "stillherequestion", "personstep"}
# A course goes on for the others: that it was called off is written on every place. The rules of the courses stop what is
# about one person alone.
_FREE |= {"enrolment", "enrolmentevent", "attendance"}


def refuse_change(sender, instance, raw=False, **kwargs):
    """A receiver of ``pre_save``: no row about somebody with a stop is written, by whatever service.

    The rules of the rooms say it earlier and in their own words; this is the net under them. Raises ``NotAllowed``.
    """
    if raw or _allowed.get() or sender._meta.model_name in _FREE:
        return
    for person in _stored(sender, instance):
        if person is not None and person.restricted_on is not None:
            raise NotAllowed(may_be_used(person))


def _stored(sender, instance):
    if sender in (Citizen, Volunteer):
        return (
            [sender._base_manager.only("number", "restricted_on").filter(pk=instance.pk).first()]
            if (instance.pk and not instance._state.adding)
            else []
        )
    names = {found.name for found in sender._meta.concrete_fields}
    if not names & {"citizen", "volunteer", "match", "enrolment"}:
        return []
    return people_behind(instance)
