"""One paper: its words, whether it is signed, and the steps that are possible."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ....people.views.common import person_url
from ....privacy.access_log import Action as LogAction
from ....public.pdf import pdf_available
from ... import rules, services
from ...kinds import OF_MATCH, PaperKind
from ...links import address_of, signing_link, signing_link_held
from ...mails import send_link
from ...models import Paper, PaperState, PaperText
from ...sections import signed_line
from ..base import PapersScreen, url
from ..forms import SignedForm

ACTIONS = ("link", "new-link", "mail", "signed", "withdraw")


class PaperPage(PapersScreen):
    """The page of a paper. Each step is a form on it, sent to an address of its own."""

    template_name = "peer_support/agreements/paper.html"

    @cached_property
    def paper(self):
        rows = Paper.objects.select_related(
            "volunteer", "citizen", "match", "initiative", "text", "made_by", "noted_by"
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def initiative(self):
        return self.paper.initiative

    def get_page_title(self):
        return str(self.paper.get_kind_display()).capitalize()

    def get_page_subtitle(self):
        return str(self.paper.person)

    def crumbs(self):
        person = self.paper.person
        return [(person_url(person), str(person)), ("", self.get_page_title())]

    @property
    def here(self):
        return url("paper", self.paper.pk)

    def get(self, request, pk, action=None):
        if action is not None:
            self._known(action)
            return self.done(self.here)
        return self.page()

    def _known(self, action):
        if action not in ACTIONS:
            raise Http404

    def post(self, request, pk, action=None):
        if action is None:
            return self.done(self.here)
        self._known(action)
        return getattr(self, f"_{action.replace('-', '_')}")()

    def _link(self, fresh=False):
        decision = rules.may_sign(self.paper)
        if decision:
            signing_link(self.paper, user=self.request.user, fresh=fresh)
            self.log([self.paper], LogAction.CHANGE)
            return self.done(
                f"{self.here}#link", _("The link is made. You send it yourself: nobody was written to.")
            )
        return self.done(self.here, decision.reason)

    def _new_link(self):
        return self._link(fresh=True)

    def _mail(self):
        return self.attempt(
            send_link,
            _("The mail is on its way. You see under Mails whether it got there."),
            self.here,
            paper=self.paper,
        )

    def _signed(self):
        form = SignedForm(self.request.POST)
        if not form.is_valid():
            return self.page(form)
        return self.attempt(
            services.sign_on_paper,
            _("The signature is written down."),
            self.here,
            paper=self.paper,
            **form.cleaned_data,
        )

    def _withdraw(self):
        return self.attempt(
            services.withdraw_paper, _("The paper is taken back."), self.here, paper=self.paper
        )

    def page(self, form=None):
        paper = self.paper
        self.log([paper, paper.person], LogAction.READ)
        link = signing_link_held(paper) if paper.state == PaperState.READY else None
        if link is not None and link.expires_at and link.expires_at <= timezone.now():
            link = None
        may_sign, may_withdraw = rules.may_sign(paper), rules.may_withdraw(paper)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "paper": paper,
                "person": paper.person,
                "person_url": person_url(paper.person),
                "signed_line": signed_line(paper),
                "may_sign": may_sign,
                "why_not": "" if may_sign or paper.kind == PaperKind.REFERENCE else may_sign.reason,
                "may_withdraw": may_withdraw,
                "link": link,
                "link_address": address_of(link, self.request) if link else "",
                "form": form or SignedForm(initial={"on": timezone.localdate()}),
                "opened": form is not None,
                "steps": {name.replace("-", "_"): url("paper_step", paper.pk, name) for name in ACTIONS},
                "print_url": url("paper_print", paper.pk),
                "pdf_url": url("paper_pdf", paper.pk) if pdf_available() else "",
                "again": self._again(may_sign),
                "newer": self._newer(),
            }
        )

    def _again(self, may_sign):
        """Where to make it anew: to change the words of one that waits, or one that has been overtaken."""
        paper = self.paper
        if paper.kind == PaperKind.REFERENCE:
            return {"url": url("reference", paper.volunteer_id), "label": _("Change the letter")}
        if paper.kind in OF_MATCH:
            if not rules.may_make_for_match(paper.match):
                return None
            return {"url": url("match_new", paper.match_id), "label": _("Make the agreement anew")}
        return {"url": url("new", paper.volunteer_id, paper.kind), "label": _("Make a new one")}

    def _newer(self):
        """Whether the words of this kind of paper have been changed since."""
        if self.paper.state not in (PaperState.READY, PaperState.SIGNED):
            return False
        now = PaperText.objects.current(self.paper.kind, self.paper.initiative_id)
        return now is not None and now.pk != self.paper.text_id
