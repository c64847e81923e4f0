"""What happens with a pair, and with a volunteer, once they have met."""

from .models_ending import EndingStep
from .models_follow_up import FollowUp, FollowUpPlan
from .models_meeting import Feeling, Meeting, MeetingSide, MeetingWay, Outcome
from .models_pause import Pause

__all__ = [
    "EndingStep",
    "Feeling",
    "FollowUp",
    "FollowUpPlan",
    "Meeting",
    "MeetingSide",
    "MeetingWay",
    "Outcome",
    "Pause",
]
