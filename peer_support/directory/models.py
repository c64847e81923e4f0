"""The directory: initiatives, and the tables they point to. Nothing here is about a private person but the
restricted contact, which is kept apart, encrypted and out of every revision."""

from .models_contact import InitiativeContact
from .models_coordinator import LocalCoordinator
from .models_initiative import (
    Initiative,
    InitiativeLink,
    InitiativePartner,
    InitiativeSection,
)
from .models_suggestion import InitiativeSuggestion
from .models_tables import DirectoryTerm, Municipality, Postcode, Region

__all__ = [
    "DirectoryTerm",
    "Initiative",
    "InitiativeContact",
    "InitiativeLink",
    "InitiativePartner",
    "InitiativeSection",
    "InitiativeSuggestion",
    "LocalCoordinator",
    "Municipality",
    "Postcode",
    "Region",
]
