"""The criteria: how well a possible pair fits, in whole points, with the facts that a sentence can be made of.

Points of a criterion lie between 0 and its weight. What is unknown gets the neutral part of the weight
(`Settings.neutral`) and is marked so. All arithmetic is on integers.
"""

from dataclasses import dataclass

import numpy as np

from .bits import bits_of, counted, padded
from .columns import CHANNELS, IN_PERSON
from .rules import channels_in_common, limits, nearest
from .settings import CRITERIA


@dataclass(frozen=True)
class Part:
    """The points of one pair for one criterion.

    criterion: one of CRITERIA. points of at most `maximum`. unknown: true where an answer was missing, so that all
    (or, for preferences, some) of the points are neutral. facts: small numbers and codes, by criterion:

    - interests: shared (bit numbers), n_shared, n_own (the request's), n_other (the offer's)
    - distance: needed (false where only remote channels are common; the points are then neutral),
      metres (None if unknown), request_place and offer_place ("home" or the number of the meeting place from 0),
      request_limit and offer_limit (metres or None)
    - time: minutes a week in common (None if unknown), enough
    - hours: gap in minutes a week (None if unknown), request and offer as [low, high] (None where open or unknown)
    - preferences: fits, unknown, open: lists of "channel", "language", "request_gender", "request_age",
      "offer_gender", "offer_age"; channels and languages in common as bit numbers
    """

    criterion: str
    points: int
    maximum: int
    unknown: bool
    facts: dict

    def as_dict(self):
        return {
            "criterion": self.criterion,
            "points": self.points,
            "maximum": self.maximum,
            "unknown": self.unknown,
            "facts": dict(self.facts),
        }


def scored(requests, offers, rows, columns, settings):
    """Points of each pair: a dict criterion -> (points int64, unknown bool), without facts."""
    return {name: _SCORERS[name](requests, offers, rows, columns, settings)[:2] for name in CRITERIA}


def totals(requests, offers, rows, columns, settings):
    """Total points of each pair, as int64."""
    found = np.zeros(len(rows), dtype=np.int64)
    for name in CRITERIA:
        if settings.weights[name]:
            found += _SCORERS[name](requests, offers, rows, columns, settings)[0]
    return found


def parts_of(requests, offers, row, column, settings):
    """The parts of one pair, in the order of CRITERIA."""
    rows, columns = np.array([row]), np.array([column])
    found = []
    for name in CRITERIA:
        points, unknown, facts = _SCORERS[name](requests, offers, rows, columns, settings)
        found.append(Part(name, int(points[0]), settings.weights[name], bool(unknown[0]), facts(0)))
    return tuple(found)


def _interests(requests, offers, rows, columns, settings):
    weight = settings.weights["interests"]
    a, b = padded(requests.interest_words, offers.interest_words)
    own, other = counted(a)[rows], counted(b)[columns]
    shared = np.zeros(len(rows), dtype=np.int64)
    for word in range(a.shape[1]):
        shared += counted((a[rows, word] & b[columns, word])[:, None])
    unknown = (own == 0) | (other == 0)
    # Shared of all that either likes (Jaccard 1901): ticking every box gains nobody anything.
    points = weight * shared // np.maximum(own + other - shared, 1)
    points = np.where(unknown, settings.neutral_points("interests"), points)

    def facts(k):
        mask = requests.interests[rows[k]] & offers.interests[columns[k]]
        return {
            "shared": list(bits_of(mask)),
            "n_shared": int(shared[k]),
            "n_own": int(own[k]),
            "n_other": int(other[k]),
        }

    return points, unknown, facts


def _distance(requests, offers, rows, columns, settings):
    weight = settings.weights["distance"]
    shared, _ = channels_in_common(requests, offers, rows, columns)
    needed = (shared & IN_PERSON) > 0
    metres, from_point, to_point = nearest(requests, offers, rows, columns)
    known = metres >= 0
    points = weight * np.maximum(settings.far - metres, 0) // settings.far
    points = np.where(needed & known, points, settings.neutral_points("distance"))

    def facts(k):
        a, b = limits(requests, offers, rows[k : k + 1], columns[k : k + 1], settings)
        return {
            "needed": bool(needed[k]),
            "metres": int(metres[k]) if known[k] else None,
            "request_place": _place(from_point[k]) if known[k] else None,
            "offer_place": _place(to_point[k]) if known[k] else None,
            "request_limit": int(a[0]) if a[0] >= 0 else None,
            "offer_limit": int(b[0]) if b[0] >= 0 else None,
        }

    return points, needed & ~known, facts


