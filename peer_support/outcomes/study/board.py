"""What the screens of a study share: who comes in, which study, and its tabs."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ...access.reach import reach_of
from ...access.scopes import current_initiative_ids
from ...directory.models import Initiative
from ...people.screens import InitiativeScreen
from . import sight
from .models import StudyState

NAMESPACE = "peer_support_study"


def url(name, *args):
    """Return the address of a screen of studies."""
    return reverse(f"{NAMESPACE}:{name}", args=args)


class StudiesScreen(InitiativeScreen):
    """A screen of the room. Leaders and analysts come in too, and see no people."""

    permission = "peer_support.view_study"
    header_icon = "clipboard-list"
    home = (f"{NAMESPACE}:studies", _("Effect studies"))

    @cached_property
    def initiatives(self):
        own = set(current_initiative_ids()) | set(reach_of(self.request.user, "peer_support.view_study"))
        return list(Initiative.objects.filter(pk__in=own).order_by("title", "pk"))

    @cached_property
    def led(self):
        """The initiatives in the open scope: those the user may begin a study for."""
        return Initiative.objects.filter(pk__in=current_initiative_ids()).order_by("title", "pk")


class StudyScreen(StudiesScreen):
    """A screen of one study."""

    part = "study"

    @cached_property
    def study(self):
        return get_object_or_404(sight.studies_for(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def manages(self):
        return sight.manages(self.request.user, self.study)

    @cached_property
    def with_people(self):
        """Whether the user works with people of the study and may see them."""
        return sight.works_with_people(self.study) and self.request.user.has_perm(
            "peer_support.view_studyparticipant"
        )

    def get_page_title(self):
        return self.study.title

    def get_page_subtitle(self):
        return str(self.study)

    def crumbs(self):
        return [("", self.study.title)]

    def parts(self):
        """Return the tabs of the study."""
        found = [("study", _("The study"))]
        if self.with_people and self.study.state not in (StudyState.DRAFT, StudyState.SEALED):
            found.append(("people", _("People")))
        if self.study.state != StudyState.DRAFT:
            found.append(("flow", _("The way to the analysis")))
        if self.study.state == StudyState.UNSEALED:
            found.append(("check", _("Check the draw")))
        return [
            {"url": url(name, self.study.pk), "label": label, "current": name == self.part}
            for name, label in found
        ]

    def back(self, text="", level=messages.SUCCESS, to="study", args=()):
        """Go to a screen of the study, with a sentence."""
        if text:
            messages.add_message(self.request, level, text)
        return HttpResponseRedirect(url(to, *(args or [self.study.pk])))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.initiatives:
            context |= {
                "study": self.study,
                "parts": self.parts(),
                "manages": self.manages,
                "with_people": self.with_people,
                "back_url": url("study", self.study.pk),
            }
        return context
