"""Every write on courses, but for enrolments: one transaction each, logged, with a typed result.

A refusal raises :class:`~peer_support.access.decisions.NotAllowed`; a fault in the values raises ``ValidationError``.
Enrolments are written by :mod:`.services_enrolment`.
"""

from .planning import Wanted, create_course, first_day_of, preview_course
from .services_course import (
    cancel_course,
    change_course,
    close_course,
    complete_course,
    delete_course,
    open_course,
    start_course,
)
from .services_leading import (
    add_facilitator,
    end_facilitator,
    note_training,
    remove_guidance,
    remove_stand_in,
    save_guidance,
    set_stand_in,
)
from .services_sessions import (
    add_session,
    cancel_session,
    change_session,
    move_session,
    preview_move,
    restore_session,
)
from .services_workshops import cancel_workshop, change_workshop, create_workshop, hold_workshop

__all__ = [
    "Wanted",
    "add_facilitator",
    "add_session",
    "cancel_course",
    "cancel_session",
    "cancel_workshop",
    "change_course",
    "change_session",
    "change_workshop",
    "close_course",
    "complete_course",
    "create_course",
    "create_workshop",
    "delete_course",
    "end_facilitator",
    "first_day_of",
    "hold_workshop",
    "move_session",
    "note_training",
    "open_course",
    "preview_course",
    "preview_move",
    "remove_guidance",
    "remove_stand_in",
    "restore_session",
    "save_guidance",
    "set_stand_in",
    "start_course",
]
