"""Sign-up pages: one question at a time, nothing kept of what is written but in the room that takes it in."""

from django.db import models
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.url_routing import RouteResult

from ...conf import peer_settings
from ...directory.models import LocalCoordinator
from ...public.forms import take_post
from ...public.headers import secure_headers
from ...recruitment.forms_signup import form_for, initiatives_here
from ...recruitment.models_consent import Purpose
from ..base import PeerPageMixin

THANKS = "tak"
_LONGEST_KEY = 18


class SignUpPageMixin(PeerPageMixin, models.Model):
    """I want support, I want to volunteer, I write for somebody else, ask for a talk, hear about a course.

    A post goes to :mod:`peer_support.recruitment`; afterwards the visitor is sent to the page's "thank you", whose
    address says nothing about anybody.
    """

    peer_template = "peer_support/pages/signup/form.html"
    thanks_template = "peer_support/pages/signup/thanks.html"
    personal = True
    subpage_types = []

    enquiry_kind = models.CharField(
        _("what the page is for"), max_length=12, choices=Purpose.choices, default=Purpose.SUPPORT
    )
    intro = models.CharField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("One or two short sentences. What happens when somebody writes?"),
    )
    initiative = models.ForeignKey(
        "peer_support.Initiative",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"runs_here": True},
        verbose_name=_("initiative"),
        help_text=_("Empty: the visitor chooses among those that are run here."),
    )
    thanks = models.CharField(
        _("more on the thank-you page"),
        max_length=400,
        blank=True,
        help_text=_("What happens next and when stands there already."),
    )

    peer_panels = [
        FieldPanel("enquiry_kind"),
        FieldPanel("intro"),
        FieldPanel("initiative"),
        FieldPanel("thanks"),
    ]

    class Meta:
        abstract = True

    # Addresses

    def route(self, request, path_components):
        if path_components == [THANKS] and self.live:
            return RouteResult(self, kwargs={"thanked": True})
        return super().route(request, path_components)

    @property
    def preview_modes(self):
        return [("", _("The form")), (THANKS, _("The thank-you page"))]

    def serve_preview(self, request, mode_name):
        return self.serve(request, thanked=mode_name == THANKS)

    # Who takes it in

    def open_initiative(self):
        """Return the one initiative that enquiries of this page go to, or ``None`` where the visitor chooses."""
        if self.initiative_id:
            chosen = self.initiative
            return chosen if chosen.runs_here and chosen.live else None
        rows = list(initiatives_here()[:2])
        return rows[0] if len(rows) == 1 else None

    def takes_enquiries(self, fixed):
        """Whether there is anybody to take an enquiry in."""
        return fixed is not None or (not self.initiative_id and initiatives_here().exists())

    def story_of(self, request):
        """Return the key of the story that the visitor comes from (``?story=``), where it can be one."""
        key = request.GET.get("story", "")
        return int(key) if key.isascii() and key.isdecimal() and len(key) <= _LONGEST_KEY else None

    # Requests

    def serve(self, request, *args, thanked=False, **kwargs):
        if thanked:
            return self._answer(request, {}, template=self.thanks_template)
        fixed = self.open_initiative()
        form = None
        if self.takes_enquiries(fixed):
            data = request.POST if request.method == "POST" else None
            form = form_for(self.enquiry_kind, data, initiative=fixed, story_id=self.story_of(request))
        if form is None:
            return self._answer(request, {"closed": True, "initiative": fixed})
        if request.method == "POST":
            taken = take_post(request, form, accept=lambda form: form.take())
            if taken.done:
                return HttpResponseRedirect(self._thanks_address(request, form))
            return self._answer(request, {"form": form, "initiative": fixed}, status=taken.status)
        return self._answer(request, {"form": form, "initiative": fixed})

    def _thanks_address(self, request, form):
        address = f"{self.get_url(request)}{THANKS}/"
        return f"{address}?tal=1" if form.cpr_removed else address

    def _answer(self, request, context, *, template=None, status=200):
        initiative = context.get("initiative")
        coordinator = LocalCoordinator.objects.filter(initiative=initiative).first() if initiative else None
        response = TemplateResponse(
            request,
            template or self.peer_template,
            {
                **self.get_context(request),
                **context,
                "days": peer_settings.ANSWER_DAYS,
                "number_removed": "tal" in request.GET,
                "coordinator": coordinator,
                "crumbs": [("", _("Thank you"))] if template else [],
            },
            status=status,
        )
        # The address says why somebody is there: no other site is told. Within the site a form needs it: "no-referrer"
        # makes browsers send "Origin: null" with a post, which Django's CSRF check refuses.
        response.headers["Referrer-Policy"] = "no-referrer" if template else "same-origin"
        if template:
            response.headers["X-Robots-Tag"] = "noindex"
        return secure_headers(response, personal=True)
