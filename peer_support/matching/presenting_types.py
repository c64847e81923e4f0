"""The shapes of what the board shows: plain data with sentences, no behaviour.

Points are whole numbers out of the policy's total; ``percent`` is points of that total, rounded to whole per cent.
"""

from dataclasses import dataclass, field

from ..people.models import Citizen, Volunteer


@dataclass(frozen=True)
class PartLine:
    """One criterion of one pair: ``points`` of at most ``maximum``, as a sentence; ``unknown`` where an answer is missing.

    ``sentence`` stands beside ``label``; ``alone`` says the same where no label stands beside it.
    """

    criterion: str
    label: str
    points: int
    maximum: int
    unknown: bool
    sentence: str
    alone: str


@dataclass(frozen=True)
class Candidate:
    """A volunteer who is possible for a citizen, with the reasons. ``summary`` is one line, ``unknowns`` what to ask about."""

    volunteer: Volunteer
    points: int
    percent: int
    parts: list[PartLine]
    summary: str
    unknowns: list[PartLine]


@dataclass(frozen=True)
class ImpossibleGroup:
    """Volunteers that one rule stops (the first one of several): ``code`` of the rule, a sentence with the number.

    ``volunteers`` holds at most the first hundred of ``count``.
    """

    code: str
    sentence: str
    volunteers: list[Volunteer]
    count: int = 0


@dataclass(frozen=True)
class Change:
    """One small change that would open ``count`` more volunteers, as a sentence."""

    code: str
    sentence: str
    count: int


@dataclass(frozen=True)
class RankingView:
    """All volunteers for one citizen, best first; who is impossible and why; what small change would help.

    ``missing`` says what is not known about the citizen; ``blocked`` is a sentence where the citizen cannot get a
    proposal now (has a match, is on pause, is not on the waiting list), else "". ``possible_count`` counts all
    possible volunteers, ``candidates`` may be limited; ``impossible_summary`` says how many are not possible.
    """

    citizen: Citizen
    missing: list[str]
    candidates: list[Candidate]
    impossible: list[ImpossibleGroup]
    changes: list[Change]
    impossible_summary: str = ""
    blocked: str = ""
    possible_count: int = 0


@dataclass(frozen=True)
class PlanRow:
    """One citizen in a plan: with whom, or why with nobody.

    ``first_choice``: whether the volunteer is the one with most points for this citizen. ``sentence`` says how the
    place came about. ``cost``: points the whole plan would lose if the first choice was forced (``None`` where there
    is nothing to force). ``reasons``: for the unmatched, what stopped whom and what would help. ``first``: the first
    choice that ``sentence`` names, where it is somebody else.
    """

    citizen: Citizen
    volunteer: Volunteer | None
    candidate: Candidate | None
    first_choice: bool
    sentence: str
    cost: int | None
    reasons: list[str]
    first: Volunteer | None = None


@dataclass(frozen=True)
class PlanView:
    """A plan for all who wait. ``crowded``: sentences about places where too many share too few volunteers."""

    aim: str
    rows: list[PlanRow]
    unmatched: list[PlanRow]
    count: int
    mean_percent: int
    longest_wait_days_matched: int
    crowded: list[str]
    plan: object = field(repr=False)


@dataclass(frozen=True)
class DifferenceRow:
    """One citizen who fares differently in two plans: ``kind`` is "gains", "loses" or "moves"."""

    citizen: Citizen
    kind: str
    sentence: str
