"""Two plans side by side: who gains and who loses."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """What another answer means for one request: offers and points in the first and the second plan (None: none).

    gain: points in the second minus points in the first; being without a match counts as 0 points.
    """

    request_id: int
    offer_a: int | None
    points_a: int | None
    offer_b: int | None
    points_b: int | None
    gain: int

    def as_dict(self):
        return dict(self.__dict__)


@dataclass(frozen=True)
class Comparison:
    """gains, loses: requests that fare better or worse in the second plan; moved: another offer, equally good.

    same: number of requests with the same answer. objective_a, objective_b: as in the plans, plain data.
    same_input: whether both plans saw the same people, exclusions and previous pairs.
    Being matched at all counts more than any points: who gets a match gains, who loses it loses.
    """

    gains: tuple
    loses: tuple
    moved: tuple
    same: int
    objective_a: dict
    objective_b: dict
    same_input: bool

    def as_dict(self):
        found = dict(self.__dict__)
        for name in ("gains", "loses", "moved"):
            found[name] = [one.as_dict() for one in found[name]]
        return found


def compare(plan_a, plan_b):
    """Compare two plans; each is a `Plan` or the plain data of a saved one. Returns a `Comparison`."""
    a, b = (one if isinstance(one, dict) else one.as_dict() for one in (plan_a, plan_b))
    answers = [
        {pair["request_id"]: (pair["offer_id"], pair["points"]) for pair in one["pairs"]} for one in (a, b)
    ]
    ids = sorted({*answers[0], *answers[1], *a["unmatched"], *b["unmatched"]})
    gains, loses, moved, same = [], [], [], 0
    for identity in ids:
        offer_a, points_a = answers[0].get(identity, (None, None))
        offer_b, points_b = answers[1].get(identity, (None, None))
        if offer_a == offer_b and points_a == points_b:
            same += 1
            continue
        one = Difference(identity, offer_a, points_a, offer_b, points_b, (points_b or 0) - (points_a or 0))
        rank_a, rank_b = (offer_a is not None, points_a or 0), (offer_b is not None, points_b or 0)
        (gains if rank_b > rank_a else loses if rank_b < rank_a else moved).append(one)
    return Comparison(
        gains=tuple(gains),
        loses=tuple(loses),
        moved=tuple(moved),
        same=same,
        objective_a=dict(a["objective"]),
        objective_b=dict(b["objective"]),
        same_input=a["input_digest"] == b["input_digest"],
    )
