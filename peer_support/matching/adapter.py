"""From rows to the engine's columns. The one place where the database meets the engine.

Reads plain values only: no model instance is made and nothing encrypted is touched. Everything is loaded in a
constant number of queries, however many people there are. Unknown stays unknown: an empty column becomes the
engine's own "not told".
"""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from django.utils import timezone

from ..people.models import Citizen, Volunteer
from ..people.standing import MATCH, usable
from .engine import criteria, rules
from .engine.columns import Excluded, Offers, Requests
from .engine.settings import Settings
from .models_match import OPEN_STATES, Match, State
from .models_policy import Aim, Exclusion, MatchingPolicy

# What is read of everybody, in the order in which _columns() takes it apart.
PLAIN = (
    "pk",
    "status",
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
    "paused_from",
    "paused_until",
    "hours_min",
    "hours_max",
    "time_bits",
    "interest_bits",
)
OF_CITIZENS = ("waiting_since",)
OF_VOLUNTEERS = (
    "capacity",
    "contract_on",
    "contract_until",
    "certificate_seen_on",
    "certificate_until",
)

# The weakest fit, in per cent, that a plan for the best possible matches takes.
BEST_FIT_LEAST = 50


def settings_of(policy, day=None, **changes):
    """Return the engine's :class:`Settings` of a policy; ``day`` gives the year that ages are counted in."""
    values = {
        "weights": {
            "interests": policy.weight_interests,
            "distance": policy.weight_distance,
            "time": policy.weight_time,
            "hours": policy.weight_hours,
            "preferences": policy.weight_preferences,
        },
        "year": (day or timezone.localdate()).year,
        "waiting_per_day": policy.waiting_points,
        "waiting_cap": policy.waiting_cap_days,
        "hysteresis": policy.hysteresis,
        "seed": f"peer {policy.initiative_id}",
    }
    return aimed(Settings(**{**values, **changes}), policy.aim)


def aimed(settings, aim):
    """Return ``settings`` for a plan with this aim.

    Every pair is worth something, so without a floor the best sum of points would nearly always be the plan with
    the most pairs; the best fit leaves out those that fit less than ``BEST_FIT_LEAST`` per cent.
    """
    least = settings.total * BEST_FIT_LEAST // 100 if aim == Aim.BEST_FIT else 0
    return settings.with_changes(aim=aim, threshold=least)


def _holds(start, end, day):
    """Whether a period with a start and perhaps an end covers ``day``; without a start it does not."""
    return start is not None and start <= day and (end is None or day <= end)


def _number(value):
    return None if value is None else float(value)


def _bits(text):
    return int(text, 16) if text else 0


def _people(rows, places, day, names=PLAIN):
    """The columns that citizens and volunteers share, of rows that begin with ``names``; what is not read is unknown."""
    get = dict(zip(names, zip(*rows, strict=True), strict=False)) if rows else dict.fromkeys(names, ())
    found = {
        "ids": list(get["pk"]),
        "x": get["x"],
        "y": get["y"],
        "places": [[place[1:] for place in places.get(pk, ())] for pk in get["pk"]],
        "limit": [None if km is None else km * 1000 for km in get["travel_km"]],
        "channels": get["channels"],
        "languages": get["language_bits"],
        "gender": get["gender"],
        "wish_gender": get["gender_wish"],
        "birth_year": get["birth_year"],
        "wish_age_min": get["age_wish_min"],
        "wish_age_max": get["age_wish_max"],
        "paused": [_holds(a, b, day) for a, b in zip(get["paused_from"], get["paused_until"], strict=True)],
    }
    if "hours_min" in get:
        found["hours_min"] = [_number(value) for value in get["hours_min"]]
        found["hours_max"] = [_number(value) for value in get["hours_max"]]
        found["availability"] = [_bits(text) for text in get["time_bits"]]
        found["interests"] = [_bits(text) for text in get["interest_bits"]]
    return found


def requests_of(rows, places, day, **instead):
    """The engine's requests of citizens' rows (PLAIN + OF_CITIZENS); ``instead``: a value for all, by column."""
    since = [row[len(PLAIN)] for row in rows]
    days = [0 if start is None else max((day - start).days, 0) for start in since]
    columns = {**_people(rows, places, day), "waiting_days": days}
    return Requests(**columns | {name: [value] * len(rows) for name, value in instead.items()})


def offers_of(rows, places, taken, policy, day, names=PLAIN):
    """The engine's offers of volunteers' rows (``names`` + OF_VOLUNTEERS); ``taken``: id -> open matches."""
    at = len(names)
    contract, certificate = policy.contract_required, policy.certificate_required
    return Offers(
        **_people(rows, places, day, names),
        capacity=[max(row[at] - taken.get(row[0], 0), 0) for row in rows],
        missing_contract=[contract and not _holds(row[at + 1], row[at + 2], day) for row in rows],
        missing_certificate=[certificate and not _holds(row[at + 3], row[at + 4], day) for row in rows],
    )


