"""One citizen's possible volunteers, found by the database: masks and a box on the row, no join per person.

Every condition is the SQL twin of one of the engine's hard rules and lets through at least whom the rule lets
through, so that scoring the survivors gives the same list as scoring everybody. The engine has the last word.

The statement is written out, because building it through the ORM takes several times as long as running it. It is
made of constants; every value is a parameter. The scope is checked where the citizen is read, and the statement
stays within the citizen's initiative.
"""

from dataclasses import dataclass

from django.db import connections, router
from django.db.models import Count
from django.utils import timezone

from ..people.models import Citizen, MeetingPlace, Volunteer
from ..people.standing import MATCH, usable
from .adapter import OF_CITIZENS, OF_VOLUNTEERS, PLAIN, Table, offers_of, places_of, requests_of, settings_of
from .engine.columns import ANY_CHANNEL, IN_PERSON, Excluded, Offers
from .models_match import OPEN_STATES, Match
from .models_policy import Exclusion, MatchingPolicy
from .people_queries import takes_a_place

PLACE = ("meeting_places", "meeting_places__x", "meeting_places__y")
# What is read of the survivors: all that scoring needs; those who are not ready are not among them.
SCORED = (
    "id",
    "x",
    "y",
    "travel_km",
    "channels",
    "language_bits",
    "gender",
    "gender_wish",
    "birth_year",
    "age_wish_min",
    "age_wish_max",
    "hours_min",
    "hours_max",
    "time_bits",
    "interest_bits",
    "capacity",
)
_OPEN = ", ".join(f"'{state.value}'" for state in OPEN_STATES)
_NAMES = {
    "volunteers": Volunteer._meta.db_table,
    "links": Volunteer.meeting_places.through._meta.db_table,
    "places": MeetingPlace._meta.db_table,
    "matches": Match._meta.db_table,
    "exclusions": Exclusion._meta.db_table,
    "columns": ", ".join(f"v.{name}" for name in SCORED),
    "open": _OPEN,
}
_WAYS = "(CASE WHEN w.channels = 0 THEN %(ways)s ELSE w.channels & %(ways)s END)"
_SELECT = """
    SELECT {columns},
           (SELECT COUNT(*) FROM {matches} m WHERE m.volunteer_id = v.id AND m.state IN ({open})
               AND NOT (m.state = 'paused' AND COALESCE(m.place_free_from, '9999-12-31') <= %(day)s)),
           p.id, p.x, p.y
      FROM {volunteers} v
      LEFT JOIN {links} l ON l.volunteer_id = v.id
      LEFT JOIN {places} p ON p.id = l.meetingplace_id
     WHERE v.id IN (""".format(**_NAMES)  # noqa: S608 - names of tables and columns only
# The inner statements read nothing but the index "peer_volunteer_shortlist", those with a square only a slice of it,
# so the wide rows of those who are out are never touched.
_INNER = (
    f"SELECT w.id FROM {_NAMES['volunteers']} w"  # noqa: S608
    " WHERE w.initiative_id = %(initiative)s AND w.status = 'approved' AND w.capacity > 0"
)
_NO_PAUSE = "(v.paused_from IS NULL OR v.paused_from > %(day)s OR v.paused_until < %(day)s)"
# The twin of usable(MATCH): whoever is left alone is on no shortlist.
_USABLE = "v.restricted_on IS NULL AND v.match_stopped_on IS NULL"
_CONTRACT = "v.contract_on <= %(day)s AND (v.contract_until IS NULL OR v.contract_until >= %(day)s)"
_CERTIFICATE = (
    "v.certificate_seen_on <= %(day)s AND (v.certificate_until IS NULL OR v.certificate_until >= %(day)s)"
)
_LANGUAGE = "(w.language_bits = 0 OR (w.language_bits & %(languages)s) <> 0)"
_THEIR_GENDER = "w.gender IN (0, %(gender_wish)s)"
_OWN_GENDER = "w.gender_wish IN (0, %(gender)s)"
_NOT_TOO_YOUNG = "(COALESCE(w.birth_year, 0) = 0 OR w.birth_year <= %(born_until)s)"
_NOT_TOO_OLD = "(COALESCE(w.birth_year, 0) = 0 OR w.birth_year >= %(born_from)s)"
# The age somebody turns this year, less one before the birthday: see the engine's rule.
_OWN_AGE = (
    "(w.age_wish_min IS NULL OR w.age_wish_min <= %(turns)s)"
    " AND (COALESCE(w.age_wish_max, 0) = 0 OR w.age_wish_max >= %(turns)s - 1)"
)
_NEAR_PLACE = """w.id IN (
    SELECT l2.volunteer_id FROM {links} l2 JOIN {places} p2 ON p2.id = l2.meetingplace_id
     WHERE p2.initiative_id = %(initiative)s AND ({squares}))"""
