"""Small invented people with every kind of gap in what is known, and plain data of them for the oracle."""

import random

from peer_support.matching.engine import Excluded, Offers, Requests

NAMES = (
    "ids x y places limit channels languages gender wish_gender birth_year wish_age_min wish_age_max"
    " hours_min hours_max availability interests paused"
).split()
YEAR = 2026


def maybe(rnd, value, chance=0.25, nothing=None):
    return nothing if rnd.random() < chance else value


def person(rnd, identity, far=20_000):
    low = rnd.choice([0.5, 1, 1.5, 2, 3])
    return {
        "ids": identity,
        "x": maybe(rnd, rnd.uniform(0, far)),
        "y": maybe(rnd, rnd.uniform(0, far), 0.05),
        "places": [(rnd.uniform(0, far), rnd.uniform(0, far)) for _ in range(rnd.choice([0, 0, 1, 2]))],
        "limit": maybe(rnd, rnd.choice([2000, 5000.7, 10_000, 15_000])),
        "channels": rnd.choice([0, 1, 1, 1, 1, 2, 3, 6, 9, 15]),
        "languages": rnd.choice([0, {0}, {0}, {0, 1}, {1}, {2, 70}]),
        "gender": rnd.choice([0, 1, 1, 2, 2, 3]),
        "wish_gender": rnd.choice([0, 0, 0, 1, 2]),
        "birth_year": maybe(rnd, rnd.randint(1940, 2008), nothing=0),
        "wish_age_min": maybe(rnd, rnd.randint(18, 40), 0.7, 0),
        "wish_age_max": maybe(rnd, rnd.randint(40, 90), 0.7, 0),
        "hours_min": maybe(rnd, low),
        "hours_max": maybe(rnd, low + rnd.choice([0, 1, 2])),
        "availability": maybe(
            rnd, rnd.getrandbits(336) & rnd.getrandbits(336) & rnd.getrandbits(336), nothing=0
        ),
        "interests": maybe(rnd, set(rnd.sample(range(90), rnd.randint(1, 30))), nothing=()),
        "paused": rnd.random() < 0.05,
    }


def made(seed, n, m, far=20_000):
    """(requests, offers, excluded, list of request dicts, list of offer dicts, list of triples)."""
    rnd = random.Random(seed)
    citizens = [person(rnd, 1000 + 7 * i, far) | {"waiting_days": rnd.randint(0, 500)} for i in range(n)]
    volunteers = [
        person(rnd, 5 + 3 * j, far)
        | {
            "capacity": rnd.choice([0, 1, 1, 1, 2, 3]),
            "missing_contract": rnd.random() < 0.05,
            "missing_certificate": rnd.random() < 0.05,
        }
        for j in range(m)
    ]
    triples = [
        (rnd.choice(citizens)["ids"], rnd.choice(volunteers)["ids"], kind)
        for kind in ("declined", "ended", "relative", "other")
        for _ in range((n + m) // 8)
        if n and m
    ]
    return (
        columns(Requests, citizens),
        columns(Offers, volunteers),
        Excluded(triples),
        citizens,
        volunteers,
        triples,
    )


def columns(kind, people):
    if not people:
        return kind(ids=[])
    return kind(**{name: [one[name] for one in people] for name in people[0]})


def easy(kind, count, **values):
    """`count` people who fit everybody, with some columns set."""
    return kind(ids=range(1, count + 1), channels=[2] * count, **values)
