"""What is happening, and whom to ring: read from the courses and the directory through what they make public."""

from ..courses import public as courses
from ..public.coordinators import all_coordinators


def coordinators_by_town():
    """Return ``[(town, [LocalCoordinator, …]), …]`` by the alphabet; those without a town come last, under ""."""
    towns, anywhere = {}, []
    for coordinator in all_coordinators():
        for town in coordinator.towns.values():
            towns.setdefault(town, []).append(coordinator)
        if not coordinator.towns:
            anywhere.append(coordinator)
    grouped = sorted(towns.items(), key=lambda pair: pair[0].casefold())
    return [*grouped, ("", anywhere)] if anywhere else grouped


def next_workshop(initiative=None):
    """Return the ``WorkshopFacts`` of the next public intro workshop (of ``initiative``), or nothing."""
    return courses.next_workshop(initiative=initiative)


def next_courses(initiative=None, limit=3):
    """Return the ``CourseFacts`` of public courses that one can still come into, the soonest first."""
    found = courses.upcoming_courses(initiative=initiative, with_sessions=False)
    return [course for course in found if course.intake_open][:limit]


def first_workshop(found):
    """Return the first workshop to come among those of the courses ``found``, one with a place left if there is one."""
    workshops = sorted(
        {w.pk: w for course in found for w in course.workshops}.values(), key=lambda w: w.begins
    )
    return next((w for w in workshops if not w.is_full), workshops[0] if workshops else None)
