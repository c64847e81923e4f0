"""Everything that writes in the matching room.

Each function takes keywords only, runs in one transaction, locks the people it is about (citizens before volunteers
before matches, each in the order of their keys), writes a :class:`MatchEvent` and the access log, and returns what
it made or changed. A refusal raises :class:`~peer_support.access.decisions.NotAllowed`, whose ``decision.reason``
is the sentence to show.
"""

from .services_calls import ask_for_call, close_call, say_coming
from .services_ending import end_match, pause_match, reopen_match, resume_match, withdraw
from .services_match import (
    change_agreement,
    propose,
    record_answer,
    record_day_after,
    record_first_meeting,
    start_match,
)
from .services_pairs import exclude_pair, lift_exclusion
from .services_plan import Confirmation, Refusal, confirm_run, save_policy, save_run

__all__ = [
    "Confirmation",
    "Refusal",
    "ask_for_call",
    "change_agreement",
    "close_call",
    "confirm_run",
    "end_match",
    "exclude_pair",
    "lift_exclusion",
    "pause_match",
    "propose",
    "record_answer",
    "record_day_after",
    "record_first_meeting",
    "reopen_match",
    "resume_match",
    "save_policy",
    "save_run",
    "say_coming",
    "start_match",
    "withdraw",
]
