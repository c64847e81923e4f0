"""The texts of papers: which holds, what it says, and a new version of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ....access.decisions import NotAllowed
from ....access.scopes import current_initiative_ids
from ... import queries
from ...kinds import PLACES, SIGNED_BY_PERSON, PaperKind
from ...models import PaperText
from ...rules_text import WRITES, WRITES_STANDARD, may_write_text
from ...services_text import save_text
from ..base import NAMESPACE, PERMISSION, PapersScreen, url
from ..forms import text_form


class TextScreen(PapersScreen):
    """A screen of texts. An editor without an initiative writes the standard; a coordinator the initiative's own."""

    permission = WRITES
    tab = f"{NAMESPACE}:texts"

    def dispatch(self, request, *args, **kwargs):
        if not self.initiatives and not request.user.has_perm(WRITES_STANDARD):
            return TemplateResponse(request, self.not_assigned_template, self.get_context_data())
        # The one above asks for an initiative of one's own, which an editor has none of.
        handler = getattr(self, request.method.lower(), self.http_method_not_allowed)
        return handler(request, *args, **kwargs)

    @cached_property
    def owner(self):
        """The initiative whose text it is, or ``None`` for the standard."""
        asked = self.request.GET.get("owner") or self.request.POST.get("owner")
        if not self.initiatives or (asked == "standard" and self.request.user.has_perm(WRITES_STANDARD)):
            return None
        return self.initiative

    def get_breadcrumbs_items(self):
        items = super().get_breadcrumbs_items()
        if not self.request.user.has_perm(PERMISSION):
            # The overview is about people; an editor begins with the texts.
            items = [item for item in items if item.get("url") != url("overview")]
        return items

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if not self.request.user.has_perm(PERMISSION):
            context["tabs"] = [tab for tab in context["tabs"] if tab["url"] == url("texts")]
        return {**context, "owner": self.owner}


class TextsPage(TextScreen):
    """Every kind of paper with the text that holds."""

    template_name = "peer_support/agreements/texts.html"

    def get_page_title(self):
        return _("Texts")

    def get(self, request):
        pk = self.owner.pk if self.owner else 0
        texts = queries.current_texts([pk])
        rows = [
            {"kind": kind, "text": texts.get((pk, kind.value)), "url": url("text", kind.value)}
            for kind in PaperKind
        ]
        return self.render_to_response({**self.get_context_data(), "rows": rows})


class TextPage(TextScreen):
    """One kind of paper: the text, its places and its versions."""

    template_name = "peer_support/agreements/text.html"

    @cached_property
    def kind(self):
        if self.kwargs["paper_kind"] not in PaperKind.values:
            raise Http404
        return PaperKind(self.kwargs["paper_kind"])

    def get_page_title(self):
        return str(self.kind.label).capitalize()

    def crumbs(self):
        return [(url("texts"), _("Texts")), ("", self.get_page_title())]

    @cached_property
    def text(self):
        return PaperText.objects.current(self.kind, self.owner.pk if self.owner else 0)

    def get(self, request, paper_kind):
        initial = {"body": self.text.body if self.text else "", "valid_from": timezone.localdate()}
        return self.page(text_form(self.kind, initial=initial))

    def post(self, request, paper_kind):
        form = text_form(self.kind, request.POST)
        if not form.is_valid():
            return self.page(form)
        try:
            made = save_text(kind=self.kind, initiative=self.owner, user=request.user, **form.cleaned_data)
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                form.add_error(name if name in form.fields else None, sentences)
            return self.page(form)
        except NotAllowed as refusal:
            return self.done(url("texts"), refusal.decision.reason, messages.WARNING)
        text = _("Version %(version)s is saved. Papers that were made keep the words they have.")
        return self.done(url("text", self.kind.value), text % {"version": made.version})

    def page(self, form):
        owner = self.owner
        versions = PaperText.objects.filter(kind=self.kind, initiative=owner).order_by("-version")
        context = {
            "kind": self.kind,
            "form": form,
            "text": self.text,
            "is_standard": owner is not None and self.text is not None and self.text.initiative_id is None,
            "places": list(PLACES[self.kind].items()),
            "versions": [{"text": row, "url": url("text_version", row.pk)} for row in versions[:50]],
            "earlier": self._earlier(owner),
            "ready_url": url("ready_for_all", self.kind.value),
            "may_write": may_write_text(self.request.user, owner),
        }
        return self.render_to_response({**self.get_context_data(), "media": self.media_of(form), **context})

    def media_of(self, form):
        """The editor's scripts and styles."""
        return form.media

    def _earlier(self, owner):
        if owner is None or self.kind not in SIGNED_BY_PERSON or not self.request.user.has_perm(PERMISSION):
            return 0
        return queries.signed_earlier_text(owner.pk, self.kind).count()


class VersionPage(TextScreen):
    """A version as it was written, with its places open."""

    template_name = "peer_support/agreements/text_version.html"

    @cached_property
    def text(self):
        text = get_object_or_404(
            PaperText.objects.select_related("initiative", "made_by"), pk=self.kwargs["pk"]
        )
        own = text.initiative_id is None or text.initiative_id in current_initiative_ids()
        if not own and not self.request.user.has_perm(WRITES_STANDARD):
            raise Http404
        return text

    def get_page_title(self):
        return str(self.text).capitalize()

    def crumbs(self):
        kind = self.text.kind
        return [
            (url("texts"), _("Texts")),
            (url("text", kind), str(self.text.get_kind_display()).capitalize()),
            ("", _("Version %(version)s") % {"version": self.text.version}),
        ]

    def get(self, request, pk):
        return self.render_to_response({**self.get_context_data(), "text": self.text})
