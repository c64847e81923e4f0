"""Volunteers on today's list: papers to sign and to renew, supervision, and accompaniments."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...agreements.queries import expiring, unsigned
from ...people.models import Volunteer
from ..keeping import not_seen_at_supervision
from ..models_accompaniment import OPEN_TRIPS, Accompaniment, TripState
from ..trips.base import url as trip_url
from ..trips.cards import next_step
from ..trips.views import with_offers
from .registry import ANSWER, RING, SEAT, SOON, TALK, Line, register_source

# More than this many in one matter are one line with a number: a list of forty names is no list of the day.
EACH = 4


def papers_that_expire(day):
    """Rule: a contract or a certificate is here thirty days before its last day, until it is renewed."""
    return [
        Line(
            SOON,
            found.sentence,
            _("Renew it"),
            found.url,
            due=found.due,
            person=found.person,
            initiative_id=found.initiative_id,
            key=found.kind,
            order=30,
        )
        for found in expiring(day)
    ]


def papers_without_a_signature(day):
    """Rule: a paper that has been ready to sign for a week is asked about."""
    return [
        Line(
            ANSWER,
            found.sentence,
            _("Open the paper"),
            found.url,
            due=found.due,
            person=found.person,
            initiative_id=found.initiative_id,
            order=50,
        )
        for found in unsigned(day)
    ]


def volunteers_not_seen_at_supervision(day):
    """Rule: whoever supports others and has not been at supervision for long is asked; many are one line with a number."""
    by_initiative = {}
    for sign in not_seen_at_supervision(day):
        by_initiative.setdefault(sign.initiative_id, []).append(sign)
    lines = []
    for initiative_id, signs in by_initiative.items():
        if len(signs) > EACH:
            lines.append(_many_signs(initiative_id, len(signs)))
            continue
        lines += [
            Line(
                SOON,
                sign.sentence,
                _("Open the record"),
                sign.url,
                person=Volunteer(pk=sign.volunteer_id, initiative_id=initiative_id),
                initiative_id=initiative_id,
                key=sign.code,
                order=60,
            )
            for sign in signs
        ]
    return lines


def _many_signs(initiative_id, count):
    text = ngettext(
        "%(count)d volunteer has not been at supervision for long",
        "%(count)d volunteers have not been at supervision for long",
        count,
    )
    return Line(
        SOON,
        text % {"count": count},
        _("See who"),
        f"{reverse('peer_support_keeping:board')}?initiative={initiative_id}",
        initiative_id=initiative_id,
        key="supervision",
        order=60,
    )


def accompaniments(day):
    """Rule: a trip is here when nobody goes along two days before, on its own day, and until it is written how it went."""
    rows = with_offers(
        Accompaniment.objects.filter(state__in=OPEN_TRIPS, day__lte=day + timedelta(days=2))
    ).select_related("citizen")
    lines = []
    for trip in rows.order_by("day", "start_time", "pk"):
        text, presses = next_step(trip, trip.n_asked, day)
        if not presses and trip.day != day:
            continue
        over = trip.state == TripState.ACCEPTED and presses
        kind = RING if over else SEAT if trip.state == TripState.OPEN else TALK
        lines.append(
            Line(
                kind,
                _("%(trip)s with %(citizen)s – %(next)s")
                % {"trip": trip, "citizen": trip.citizen, "next": text},
                _("Open it"),
                trip_url("trip", trip.pk),
                due=trip.day,
                order=15,
                person=(trip, trip.citizen),
                initiative_id=trip.initiative_id,
            )
        )
    return lines


register_source("expiring", gettext_lazy("Papers that expire"), papers_that_expire)
register_source("unsigned", gettext_lazy("Papers without a signature"), papers_without_a_signature)
register_source("supervision", gettext_lazy("Supervision"), volunteers_not_seen_at_supervision)
register_source("accompaniments", gettext_lazy("Accompaniment"), accompaniments)
