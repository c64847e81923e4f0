"""Rules, points and ranking against the plain-Python oracle, and what one relaxed rule opens."""

import random

import numpy as np
import pytest

from peer_support.matching.engine import (
    CRITERIA,
    RULES,
    Excluded,
    Offers,
    Requests,
    Settings,
    bits,
    criteria,
    rank,
    rules,
)
from peer_support.matching.engine.candidates import possible_pairs

from . import oracle
from .people import YEAR, columns, easy, made

pytestmark = pytest.mark.one_database

SETTINGS = [
    Settings(year=YEAR),
    Settings(year=YEAR, default_limit=8000, seed="another", far=12_345, enough_minutes=210, hours_gap=77),
    Settings(year=YEAR, weights={"interests": 1, "distance": 997}, neutral={"interests": 1, "time": 999}),
]


def all_pairs(requests, offers):
    rows = np.repeat(np.arange(len(requests)), len(offers))
    return rows, np.tile(np.arange(len(offers)), len(requests))


@pytest.mark.parametrize("seed", range(6))
def test_rules_and_points_equal_plain_python_bit_for_bit(seed):
    settings = SETTINGS[seed % len(SETTINGS)]
    requests, offers, excluded, citizens, volunteers, triples = made(seed, 14, 20)
    rows, cols = all_pairs(requests, offers)
    failing = rules.failing(requests, offers, rows, cols, settings, excluded)
    scored = criteria.scored(requests, offers, rows, cols, settings)
    totals = criteria.totals(requests, offers, rows, cols, settings)
    for k, (i, j) in enumerate(zip(rows.tolist(), cols.tolist(), strict=True)):
        a, b = citizens[i], volunteers[j]
        assert set(rules.names(int(failing[k]))) == oracle.failing(a, b, triples, settings)
        expected = oracle.parts(a, b, settings)
        for name in CRITERIA:
            points, unknown = scored[name]
            assert (int(points[k]), bool(unknown[k])) == expected[name], name
            assert 0 <= points[k] <= settings.weights[name]
        assert totals[k] == sum(points for points, _ in expected.values())


@pytest.mark.parametrize("seed", range(8))
def test_ranking_equals_plain_python(seed):
    settings = SETTINGS[seed % len(SETTINGS)]
    requests, offers, excluded, citizens, volunteers, triples = made(100 + seed, 4, 40)
    number = bits.seed_number(settings.seed)
    for i, a in enumerate(citizens):
        found = rank(requests.take([i]), offers, settings, excluded)
        expected = []
        for b in volunteers:
            if not oracle.failing(a, b, triples, settings):
                points = sum(part for part, _ in oracle.parts(a, b, settings).values())
                expected.append((-points, -oracle.hashed(number, a["ids"], b["ids"]), b["ids"]))
        assert [(-one.points, one.offer_id) for one in found.possible] == [
            (p, o) for p, _, o in sorted(expected)
        ]
        assert [one.place for one in found.possible] == list(range(1, len(expected) + 1))
        for one in found.possible:
            assert one.points == sum(part.points for part in one.parts)
            assert [part.criterion for part in one.parts] == list(CRITERIA)
        stopped = {b["ids"]: oracle.failing(a, b, triples, settings) for b in volunteers}
        stopped = {identity: names for identity, names in stopped.items() if names}
        assert {one.offer_id: set(one.rules) for one in found.impossible} == stopped
        for one in found.impossible:
            assert one.first == min(one.rules, key=RULES.index)
        assert sum(found.first_failing.values()) == len(stopped)
        for rule in RULES:
            assert found.one_rule_away.get(rule, 0) == sum(names == {rule} for names in stopped.values())


def relaxed(a, b, change):
    """The dicts of a pair with one change carried out."""
    a, b, facts = dict(a), dict(b), change.facts
    one = a if change.side == "request" else b
    if change.rule == "channel":
        a["channels"] |= facts["channel"]
    elif change.rule == "language":
        a["languages"] = set(a["languages"]) | {facts["language"]}
    elif change.rule == "gender":
        one["wish_gender"] = 0
    elif change.rule == "age":
        one["wish_age_min"] = one["wish_age_max"] = 0
    elif change.rule == "distance":
        one["limit"] = facts["to"] if change.side == "request" else 10**9
    elif change.rule.startswith("pause"):
        one["paused"] = False
    elif change.rule == "capacity":
        b["capacity"] = 1
    else:
        b["missing_" + change.rule] = False
    return a, b


