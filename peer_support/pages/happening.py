"""What is happening, and whom to ring: read from the courses and the directory through what they make public."""

from ..directory.models import LocalCoordinator


def coordinators_by_town():
    """Return ``[(town, [LocalCoordinator, …]), …]`` by the alphabet; those without a town come last, under ""."""
    towns, anywhere = {}, []
    for coordinator in LocalCoordinator.objects.prefetch_related("municipalities"):
        places = list(coordinator.municipalities.all())
        for place in places:
            towns.setdefault(place.name, []).append(coordinator)
        if not places:
            anywhere.append(coordinator)
    grouped = sorted(towns.items(), key=lambda pair: pair[0].casefold())
    return [*grouped, ("", anywhere)] if anywhere else grouped


def next_workshop(initiative=None):
    """Return the facts of the next public intro workshop (of ``initiative``), or nothing."""
    return None


def next_courses(initiative=None, limit=3):
    """Return the facts of public courses that one can still sign up for, the soonest first."""
    return []
