"""Invented people for the measurements: the same seed gives the same people on every machine.

`dk` is a country: a hundred towns whose sizes fall off as 1/rank, in a box as large as Denmark. `local` is one
municipality. About one pair in eighty is possible nationally, one in eleven locally, which is what a centre with
wishes, languages and travel limits meets.
"""

import random
from itertools import accumulate

from peer_support.matching.engine.columns import IN_PERSON, PHONE, VIDEO, Excluded, Offers, Requests

TOWNS = 100
BOX = (450_000, 350_000)
INTERESTS = 40
LANGUAGES = (40, 15, 12, 9, 8, 7, 5, 4)
YEAR = 2026

# name -> (kind, requests, offers)
GRAPHS = {
    "50x70 local": ("local", 50, 70),
    "70x50 local": ("local", 70, 50),
    "500x700 dk": ("dk", 500, 700),
    "700x500 dk": ("dk", 700, 500),
    "500x700 local": ("local", 500, 700),
    "700x500 local": ("local", 700, 500),
    "2000x3000 dk": ("dk", 2000, 3000),
    "3000x2000 dk": ("dk", 3000, 2000),
    "2000x3000 local": ("local", 2000, 3000),
    "10000x12000 dk": ("dk", 10_000, 12_000),
    "12000x10000 dk": ("dk", 12_000, 10_000),
}
MEDIUM = tuple(name for name in GRAPHS if name.startswith(("500x", "700x")))
QUICK = tuple(name for name in GRAPHS if int(name.split("x")[0]) <= 700)


def people(name, seed=1):
    """(requests, offers, excluded) of one of GRAPHS."""
    kind, n, m = GRAPHS[name]
    return made(kind, n, m, seed)


def made(kind, n, m, seed):
    """Any number of people of a kind."""
    rnd = random.Random(f"{kind} {n} {m} {seed}")
    towns = [(rnd.random() * BOX[0], rnd.random() * BOX[1]) for _ in range(TOWNS)]
    if kind == "local":
        towns, spread = [(BOX[0] / 2, BOX[1] / 2)], 6000
    else:
        spread = 3000
    sizes = list(accumulate(1 / rank for rank in range(1, len(towns) + 1)))
    likes = list(accumulate(1 / rank for rank in range(1, INTERESTS + 1)))
    speaks = list(accumulate(LANGUAGES))
    requests = [_person(rnd, towns, sizes, likes, speaks, spread) for _ in range(n)]
    offers = [_person(rnd, towns, sizes, likes, speaks, spread) for _ in range(m)]
    for person in requests:
        person["waiting_days"] = int(min(rnd.expovariate(1 / 60), 400))
    for person in offers:
        person["capacity"] = rnd.choices((1, 2, 3), (70, 20, 10))[0]
        person["missing_certificate"] = rnd.random() < 0.08
    excluded = {(rnd.randrange(n) + 1, rnd.randrange(m) + 1): "declined" for _ in range(n // 5)}
    return _columns(Requests, requests), _columns(Offers, offers), Excluded(excluded)


def _person(rnd, towns, sizes, likes, speaks, spread):
    x, y = rnd.choices(towns, cum_weights=sizes)[0]
    interests = set()
    for _ in range(rnd.randint(2, 6)):
        interests.add(rnd.choices(range(INTERESTS), cum_weights=likes)[0])
    languages = {
        rnd.choices(range(len(LANGUAGES)), cum_weights=speaks)[0] for _ in range(rnd.choice((1, 1, 1, 2, 2)))
    }
    times = 0
    for slot in rnd.sample(range(21), rnd.randint(3, 8)):
        day, part = divmod(slot, 3)
        times |= 0xF << (day * 48 + 18 + part * 8)
    hours = rnd.randint(1, 4)
    age = rnd.randint(18, 80)
    wants_age = rnd.random() < 0.32
    return {
        "x": x + rnd.gauss(0, spread),
        "y": y + rnd.gauss(0, spread),
        "limit": rnd.randint(5, 40) * 1000,
        "channels": IN_PERSON | (rnd.choice((PHONE, PHONE | VIDEO)) if rnd.random() < 0.13 else 0),
        "languages": languages,
        "gender": rnd.choice((1, 2)),
        "wish_gender": rnd.choice((1, 2)) if rnd.random() < 0.4 else 0,
        "birth_year": YEAR - age,
        "wish_age_min": max(18, age - rnd.randint(8, 30)) if wants_age else 0,
        "wish_age_max": age + rnd.randint(8, 30) if wants_age else 0,
        "hours_min": hours,
        "hours_max": hours,
        "availability": times,
        "interests": interests,
    }


def _columns(kind, people):
    names = people[0].keys() if people else ()
    return kind(
        ids=range(1, len(people) + 1), **{name: [person[name] for person in people] for name in names}
    )
