"""What waits, ends, is missing or was signed on an earlier text; and what the initiative asks for."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ....privacy.access_log import Action as LogAction
from ... import queries, services, services_service
from ...kinds import SIGNED_BY_PERSON, PaperKind
from ...models import PaperPolicy, PaperText
from ..base import NAMESPACE, PapersScreen, url
from ..forms import PolicyForm

SHOWN = 100


class OverviewPage(PapersScreen):
    """Four short lists; a list with nothing in it is not drawn."""

    tab = f"{NAMESPACE}:overview"
    template_name = "peer_support/agreements/overview.html"

    def get_page_title(self):
        return _("Agreements")

    def get(self, request):
        initiative = self.initiative
        own = [due for due in queries.expiring() if due.initiative_id == initiative.pk]
        lacking = [due for due in queries.missing() if due.initiative_id == initiative.pk]
        waiting = list(queries.papers_waiting().filter(initiative=initiative).order_by("made_at", "pk"))
        people = {due.person for due in (*own[:SHOWN], *lacking[:SHOWN])}
        self.log([*people, *waiting[:SHOWN]])
        return self.render_to_response(
            {
                **self.get_context_data(),
                "ending": [_line(due) for due in own[:SHOWN]],
                "missing": [_line(due) for due in lacking[:SHOWN]],
                "waiting": [_waiting(paper) for paper in waiting[:SHOWN]],
                "earlier": _earlier(initiative.pk),
                "more": max(len(own), len(lacking), len(waiting)) > SHOWN,
                "nothing": not (own or lacking or waiting),
            }
        )


def _line(due):
    """A person, what it is about, and the one button."""
    steps = {
        "contract": (_("New contract"), url("new", due.person.pk, PaperKind.CONTRACT)),
        "certificate": (_("Write that it was seen"), url("certificate", due.person.pk)),
    }
    label, address = steps[due.kind]
    return {
        "name": due.person.display_name,
        "sentence": due.sentence,
        "url": due.url,
        "over": bool(due.due and due.due < timezone.localdate()),
        "label": label,
        "step_url": address,
    }


def _waiting(paper):
    return {
        "name": paper.person.display_name,
        "number": str(paper.person),
        "kind": paper.get_kind_display(),
        "since": paper.made_at,
        "url": url("paper", paper.pk),
    }


def _earlier(initiative_id):
    """How many have signed an earlier text, kind by kind."""
    found = []
    for kind in SIGNED_BY_PERSON:
        count = queries.signed_earlier_text(initiative_id, kind).count()
        if count:
            words = ngettext(
                "%(count)d person has signed an earlier text of the %(kind)s.",
                "%(count)d people have signed an earlier text of the %(kind)s.",
                count,
            )
            found.append(
                {
                    "sentence": words % {"count": count, "kind": kind.label},
                    "url": url("ready_for_all", kind.value),
                    "read_url": url("text", kind.value),
                }
            )
    return found


class ReadyForAllView(PapersScreen):
    """One press: the text that holds now is made ready for everybody who has signed an earlier one."""

    def get(self, request, paper_kind):
        return self.done(url("overview"))

    def post(self, request, paper_kind):
        if paper_kind not in [kind.value for kind in SIGNED_BY_PERSON]:
            raise Http404
        made = services.make_ready_for_all(
            kind=PaperKind(paper_kind), initiative=self.initiative, user=request.user, route=self.route
        )
        words = ngettext(
            "%(count)d paper is ready to sign. Nobody was written to.",
            "%(count)d papers are ready to sign. Nobody was written to.",
            len(made),
        )
        return self.done(url("overview"), words % {"count": len(made)})


class PolicyPage(PapersScreen):
    """What the initiative asks of its volunteers."""

    permission = "peer_support.change_paperpolicy"
    tab = f"{NAMESPACE}:policy"
    template_name = "peer_support/agreements/policy.html"

    def get_page_title(self):
        return _("What we ask for")

    def get(self, request):
        policy = PaperPolicy.of(self.initiative.pk)
        initial = {name: getattr(policy, name) for name in PolicyForm.base_fields}
        return self.page(PolicyForm(initial=initial))

    def post(self, request):
        form = PolicyForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        services_service.save_policy(
            initiative=self.initiative, values=form.cleaned_data, user=request.user, route=self.route
        )
        return self.done(url("policy"), _("It is saved. Papers that were made stay as they are."))

    def page(self, form):
        context = {"form": form, "texts": PaperText.objects.exists()}
        if policy := PaperPolicy.objects.filter(initiative=self.initiative).first():
            self.log([policy], LogAction.READ)
        return self.render_to_response({**self.get_context_data(), **context})
