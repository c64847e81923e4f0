"""The list of courses and workshops to come, and a page for each course. Reads published facts only."""

from django.db import models
from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, re_path
from wagtail.models import Site

from ...conf import peer_settings
from ...courses import public
from ...courses.models import ForWhom
from ...courses.structured import course_data, workshop_data
from ...public.forms import take_post
from ...public.headers import secure_headers
from ...recruitment.course_signup import course_form
from ..base import PeerPageMixin

LIST_TEMPLATE = "peer_support/pages/course_index.html"
DETAIL_TEMPLATE = "peer_support/pages/course_detail.html"
FORM_TEMPLATE = "peer_support/pages/course_sign_up.html"
THANKS_TEMPLATE = "peer_support/pages/course_thanks.html"
SIGN_UP, THANKS = "tilmeld/", "tak/"
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
        """Return ``path`` below this page as the one address that search engines are told."""
        return (self.get_full_url(request) or "") + path.removeprefix(self.get_url(request))

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

    @re_path(r"^(?P<key>\d+)-(?P<slug>[-\w]*)/tilmeld/$")
    def sign_up_view(self, request, key, slug):
        """Show the form and take it; afterwards the visitor is sent to the thank-you page."""
        facts = self._facts(key)
        if facts is None:
            return self._gone(request, key)
        if slug != slug_of(facts):
            return HttpResponsePermanentRedirect(self.course_url(facts, request, SIGN_UP))
        form = None
        if facts.intake_open and facts.for_whom == ForWhom.CITIZENS:
            form = course_form(facts, request.POST if request.method == "POST" else None)
        status = 200
        if form is not None and request.method == "POST":
            taken = take_post(request, form, accept=lambda form: form.take())
            if taken.done:
                more = "?tal=1" if form.cpr_removed else ""
                return HttpResponseRedirect(f"{self.course_url(facts, request, THANKS)}{more}")
            status = taken.status
        return self._form_page(request, facts, {"form": form}, FORM_TEMPLATE, status)

    @re_path(r"^(?P<key>\d+)-(?P<slug>[-\w]*)/tak/$")
    def thanks_view(self, request, key, slug):
        """Show what happens now. The address says nothing of anybody."""
        facts = self._facts(key)
        if facts is None:
            return self._gone(request, key)
        context = {"days": peer_settings.ANSWER_DAYS, "number_removed": "tal" in request.GET}
        return self._form_page(request, facts, context, THANKS_TEMPLATE)

    def _form_page(self, request, facts, more, template, status=200):
        path = self.course_url(facts, request)
        context = {
            "facts": facts,
            "course_url": path,
            "coordinator": facts.coordinator,
            "crumbs": [(path, facts.title), ("", _("Sign up"))],
            **more,
        }
        response = self.render(request, context_overrides=context, template=template)
        response.status_code = status
        response.headers["X-Robots-Tag"] = "noindex"
        return secure_headers(response, personal=True)

    def _detail(self, request, facts, path):
        address = self._whole(request, path)
        return {
            "facts": facts,
            "coordinator": facts.coordinator,
            "crumbs": [(path, facts.title)],
            "address": address,
            "can_sign_up": facts.for_whom == ForWhom.CITIZENS,
            "sign_up_url": f"{path}{SIGN_UP}",
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
