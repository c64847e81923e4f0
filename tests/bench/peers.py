"""Other people's solvers on the same problem. Each function takes a `graphs.Problem` and returns the number matched.

What a peer needs to be told (its own objects) is built inside, since a caller would have to build it too; points
are handed over ready made, which favours the peers.
"""

import sys

import numpy as np


def places(p):
    first = np.concatenate([[0], np.cumsum(p.capacities)])
    return [
        (i, int(k), weight)
        for i, row in enumerate(p.adjacency)
        for j, weight in row
        for k in range(first[j], first[j + 1])
    ], int(first[-1])


def ortools(p):
    from ortools.graph.python import min_cost_flow

    # It multiplies costs by the number of nodes within 64 bits, so it gets a few bits less of the tie-break.
    spare = 60 - (p.n + p.m + 2).bit_length() - int(p.weights.max()).bit_length()
    weights = p.weights >> max(0, -spare)
    flow = min_cost_flow.SimpleMinCostFlow()
    source, sink = p.n + p.m, p.n + p.m + 1
    tails = np.concatenate([np.full(p.n, source), p.rows, p.n + np.arange(p.m), np.arange(p.n)])
    heads = np.concatenate([np.arange(p.n), p.n + p.columns, np.full(p.m, sink), np.full(p.n, sink)])
    capacities = np.concatenate(
        [np.ones(p.n + len(p.rows), dtype=int), p.capacities, np.ones(p.n, dtype=int)]
    )
    costs = np.concatenate([np.zeros(p.n, dtype=int), -weights, np.zeros(p.m + p.n, dtype=int)])
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    flow.set_nodes_supplies(np.array([source, sink]), np.array([p.n, -p.n]))
    if flow.solve() != flow.OPTIMAL:
        raise ArithmeticError("no optimum")
    return int(flow.flows(arcs)[p.n : p.n + len(p.rows)].sum())


def networkx(p):
    from networkx import DiGraph, network_simplex

    graph = DiGraph()
    graph.add_node("source", demand=-p.n)
    graph.add_node("sink", demand=p.n)
    for i, row in enumerate(p.adjacency):
        graph.add_edge("source", (0, i), capacity=1, weight=0)
        graph.add_edge((0, i), "sink", capacity=1, weight=0)
        for j, weight in row:
            graph.add_edge((0, i), (1, j), capacity=1, weight=-weight)
    for j, capacity in enumerate(p.capacities):
        graph.add_edge((1, j), "sink", capacity=capacity, weight=0)
    _, flow = network_simplex(graph)
    return p.n - sum(flow[0, i]["sink"] for i in range(p.n))


def networkx_blossom(p):
    from networkx import Graph, max_weight_matching

    graph = Graph()
    edges, _ = places(p)
    graph.add_weighted_edges_from(((0, i), (1, k), weight) for i, k, weight in edges)
    return len(max_weight_matching(graph))


def rustworkx(p):
    from rustworkx import PyGraph, max_weight_matching

    edges, size = places(p)
    graph = PyGraph()
    graph.add_nodes_from(range(p.n + size))
    graph.add_edges_from([(i, p.n + k, weight) for i, k, weight in edges])
    return len(max_weight_matching(graph, weight_fn=int))


def igraph(p):
    from igraph import Graph

    edges, size = places(p)
    graph = Graph(p.n + size, [(i, p.n + k) for i, k, _ in edges])
    types = [False] * p.n + [True] * size
    found = graph.maximum_bipartite_matching(types=types, weights=[float(weight) for _, _, weight in edges])
    return len(found)


def munkres(p):
    from munkres import Munkres

    edges, size = places(p)
    table = [[0] * (size + p.n) for _ in range(p.n)]
    for i, k, weight in edges:
        table[i][k] = -weight
    return sum(table[i][k] < 0 for i, k in Munkres().compute(table))


def matching(p):
    """Hospitals and residents (stable, not the best total)."""
    from matching.games import HospitalResident

    sys.setrecursionlimit(100_000)
    by_offer = {}
    for i, row in enumerate(p.adjacency):
        for j, weight in row:
            by_offer.setdefault(j, []).append((-weight, i))
    residents = {
        i: [j for j, _ in sorted(row, key=lambda e: -e[1])] for i, row in enumerate(p.adjacency) if row
    }
    hospitals = {j: [i for _, i in sorted(row)] for j, row in by_offer.items()}
    game = HospitalResident.create_from_dictionaries(
        residents, hospitals, {j: p.capacities[j] for j in hospitals}
    )
    return sum(len(chosen) for chosen in game.solve().values())


def mentor_match(p):
    """One round, one mentee per mentor, with points and hard rules as its own rule objects."""
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.process import process_data
    from matching.rules.rule import Disqualify, Rule

    points = dict(zip(zip(p.rows.tolist(), p.columns.tolist(), strict=True), p.points.tolist(), strict=True))
    mentees = [Mentee(grade=1, email=str(i)) for i in range(p.n)]
    mentors = [Mentor(grade=1, email=str(j)) for j in range(p.m)]

    class Points(Rule):
        def evaluate(self, match):
            return True

        def apply(self, match):
            return points.get((int(match.mentee.email), int(match.mentor.email)), 0)

    never = Disqualify(lambda match: (int(match.mentee.email), int(match.mentor.email)) not in points)
    process_data(mentors, mentees, [[never, Points()]])
    return sum(bool(mentee.mentors) for mentee in mentees)


# name -> (function, module that must be importable, distribution, whether it finds the optimum)
PEERS = {
    "ortools": (ortools, "ortools.graph.python.min_cost_flow", "ortools", True),
    "networkx simplex": (networkx, "networkx", "networkx", True),
    "networkx blossom": (networkx_blossom, "networkx", "networkx", True),
    "rustworkx": (rustworkx, "rustworkx", "rustworkx", True),
    "igraph": (igraph, "igraph", "igraph", True),
    "munkres": (munkres, "munkres", "munkres", True),
    "matching": (matching, "matching.games", "matching", False),
    "mentor-match": (mentor_match, "matching.process", "mentor-match", False),
}