_NOT_RULED_OUT = (
    f"v.id NOT IN (SELECT volunteer_id FROM {_NAMES['exclusions']} WHERE citizen_id = %(citizen)s)"  # noqa: S608
)


@dataclass(frozen=True)
class Wanted:
    """What one citizen's row says, by the names of its columns, and the points (x, y) the citizen can be met at."""

    row: dict
    points: list
    day: object

    def __getattr__(self, name):
        return self.row[name]


def _square(table, number):
    """Within the square around a point; its bounds are parameters."""
    return (
        f"({table}.x BETWEEN %(west{number})s AND %(east{number})s"
        f" AND {table}.y BETWEEN %(south{number})s AND %(north{number})s)"
    )


def _circle(number):
    """Within the volunteer's own travel limit of a point, where there is one."""
    away = f"(w.x - %(x{number})s) * (w.x - %(x{number})s) + (w.y - %(y{number})s) * (w.y - %(y{number})s)"
    return f"(w.travel_km IS NULL OR {away} <= (w.travel_km * 1000.0 + 1) * (w.travel_km * 1000.0 + 1))"


def _reach(citizen, ways):
    """(conditions of which one must hold, parameters): a way to meet in common, and near enough where it is in person.

    Near enough is at home or at an accepted place. One metre is added to the limits, because the engine rounds
    distances down.
    """
    if not ways & IN_PERSON or not citizen.points:
        return [f"{_WAYS} > 0"], {}
    numbers, values, limit = range(len(citizen.points)), {}, citizen.travel_km
    for number, (x, y) in enumerate(citizen.points):
        values[f"x{number}"], values[f"y{number}"] = x, y
        if limit is not None:
            reach = limit * 1000 + 1
            values[f"west{number}"], values[f"east{number}"] = x - reach, x + reach
            values[f"south{number}"], values[f"north{number}"] = y - reach, y + reach
    squares = [_square("w", number) for number in numbers] if limit is not None else ["1 = 1"] * len(numbers)
    homes = [f"{square} AND {_circle(number)}" for square, number in zip(squares, numbers, strict=True)]
    there = [_square("p2", number) for number in numbers] if limit is not None else ["p2.x IS NOT NULL"]
    near = [*homes, "w.x IS NULL", _NEAR_PLACE.format(**_NAMES, squares=" OR ".join(there))]
    found = [f"{_WAYS} = {IN_PERSON} AND {one}" for one in near]
    # Who can only meet in person has no other way in common with anybody.
    return found + ([f"{_WAYS} > {IN_PERSON}"] if ways > IN_PERSON else []), values


def statement(citizen, policy):
    """(SQL, parameters) for the volunteers whom no rule that SQL can say stops, one row per accepted meeting place.

    A superset of those whom the engine finds possible.
    """
    year, ways = citizen.day.year, citizen.channels or ANY_CHANNEL
    values = {
        "citizen": citizen.pk,
        "initiative": citizen.initiative_id,
        "day": citizen.day.isoformat(),
        "ways": ways,
        "languages": citizen.language_bits,
        "gender_wish": citizen.gender_wish,
        "gender": citizen.gender,
        "born_until": year - (citizen.age_wish_min or 0),
        "born_from": year - 1 - (citizen.age_wish_max or 0),
        "turns": year - (citizen.birth_year or 0),
    }
    narrow = {
        _LANGUAGE: citizen.language_bits,
        _THEIR_GENDER: citizen.gender_wish,
        _OWN_GENDER: citizen.gender,
        _NOT_TOO_YOUNG: citizen.age_wish_min,
        _NOT_TOO_OLD: citizen.age_wish_max,
        _OWN_AGE: citizen.birth_year,
    }
    reach, bounds = _reach(citizen, ways)
    inner = " UNION ALL ".join(f"{_INNER} AND {one}{_and(narrow)}" for one in reach)
    wide = {
        _NO_PAUSE: True,
        _USABLE: True,
        _CONTRACT: policy.contract_required,
        _CERTIFICATE: policy.certificate_required,
        _NOT_RULED_OUT: True,
    }
    return f"{_SELECT}{inner}){_and(wide)} ORDER BY v.id", values | bounds


