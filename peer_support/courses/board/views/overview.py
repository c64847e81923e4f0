"""The first screen: all that runs, what presses first."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ....matching.board.filters import chosen_in
from ...importing.kinds import kinds_for
from ..base import CoursesScreen, url
from ..filters import LiveCourseFilterSet
from ..overview import lines_of, live


class OverviewPage(CoursesScreen):
    """Live courses of the initiative."""

    tab = "peer_support_courses:overview"
    template_name = "peer_support/courses/overview.html"

    def get_page_title(self):
        return _("Courses")

    def get(self, request):
        courses = live(self.initiative)
        filterset = LiveCourseFilterSet(request.GET, queryset=courses, request=request)
        lines = lines_of(filterset.qs)
        self.log([line.course for line in lines])
        return self.render_to_response(
            {
                **self.get_context_data(),
                "lines": lines,
                "pressing": sum(line.presses for line in lines),
                "total": len(lines),
                "filterset": filterset,
                "chosen": chosen_in(filterset, request),
                "new_url": url("new"),
                "import_url": reverse("peer_support_course_import:start") if kinds_for(request.user) else "",
            }
        )
