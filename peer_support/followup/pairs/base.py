"""What the screens of pairs share: one question about one record of the open scope."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ...access.decisions import NotAllowed
from ...matching.board.base import BoardView
from ...privacy.access_log import Action as LogAction


def match_url(match):
    """The page of ``match``."""
    return reverse("peer_support_matching:match", args=[match.pk])


class QuestionView(BoardView):
    """One question with its form. A subclass says which record, which form, and what happens with the answer."""

    tab = "peer_support_matching:matches"
    template_name = "peer_support/followup/pairs/question.html"
    record = None
    title = ""
    button = ""

    def rows(self):
        """Return the queryset that the record is looked for in."""
        raise NotImplementedError

    @cached_property
    def object(self):
        return get_object_or_404(self.rows(), pk=self.kwargs["pk"])

    @cached_property
    def initiative(self):
        return self.object.initiative

    def match(self):
        """Return the match that the breadcrumb leads through, or ``None``."""
        return self.object.match

    def back_url(self):
        return match_url(self.match())

    def get_page_title(self):
        return str(self.title)

    def crumbs(self):
        steps = [("", self.get_page_title())]
        if self.match() is not None:
            steps.insert(0, (self.back_url(), str(self.match())))
        return [(reverse("peer_support_matching:matches"), _("Matches")), *steps]

    def form(self, data=None):
        raise NotImplementedError

    def facts(self):
        """Return what is good to know before answering, one sentence each."""
        return []

    def seen(self):
        """Return the records the screen shows, for the log."""
        return [self.object]

    def refusal(self):
        """Return a :class:`Decision` that says no where there is nothing to ask any more, else ``None``."""

    def take(self, form):
        """Do what was answered; returns ``(what to say, where to go)``. Raises :class:`NotAllowed`."""
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        refusal = self.refusal()
        if refusal is not None:
            messages.info(request, refusal.reason)
            return HttpResponseRedirect(self.back_url())
        return self._page(self.form())

    def post(self, request, *args, **kwargs):
        form = self.form(request.POST)
        if not form.is_valid():
            return self._page(form)
        try:
            done, where = self.take(form)
        except NotAllowed as refusal:
            messages.warning(request, refusal.decision.reason)
            return self._page(form)
        messages.success(request, done)
        return HttpResponseRedirect(where)

    def _page(self, form):
        self.log(self.seen(), LogAction.READ)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "form": form,
                "title": self.get_page_title(),
                "facts": self.facts(),
                "button": self.button or _("Save"),
                "back_url": self.back_url(),
                **self.more(),
            }
        )

    def more(self):
        """Return more for the template."""
        return {}
