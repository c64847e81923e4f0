"""B1 to B9: the engine beside its peers. Every function returns rows of {"goal", "graph", ...}."""

import importlib
import random
from functools import partial
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from peer_support.matching.engine import criteria, plan, rules, solve
from peer_support.matching.engine.paths import insert_places, insert_requests
from peer_support.matching.engine.solver import assignment, solve_columns

from . import gen
from .clock import geometric, limited, peak_bytes, rounds
from .graphs import SETTINGS, expanded, lap, prepared, problem, scarce_side
from .peers import PEERS


def available():
    """Peer -> version, or None with the reason in `missing`."""
    found, missing = {}, {}
    for name, (_, module, distribution, _) in PEERS.items():
        try:
            importlib.import_module(module)
            found[name] = version(distribution)
        except (ImportError, PackageNotFoundError) as error:
            missing[name] = str(error)
    return found, missing


def graphs(quick):
    return list(gen.QUICK if quick else gen.GRAPHS)


def from_columns(p):
    return solve_columns(p.rows, p.columns, p.weights, p.n, np.array(p.capacities))


def b1_b2_b3(quick, peers, say):
    """Optimum and count equal SciPy's; time beside SciPy's LAPJVsp and OR-Tools' min-cost flow."""
    agree, ratios, raw, columns_ratio, flow, flow_columns, detail = [], [], [], [], [], [], []
    for name in graphs(quick):
        for seed in (1,) if quick or gen.GRAPHS[name][1] >= 10_000 else (1, 2, 3):
            p = problem(name, seed)
            form, ready = expanded(p), prepared(p)
            value, count, match = lap(form)
            own = solve(p.adjacency, p.capacities)
            inner = insert_places if scarce_side(p) else insert_requests
            again = assignment(p.adjacency, p.capacities, *inner(ready, p.n, p.capacities))
            agree.append(
                own.value == value == again.value == p.value
                and own.count == count == again.count
                and own.verify(p.adjacency)
                and again.verify(p.adjacency)
            )
            if seed > 1:
                continue
            participants = {
                "lapjvsp": partial(lap_only, form),
                "ours": partial(inner, ready, p.n, p.capacities),
                "ours from columns": partial(from_columns, p),
                "ours from lists": partial(solve, p.adjacency, p.capacities),
            }
            if "ortools" in peers:
                answer = limited(PEERS["ortools"][0], (p,), 120)
                if answer.get("answer") == count:
                    participants["ortools"] = partial(PEERS["ortools"][0], p)
                else:
                    say(f"  {name}: OR-Tools left out: {answer}")
            took = rounds(participants, 3 if len(p.rows) > 1_000_000 else 5)
            ratios.append(took["ours"] / took["lapjvsp"])
            columns_ratio.append(took["ours from columns"] / took["lapjvsp"])
            raw.append(took["ours from lists"] / took["lapjvsp"])
            if "ortools" in took:
                flow.append(took["ortools"] / took["ours"])
                flow_columns.append(took["ortools"] / took["ours from columns"])
            row = {"graph": name, "edges": len(p.rows), "matched": count, "seconds": took}
            detail.append(row)
            say(f"  {name}: {len(p.rows)} edges, {count} matched, " + show(took))
    return [
        goal(
            "B1", "optimum and count equal SciPy's, certificate holds", share(agree), 1.0, ">=", detail=detail
        ),
        goal("B2", "sorted adjacency given / LAPJVsp prebuilt, geometric mean", geometric(ratios), 1.0, "<="),
        goal("B2", "the same, worst graph", max(ratios), 4.0, "<="),
        goal(
            "B2+",
            "NumPy columns in, sorting included / LAPJVsp prebuilt, geometric mean",
            geometric(columns_ratio),
        ),
        goal(
            "B2+",
            "solve(lists), checks and sorting included / LAPJVsp prebuilt, geometric mean",
            geometric(raw),
        ),
        goal(
            "B3",
            "OR-Tools min-cost flow, built and solved / sorted adjacency given, geometric mean",
            geometric(flow),
            2.0,
            ">=",
            missing=None if flow else "ortools is missing",
        ),
        goal("B3+", "the same / NumPy columns in, sorting included, geometric mean", geometric(flow_columns)),
    ]


