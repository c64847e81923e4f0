"""One citizen's possible volunteers, found by the database: masks and a box on the row, no join per person.

Every condition is the SQL twin of one of the engine's hard rules and lets through at least whom the rule lets
through, so that scoring the survivors gives the same list as scoring everybody. The engine has the last word.
"""

from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..people.models import Citizen, Volunteer
from .adapter import OF_CITIZENS, OF_VOLUNTEERS, PLAIN, Table, offers_of, places_of, requests_of, settings_of
from .engine.columns import ANY_CHANNEL, IN_PERSON, Excluded
from .models_match import OPEN_STATES, Match
from .models_policy import Exclusion, MatchingPolicy
from .people_queries import on_pause


@dataclass(frozen=True)
class Wanted:
    """What one citizen's row says, by the names of its columns, and the points (x, y) the citizen can be met at."""

    row: dict
    points: list
    day: object

    def __getattr__(self, name):
        return self.row[name]


def _holds(start, end, day):
    return Q(**{f"{start}__lte": day}) & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": day}))


def _ready(volunteers, policy, day):
    """Approved, not on pause, with the papers that the policy asks for, and with any place at all."""
    volunteers = volunteers.filter(status=Volunteer.Status.APPROVED, capacity__gt=0).exclude(on_pause(day))
    if policy.contract_required:
        volunteers = volunteers.filter(_holds("contract_on", "contract_until", day))
    if policy.certificate_required:
        volunteers = volunteers.filter(_holds("certificate_seen_on", "certificate_until", day))
    return volunteers


def _shares_language(volunteers, citizen):
    if not citizen.language_bits:
        return volunteers
    common = F("language_bits").bitand(citizen.language_bits)
    return volunteers.alias(common=common).filter(Q(language_bits=0) | Q(common__gt=0))


def _gender(citizen):
    condition = Q()
    if citizen.gender_wish:
        condition &= Q(gender__in=[0, citizen.gender_wish])
    if citizen.gender:
        condition &= Q(gender_wish__in=[0, citizen.gender])
    return condition


def _age(citizen):
    """The age somebody turns this year, less one before the birthday: see the engine's rule."""
    year, born = citizen.day.year, Q(birth_year__isnull=True) | Q(birth_year=0)
    condition = Q()
    if citizen.age_wish_min:
        condition &= born | Q(birth_year__lte=year - citizen.age_wish_min)
    if citizen.age_wish_max:
        condition &= born | Q(birth_year__gte=year - 1 - citizen.age_wish_max)
    if citizen.birth_year:
        turns = year - citizen.birth_year
        condition &= Q(age_wish_min__isnull=True) | Q(age_wish_min__lte=turns)
        condition &= Q(age_wish_max__isnull=True) | Q(age_wish_max=0) | Q(age_wish_max__gte=turns - 1)
    return condition


def _within(point, metres, prefix=""):
    """In the square around ``point``; one metre is added because the engine rounds distances down."""
    (x, y), reach = point, metres + 1
    bounds = {"x__gte": x - reach, "x__lte": x + reach, "y__gte": y - reach, "y__lte": y + reach}
    return Q(**{f"{prefix}{name}": value for name, value in bounds.items()})


def _in_the_others_square(point):
    """The citizen is within the square of the volunteer's own travel limit."""
    x, y = point
    reach = F("travel_km") * Value(1000.0) + Value(1.0)
    return Q(travel_km__isnull=True) | Q(
        x__gte=Value(x) - reach, x__lte=Value(x) + reach, y__gte=Value(y) - reach, y__lte=Value(y) + reach
    )


def _channel_and_reach(volunteers, citizen):
    """A way to meet in common; where that is in person only, also near enough for both."""
    ways = citizen.channels or ANY_CHANNEL
    common = Case(
        When(channels=0, then=Value(ways)),
        default=F("channels").bitand(ways),
        output_field=IntegerField(),
    )
    volunteers = volunteers.alias(ways=common).filter(ways__gt=0)
    if not ways & IN_PERSON or not citizen.points:
        return volunteers
    near = Q(x__isnull=True)
    for point in citizen.points:
        home = _in_the_others_square(point)
        near |= home if citizen.travel_km is None else home & _within(point, citizen.travel_km * 1000)
    return volunteers.filter(Q(ways__gt=IN_PERSON) | near | Q(pk__in=_meets_near(citizen)))


