"""The screens where the questions of conversations are kept: which are asked where, and their words."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ...access.decisions import NotAllowed
from .. import guides, services_guide
from ..forms_guide import QuestionSheet
from ..models import ConversationGuide
from ..models_conversation_kind import Kind
from ..models_guide import Who
from ..screens import InitiativeScreen

PERMISSION = "peer_support.change_conversationguide"
LIST = "peer_support_people:guides"


@dataclass(frozen=True)
class Place:
    """One kind of conversation with one kind of people: the guide that is asked, and whether it is an own one."""

    who: str
    kind: str
    title: str
    guide: object
    version: object
    is_own: bool
    questions: list


class GuideScreen(InitiativeScreen):
    """Guides hold nobody's data, so those who keep the standard come in without an initiative of their own."""

    permission = PERMISSION
    header_icon = "list-ul"
    home = (LIST, gettext_lazy("Conversation guides"))

    def dispatch(self, request, *args, **kwargs):
        if self.keeps_standard and not self.initiatives:
            return super(InitiativeScreen, self).dispatch(request, *args, **kwargs)
        return super().dispatch(request, *args, **kwargs)

    @property
    def keeps_standard(self):
        return self.request.user.has_perm(services_guide.STANDARD)

    def get_guide(self, pk):
        """Return a guide that the user may see: the standard, their own, and all for those who keep the standard."""
        guide = get_object_or_404(ConversationGuide.objects.select_related("initiative"), pk=pk)
        own = {initiative.pk for initiative in self.initiatives}
        if guide.initiative_id is None or guide.initiative_id in own or self.keeps_standard:
            return guide
        raise Http404


class GuidesView(GuideScreen):
    """Every conversation of an initiative and the questions that are asked in it."""

    template_name = "peer_support/people/guides.html"

    def get_page_title(self):
        return _("Conversation guides")

    def crumbs(self):
        return []

    def get(self, request):
        context = self.get_context_data()
        initiative = context["initiative"]
        return self.render_to_response(
            {
                **context,
                "groups": [
                    (_("Volunteers"), self._places("volunteer", initiative)),
                    (_("Citizens"), self._places("citizen", initiative)),
                ],
                "keeps_standard": self.keeps_standard,
                "others": self._others() if self.keeps_standard else [],
            }
        )

    def _places(self, who, initiative):
        found = ConversationGuide.objects.filter(who=who, in_use=True).prefetch_related("versions")
        standard = {guide.kind: guide for guide in found if guide.initiative_id is None}
        own = {g.kind: g for g in found if initiative and g.initiative_id == initiative.pk}
        for kind in Kind:
            guide = own.get(kind) or standard.get(kind)
            version = next(iter(guide.versions.all()), None) if guide else None
            yield Place(
                who, kind.value, kind.label, guide, version, kind in own, guides.questions_of(version)
            )

    def _others(self):
        mine = [initiative.pk for initiative in self.initiatives]
        return (
            ConversationGuide.objects.exclude(initiative=None)
            .exclude(initiative__in=mine)
            .filter(in_use=True)
            .select_related("initiative")
            .order_by("initiative__title", "who", "kind")
        )


class AdaptView(GuideScreen):
    """Give the initiative a guide of its own."""

    http_method_names = ["post"]

    def post(self, request):
        who, kind = request.POST.get("who"), request.POST.get("kind")
        if not self.initiatives or who not in Who.values or kind not in Kind.values:
            messages.warning(request, _("Choose which conversation it is about."))
            return redirect(LIST)
        guide = services_guide.adapt(who=who, kind=kind, initiative=self.initiative, user=request.user)
        return redirect("peer_support_people:guide", guide.pk)


class StandardView(GuideScreen):
    """Ask the standard's questions again."""

    http_method_names = ["post"]

    def post(self, request, pk):
        guide = self.get_guide(pk)
        try:
            services_guide.back_to_standard(guide=guide, user=request.user)
        except NotAllowed as refusal:
            messages.warning(request, refusal.decision.reason)
        else:
            messages.success(request, _("The standard questions are asked again. Your own are kept."))
        return redirect(LIST)


class GuideView(GuideScreen):
    """The questions of one guide, to read or to change."""

    template_name = "peer_support/people/guide.html"

    def get_page_title(self):
        return _("Questions")

    def get(self, request, pk):
        guide = self.get_guide(pk)
        version = guide.newest()
        return self._show(guide, QuestionSheet(guide.who, version.questions if version else []))

    def post(self, request, pk):
        guide = self.get_guide(pk)
        decision = services_guide.may_change(guide, request.user)
        if not decision:
            messages.warning(request, decision.reason)
            return redirect("peer_support_people:guide", guide.pk)
        sheet = QuestionSheet(guide.who, data=request.POST)
        if "do" in request.POST:
            return self._show(guide, sheet.after(request.POST["do"]), changed=True)
        if not sheet.is_valid():
            return self._show(guide, sheet, changed=True)
        try:
            version = services_guide.save_questions(
                guide=guide, questions=sheet.questions(), user=request.user
            )
        except ValidationError as error:
            return self._show(guide, sheet, changed=True, fault=" ".join(error.messages))
        messages.success(
            request,
            _(
                "The questions are saved as version %(number)d. Earlier conversations keep the questions they had."
            )
            % {"number": version.number},
        )
        return redirect(LIST)

    def _show(self, guide, sheet, changed=False, fault=""):
        decision = services_guide.may_change(guide, self.request.user)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "guide": guide,
                "initiatives": [],
                "version": guide.newest(),
                "versions": guide.versions.select_related("made_by"),
                "sheet": sheet,
                "questions": guides.questions_of(guide.newest()),
                "decision": decision,
                "changed": changed,
                "fault": fault,
                "list_url": reverse(LIST),
            }
        )