def _and(conditions):
    return "".join(f" AND {sql}" for sql, applies in conditions.items() if applies)


def _with_places(rows):
    """Rows that end with a place's id, x and y, one per person and place: (a row per person, id -> places)."""
    people, places = {}, {}
    for row in rows:
        people.setdefault(row[0], row[:-3])
        if row[-2] is not None and row[-1] is not None:
            places.setdefault(row[0], []).append(row[-3:])
    return list(people.values()), {pk: sorted(found) for pk, found in places.items()}


def wanted(citizen_id, day):
    """Read one citizen: (row, places, :class:`Wanted`). Raises ``Citizen.DoesNotExist``, also outside the scope and for one who is left alone."""
    names = (*PLAIN, *OF_CITIZENS, "initiative_id")
    citizens = Citizen.objects.filter(usable(MATCH), pk=citizen_id).order_by()
    rows, places = _with_places(citizens.values_list(*names, *PLACE))
    if not rows:
        raise Citizen.DoesNotExist(citizen_id)
    values = dict(zip(names, rows[0], strict=True))
    home = [] if values["x"] is None or values["y"] is None else [(values["x"], values["y"])]
    points = home + [(x, y) for __, x, y in places.get(citizen_id, ())]
    return rows[0], places, Wanted(values, points, day)


def _survivors(citizen, policy):
    """(columns by name, id -> places) of the volunteers that the statement finds."""
    with connections[router.db_for_read(Volunteer)].cursor() as cursor:
        cursor.execute(*statement(citizen, policy))
        rows, places = _with_places(cursor.fetchall())
    names = (*SCORED, "taken")
    return dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(
        names, ()
    ), places


def _offers(get, places):
    """The engine's offers of survivors: approved, not on pause, nothing missing."""
    return Offers(
        ids=get["id"],
        x=get["x"],
        y=get["y"],
        places=[[place[1:] for place in places.get(pk, ())] for pk in get["id"]],
        limit=[None if km is None else km * 1000 for km in get["travel_km"]],
        channels=get["channels"],
        languages=get["language_bits"],
        gender=get["gender"],
        wish_gender=get["gender_wish"],
        birth_year=get["birth_year"],
        wish_age_min=get["age_wish_min"],
        wish_age_max=get["age_wish_max"],
        hours_min=[None if value is None else float(value) for value in get["hours_min"]],
        hours_max=[None if value is None else float(value) for value in get["hours_max"]],
        availability=[int(text, 16) if text else 0 for text in get["time_bits"]],
        interests=[int(text, 16) if text else 0 for text in get["interest_bits"]],
        capacity=[max(own - taken, 0) for own, taken in zip(get["capacity"], get["taken"], strict=True)],
    )


def shortlist(citizen_id, policy=None, day=None):
    """Return the :class:`Table` of one citizen and the survivors of the prefilter.

    Three queries, two where the policy is given. The citizen's own pause does not count here: who would fit is worth
    knowing before the pause is over.
    """
    day = day or timezone.localdate()
    row, places, citizen = wanted(citizen_id, day)
    policy = policy or MatchingPolicy.current(citizen.initiative_id)
    found, accepted = _survivors(citizen, policy)
    return Table(
        initiative_id=citizen.initiative_id,
        policy=policy,
        settings=settings_of(policy, day),
        requests=requests_of([row], places, day, paused=False),
        offers=_offers(found, accepted),
        excluded=Excluded(),
        citizen_status={citizen_id: citizen.status},
        volunteer_status=dict.fromkeys(found["id"], Volunteer.Status.APPROVED),
        places={"citizen": places, "volunteer": accepted},
    )


# Enough of a row to say which rules stop it; what it would score is the shortlist's business.
NARROW = PLAIN[: PLAIN.index("hours_min")]


def everybody(citizen_id, table, day=None):
    """Return a :class:`Table` of the same citizen and *all* approved volunteers, with what the hard rules need.

    For the counts "why not" and "what would help"; its points mean nothing. Three queries.
    """
    day = day or timezone.localdate()
    volunteers = Volunteer.objects.filter(
        usable(MATCH), initiative_id=table.initiative_id, status=Volunteer.Status.APPROVED
    ).order_by("pk")
    rows = list(volunteers.values_list(*NARROW, *OF_VOLUNTEERS))
    open_matches = Match.objects.filter(takes_a_place(day), initiative_id=table.initiative_id).order_by()
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
