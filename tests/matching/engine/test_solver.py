"""The solver against SciPy, its certificate, and its errors."""

import os
import random
import sys
import time

import numpy as np
import pytest
from hypothesis import given, settings, strategies
from scipy.optimize import linear_sum_assignment

from peer_support.matching.engine import Assignment, solve
from peer_support.matching.engine.paths import insert_places, insert_requests
from peer_support.matching.engine.rows import ArrayRows, Rows
from peer_support.matching.engine.solver import assignment, exact_as_floats, solve_columns

pytestmark = pytest.mark.one_database


def soak(test):
    """A long run, only with PEER_SOAK=1."""
    asked = pytest.mark.skipif(not os.environ.get("PEER_SOAK"), reason="a long run; set PEER_SOAK=1")
    return pytest.mark.soak(asked(test))


def random_problem(rnd, most=12, top=None):
    n, m = rnd.randint(0, most), rnd.randint(0, most)
    top = top or rnd.choice([1, 3, 10, 1000, 10**6])
    density = rnd.choice([0.1, 0.3, 0.6, 1.0])
    adjacency = [[(j, rnd.randint(1, top)) for j in range(m) if rnd.random() < density] for _ in range(n)]
    for row in adjacency:
        rnd.shuffle(row)
    return adjacency, [rnd.choice([0, 1, 1, 2, 3]) for _ in range(m)]


def scipy_value(adjacency, capacities):
    """(value, count) by SciPy's dense solver with every place as a column of its own."""
    places = [j for j, capacity in enumerate(capacities) for _ in range(capacity)]
    table = np.zeros((len(adjacency), len(places)))
    for i, row in enumerate(adjacency):
        weights = dict(row)
        table[i] = [weights.get(j, 0) for j in places]
    at = linear_sum_assignment(table, maximize=True)
    return int(table[at].sum()), int((table[at] > 0).sum())


@pytest.mark.parametrize("block", range(8))
def test_same_value_and_count_as_scipy_on_random_problems(block):
    rnd = random.Random(block)
    for _ in range(200):
        adjacency, capacities = random_problem(rnd)
        # Count first: a bonus above all weights together makes the number of matched unique.
        bonus = 1 + sum(weight for row in adjacency for _, weight in row)
        counted = [[(j, weight + bonus) for j, weight in row] for row in adjacency]
        for problem in (adjacency, counted):
            found = solve(problem, capacities)
            value, count = scipy_value(problem, capacities)
            assert found.value == value
            assert found.verify(problem) is True
        assert found.count == count


@pytest.mark.parametrize(
    ("n", "m", "density"), [(60, 80, 0.3), (150, 120, 0.1), (200, 300, 0.03), (300, 200, 0.5)]
)
def test_medium_problems(n, m, density):
    rnd = random.Random(n * m)
    adjacency = [[(j, rnd.randint(1, 10**9)) for j in range(m) if rnd.random() < density] for _ in range(n)]
    capacities = [rnd.randint(0, 3) for _ in range(m)]
    found = solve(adjacency, capacities)
    assert found.value == scipy_value(adjacency, capacities)[0]
    assert found.verify(adjacency)


def test_both_sides_and_both_kinds_of_rows_give_the_same_value():
    rnd = random.Random(5)
    for _ in range(150):
        adjacency, capacities = random_problem(rnd, 15)
        capacities = [max(capacity, 1) for capacity in capacities]
        n, m = len(adjacency), len(capacities)
        columns = [[] for _ in capacities]
        for i, row in enumerate(adjacency):
            for j, weight in row:
                columns[j].append((i, weight))
        values = {solve(adjacency, capacities).value}
        for number in (int, float):
            for found in (
                insert_requests(Rows(adjacency, number), n, capacities),
                insert_places(Rows(columns, number), n, capacities),
            ):
                made = assignment(adjacency, capacities, *found)
                assert made.verify(adjacency)
                values.add(made.value)
        r = np.array([i for i, row in enumerate(adjacency) for _ in row], dtype=np.int64)
        c = np.array([j for row in adjacency for j, _ in row], dtype=np.int64)
        w = np.array([weight for row in adjacency for _, weight in row], dtype=np.int64)
        made = assignment(
            adjacency, capacities, *solve_columns(r, c, w, n, np.array(capacities, dtype=np.int64))
        )
        assert made.verify(adjacency)
        assert len({*values, made.value}) == 1, m


