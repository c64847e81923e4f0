"""The matching engine: hard rules, points, ranking and plan, on columns of plain data. It needs no Django."""

from .columns import Excluded, Offers, Requests
from .comparing import compare
from .criteria import Part
from .explaining import crowds, explain, forced_cost
from .planning import Plan, plan
from .ranking import Ranking, rank
from .rules import RULES
from .settings import CRITERIA, ENGINE_VERSION, Settings
from .solver import Assignment, solve

__all__ = [
    "Assignment",
    "CRITERIA",
    "ENGINE_VERSION",
    "Excluded",
    "Offers",
    "Part",
    "Plan",
    "RULES",
    "Ranking",
    "Requests",
    "Settings",
    "compare",
    "crowds",
    "explain",
    "forced_cost",
    "plan",
    "rank",
    "solve",
]
