"""Erase a person: what is asked first, and what a coordinator is told."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..access.decisions import Decision, NotAllowed
from ..privacy import erasure
from . import bookings, holds, rules, steps
from .standing import changes_allowed


def may_erase(person):
    """Whether the person can be erased: nothing of theirs may be open, with us or in another room."""
    if not (free := holds.may_be_erased(person)):
        return free
    if person.status == "ended":
        return Decision.yes()
    # A stop keeps the record from being used, not from being erased.
    with_rooms = rules.may_end(person, stopped_too=True)
    return Decision.yes() if with_rooms else with_rooms


def erase_person(*, person, user, route="", why="asked"):
    """Erase the person for good. Raises ``NotAllowed`` while a match or a course holds on to them."""
    with transaction.atomic():
        fresh = type(person).objects.select_for_update().get(pk=person.pk)
        decision = may_erase(fresh)
        if not decision:
            raise NotAllowed(decision)
        if fresh.status != "ended":
            fresh.status, fresh.ended_on = "ended", timezone.localdate()
            with changes_allowed():
                fresh.save(update_fields=["status", "ended_on", "updated_at"])
                bookings.call_off(fresh, user, route)
                steps.note_step(fresh, user, "people.erase")
        return erasure.erase(subject=fresh, user=user, route=route, why=why)


def what_goes(person):
    """Return what an erasure takes out and what it leaves, as sentences."""
    done = erasure.plan(person)
    parts = [f"{capfirst(str(title))}: {count}" for title, count in {**done.emptied, **done.deleted}.items()]
    return " ".join(
        [
            _(
                "Name, contact, wishes and every word about the person go, here and in what belongs to the person."
            ),
            _("Records: %(list)s.") % {"list": ", ".join(parts)},
            _(
                "What stays says only that something happened and when, without a name, for the year's numbers."
            ),
        ]
    )