def test_rows_are_listed_only_as_far_as_read_and_in_order():
    weights = np.arange(1, 101, dtype=np.int64)
    rows = ArrayRows(np.array([0, 100]), np.arange(100), weights, int)
    sizes = []
    while rows.grow(0):
        sizes.append(len(rows.weights[0]))
        assert rows.weights[0] == sorted(rows.weights[0], reverse=True)
    assert sizes == [16, 64, 100]


@settings(max_examples=150, deadline=None)
@given(strategies.data())
def test_certificate_proves_what_brute_force_finds(data):
    m = data.draw(strategies.integers(0, 4))
    weights = strategies.integers(1, 2**70)
    row = strategies.dictionaries(strategies.integers(0, m - 1), weights) if m else strategies.just({})
    adjacency = [list(one.items()) for one in data.draw(strategies.lists(row, max_size=4))]
    capacities = data.draw(strategies.lists(strategies.integers(0, 2), min_size=m, max_size=m))

    def best(i, left):
        if i == len(adjacency):
            return 0
        found = best(i + 1, left)
        for j, weight in adjacency[i]:
            if left[j]:
                found = max(found, weight + best(i + 1, [*left[:j], left[j] - 1, *left[j + 1 :]]))
        return found

    found = solve(adjacency, capacities)
    assert found.value == best(0, capacities)
    assert found.verify(adjacency)


def test_weights_of_any_size_stay_exact():
    huge = 10**40
    found = solve([[(0, huge + 1), (1, huge)], [(0, huge + 3), (1, huge + 1)]], [1, 1])
    assert found.offers == (1, 0)
    assert found.value == 2 * huge + 3
    assert found.verify([[(0, huge + 1), (1, huge)], [(0, huge + 3), (1, huge + 1)]])
    assert exact_as_floats(2**51 - 1) and not exact_as_floats(2**51)


def test_unique_optimum_does_not_depend_on_the_order_of_rows():
    rnd = random.Random(3)
    for _ in range(100):
        n, m = rnd.randint(1, 15), rnd.randint(1, 15)
        adjacency = [
            [(j, rnd.randint(1, 5) << 60 | rnd.getrandbits(50)) for j in range(m) if rnd.random() < 0.5]
            for _ in range(n)
        ]
        capacities = [rnd.randint(0, 3) for _ in range(m)]
        expected = solve(adjacency, capacities).offers
        p, q = rnd.sample(range(n), n), rnd.sample(range(m), m)
        where = {old: new for new, old in enumerate(q)}
        shuffled = [rnd.sample([(where[j], w) for j, w in adjacency[i]], len(adjacency[i])) for i in p]
        found = solve(shuffled, [capacities[j] for j in q]).offers
        back = {p[i]: None if j is None else q[j] for i, j in enumerate(found)}
        assert tuple(back[i] for i in range(n)) == expected


def test_numpy_integers_are_integers():
    adjacency = [[(np.int64(0), np.int32(5)), (np.int64(1), np.int64(7))]]
    found = solve(adjacency, np.array([1, 1]))
    assert (found.offers, found.value) == ((1,), 7)
    assert found.verify(adjacency)
    assert all(type(number) is int for number in (found.value, *found.request_prices, *found.offer_prices))


def test_long_chain_needs_no_recursion():
    # Longer than Python calls itself; twice the length takes four times as long.
    n = 1500
    assert n > sys.getrecursionlimit()
    adjacency = [[(i, 10**6), (i + 1, 10**6 - 1)] for i in range(n)] + [[(0, 10**6)]]
    found = solve(adjacency, [1] * (n + 1))
    assert found.count == n + 1
    assert found.verify(adjacency)


