"""The engine's rules and points said once more, one pair at a time, in plain Python."""

import math

LOW = (1 << 64) - 1


def failing(a, b, triples, settings):
    """All failing rules of request dict `a` and offer dict `b`."""
    found = set()
    if a["paused"]:
        found.add("pause_citizen")
    if b["paused"]:
        found.add("pause_volunteer")
    if b["missing_contract"]:
        found.add("contract")
    if b["missing_certificate"]:
        found.add("certificate")
    if b["capacity"] == 0:
        found.add("capacity")
    for request, offer, kind in triples:
        if (request, offer) == (a["ids"], b["ids"]):
            found.add("excluded" if kind == "other" else kind)
    common = (a["channels"] or 15) & (b["channels"] or 15)
    if not common:
        found.add("channel")
    if a["languages"] and b["languages"] and not set(a["languages"]) & set(b["languages"]):
        found.add("language")
    for wishing, other in ((a, b), (b, a)):
        if wishing["wish_gender"] and other["gender"] and wishing["wish_gender"] != other["gender"]:
            found.add("gender")
        if other["birth_year"]:
            ages = (settings.year - other["birth_year"] - 1, settings.year - other["birth_year"])
            if wishing["wish_age_min"] and max(ages) < wishing["wish_age_min"]:
                found.add("age")
            if wishing["wish_age_max"] and min(ages) > wishing["wish_age_max"]:
                found.add("age")
    metres = distance(a, b)
    if common == 1 and metres is not None:
        for one in (a, b):
            limit = settings.default_limit if one["limit"] is None else math.floor(one["limit"])
            if limit is not None and metres > limit:
                found.add("distance")
    return found


def points_of(one):
    home = [(one["x"], one["y"])] if one["x"] is not None and one["y"] is not None else []
    return home + list(one["places"])


def distance(a, b):
    squares = [
        (ax - bx) * (ax - bx) + (ay - by) * (ay - by) for ax, ay in points_of(a) for bx, by in points_of(b)
    ]
    return math.floor(math.sqrt(min(squares))) if squares else None


def minutes(one):
    low, high = one["hours_min"], one["hours_max"]
    if low is None and high is None:
        return None
    low = math.floor((low or 0) * 60 + 0.5)
    return low, math.inf if high is None else max(low, math.floor(high * 60 + 0.5))


def parts(a, b, settings):
    """criterion -> (points, unknown)."""
    weight, found = settings.weights, {}

    def neutral(name):
        return weight[name] * settings.neutral[name] // 1000

    mine, theirs = set(a["interests"]), set(b["interests"])
    if mine and theirs:
        found["interests"] = (weight["interests"] * len(mine & theirs) // len(mine | theirs), False)
    else:
        found["interests"] = (neutral("interests"), True)

    common, metres = (a["channels"] or 15) & (b["channels"] or 15), distance(a, b)
    if not common & 1:
        found["distance"] = (neutral("distance"), False)
    elif metres is None:
        found["distance"] = (neutral("distance"), True)
    else:
        found["distance"] = (weight["distance"] * max(0, settings.far - metres) // settings.far, False)

    if a["availability"] and b["availability"]:
        shared = 30 * bin(a["availability"] & b["availability"]).count("1")
        found["time"] = (
            weight["time"] * min(shared, settings.enough_minutes) // settings.enough_minutes,
            False,
        )
    else:
        found["time"] = (neutral("time"), True)

    p, q = minutes(a), minutes(b)
    if p and q:
        gap = max(0, p[0] - q[1], q[0] - p[1])
        found["hours"] = (weight["hours"] * max(0, settings.hours_gap - gap) // settings.hours_gap, False)
    else:
        found["hours"] = (neutral("hours"), True)

    known = [bool(a["channels"] and b["channels"]), bool(a["languages"] and b["languages"])]
    for wishing, other in ((a, b), (b, a)):
        if wishing["wish_gender"]:
            known.append(other["gender"] > 0)
        if wishing["wish_age_min"] or wishing["wish_age_max"]:
            known.append(other["birth_year"] > 0)
    total = sum(1000 if one else settings.neutral["preferences"] for one in known)
    found["preferences"] = (weight["preferences"] * total // (1000 * len(known)), not all(known))
    return found


def hashed(seed, request_id, offer_id):
    """The tie-break hash, written out."""
    x = seed
    for number in (request_id, offer_id):
        x = (x + number * 0x9E3779B97F4A7C15) & LOW
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            x = ((x ^ (x >> shift)) * factor) & LOW
        x ^= x >> 31
    return x >> 44
