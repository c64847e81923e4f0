"""Policies, saved runs, matches and their events, and pairs that are not to be proposed."""

from .models_call import MatchCall
from .models_match import AgreedEvery, Match, MatchEvent
from .models_policy import Exclusion, MatchingPolicy, MatchRun

__all__ = ["AgreedEvery", "Exclusion", "Match", "MatchCall", "MatchEvent", "MatchRun", "MatchingPolicy"]
