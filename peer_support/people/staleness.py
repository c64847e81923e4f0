"""A conversation grows old: wishes and times change while somebody waits. It is said early, and blocks nothing by itself.

``PEER_SUPPORT["CONVERSATION_MONTHS"]`` says after how many months (0: never); only where a centre sets
``CONVERSATION_MUST_BE_FRESH`` is a proposal refused until somebody has talked with the person again.
"""

import calendar
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..access.decisions import Decision
from ..conf import peer_settings
from . import standing
from .models import Citizen, Conversation, Volunteer
from .queries import with_open_matches

_READY = {Citizen: ("waiting", "waiting_since"), Volunteer: ("approved", "approved_on")}


@dataclass(frozen=True)
class Stale:
    """A person who waits, or is free to be proposed, and was last talked with on ``last_on``, too long ago.

    ``talked`` is whether a conversation is written down at all; without one ``last_on`` is the day they became ready.
    """

    person: object
    last_on: date
    talked: bool

    @property
    def sentence(self):
        """A line for a coordinator, without a name."""
        day = {"day": date_format(self.last_on, "SHORT_DATE_FORMAT")}
        if not self.talked:
            return (
                _("No conversation is written down since %(day)s. Wishes and times may have changed: ask.")
                % day
            )
        return _("The last conversation was on %(day)s. Wishes and times may have changed: ask.") % day


def months_before(day, months):
    """Return the same day ``months`` months earlier, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _ready(people):
    """Those who wait or are free, with ``talked_on`` (a day or ``None``) and ``fresh_from``."""
    status, since = _READY[people.model]
    people = people.filter(standing.usable(standing.MATCH))
    talks = Conversation.objects.filter(**{people.model._meta.model_name: OuterRef("pk")})
    last = Subquery(talks.order_by("-held_on").values("held_on")[:1])
    return (
        with_open_matches(people.filter(status=status))
        .filter(open_matches=0)
        .annotate(talked_on=last)
        .annotate(fresh_from=Coalesce("talked_on", since))
    )


def _stale(people, day):
    months = peer_settings.CONVERSATION_MONTHS
    if not months:
        return []
    rows = _ready(people).filter(fresh_from__lt=months_before(day, months)).order_by("fresh_from", "pk")
    return [Stale(person, person.fresh_from, person.talked_on is not None) for person in rows]


def stale_people_of(model, day):
    """Return the :class:`Stale` list of citizens or of volunteers; one query, in the open scope."""
    return _stale(model.objects.all(), day)


def stale_people(day):
    """Return a list of :class:`Stale`, those who were talked with longest ago first. Two queries, in the open scope."""
    found = [*stale_people_of(Citizen, day), *stale_people_of(Volunteer, day)]
    return sorted(found, key=lambda stale: (stale.last_on, stale.person.pk))


def stale_among(people, day=None):
    """Return ``{key: Stale}`` of those among the queryset or list ``people`` of one model; one query."""
    people = list(people)
    if not people:
        return {}
    model = type(people[0])
    rows = _stale(model.objects.filter(pk__in=[p.pk for p in people]), day or timezone.localdate())
    return {stale.person.pk: stale for stale in rows}


def stale_of(person, day=None):
    """Return the :class:`Stale` of one person, or ``None``."""
    return stale_among([person], day).get(person.pk)


def may_be_proposed(person, day=None):
    """The rule of a centre that wants a fresh conversation before a proposal; says yes wherever it is not turned on."""
    if not peer_settings.CONVERSATION_MUST_BE_FRESH:
        return Decision.yes()
    stale = stale_of(person, day)
    if stale is None:
        return Decision.yes()
    return Decision.no("stale_conversation", f"{person}: {stale.sentence}")