@pytest.mark.parametrize(
    ("adjacency", "capacities", "words"),
    [
        ([[(0, 1)], [(2, 1)]], [1, 1], "request 1: there is no offer 2"),
        ([[(-1, 1)]], [1], "request 0: there is no offer -1"),
        ([[(0, 1), (0, 2)]], [1], "request 0: the edge to offer 0 is there twice"),
        ([[(0, -4)]], [1], "request 0: the weight to offer 0 is not positive: -4"),
        ([[(0, 0)]], [1], "request 0: the weight to offer 0 is not positive: 0"),
        ([[(0, 1.5)]], [1], "request 0: the weight to offer 0 is not an integer: 1.5"),
        ([[(0, True)]], [1], "request 0: the weight to offer 0 is not an integer: True"),
        ([[(0, "7")]], [1], "request 0: the weight to offer 0 is not an integer"),
        ([[(0.0, 1)]], [1], "request 0: the offer index 0.0 is not an integer"),
        ([[(False, 1)]], [1], "request 0: the offer index False is not an integer"),
        ([[7]], [1], "the row of request 0 is not a list"),
        ([[(0, 1, 2)]], [1], "the row of request 0 is not a list"),
        ([[(0, 1)]], [-1], "the capacity of offer 0 is negative: -1"),
        ([[(0, 1)]], [1.0], "the capacity of offer 0 is not an integer: 1.0"),
        ([[(0, 1)]], [True], "the capacity of offer 0 is not an integer: True"),
    ],
)
def test_bad_input_says_where(adjacency, capacities, words):
    with pytest.raises(ValueError) as caught:
        solve(adjacency, capacities)
    assert words in str(caught.value)


GOOD = [[(0, 5), (1, 4)], [(0, 6)], []]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": 11}, "the value is stated as 11, the pairs weigh 10"),
        ({"offers": (None, 0, None), "value": 6}, "only prove that no matching weighs more than 10"),
        ({"offers": (0, 0, None), "value": 11}, "more than its capacity of 1"),
        ({"offers": (1, 0, 0), "value": 10}, "request 2 is given offer 0, which is not in its row"),
        ({"request_prices": (-1, 0, 0)}, "the price of request 0 is negative"),
        ({"offer_prices": (0, 0)}, "together less than the weight"),
        ({"request_prices": (9, 9, 0)}, "only prove"),
        ({"capacities": (1,)}, "2 offer prices for 1 capacities"),
        ({"offers": (1, 0)}, "the adjacency has 3 requests"),
    ],
)
def test_tampered_assignment_fails(change, words):
    honest = solve(GOOD, [1, 1])
    assert honest.offers == (1, 0, None) and honest.verify(GOOD) is True
    with pytest.raises(ValueError) as caught:
        Assignment(**{**honest.__dict__, **change}).verify(GOOD)
    assert words in str(caught.value)


def test_nothing_to_match():
    assert solve([], []).value == 0
    assert solve([[], []], []).offers == (None, None)
    assert solve([[(0, 3)]], [0]).offers == (None,)
    assert solve([[(0, 3)]], [0]).verify([[(0, 3)]])


@soak
def test_country_of_twelve_thousand():
    from tests.bench.graphs import expanded, lap, problem

    for name in ("10000x12000 dk", "12000x10000 dk"):
        made = problem(name)
        begin = time.perf_counter()
        found = solve(made.adjacency, made.capacities)
        print(name, len(made.weights), "edges", time.perf_counter() - begin, "s")
        assert found.verify(made.adjacency)
        assert (found.value, found.count) == lap(expanded(made))[:2]


@soak
def test_ten_thousand_random_problems():
    rnd = random.Random(99)
    for _ in range(10_000):
        adjacency, capacities = random_problem(rnd, 20)
        found = solve(adjacency, capacities)
        assert found.value == scipy_value(adjacency, capacities)[0]
        assert found.verify(adjacency)
