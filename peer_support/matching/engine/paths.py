"""Shortest augmenting paths with prices: the inner loops of the solver.

Method: successive shortest paths for the assignment problem with dual prices (Kuhn 1955; Tomizawa 1971;
Edmonds and Karp 1972; Jonker and Volgenant 1987), on sparse rows and with capacities on one side, so that no
place is ever copied. Every matched pair is *tight* (request price + offer price = weight), every pair has price
sum >= weight, and only a full offer has a price above zero; that is kept after each insertion and is the proof
of optimality in the end.

Four things make it fast in plain Python:

- rows are sorted by falling weight and produced a few edges at a time. A row is read until the weight alone
  says that the rest of the row cannot beat the best ending found so far;
- the first free offer in a row ends the reading of that row, because its price is zero;
- rows with few edges go first, because they leave the least choice;
- staying unmatched is an ending too, so a search never leaves the neighbourhood that is worth less than that.

The values are floats when every sum is certain to be exact in a double (see `solver.exact_as_floats`), otherwise
Python integers; the loops are the same.
"""

from heapq import heappop, heappush

INFINITY = float("inf")


def insert_requests(rows, count, capacities):
    """Match by inserting the requests one after another; each wants one place.

    `rows.targets` are offer indices, `capacities[j]` is >= 1 for every offer that occurs in a row.
    Returns (offer of each request or -1, request prices, offer prices).
    """
    weights, targets, grow = rows.weights, rows.targets, rows.grow
    match = [-1] * count
    zero = rows.zero
    u = [zero] * count
    v = [zero] * len(capacities)
    free = list(capacities)
    holders = [[] for _ in capacities]
    dist = [INFINITY] * len(capacities)
    via = [-1] * len(capacities)

    for start in rows.shortest_first():
        # The price of the newcomer: the best that any offer leaves it. Prices are >= 0, so the weight bounds it.
        best, best_offer, known = zero, -1, 0
        while True:
            ws, js = weights[start], targets[start]
            for w, j in zip(ws[known:], js[known:], strict=False) if known else zip(ws, js, strict=False):
                if w <= best:
                    break
                w -= v[j]
                if w > best:
                    best, best_offer = w, j
            else:
                known = len(ws)
                if (not known or ws[-1] > best) and grow(start):
                    continue
            break
        if best_offer < 0:
            continue
        u[start] = best
        if free[best_offer]:
            free[best_offer] -= 1
            match[start] = best_offer
            holders[best_offer].append(start)
            continue

        # Search outwards. An ending is a free offer, or somebody (perhaps the newcomer) who stays without.
        bound, last_request, last_offer = best, start, -1
        heap, touched, reached = [], [], []
        here, tree = zero, (start,)
        while True:
            for i in tree:
                base = here + u[i]
                if base < bound:
                    bound, last_request, last_offer = base, i, -1
            for i in tree:
                base = here + u[i]
                stop = base - bound
                known = 0
                while True:
                    ws, js = weights[i], targets[i]
                    for w, j in (
                        zip(ws[known:], js[known:], strict=False) if known else zip(ws, js, strict=False)
                    ):
                        if w <= stop:
                            break
                        d = base - w + v[j]
                        if d < dist[j] and d < bound:
                            if dist[j] == INFINITY:
                                touched.append(j)
                            dist[j] = d
                            via[j] = i
                            if free[j]:
                                bound, last_offer = d, j
                                break
                            heappush(heap, (d, j))
                    else:
                        known = len(ws)
                        if (not known or ws[-1] > stop) and grow(i):
                            continue
                    break
            tree = None
            while heap:
                here, j = heappop(heap)
                if here >= bound:
                    break
                if here == dist[j]:
                    tree = holders[j]
                    reached.append(j)
                    break
            if tree is None:
                break

        u[start] -= bound
        for j in reached:
            gain = bound - dist[j]
            v[j] += gain
            for i in holders[j]:
                u[i] -= gain
        for j in touched:
            dist[j] = INFINITY

        # Move everybody on the path one offer along.
        if last_offer >= 0:
            free[last_offer] -= 1
            j = last_offer
        elif last_request == start:
            continue
        else:
            j = match[last_request]
            match[last_request] = -1
            holders[j].remove(last_request)
        while True:
            i = via[j]
            before = match[i]
            match[i] = j
            holders[j].append(i)
            if i == start:
                break
            holders[before].remove(i)
            j = before
    return match, u, v


def insert_places(rows, count, capacities):
    """Match by inserting the offers' places one after another, for when places are scarcer than requests.

    `rows.targets` are request indices, row `j` belongs to offer `j`, `count` is the number of requests. All places
    of an offer share one price. Returns the same as `insert_requests`.
    """
    weights, targets, grow = rows.weights, rows.targets, rows.grow
    owner = [-1] * count
    zero = rows.zero
    u = [zero] * count
    v = [zero] * len(capacities)
    dist = [INFINITY] * count
    via = [-1] * count
    seen = [False] * len(capacities)
    came = [-1] * len(capacities)

    for start in rows.shortest_first():
        for place in range(capacities[start]):
            if not place:
                best, best_request, known = zero, -1, 0
                while True:
                    ws, js = weights[start], targets[start]
                    for w, i in (
                        zip(ws[known:], js[known:], strict=False) if known else zip(ws, js, strict=False)
                    ):
                        if w <= best:
                            break
                        w -= u[i]
                        if w > best:
                            best, best_request = w, i
                    else:
                        known = len(ws)
                        if (not known or ws[-1] > best) and grow(start):
                            continue
                    break
                if best_request < 0:
                    break
                v[start] = best
                if owner[best_request] < 0:
                    owner[best_request] = start
                    continue
            elif not v[start]:
                break

            bound, last_offer, last_request = v[start], start, -1
            heap, touched, reached = [], [], []
            seen[start] = True
            tree = [(start, zero)]
            here, j = zero, start
            while True:
                base = here + v[j]
                stop = base - bound
                known = 0
                while True:
                    ws, js = weights[j], targets[j]
                    for w, i in (
                        zip(ws[known:], js[known:], strict=False) if known else zip(ws, js, strict=False)
                    ):
                        if w <= stop:
                            break
                        d = base - w + u[i]
                        if d < dist[i] and d < bound:
                            if dist[i] == INFINITY:
                                touched.append(i)
                            dist[i] = d
                            via[i] = j
                            if owner[i] < 0:
                                bound, last_request = d, i
                                break
                            heappush(heap, (d, i))
                    else:
                        known = len(ws)
                        if (not known or ws[-1] > stop) and grow(j):
                            continue
                    break
                j = -1
                while heap:
                    here, i = heappop(heap)
                    if here >= bound:
                        break
                    if here != dist[i]:
                        continue
                    reached.append(i)
                    if not seen[owner[i]]:
                        j = owner[i]
                        seen[j] = True
                        came[j] = i
                        tree.append((j, here))
                        if here + v[j] < bound:
                            bound, last_offer, last_request = here + v[j], j, -1
                        break
                if j < 0:
                    break

            for j, d in tree:
                seen[j] = False
                if d < bound:
                    v[j] -= bound - d
            for i in reached:
                u[i] += bound - dist[i]
            for i in touched:
                dist[i] = INFINITY

            # Hand every request on the path over to the offer that reached it.
            if last_request >= 0:
                i = last_request
            elif last_offer == start:
                break
            else:
                i = came[last_offer]
            while True:
                j = via[i]
                owner[i] = j
                if j == start:
                    break
                i = came[j]
    return owner, u, v
