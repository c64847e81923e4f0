"""The admin screens of people that are not lists: taking in, the conversation, and the steps after it."""

from .booking import book, book_cancel, book_file, book_missed
from .conversation import autosave, conversation
from .enquiry import enquiry
from .links import link
from .own_export import own_export
from .seen import seen_sheet
from .steps import end, finish, pause, resume, welcome_back

__all__ = [
    "autosave",
    "book",
    "book_cancel",
    "book_file",
    "book_missed",
    "conversation",
    "end",
    "enquiry",
    "finish",
    "link",
    "own_export",
    "pause",
    "resume",
    "seen_sheet",
    "welcome_back",
]