def lap_only(form):
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    return min_weight_full_bipartite_matching(form[0])


def b4(quick, peers, say):
    """Graph libraries, Gale-Shapley and Munkres; ours is `solve` on the lists with all its checks."""
    limit = 20 if quick else 60
    found, ratios = [], []
    for name in ("500x700 dk", "700x500 dk") if quick else gen.MEDIUM:
        p = problem(name)
        ours = rounds({"ours": partial(solve, p.adjacency, p.capacities)}, 5)["ours"]
        for peer in PEERS:
            if peer in ("ortools", "mentor-match"):
                continue
            if peer not in peers:
                found.append({"graph": name, "peer": peer, "missing": True})
                continue
            answer = limited(PEERS[peer][0], (p,), limit)
            seconds = answer.get("seconds", answer.get("over"))
            row = {"graph": name, "peer": peer, "ours": ours, **answer}
            if seconds:
                row["ratio"] = seconds / ours
                ratios.append((row["ratio"], peer, name))
            if "answer" in answer and PEERS[peer][3]:
                row["same_count"] = answer["answer"] == sum(j >= 0 for j in p.match)
            found.append(row)
            say(
                f"  {name} {peer}: "
                + (f"x{row['ratio']:.0f}" if seconds else answer.get("error", "?"))
                + (" or more (stopped)" if "over" in answer else "")
            )
    none = "no peer is installed" if not ratios else None
    least = min(ratios, default=(float("nan"), "", ""))
    return [
        goal("B4", f"each peer / ours, least ({least[1]}, {least[2]})", least[0], 8, ">=", missing=none),
        goal(
            "B4",
            "each peer / ours, geometric mean",
            geometric(r for r, *_ in ratios),
            30,
            ">=",
            missing=none,
            detail=found,
        ),
    ]


def b5(quick, peers, say):
    """mentor-match on people whose points it is given; ours from the people on."""
    name = "50x70 local" if quick else "500x700 local"
    if "mentor-match" not in peers:
        return [
            goal(
                "B5",
                f"mentor-match / ours from people to pairs, {name}",
                None,
                20,
                ">=",
                "mentor-match is missing",
            )
        ]
    p = problem(name)
    ours = rounds({"ours": lambda: plan(p.requests, p.offers, SETTINGS, p.excluded)}, 5)["ours"]
    answer = limited(PEERS["mentor-match"][0], (p,), 600)
    if "seconds" not in answer:
        return [goal("B5", "mentor-match / ours", None, 20, ">=", str(answer))]
    say(f"  {name}: ours {ours * 1000:.0f} ms, mentor-match {answer['seconds']:.2f} s")
    return [
        goal(
            "B5",
            f"mentor-match / ours from people to pairs, {name}",
            answer["seconds"] / ours,
            None if quick else 20,
            ">=",
            detail=answer,
        )
    ]


