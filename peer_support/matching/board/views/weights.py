"""The weights of an initiative, with an explanation each, and the versions so far."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ....access.decisions import NotAllowed
from ... import services
from ...models import MatchingPolicy
from ..base import BoardView
from ..forms import PolicyForm

# What a weight does, in a sentence.
EXPLAINED = {
    "weight_interests": gettext_lazy("How much it counts that the two like the same things."),
    "weight_distance": gettext_lazy(
        "How much it counts that they live near each other or share a meeting place."
    ),
    "weight_time": gettext_lazy("How much it counts that both can at the same times of the week."),
    "weight_hours": gettext_lazy(
        "How much it counts that one offers the hours a week that the other wishes for."
    ),
    "weight_preferences": gettext_lazy(
        "How much it counts that wishes about language, gender and age are known to fit."
    ),
    "waiting_points": gettext_lazy(
        "Points a citizen gets for each day of waiting when a plan is made for all."
    ),
    "waiting_cap_days": gettext_lazy("After so many days the waiting points stop growing."),
    "hysteresis": gettext_lazy(
        "Points for a pair that the last saved plan proposed, so that plans do not jump about."
    ),
    "aim": gettext_lazy("What a plan tries first. Both are always shown side by side."),
    "contract_required": gettext_lazy("A volunteer without a signed contract is not proposed."),
    "certificate_required": gettext_lazy("A volunteer whose certificate has not been seen is not proposed."),
    "months": gettext_lazy("How long an agreement lasts unless you write something else."),
}
VERSIONS_SHOWN = 20


def explain(form):
    """Put the explanations into the fields of ``form``; returns it."""
    for name, field in form.fields.items():
        field.help_text = EXPLAINED.get(name, "")
    return form


class WeightsView(BoardView):
    """See and change the weights. A change makes a new version; old plans keep the one they were made with."""

    tab = "peer_support_matching:weights"
    header_icon = "sliders"
    template_name = "peer_support/matching/weights.html"

    def get_page_title(self):
        return _("Weights")

    def get(self, request):
        return self._page(PolicyForm(instance=self.policy))

    def post(self, request):
        form = PolicyForm(request.POST, instance=MatchingPolicy.current(self.initiative))
        if not form.is_valid():
            messages.warning(request, _("Something is not right yet. What you typed is still here."))
            return self._page(form)
        if not form.has_changed():
            messages.info(request, _("Nothing was changed."))
            return HttpResponseRedirect(reverse("peer_support_matching:weights"))
        try:
            policy = services.save_policy(
                initiative=self.initiative, values=form.cleaned_data, user=request.user
            )
        except NotAllowed as refusal:
            messages.warning(request, refusal.decision.reason)
            return self._page(form)
        messages.success(
            request, _("The weights are saved as version %(version)s.") % {"version": policy.version}
        )
        return HttpResponseRedirect(reverse("peer_support_matching:weights"))

    @property
    def policy(self):
        return MatchingPolicy.current(self.initiative)

    def _page(self, form):
        versions = list(
            MatchingPolicy.objects.filter(initiative=self.initiative).select_related("made_by")[
                :VERSIONS_SHOWN
            ]
        )
        return self.render_to_response(
            {
                **self.get_context_data(),
                "form": explain(form),
                "policy": self.policy,
                "plan_url": reverse("peer_support_matching:plan"),
                "versions": [(version, _changes(version, older)) for version, older in _pairs(versions)],
            }
        )


def _pairs(versions):
    """Pair each version with the one before it; the first was made from the numbers the package comes with."""
    if not versions:
        return []
    oldest = versions[-1]
    before_oldest = MatchingPolicy(initiative_id=oldest.initiative_id) if oldest.version == 1 else None
    return list(zip(versions, [*versions[1:], before_oldest], strict=True))


def _changes(version, older):
    """Return ``(label, before, after)`` for each number that differs."""
    if older is None:
        return []
    return [
        (MatchingPolicy._meta.get_field(name).verbose_name, _shown(older, name), _shown(version, name))
        for name in PolicyForm.Meta.fields
        if getattr(older, name) != getattr(version, name)
    ]


def weights_shown(policy):
    """Return ``(label, value)`` of every number of ``policy``."""
    return [
        (MatchingPolicy._meta.get_field(name).verbose_name, _shown(policy, name))
        for name in PolicyForm.Meta.fields
    ]


def _shown(policy, name):
    if name == "aim":
        return policy.get_aim_display()
    value = getattr(policy, name)
    return {True: _("yes"), False: _("no")}.get(value, value) if isinstance(value, bool) else value
