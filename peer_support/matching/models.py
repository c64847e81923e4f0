"""Policies, saved runs, matches and their events, and pairs that are not to be proposed."""

from .models_call import MatchCall
from .models_match import Match, MatchEvent
from .models_policy import Exclusion, MatchingPolicy, MatchRun

__all__ = ["Exclusion", "Match", "MatchCall", "MatchEvent", "MatchRun", "MatchingPolicy"]