@pytest.mark.parametrize("seed", range(12))
def test_each_change_opens_exactly_what_it_says(seed):
    settings = Settings(year=YEAR)
    requests, offers, excluded, citizens, volunteers, triples = made(200 + seed, 6, 40, far=30_000)
    met = set()
    for i, a in enumerate(citizens):
        found = rank(requests.take([i]), offers, settings, excluded)
        before = {b["ids"] for b in volunteers if not oracle.failing(a, b, triples, settings)}
        for change in found.changes:
            met.add((change.rule, change.side))
            if change.side == "pair":
                after = {
                    b["ids"] for b in volunteers if oracle.failing(a, b, triples, settings) <= {change.rule}
                }
            else:
                after = {
                    b["ids"]
                    for b in volunteers
                    if not oracle.failing(*relaxed(a, b, change), triples, settings)
                }
            assert set(change.opens) == after - before, (change.rule, change.side)
            assert change.opens
        # No channel, gender, age or distance change that would help is left out.
        seen = {(c.rule, c.side, c.facts.get("channel")) for c in found.changes}
        for rule, facts in [("gender", {}), ("age", {})] + [
            ("channel", {"channel": 1 << k}) for k in range(4)
        ]:
            if rule == "channel" and not a["channels"]:
                continue
            for side in ("request", "offer") if rule != "channel" else ("request",):

                class Try:
                    pass

                Try.rule, Try.side, Try.facts = rule, side, facts
                after = {
                    b["ids"] for b in volunteers if not oracle.failing(*relaxed(a, b, Try), triples, settings)
                }
                assert bool(after - before) == ((rule, side, facts.get("channel")) in seen)
    assert met


def test_longer_way_is_offered_in_whole_kilometres():
    request = Requests(ids=[1], x=[0], y=[0], limit=[5000], channels=[1])
    offers = Offers(
        ids=[1, 2, 3, 4],
        x=[4000, 6100, 7400, 30_000],
        y=[0] * 4,
        channels=[1] * 4,
        limit=[None, None, None, 10_000],
    )
    found = rank(request, offers)
    assert [one.offer_id for one in found.possible] == [1]
    steps = [change for change in found.changes if change.rule == "distance"]
    assert [(c.side, c.opens, c.facts) for c in steps] == [
        ("request", (2, 3), {"from": 5000, "to": 8000}),
        ("request", (2,), {"from": 5000, "to": 7000}),
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("x", None),
        ("availability", 0),
        ("interests", ()),
        ("hours_min", None),
        ("languages", None),
        ("channels", 0),
    ],
)
def test_unknown_stops_nobody_and_gives_neither_all_nor_nothing(column, value):
    full = {
        "x": [0.0],
        "y": [0.0],
        "channels": [1],
        "languages": [{0}],
        "availability": [0b1111],
        "interests": [{1, 2}],
        "hours_min": [2],
    }
    name = {"x": "distance", "availability": "time", "interests": "interests", "hours_min": "hours"}.get(
        column, "preferences"
    )
    for side in (Requests, Offers):
        a = Requests(ids=[1], **{**full, **({column: [value]} if side is Requests else {})})
        b = Offers(ids=[1], **{**full, **({column: [value]} if side is Offers else {})})
        found = rank(a, b)
        part = {part.criterion: part for part in found.possible[0].parts}[name]
        assert part.unknown
        assert 0 < part.points < part.maximum


def test_distance_is_a_rule_only_where_they_must_meet():
    far = {"x": [0.0], "y": [0.0], "limit": [1000]}
    offers = Offers(ids=[1, 2, 3], x=[9000] * 3, y=[0] * 3, channels=[1, 3, 0])
    assert [one.rules for one in rank(Requests(ids=[1], channels=[1], **far), offers).impossible] == [
        ("distance",)
    ] * 3
    assert [one.offer_id for one in rank(Requests(ids=[1], channels=[3], **far), offers).impossible] == [1]
    assert not rank(Requests(ids=[1], **far), offers.changed(channels=[3, 3, 0])).impossible
    # A meeting place within reach is enough.
    assert not rank(Requests(ids=[1], channels=[1], places=[[(8500.0, 0)]], **far), offers).impossible


def test_the_limit_itself_is_within_reach():
    offers = Offers(ids=[1, 2], x=[5000, 5001], y=[0, 0], channels=[1, 1], limit=[5000, None])
    found = rank(Requests(ids=[1], x=[0], y=[0], limit=[5000], channels=[1]), offers)
    assert [one.offer_id for one in found.possible] == [1]


def test_hours_with_the_ends_swapped_count_from_the_lower_bound():
    found = rank(Requests(ids=[1], hours_min=[3], hours_max=[2]), Offers(ids=[1], hours_min=[3]))
    part = {part.criterion: part for part in found.possible[0].parts}["hours"]
    assert (part.facts["gap"], part.points) == (0, part.maximum)
    found = rank(Requests(ids=[1], hours_min=[3], hours_max=[2]), Offers(ids=[1], hours_max=[2.5]))
    assert {part.criterion: part for part in found.possible[0].parts}["hours"].facts["gap"] == 30


