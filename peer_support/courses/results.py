"""What the services of courses answer."""

from dataclasses import dataclass, field
from datetime import date, time


@dataclass(frozen=True)
class Moved:
    """One session that falls otherwise than before."""

    session_id: int
    number: int
    old_date: date
    old_time: time
    new_date: date
    new_time: time


@dataclass(frozen=True)
class Planned:
    """One session of a preview; ``week`` is (ISO year, week)."""

    number: int
    date: date
    week: tuple
    title: str


@dataclass(frozen=True)
class Preview:
    """What would be made: sessions, days skipped and why, what follows from them, and sentences worth a look."""

    sessions: tuple
    skipped: tuple
    starts_on: date
    ends_on: date
    intake_until: date | None
    go_no_go_on: date | None
    remarks: tuple = ()


@dataclass
class Changed:
    """What came of a change: the course as it is now, sessions that fall otherwise, days skipped, and what to look at.

    ``to_check`` holds sentences for the coordinator: agreements that were made about the old day.
    """

    course: object
    session: object = None
    moved: list = field(default_factory=list)
    skipped: tuple = ()
    added: object = None
    removed: int | None = None
    to_check: list = field(default_factory=list)
