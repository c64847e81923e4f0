"""Templates, courses and their sessions, workshops, those who lead, those who take part, and who came."""

from .models_care import CaringCall
from .models_course import (
    INTAKE_STATES,
    LIVE_STATES,
    CalledOff,
    CourseEvent,
    GroupCourse,
    IntroWorkshop,
    Session,
    SessionState,
)
from .models_course import State as CourseState
from .models_enrolment import (
    CAME,
    INCOMING_STATES,
    SEAT_STATES,
    Attendance,
    By,
    Enrolment,
    EnrolmentEvent,
    EnrolmentState,
    LeftWhy,
    WaitingWhy,
    WantsNext,
    WayIn,
)
from .models_facilitator import Facilitator, GuidanceDate, SessionStandIn
from .models_template import CourseTemplate, ForWhom, Kind, SchoolHoliday, SessionPlan

__all__ = [
    "CAME",
    "INCOMING_STATES",
    "INTAKE_STATES",
    "LIVE_STATES",
    "SEAT_STATES",
    "Attendance",
    "By",
    "CalledOff",
    "CaringCall",
    "CourseEvent",
    "CourseState",
    "CourseTemplate",
    "Enrolment",
    "EnrolmentEvent",
    "EnrolmentState",
    "Facilitator",
    "ForWhom",
    "GroupCourse",
    "GuidanceDate",
    "IntroWorkshop",
    "Kind",
    "LeftWhy",
    "SchoolHoliday",
    "Session",
    "SessionPlan",
    "SessionStandIn",
    "SessionState",
    "WaitingWhy",
    "WantsNext",
    "WayIn",
]