def test_ages_count_for_the_whole_year_of_birth():
    offers = Offers(ids=[1, 2, 3], birth_year=[1995, 1996, 1997])
    found = rank(Requests(ids=[1], wish_age_min=[30]), offers, Settings(year=2026))
    assert sorted(one.offer_id for one in found.possible) == [1, 2]
    with pytest.raises(ValueError, match="year"):
        rank(Requests(ids=[1], wish_age_min=[30]), offers)


@pytest.mark.parametrize("seed", range(10))
def test_candidates_without_a_table_are_all_the_possible_pairs(seed):
    settings = SETTINGS[seed % 2]
    requests, offers, excluded, *_ = made(300 + seed, 40, 50, far=40_000)
    rows, cols = all_pairs(requests, offers)
    ok = rules.failing(requests, offers, rows, cols, settings, excluded) == 0
    found = possible_pairs(requests, offers, settings, excluded)
    assert found[0].tolist() == rows[ok].tolist()
    assert found[1].tolist() == cols[ok].tolist()
    assert found[2].tolist() == criteria.totals(requests, offers, rows[ok], cols[ok], settings).tolist()


def test_order_of_rows_does_not_matter():
    requests, offers, excluded, _, volunteers, _ = made(7, 1, 60)
    expected = rank(requests, offers, SETTINGS[0], excluded).as_dict()
    shuffled = random.Random(1).sample(volunteers, len(volunteers))
    found = rank(requests, columns(Offers, shuffled), SETTINGS[0], excluded).as_dict()
    assert found == expected


def test_hash_and_bit_count_are_the_same_in_both_languages():
    rnd = random.Random(2)
    a = np.array([rnd.randint(0, 2**63 - 1) for _ in range(500)])
    b = np.array([rnd.randint(0, 10**6) for _ in range(500)])
    for seed in ("", "peer", "æøå"):
        number = bits.seed_number(seed)
        found = bits.pair_hash(number, a, b).tolist()
        assert found == [bits.pair_hash_of(number, p, q) for p, q in zip(a.tolist(), b.tolist(), strict=True)]
        assert found == [oracle.hashed(number, p, q) for p, q in zip(a.tolist(), b.tolist(), strict=True)]
    words = a.astype(np.uint64)
    assert bits._popcount_swar(words).tolist() == [bin(value).count("1") for value in a.tolist()]
    assert bits._popcount(words).tolist() == bits._popcount_swar(words).tolist()


def test_rank_takes_one_request():
    with pytest.raises(ValueError, match="one request, not 2"):
        rank(easy(Requests, 2), easy(Offers, 1))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Requests(ids=[1, 1]), "an id is there twice"),
        (lambda: Requests(ids=["a"]), "ids are whole numbers"),
        (lambda: Requests(ids=[1], gender=[1, 2]), "gender has 2 values for 1 ids"),
        (lambda: Requests(ids=[4], gender=[9]), "gender of id 4 is 9"),
        (lambda: Requests(ids=[4], limit=[-1]), "limit of id 4 is -1"),
        (lambda: Requests(ids=[4], x=[float("inf")], y=[0]), "x of id 4 is inf"),
        (lambda: Requests(ids=[4], availability=[1 << 336]), "336 half-hours"),
        (lambda: Requests(ids=[4], interests=[-1]), "bit mask"),
        (lambda: Requests(ids=[4], places=[[(float("nan"), 0)]]), "finite"),
        (lambda: Offers(ids=[4], capacity=[-1]), "capacity of id 4 is -1"),
        (lambda: Excluded([(1, 2, "cousin")]), "cousin"),
        (lambda: Settings(weights={"charm": 5}), "there is no criterion 'charm'"),
        (lambda: Settings(weights={"time": -5}), "must not be negative"),
        (lambda: Settings(weights={"time": 0.5}), "must be an integer"),
        (lambda: Settings(neutral={"time": 0}), "between 1 and 999"),
        (lambda: Settings(aim="all"), "aim is 'all'"),
        (lambda: Settings(far=0), "at least 1"),
        (lambda: Settings(weights={"time": 10**7}), "more than"),
        (lambda: Settings(waiting_per_day=10**6), "more than"),
    ],
)
def test_what_cannot_be_meant_is_refused(make, words):
    with pytest.raises(ValueError) as caught:
        make()
    assert words in str(caught.value)


def test_settings_survive_saving():
    settings = Settings(weights={"interests": 500, "time": 500}, seed="x", threshold=100)
    assert Settings(**settings.as_dict()) == settings
    assert settings.with_changes(weights={"time": 100}).weights["interests"] == 500
