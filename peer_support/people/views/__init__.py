"""The admin screens of people that are not lists: taking in, the conversation, and the steps after it."""

from .conversation import autosave, conversation
from .enquiry import enquiry
from .links import link
from .own_export import own_export
from .steps import end, finish, pause, resume, welcome_back

__all__ = [
    "autosave",
    "conversation",
    "end",
    "enquiry",
    "finish",
    "link",
    "own_export",
    "pause",
    "resume",
    "welcome_back",
]
