"""What happens with a pair, and with a volunteer, once they have met."""

from .models_meeting import Feeling, Meeting, MeetingSide, MeetingWay, Outcome

__all__ = ["Feeling", "Meeting", "MeetingSide", "MeetingWay", "Outcome"]