def places_of(model, **where):
    """Meeting places on the map that people accept: id of the person -> [(place id, x, y)], in a stable order.

    ``where``: look-ups on the link's person, such as ``citizen__in``.
    """
    through = model.meeting_places.through
    name = model._meta.model_name
    rows = (
        through.objects.filter(meetingplace__x__isnull=False, meetingplace__y__isnull=False, **where)
        .order_by("meetingplace_id")
        .values_list(f"{name}_id", "meetingplace_id", "meetingplace__x", "meetingplace__y")
    )
    found = defaultdict(list)
    for person, place, x, y in rows:
        found[person].append((place, x, y))
    return found


@dataclass
class Table:
    """The people of one initiative as the engine sees them, and what the engine does not need to know.

    ``citizen_status``, ``volunteer_status``: id -> status. ``taken``: citizen id -> number of the open match.
    ``places``: {"citizen": …, "volunteer": …}, id -> [(place id, x, y)] in the engine's order of places.
    """

    initiative_id: int
    policy: MatchingPolicy
    settings: Settings
    requests: Requests
    offers: Offers
    excluded: Excluded
    citizen_status: dict
    volunteer_status: dict
    taken: dict = field(default_factory=dict)
    places: dict = field(default_factory=dict)

    def failing(self, citizen_id, volunteer_id):
        """The codes of the engine's rules that stop a pair, in the engine's order."""
        row, column = self._at(citizen_id, volunteer_id)
        bits = rules.failing(
            self.requests, self.offers, np.array([row]), np.array([column]), self.settings, self.excluded
        )
        return rules.names(int(bits[0]))

    def parts(self, citizen_id, volunteer_id):
        """The engine's parts of a pair."""
        return criteria.parts_of(
            self.requests, self.offers, *self._at(citizen_id, volunteer_id), self.settings
        )

    def take(self, citizen_id, volunteer_id, number):
        """Count a pair as made: the citizen has match ``number``, the volunteer one place less."""
        self.taken[citizen_id] = number
        self.offers.capacity[self.offers.row_of(volunteer_id)] -= 1

    def _at(self, citizen_id, volunteer_id):
        return self.requests.row_of(citizen_id), self.offers.row_of(volunteer_id)


def load(initiative_id, *, citizen_ids=None, volunteer_ids=None, policy=None, day=None):
    """Return the :class:`Table` of these people, whatever their status; without ids, all who wait or are approved.

    Whoever is left alone (:mod:`~peer_support.people.standing`) is not among them.

    Seven queries, six where the policy is given.
    """
    day = day or timezone.localdate()
    policy = policy or MatchingPolicy.current(initiative_id)
    citizens = Citizen.objects.filter(usable(MATCH), initiative_id=initiative_id)
    volunteers = Volunteer.objects.filter(usable(MATCH), initiative_id=initiative_id)
    matches = Match.objects.filter(initiative_id=initiative_id, state__in=OPEN_STATES)
    exclusions = Exclusion.objects.filter(initiative_id=initiative_id)
    of_citizens, of_volunteers = (
        {"citizen__initiative": initiative_id},
        {"volunteer__initiative": initiative_id},
    )
    if citizen_ids is None:
        citizens = citizens.filter(status=Citizen.Status.WAITING)
    else:
        citizens, of_citizens = citizens.filter(pk__in=citizen_ids), {"citizen__in": citizen_ids}
        exclusions = exclusions.filter(citizen__in=citizen_ids)
    if volunteer_ids is None:
        volunteers = volunteers.filter(status=Volunteer.Status.APPROVED)
    else:
        volunteers, of_volunteers = volunteers.filter(pk__in=volunteer_ids), {"volunteer__in": volunteer_ids}
    pairs = list(
        matches.order_by().values_list("citizen_id", "volunteer_id", "number", "state", "place_free_from")
    )
    taken = {citizen: number for citizen, __, number, __, __ in pairs}
    counts = defaultdict(int)
    for __, volunteer, __, state, free_from in pairs:
        counts[volunteer] += not (state == State.PAUSED and free_from and free_from <= day)
    rows = list(citizens.order_by("pk").values_list(*PLAIN, *OF_CITIZENS))
    if citizen_ids is None:
        rows = [row for row in rows if row[0] not in taken]
    offered = list(volunteers.order_by("pk").values_list(*PLAIN, *OF_VOLUNTEERS))
    places = {
        "citizen": places_of(Citizen, **of_citizens),
        "volunteer": places_of(Volunteer, **of_volunteers),
    }
    return Table(
        initiative_id=initiative_id,
        policy=policy,
        settings=settings_of(policy, day),
        requests=requests_of(rows, places["citizen"], day),
        offers=offers_of(offered, places["volunteer"], counts, policy, day),
        excluded=Excluded(exclusions.order_by().values_list("citizen_id", "volunteer_id", "kind")),
        citizen_status={row[0]: row[1] for row in rows},
        volunteer_status={row[0]: row[1] for row in offered},
        taken=taken,
        places=places,
    )


def run_values(plan):
    """The columns of a :class:`MatchRun` that hold an engine plan: numbers and codes about ids, never a name."""
    return {
        "aim": plan.settings.aim,
        "engine_version": plan.engine_version,
        "input_digest": plan.input_digest,
        "count": plan.objective.count,
        "points": plan.objective.points,
        "result": plan.as_dict(),
    }


def run_pairs(run):
    """The pairs of a saved run as (citizen id, volunteer id), in the order of the citizens' ids."""
    return [(pair["request_id"], pair["offer_id"]) for pair in run.result.get("pairs", ())]
