"""What the board shows: rankings, plans and what differs between two plans, as plain data with sentences.

The shapes are in :mod:`.presenting_types`, from where they can be imported too.
"""

from .presenting_plan import differences, plans_for
from .presenting_ranking import ranking_for
from .presenting_types import (
    Candidate,
    Change,
    DifferenceRow,
    ImpossibleGroup,
    PartLine,
    PlanRow,
    PlanView,
    RankingView,
)

__all__ = [
    "Candidate",
    "Change",
    "DifferenceRow",
    "ImpossibleGroup",
    "PartLine",
    "PlanRow",
    "PlanView",
    "RankingView",
    "differences",
    "plans_for",
    "ranking_for",
]
