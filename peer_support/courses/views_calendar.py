"""Calendars as files: a course's for everybody, and a person's behind a link that can be renewed."""

from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from ..access.scopes import all_initiatives
from ..public.headers import secure_headers
from ..public.links import link_view
from .ics import course_calendar, etag_of, leader_calendar, participant_calendar
from .links import CALENDAR, CALENDAR_LEADER
from .models import GroupCourse
from .public import course_facts


def _answer(request, content, name, personal):
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["ETag"] = etag_of(content)
    secure_headers(response, personal=personal)
    if not personal:
        patch_cache_control(response, public=True, max_age=900)
    return get_conditional_response(request, etag=response.headers["ETag"], response=response)


@require_safe
def course_file(request, pk):
    """Return the calendar of a published course; any other course is not found."""
    if course_facts(pk) is None:
        raise Http404
    with all_initiatives("a published course's calendar is for everybody"):
        content = course_calendar(GroupCourse.objects.get(pk=pk))
    return _answer(request, content, f"moeder-{pk}", personal=False)


@require_safe
@link_view(CALENDAR)
def participant_file(request, opened):
    """Return a participant's calendar. Its address is handed to a calendar program, which asks every few hours."""
    return _answer(request, participant_calendar(opened.target), "moeder", personal=True)


@require_safe
@link_view(CALENDAR_LEADER)
def leader_file(request, opened):
    """Return the calendar of a volunteer who leads courses."""
    return _answer(request, leader_calendar(opened.target), "moeder", personal=True)