def dense(requests, offers, excluded):
    """The usual recipe: a full table of all pairs, a column per place, and a dense solver."""
    from scipy.optimize import linear_sum_assignment

    n, m = len(requests), len(offers)
    table = np.zeros((n, m))
    columns = np.arange(m)
    for begin in range(0, n, 64):
        rows = np.repeat(np.arange(begin, min(begin + 64, n)), m)
        cols = np.tile(columns, len(rows) // m)
        ok = rules.failing(requests, offers, rows, cols, SETTINGS, excluded) == 0
        points = criteria.totals(requests, offers, rows, cols, SETTINGS)
        table[begin : begin + 64] = np.where(ok, points + 1_000_000, 0).reshape(-1, m)
    table = table[:, np.repeat(columns, offers.capacity)]
    at = linear_sum_assignment(table, maximize=True)
    return int((table[at] > 0).sum())


def b6(quick, peers, say):
    name = "500x700 dk" if quick else "2000x3000 dk"
    p = problem(name)
    took = rounds(
        {
            "ours": lambda: plan(p.requests, p.offers, SETTINGS, p.excluded),
            "dense": lambda: dense(p.requests, p.offers, p.excluded),
        },
        2,
    )
    say(f"  {name}: " + show(took))
    return [
        goal(
            "B6",
            f"dense table and solver / ours from people to pairs, {name}",
            took["dense"] / took["ours"],
            None if quick else 5,
            ">=",
        )
    ]


def b7(quick, peers, say):
    name = "500x700 local" if quick else "10000x12000 dk"
    p = problem(name)
    form = expanded(p)
    columns = {
        "rows": p.rows,
        "columns": p.columns,
        "weights": p.weights,
        "capacities": np.array(p.capacities),
    }
    ours = peak_bytes("ours", columns, (p.n,)) / len(p.rows)
    matrix = {"data": form[0].data, "indices": form[0].indices, "indptr": form[0].indptr}
    theirs = peak_bytes("lapjvsp", matrix, form[0].shape) / len(p.rows)
    say(f"  {name}: ours {ours:.0f}, LAPJVsp {theirs:.0f} bytes per edge")
    return [
        goal(
            "B7",
            f"extra peak memory per edge, {name}, bytes",
            ours,
            None if quick else 60,
            "<=",
            detail={"lapjvsp": theirs},
        )
    ]


def b8(quick, peers, say):
    """The same pairs after shuffling all rows, and from SciPy."""
    same = []
    for name in graphs(quick):
        seeds = (1,) if gen.GRAPHS[name][1] >= 10_000 else (1, 2, 3) if quick else (1, 2, 3, 4, 5)
        for seed in seeds:
            p = problem(name, seed)
            _, _, match = lap(expanded(p))
            same.append(tuple(match.tolist()) == p.match)
            rnd = random.Random(seed)
            requests = p.requests.take(rnd.sample(range(p.n), p.n))
            offers = p.offers.take(rnd.sample(range(p.m), p.m))
            other = plan(requests, offers, SETTINGS, p.excluded)
            same.append(other.match == p.match)
    say(f"  {sum(same)} of {len(same)} the same")
    return [goal("B8", "same pairs after shuffling and from SciPy", share(same), 1.0, ">=", detail=len(same))]


def b9(quick, peers, say):
    """Beside a coordinator who takes the longest wait first and gives each the best who is free."""
    name, more, waiters = "700x500 dk", [], []
    for seed in range(1, 7):
        p = problem(name, seed)
        days = p.requests.waiting_days
        free, manual = list(p.capacities), 0
        start = np.searchsorted(p.rows, np.arange(p.n + 1))
        for i in np.lexsort((p.requests.ids, -days)).tolist():
            row = [(-int(p.points[e]), int(p.columns[e])) for e in range(start[i], start[i + 1])]
            for _, j in sorted(row):
                if free[j]:
                    free[j] -= 1
                    manual += 1
                    break
        more.append(sum(j >= 0 for j in p.match) / manual)
        long = [i for i in range(p.n) if days[i] > 120 and start[i] < start[i + 1]]
        waiters.append(sum(p.match[i] >= 0 for i in long) / len(long))
    say(f"  {name}: " + ", ".join(f"x{r:.3f}" for r in more))
    return [
        goal(
            "B9", f"people matched, ours / by hand, longest wait first, {name}", geometric(more), 1.10, ">="
        ),
        goal(
            "B9",
            "share of those with a candidate who waited over 120 days that are matched",
            geometric(waiters),
            0.95,
            ">=",
        ),
    ]


def goal(code, text, figure, ask=None, sense=None, missing=None, detail=None):
    met = None
    if missing is None and ask is not None and figure is not None:
        met = bool(figure <= ask if sense == "<=" else figure >= ask)
    return {
        "code": code,
        "text": text,
        "figure": figure,
        "ask": ask,
        "sense": sense,
        "met": met,
        "missing": missing,
        "detail": detail,
    }


def share(flags):
    return sum(flags) / len(flags)


def show(took):
    return ", ".join(f"{name} {seconds * 1000:.2f} ms" for name, seconds in took.items())


GOALS = (b1_b2_b3, b4, b5, b6, b7, b8, b9)
