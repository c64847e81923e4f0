"""The list of courses and workshops to come, and a page for each course. Reads published facts only."""

from django.db import models
from django.http import Http404, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, re_path
from wagtail.models import Site

from ...courses import public
from ...courses.structured import course_data, workshop_data
from ...public.headers import secure_headers
from ..base import PeerPageMixin

LIST_TEMPLATE = "peer_support/pages/course_index.html"
DETAIL_TEMPLATE = "peer_support/pages/course_detail.html"
GONE_TEMPLATE = "peer_support/pages/course_gone.html"


def slug_of(facts):
    """Return the readable part of a course's address."""
    return slugify(facts.title)[:60] or "kursus"


class CourseIndexMixin(PeerPageMixin, RoutablePageMixin, models.Model):
    """Where visitors find a group: what begins next, where, and whether there are places."""

    peer_template = LIST_TEMPLATE
    intro = models.CharField(_("introduction"), max_length=400, blank=True)
    when_empty = models.CharField(
        _("when nothing is planned"),
        max_length=400,
        blank=True,
        help_text=_("Empty: we say that nothing is planned yet, and whom to ring."),
    )

    peer_panels = [FieldPanel("intro"), FieldPanel("when_empty")]

    class Meta:
        abstract = True

    # Addresses

    def course_url(self, facts, request=None, more=""):
        """Return the address of a course's page."""
        return f"{self.get_url(request)}{facts.pk}-{slug_of(facts)}/{more}"

    def _whole(self, request, path):
        return request.build_absolute_uri(path)

    def _centre(self, request):
        site = Site.find_for_request(request)
        name = (site.site_name if site else "") or self.title
        return {"centre": name, "centre_url": site.root_url if site else request.build_absolute_uri("/")}

    # Pages

    @re_path(r"^$")
    def list_view(self, request):
        """Show the list, of one municipality where ``?town=`` names one that has courses."""
        towns = public.towns()
        asked = request.GET.get("town", "")
        town = next((town for town in towns if str(town.pk) == asked), None)
        courses = public.upcoming_courses(town=town)
        workshops = public.upcoming_workshops(town=town, limit=20)
        address = self.get_url(request)
        whole, centre = self._whole(request, address), self._centre(request)
        rows = [{"facts": facts, "url": self.course_url(facts, request)} for facts in courses]
        data = [
            course_data(row["facts"], url=self._whole(request, row["url"]), **centre)
            for row in rows
            if row["facts"].intake_open
        ]
        data += [workshop_data(facts, url=whole, **centre) for facts in workshops]
        return self.render(
            request,
            context_overrides={
                "joinable": [row for row in rows if row["facts"].intake_open],
                "others": [row for row in rows if not row["facts"].intake_open],
                "workshops": workshops,
                "towns": towns if len(towns) > 1 else [],
                "town": town,
                "address": whole,
                "structured": data,
            },
        )

    def _facts(self, key):
        facts = public.course_facts(int(key)) if len(key) < 19 else None
        if facts is not None and facts.ends_on and facts.ends_on < timezone.localdate():
            return None
        return facts

    @re_path(r"^(?P<key>\d+)-(?P<slug>[-\w]*)/$")
    def detail_view(self, request, key, slug):
        """Show one course; one that is over or called off says so, and any other is not found."""
        facts = self._facts(key)
        if facts is None:
            return self._gone(request, key)
        if slug != slug_of(facts):
            return HttpResponsePermanentRedirect(self.course_url(facts, request))
        path = self.course_url(facts, request)
        return self.render(
            request, context_overrides=self._detail(request, facts, path), template=DETAIL_TEMPLATE
        )

    def _detail(self, request, facts, path):
        address = self._whole(request, path)
        return {
            "facts": facts,
            "coordinator": facts.coordinator,
            "crumbs": [(path, facts.title)],
            "address": address,
            "structured": [course_data(facts, url=address, **self._centre(request))],
            "to_come": [row for row in facts.sessions if row.date >= timezone.localdate()],
        }

    def _gone(self, request, key):
        facts = public.course_facts(int(key)) if len(key) < 19 else None
        past = public.past_course(int(key)) if facts is None and len(key) < 19 else None
        if facts is None and past is None:
            raise Http404
        context = {
            "course_title": (facts or past).title,
            "called_off": bool(past and past.called_off),
            "coordinator": (facts or past).coordinator,
            "crumbs": [("", (facts or past).title)],
            "list_url": self.get_url(request),
        }
        response = self.render(request, context_overrides=context, template=GONE_TEMPLATE)
        response.headers["X-Robots-Tag"] = "noindex"
        return secure_headers(response)
