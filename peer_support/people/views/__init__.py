"""The admin screens of people that are not lists: taking in, the conversation, and the steps after it."""

from .booking import book, book_cancel, book_file, book_missed
from .conversation import autosave, conversation
from .correction import correction
from .enquiry import enquiry
from .links import link
from .own_export import own_export, own_reading
from .seen import seen_sheet
from .standing import go_on, hold, still, stop
from .steps import end, finish, pause, resume, welcome_back

__all__ = [
    "autosave",
    "book",
    "book_cancel",
    "book_file",
    "book_missed",
    "conversation",
    "correction",
    "end",
    "enquiry",
    "finish",
    "go_on",
    "hold",
    "link",
    "own_export",
    "own_reading",
    "pause",
    "resume",
    "seen_sheet",
    "still",
    "stop",
    "welcome_back",
]
