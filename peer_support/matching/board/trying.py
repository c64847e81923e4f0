"""Weights that are being tried on the plan page: read from the address, never saved by looking."""

from dataclasses import dataclass
from urllib.parse import urlencode

from ..models import MatchingPolicy
from ..models_policy import policy_with
from .forms import WeightsForm

NAMES = WeightsForm.Meta.fields


@dataclass(frozen=True)
class Tried:
    """``policy`` is the one in force, or an unsaved one with the numbers of ``form`` where they differ.

    ``aim`` is what is looked at: another aim is another question to the same weights, not another version of them.
    """

    form: WeightsForm
    policy: MatchingPolicy
    aim: str
    changed: bool

    @property
    def values(self):
        """The numbers by name, as a form would send them."""
        return {**{name: getattr(self.policy, name) for name in NAMES}, "aim": self.aim}

    @property
    def query(self):
        """The numbers as an address, to come back to the same plan."""
        return urlencode(self.values)


def tried_weights(initiative, data):
    """Return the :class:`Tried` weights of ``data`` (GET or POST); what is left out is taken from the policy in force.

    Where a number is not right, the policy in force counts and the form tells what is wrong.
    """
    current = MatchingPolicy.current(initiative)
    in_force = {name: getattr(current, name) for name in NAMES}
    if not any(name in data for name in NAMES):
        return Tried(WeightsForm(initial=in_force), current, current.aim, False)
    form = WeightsForm({name: data.get(name, in_force[name]) for name in NAMES}, initial=in_force)
    if not form.is_valid():
        return Tried(form, current, current.aim, False)
    values = {name: form.cleaned_data[name] for name in NAMES}
    aim = values["aim"]
    if {**values, "aim": current.aim} == in_force:
        return Tried(form, current, aim, False)
    return Tried(form, policy_with(current, values), aim, True)
