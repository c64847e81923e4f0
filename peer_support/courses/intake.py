"""Until when a course takes new people in: a day that follows from the sessions as they really fall."""

from .models_course import SessionState


def last_intake_day(course):
    """Return the last day on which somebody can come in, or ``None`` where there is no end.

    The day of session number ``course.intake_sessions``, counted among those that are not called off, in the order
    they fall; a moved session counts where it is now. With fewer sessions than that, or where people can join all
    the way, the day of the last one.
    """
    days = course.sessions.exclude(state=SessionState.CANCELLED).order_by("date", "start_time", "pk")
    days = list(days.values_list("date", flat=True)[: course.intake_sessions])
    return days[-1] if days else None
