"""Who fits to go along once: the matching engine, asked about one trip instead of a match.

The rules are the engine's own (language, gender, age, contract, pause, pairs that are ruled out). The weights are
for one trip: can they at that very time, and is it near. How many matches somebody has does not count.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext, ngettext

from ..directory.models import Postcode
from ..matching import adapter, sentences_lack
from ..matching.engine import criteria, rank
from ..matching.engine.columns import IN_PERSON
from ..matching.models import Match
from ..matching.models_policy import MatchingPolicy
from ..matching.sentences import kilometres
from ..people import times
from ..people.models import Volunteer
from .models_accompaniment import AccompanimentOffer, OfferState

# Points of a volunteer who is free at that very time, lives close and shares much. Hours a week say nothing here.
WEIGHTS = {"interests": 100, "distance": 350, "time": 450, "hours": 0, "preferences": 100}


@dataclass(frozen=True)
class Fit:
    """One volunteer who can be asked. ``percent`` of all points; ``sentences`` say why, ``notes`` what to think of."""

    volunteer: Volunteer
    percent: int
    sentences: list
    notes: list = field(default_factory=list)
    offer: AccompanimentOffer | None = None


@dataclass(frozen=True)
class Fitting:
    """``possible``: :class:`Fit`, best first, ``count`` of them in all. ``impossible``: ``[(sentence, number)]``,
    why the others are not there."""

    possible: list
    count: int
    impossible: list


def bits_of(trip):
    """Return the half hours of the week that ``trip`` takes; what runs past midnight counts the next day."""
    start = trip.start_time.hour * 60 + trip.start_time.minute
    end = start + trip.minutes
    weekday = trip.day.weekday()
    spans = [times.Span(weekday, start // 30, min(-(-end // 30), 48))]
    if end > 1440:
        spans.append(times.Span((weekday + 1) % 7, 0, -(-(end - 1440) // 30)))
    return times.bits_of(spans)


def _points(trip):
    """Return the ends of the trip that are on the map, as ``[(x, y)]``, where they meet first."""
    wanted = [code for code in (trip.from_postcode, trip.to_postcode) if code]
    found = {row.pk: (row.x, row.y) for row in Postcode.objects.filter(pk__in=wanted)}
    return list(dict.fromkeys(found[code] for code in wanted if code in found))


def _settings(policy, trip):
    minutes = 30 * bits_of(trip).bit_count()
    return adapter.settings_of(policy, trip.day, weights=WEIGHTS, enough_minutes=minutes).with_changes(
        threshold=0, aim="most_people"
    )


def _tables(trip):
    """Return ``(requests, offers, settings, excluded)``: a request per end of the trip, and all approved volunteers."""
    policy = MatchingPolicy.current(trip.initiative_id)
    table = adapter.load(trip.initiative_id, citizen_ids=[trip.citizen_id], policy=policy, day=trip.day)
    own = {
        "channels": [IN_PERSON],
        "availability": [bits_of(trip)],
        "wish_gender": [trip.gender_wish],
        "paused": [False],
        # How far the citizen travels is decided: they are going there.
        "limit": [None],
        "places": [()],
    }
    ends = _points(trip) or [(None, None)]
    requests = [table.requests.changed(**own, x=[x], y=[y]) for x, y in ends]
    offers = table.offers.changed(capacity=[1] * len(table.offers))
    return requests, offers, _settings(policy, trip), table.excluded


def fitting(trip, limit=None):
    """Return the :class:`Fitting` of ``trip``: who can be asked, the ``limit`` best first. A fixed number of queries.

    Both ends must lie within what a volunteer travels; the end that is harder for them gives the points.
    """
    requests, offers, settings, excluded = _tables(trip)
    rankings = [rank(request, offers, settings, excluded) for request in requests]
    points = {}
    for ranking in rankings:
        for one in ranking.possible:
            points.setdefault(one.offer_id, []).append(one.points)
    points = {pk: min(found) for pk, found in points.items() if len(found) == len(rankings)}
    # Equal points stay in the engine's own order.
    first = {one.offer_id: one.place for one in rankings[0].possible}
    order = sorted(points, key=lambda pk: (-points[pk], first[pk]))[:limit]
    people = Volunteer.objects.in_bulk(order)
    asked = {offer.volunteer_id: offer for offer in trip.offers.all()}
    notes = _notes(trip, order)
    possible = [
        Fit(
            volunteer=people[pk],
            percent=100 * points[pk] // max(settings.total, 1),
            sentences=_sentences(requests, offers, settings, pk),
            notes=notes.get(pk, []),
            offer=asked.get(pk),
        )
        for pk in order
        if pk in people
    ]
    return Fitting(possible, len(points), _impossible(rankings, set(points)))


def _impossible(rankings, possible):
    first = {}
    for ranking in rankings:
        for one in ranking.impossible:
            if one.offer_id not in possible:
                first.setdefault(one.offer_id, one.first)
    counts = {}
    for code in first.values():
        counts[code] = counts.get(code, 0) + 1
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return [(sentences_lack.impossible(code, count), count) for code, count in rows]


def _sentences(requests, offers, settings, pk):
    column = offers.row_of(pk)
    parts = {
        part.criterion: part.facts for part in criteria.parts_of(requests[0], offers, 0, column, settings)
    }
    return [_time(parts["time"]), _distance(requests, offers, column, settings), *_shared(parts["interests"])]


def _time(facts):
    if facts["minutes"] is None:
        return gettext("Times in the week not told yet")
    if facts["minutes"] >= facts["enough"]:
        return gettext("Is usually free at that time")
    if facts["minutes"]:
        return gettext("Is usually free for part of the time")
    return gettext("Has named other times of the week")


def _distance(requests, offers, column, settings):
    found = [
        criteria.parts_of(request, offers, 0, column, settings)[1].facts["metres"] for request in requests
    ]
    known = [metres for metres in found if metres is not None]
    if not known:
        return gettext("How far it is, is not known yet")
    if max(known) == 0:
        return gettext("Lives in the same postcode")
    return gettext("%(km)s km away") % {"km": kilometres(max(known))}


def _shared(facts):
    count = facts["n_shared"]
    if not count:
        return []
    return [ngettext("Shares %(count)s interest", "Shares %(count)s interests", count) % {"count": count}]


def _notes(trip, ids):
    """Return ``{volunteer id: [sentence]}``: they know each other, or somebody is waiting for them at that time."""
    found = {}
    matches = Match.objects.filter(citizen=trip.citizen_id, volunteer__in=ids, state__in=("active", "paused"))
    for pk in matches.values_list("volunteer_id", flat=True):
        found.setdefault(pk, []).append(gettext("They know each other: they are in a match"))
    near = AccompanimentOffer.objects.filter(
        volunteer__in=ids,
        state=OfferState.ACCEPTED,
        accompaniment__state="accepted",
        accompaniment__day__range=(trip.day - timedelta(days=1), trip.day + timedelta(days=1)),
    ).exclude(accompaniment=trip)
    for offer in near.select_related("accompaniment"):
        other = offer.accompaniment
        if other.starts_at < trip.ends_at and trip.starts_at < other.ends_at:
            found.setdefault(offer.volunteer_id, []).append(
                gettext("Goes along with somebody else at that time")
            )
    return found


__all__ = ["Fit", "Fitting", "bits_of", "fitting"]
