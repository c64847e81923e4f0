"""The room's tables; see :mod:`.models_study` and :mod:`.models_participant`."""

from .models_participant import (
    Allocation,
    How,
    Left,
    ParticipantState,
    StudyAsk,
    StudyConsent,
    StudyParticipant,
    WhyLeft,
    WhyNot,
)
from .models_study import (
    Population,
    Study,
    StudyEvent,
    StudyMeasure,
    StudySeal,
    StudySite,
    StudyState,
    StudyText,
)

__all__ = [
    "Allocation",
    "How",
    "Left",
    "ParticipantState",
    "Population",
    "Study",
    "StudyAsk",
    "StudyConsent",
    "StudyEvent",
    "StudyMeasure",
    "StudyParticipant",
    "StudySeal",
    "StudySite",
    "StudyState",
    "StudyText",
    "WhyLeft",
    "WhyNot",
]
