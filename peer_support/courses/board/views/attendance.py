"""Who came, as the coordinator writes it, and the link that those who lead the session write it by."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ....access.links import links_of, revoke_links
from ...links import SESSION, address_of, session_link, session_link_until
from ...models import By, Session
from ...views_session_link import context_of, save_sheet
from ..base import CoursesScreen, url

ROUTE = "peer_support_courses:attendance"


class AttendancePage(CoursesScreen):
    """The attendance sheet of one session. ``do`` in a post makes, renews or takes back the link."""

    permission = "peer_support.change_attendance"
    tab = "peer_support_courses:overview"
    template_name = "peer_support/courses/attendance/admin.html"

    @cached_property
    def session(self):
        rows = Session.objects.select_related("course", "course__place", "place", "initiative")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def initiative(self):
        return self.session.initiative

    def get_page_title(self):
        return str(self.session)

    def get_page_subtitle(self):
        return self.session.course.title

    def crumbs(self):
        course = self.session.course
        return [(url("course", course.pk), course.title), ("", str(self.session))]

    def get(self, request, pk):
        return self._page(request, self.session, just_saved=request.GET.get("saved", ""))

    def post(self, request, pk):
        if request.POST.get("do") in _LINK_STEPS:
            return self._link_step(request.POST["do"])
        return save_sheet(
            request,
            self.session,
            by=By.COORDINATOR,
            user=request.user,
            route=ROUTE,
            page=self._page,
            back=request.path,
        )

    def _may_link(self):
        """Whether a link to the session would hold: it was not called off, and is at most a week ago."""
        return not self.session.is_cancelled and session_link_until(self.session) > timezone.now()

    def _link_step(self, step):
        if step != "revoke" and not self._may_link():
            messages.warning(self.request, _("The session is over a week ago. Write down here who came."))
            return HttpResponseRedirect(self.request.path)
        if step == "revoke":
            revoke_links(target=self.session, purpose=SESSION)
        else:
            session_link(self.session, user=self.request.user, fresh=step == "renew")
        messages.success(self.request, _LINK_STEPS[step]())
        return HttpResponseRedirect(f"{self.request.path}#link")

    def _page(self, request, session, *, status=200, **state):
        context = {**self.get_context_data(), **context_of(session, **state)}
        held = next((link for link in links_of(session, SESSION) if not _is_over(link)), None)
        context["link"] = address_of(held, request) if held else ""
        context["may_link"] = self._may_link()
        context["link_until"] = held.expires_at if held else None
        self.log([row.enrolment for row in context["sheet"].rows])
        return self.render_to_response(context, status=status)


def _is_over(link):
    return link.expires_at is not None and link.expires_at <= timezone.now()


_LINK_STEPS = {
    "link": lambda: _("The link is ready. Send it to those who lead the session."),
    "renew": lambda: _("There is a new link. The old one no longer works."),
    "revoke": lambda: _("The link has been taken back."),
}