def _meets_near(citizen):
    """Volunteers who accept a meeting place within the citizen's reach."""
    links = Volunteer.meeting_places.through.objects.filter(volunteer__initiative=citizen.initiative_id)
    if citizen.travel_km is not None:
        squares = Q()
        for point in citizen.points:
            squares |= _within(point, citizen.travel_km * 1000, "meetingplace__")
        links = links.filter(squares)
    return links.values("volunteer_id")


def possible_for(citizen, policy):
    """Volunteers whom no rule that SQL can say stops; a superset of those whom the engine finds possible."""
    volunteers = _ready(Volunteer.objects.filter(initiative_id=citizen.initiative_id), policy, citizen.day)
    volunteers = _shares_language(volunteers, citizen).filter(_gender(citizen), _age(citizen))
    return _channel_and_reach(volunteers, citizen).exclude(
        pk__in=Exclusion.objects.filter(citizen=citizen.pk).values("volunteer_id")
    )


def _taken():
    mine = Match.objects.filter(volunteer=OuterRef("pk"), state__in=OPEN_STATES).order_by()
    number = mine.values("volunteer").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def wanted(citizen_id, day):
    """Read one citizen: (row, places, :class:`Wanted`). Raises ``Citizen.DoesNotExist``."""
    names = (*PLAIN, *OF_CITIZENS, "initiative_id")
    row = Citizen.objects.values_list(*names).get(pk=citizen_id)
    places = places_of(Citizen, citizen=citizen_id)
    values = dict(zip(names, row, strict=True))
    home = [] if values["x"] is None or values["y"] is None else [(values["x"], values["y"])]
    points = home + [(x, y) for __, x, y in places.get(citizen_id, ())]
    return row, places, Wanted(values, points, day)


def shortlist(citizen_id, policy=None, day=None):
    """Return the :class:`Table` of one citizen and the survivors of the prefilter.

    Five queries, four where the policy is given.

    The citizen's own pause does not count here: who would fit is worth knowing before the pause is over.
    """
    day = day or timezone.localdate()
    row, places, citizen = wanted(citizen_id, day)
    policy = policy or MatchingPolicy.current(citizen.initiative_id)
    found = list(
        possible_for(citizen, policy)
        .annotate(taken=_taken())
        .order_by("pk")
        .values_list(*PLAIN, *OF_VOLUNTEERS, "taken")
    )
    ids = [one[0] for one in found]
    accepted = places_of(Volunteer, volunteer__in=ids) if len(ids) <= 500 else _all_places(citizen)
    return Table(
        initiative_id=citizen.initiative_id,
        policy=policy,
        settings=settings_of(policy, day),
        requests=requests_of([row], places, day).changed(paused=[False]),
        offers=offers_of(found, accepted, {one[0]: one[-1] for one in found}, policy, day),
        excluded=Excluded(),
        citizen_status={citizen_id: citizen.status},
        volunteer_status={one[0]: one[1] for one in found},
        places={"citizen": places, "volunteer": accepted},
    )


def _all_places(citizen):
    return places_of(Volunteer, volunteer__initiative=citizen.initiative_id)


# Enough of a row to say which rules stop it; what it would score is the shortlist's business.
NARROW = PLAIN[: PLAIN.index("hours_min")]


def everybody(citizen_id, table, day=None):
    """Return a :class:`Table` of the same citizen and *all* approved volunteers, with what the hard rules need.

    For the counts "why not" and "what would help"; its points mean nothing. Three queries.
    """
    day = day or timezone.localdate()
    volunteers = Volunteer.objects.filter(
        initiative_id=table.initiative_id, status=Volunteer.Status.APPROVED
    ).order_by("pk")
    rows = list(volunteers.values_list(*NARROW, *OF_VOLUNTEERS))
    open_matches = Match.objects.filter(initiative_id=table.initiative_id, state__in=OPEN_STATES).order_by()
    taken = dict(open_matches.values_list("volunteer").annotate(n=Count("pk")))
    accepted = places_of(Volunteer, volunteer__initiative=table.initiative_id)
    kinds = Exclusion.objects.filter(citizen=citizen_id).order_by()
    return Table(
        initiative_id=table.initiative_id,
        policy=table.policy,
        settings=table.settings,
        requests=table.requests,
        offers=offers_of(rows, accepted, taken, table.policy, day, names=NARROW),
        excluded=Excluded(kinds.values_list("citizen_id", "volunteer_id", "kind")),
        citizen_status=table.citizen_status,
        volunteer_status={row[0]: row[1] for row in rows},
        places={"citizen": table.places["citizen"], "volunteer": accepted},
    )
