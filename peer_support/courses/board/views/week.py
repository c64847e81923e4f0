"""The week: sessions, workshops and guidance, day by day."""

from datetime import timedelta

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from ... import schedule, words
from ...models import GuidanceDate, IntroWorkshop, SessionState
from ...queries import sessions_between
from ..base import CoursesScreen, url
from ..week import days_of


class WeekPage(CoursesScreen):
    """One ISO week, Monday to Sunday."""

    tab = "peer_support_courses:week"
    template_name = "peer_support/courses/week.html"

    def get_page_title(self):
        return _("The week")

    def get(self, request, year=None, number=None):
        today = timezone.localdate()
        if year is None:
            year, number = schedule.week_of(today)
        try:
            monday = schedule.day_in_week(year, number, 0)
            before, after = schedule.week_of(monday - timedelta(7)), schedule.week_of(monday + timedelta(7))
        except (schedule.NoSuchWeek, ValueError, OverflowError):
            raise Http404 from None
        sunday = monday + timedelta(6)
        sessions = list(sessions_between(monday, sunday).filter(initiative=self.initiative))
        workshops = list(
            IntroWorkshop.objects.filter(
                initiative=self.initiative, date__range=(monday, sunday)
            ).select_related("place")
        )
        guidance = list(
            GuidanceDate.objects.filter(initiative=self.initiative, date__range=(monday, sunday))
            .exclude(state=SessionState.CANCELLED)
            .select_related("course")
        )
        self.log(sessions)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "days": days_of(monday, sessions, workshops, guidance, today),
                "year": year,
                "number": number,
                "week": words.week(monday, today),
                "before_url": url("week_of", *before),
                "after_url": url("week_of", *after),
                "this_url": url("week"),
                "is_now": schedule.week_of(today) == (year, number),
                "count": len(sessions) + len(workshops) + len(guidance),
            }
        )
