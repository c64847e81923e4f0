"""What readers are told of a course, a session or a workshop: facts, and nothing about any person."""

from dataclasses import dataclass
from datetime import date, datetime

from ..directory.models import LocalCoordinator


@dataclass(frozen=True)
class SessionFacts:
    """One session as readers see it; ``number`` is ``None`` where it is called off."""

    number: int | None
    title: str
    date: date
    week: str
    hours: str
    place: str
    begins: datetime
    ends: datetime
    called_off: bool


@dataclass(frozen=True)
class WorkshopFacts:
    """One intro workshop to come."""

    pk: int
    title: str
    date: date
    week: str
    day: str
    hours: str
    place: str
    town: str
    postcode: str
    seats: str
    is_full: bool
    begins: datetime
    ends: datetime
    course_ids: tuple
    initiative_id: int
    initiative: str
    coordinator: LocalCoordinator | None


@dataclass(frozen=True)
class CourseFacts:
    """One published course. ``when`` is its rhythm in words, ``seats`` how many places in words."""

    pk: int
    title: str
    kind: str
    kind_name: str
    for_whom: str
    about: str
    what_happens: str
    rules: tuple
    town: str
    postcode: str
    place: str
    starts_on: date | None
    ends_on: date | None
    week: str
    day: str
    when: str
    session_count: int
    length: str
    minutes: int
    interval_weeks: int
    capacity: int | None
    facilitators: int
    seats: str
    is_full: bool
    has_begun: bool
    intake_open: bool
    intake_until: date | None
    intake_sessions: int | None
    wants_intro: bool
    answer_days: int
    workshops: tuple
    sessions: tuple
    coordinator: LocalCoordinator | None
    initiative_id: int
    initiative: str
    cost_free: bool = True

    @property
    def next_workshop(self):
        """The first workshop to come that leads here, or ``None``."""
        return self.workshops[0] if self.workshops else None


@dataclass(frozen=True)
class PastCourse:
    """A course that was on the website and is not to come any more: called off, or over."""

    pk: int
    title: str
    called_off: bool
    coordinator: LocalCoordinator | None
