"""Courses on the admin's front page: what needs the coordinator now. Counts only, so nothing is written in the log."""

from django.forms import Media
from wagtail.admin.ui.components import Component

from ...access.scopes import current_initiative_ids
from ..models import GroupCourse
from ..models_course import LIVE_STATES
from .base import PERMISSION, url
from .overview import lines_of


def homepage_panels(request, panels):
    """Put the panel on the front page for those who work with courses, where there is one."""
    if request.user.has_perm(PERMISSION) and current_initiative_ids():
        panels.append(CoursesPanel())


class CoursesPanel(Component):
    """The courses whose next step is for today, by title."""

    name = "peer_support_courses"
    order = 60
    template_name = "peer_support/courses/home_panel.html"

    @property
    def media(self):
        return Media(css={"all": ["peer_support/matching/board.css"]})

    def get_context_data(self, parent_context):
        lines = lines_of(GroupCourse.objects.filter(state__in=LIVE_STATES))
        return {
            "pressing": [line for line in lines if line.presses],
            "total": len(lines),
            "overview_url": url("overview"),
        }
