"""Volunteers, citizens, their conversations, and the words that describe what they like and speak."""

from .models_booking import ConversationBooking
from .models_conversation import Conversation
from .models_correction import Correction
from .models_guide import ConversationGuide, GuideVersion
from .models_hold import LegalHold
from .models_own import OwnChange
from .models_people import Citizen, Volunteer
from .models_person import Channel, Gender, GenderWish, MeetingPlace
from .models_steps import PersonStep, Step
from .models_still import StillHereQuestion
from .models_upload import PeopleUpload
from .models_vocabulary import Interest, InterestGroup, Language

__all__ = [
    "Channel",
    "Citizen",
    "Conversation",
    "ConversationBooking",
    "ConversationGuide",
    "Correction",
    "Gender",
    "GenderWish",
    "GuideVersion",
    "Interest",
    "InterestGroup",
    "Language",
    "LegalHold",
    "MeetingPlace",
    "OwnChange",
    "PeopleUpload",
    "PersonStep",
    "Step",
    "StillHereQuestion",
    "Volunteer",
]