def _place(point):
    return "home" if point == 0 else int(point) - 1


def _time(requests, offers, rows, columns, settings):
    weight = settings.weights["time"]
    a, b = requests.availability_words, offers.availability_words
    unknown = ~(a.any(axis=1)[rows] & b.any(axis=1)[columns])
    shared = np.zeros(len(rows), dtype=np.int64)
    for word in range(a.shape[1]):
        shared += counted((a[rows, word] & b[columns, word])[:, None])
    minutes = 30 * shared
    points = weight * np.minimum(minutes, settings.enough_minutes) // settings.enough_minutes
    points = np.where(unknown, settings.neutral_points("time"), points)

    def facts(k):
        return {"minutes": None if unknown[k] else int(minutes[k]), "enough": settings.enough_minutes}

    return points, unknown, facts


def _hours(requests, offers, rows, columns, settings):
    weight = settings.weights["hours"]
    (low_a, high_a, known_a), (low_b, high_b, known_b) = requests.minutes, offers.minutes
    unknown = ~(known_a[rows] & known_b[columns])
    gap = np.maximum(0, np.maximum(low_a[rows] - high_b[columns], low_b[columns] - high_a[rows]))
    points = weight * np.maximum(settings.hours_gap - gap, 0) // settings.hours_gap
    points = np.where(unknown, settings.neutral_points("hours"), points)

    def facts(k):
        return {
            "gap": None if unknown[k] else int(gap[k]),
            "request": _range(requests, rows[k]),
            "offer": _range(offers, columns[k]),
        }

    return points, unknown, facts


def _range(people, row):
    low, high, _ = people.minutes
    return [
        None if np.isnan(people.hours_min[row]) else int(low[row]),
        None if np.isnan(people.hours_max[row]) else int(high[row]),
    ]


def _preferences(requests, offers, rows, columns, settings):
    """How much of what was wished is known to fit; a stated wish that is broken is a hard rule's business."""
    weight, neutral = settings.weights["preferences"], settings.neutral["preferences"]
    languages_a, languages_b = requests.language_words.any(axis=1), offers.language_words.any(axis=1)
    stated_age_a = (requests.wish_age_min > 0) | (requests.wish_age_max > 0)
    stated_age_b = (offers.wish_age_min > 0) | (offers.wish_age_max > 0)
    _, channels_known = channels_in_common(requests, offers, rows, columns)
    always = np.ones(len(rows), dtype=bool)
    wishes = {
        "channel": (always, channels_known),
        "language": (always, languages_a[rows] & languages_b[columns]),
        "request_gender": (requests.wish_gender[rows] > 0, offers.gender[columns] > 0),
        "request_age": (stated_age_a[rows], offers.birth_year[columns] > 0),
        "offer_gender": (offers.wish_gender[columns] > 0, requests.gender[rows] > 0),
        "offer_age": (stated_age_b[columns], requests.birth_year[rows] > 0),
    }
    thousandths = np.zeros(len(rows), dtype=np.int64)
    stated_count = np.zeros(len(rows), dtype=np.int64)
    unknown = np.zeros(len(rows), dtype=bool)
    for stated, known in wishes.values():
        thousandths += np.where(stated, np.where(known, 1000, neutral), 0)
        stated_count += stated
        unknown |= stated & ~known
    points = weight * thousandths // (1000 * stated_count)

    def facts(k):
        shared = int(requests.channels[rows[k]]) & int(offers.channels[columns[k]])
        common = requests.languages[rows[k]] & offers.languages[columns[k]]
        return {
            "fits": [name for name, (stated, known) in wishes.items() if stated[k] and known[k]],
            "unknown": [name for name, (stated, known) in wishes.items() if stated[k] and not known[k]],
            "open": [name for name, (stated, _) in wishes.items() if not stated[k]],
            "channels": [channel for channel in CHANNELS if shared & channel],
            "languages": list(bits_of(common)),
        }

    return points, unknown, facts


_SCORERS = {
    "interests": _interests,
    "distance": _distance,
    "time": _time,
    "hours": _hours,
    "preferences": _preferences,
}
