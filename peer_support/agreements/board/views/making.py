"""Make papers ready: a contract or a promise, the two agreements of a match, a reference letter."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ....access.decisions import NotAllowed
from ....matching.models import Match
from ....matching.rules_agreement import months_after
from ....privacy.access_log import Action as LogAction
from ... import rules, services, text_format
from ...kinds import PaperKind
from ...models import Knows, Paper, PaperPolicy, PaperState
from ..base import PapersScreen, VolunteerScreen, url
from ..forms import ContractForm, MatchPapersForm, PlainForm, ReferenceForm


class NewPaperPage(VolunteerScreen):
    """Fill in a contract, or make the promise of confidentiality ready."""

    permission = "peer_support.add_paper"

    @cached_property
    def kind(self):
        kind = self.kwargs["paper_kind"]
        if kind not in (PaperKind.CONTRACT, PaperKind.CONFIDENTIALITY):
            raise Http404
        return PaperKind(kind)

    def get_page_title(self):
        return {
            PaperKind.CONTRACT: _("Make a contract ready"),
            PaperKind.CONFIDENTIALITY: _("Make a promise of confidentiality ready"),
        }[self.kind]

    def form(self, data=None):
        if self.kind == PaperKind.CONFIDENTIALITY:
            return PlainForm(data)
        return ContractForm(data, initial=self._initial())

    def _initial(self):
        """What the last contract said, else what the initiative has chosen; beginning today, or when the old one ends."""
        volunteer, today = self.volunteer, timezone.localdate()
        policy = PaperPolicy.of(self.initiative.pk)
        last = Paper.objects.filter(volunteer=volunteer, kind=self.kind).exclude(state=PaperState.WITHDRAWN)
        filled_in = last[0].filled_in if last else {}
        until = volunteer.contract_until
        starts = until + timedelta(days=1) if volunteer.contract_on and until and until >= today else today
        months = policy.contract_months
        return {
            "starts": starts,
            "until": months_after(starts, months) - timedelta(days=1) if months else None,
            **{name: filled_in.get(name) or getattr(policy, name) for name in ("work", "place", "hours")},
        }

    def get(self, request, pk, paper_kind):
        decision = rules.may_make_for_volunteer(self.volunteer, self.kind)
        if not decision:
            return self.refuse(decision)
        return self.page(self.form())

    def post(self, request, pk, paper_kind):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form)
        return self.attempt(
            services.make_ready,
            _("It is ready. Read it through, then print it or make the link."),
            self.back,
            lambda paper: url("paper", paper.pk),
            volunteer=self.volunteer,
            kind=self.kind,
            typed=form.cleaned_data,
        )

    def refuse(self, decision):
        return self.done(self.back, decision.reason, messages.WARNING)

    def page(self, form):
        self.log([self.volunteer], LogAction.READ)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "form": form,
                "lead": _("Fill in what is special for %(name)s. You see the whole text afterwards.")
                % {"name": self.volunteer.first_name}
                if form.fields
                else _("The text is the same for everybody. You see it afterwards."),
                "button": _("Make it ready"),
                "what_happens": rules.may_make_for_volunteer(self.volunteer, self.kind).reason,
                "back_url": self.back,
            }
        )


class ReferencePage(VolunteerScreen):
    """The letter, drafted from what is written down, and changed as the coordinator likes."""

    permission = "peer_support.add_paper"

    def get_page_title(self):
        return _("Reference letter")

    def get(self, request, pk):
        decision = rules.may_make_for_volunteer(self.volunteer, PaperKind.REFERENCE)
        if not decision:
            return self.done(self.back, decision.reason, messages.WARNING)
        return self.page(ReferenceForm(initial={"words": self._draft()}))

    def _draft(self):
        """The letter that is ready, to go on with; else a new draft."""
        held = Paper.objects.filter(
            volunteer=self.volunteer, kind=PaperKind.REFERENCE, state=PaperState.READY
        ).first()
        if held is not None and not self.request.GET.get("fresh"):
            self.log([held], LogAction.READ)
            return text_format.to_plain(held.blocks)
        try:
            blocks = services.drafted(
                kind=PaperKind.REFERENCE, person=self.volunteer, typed={}, user=self.request.user
            )
        except NotAllowed:
            return ""
        return text_format.to_plain(blocks)

    def post(self, request, pk):
        form = ReferenceForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        return self.attempt(
            services.save_reference,
            _("The letter is saved. Print it and sign it."),
            self.back,
            lambda paper: url("paper", paper.pk),
            volunteer=self.volunteer,
            words=form.cleaned_data["words"],
        )

    def page(self, form):
        self.log([self.volunteer], LogAction.READ)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "form": form,
                "lead": _("The draft is made from what is written down. Change it until it sounds like you."),
                "button": _("Save the letter"),
                "what_happens": _("You sign it on the print. Nobody is written to."),
                "back_url": self.back,
            }
        )


class MatchPapersPage(PapersScreen):
    """Both agreements of a match at once, from what stands on the match."""

    permission = "peer_support.add_paper"
    template_name = "peer_support/agreements/form.html"

    @cached_property
    def match(self):
        rows = Match.objects.select_related("citizen", "volunteer", "initiative")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def initiative(self):
        return self.match.initiative

    @property
    def back(self):
        return reverse("peer_support_matching:match", args=[self.match.pk])

    def get_page_title(self):
        return _("Make the agreement ready")

    def get_page_subtitle(self):
        return str(self.match)

    def crumbs(self):
        return [(self.back, str(self.match)), ("", self.get_page_title())]

    def form(self, data=None):
        last = Paper.objects.filter(match=self.match).exclude(state=PaperState.WITHDRAWN).first()
        filled_in = last.filled_in if last else {}
        initial = {name: filled_in.get(name, "") for name in ("contact", "boundaries")}
        initial["share_contact"] = bool(last and last.knows == Knows.CONTACT)
        may_share = rules.knows_at(self.match) == Knows.CONTACT
        return MatchPapersForm(data, initial=initial, may_share=may_share)

    def get(self, request, pk):
        decision = rules.may_make_for_match(self.match)
        if not decision:
            return self.done(self.back, decision.reason, messages.WARNING)
        return self.page(self.form())

    def post(self, request, pk):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form)
        typed = dict(form.cleaned_data)
        return self.attempt(
            services.make_match_papers,
            _("Two papers are ready, one for each. Read them through, then print them or make the links."),
            self.back,
            match=self.match,
            share_contact=typed.pop("share_contact", False),
            typed=typed,
        )

    def page(self, form):
        self.log([self.match, self.match.citizen, self.match.volunteer], LogAction.READ)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "form": form,
                "lead": _(
                    "Hours, days, place and goals come from the match. Here is what else the two agreed."
                ),
                "button": _("Make both ready"),
                "what_happens": rules.may_make_for_match(self.match).reason,
                "back_url": self.back,
            }
        )
