"""The short forms: the first enquiry, and a pause."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..access.forms import DateInput
from ..directory.models import Initiative
from ..privacy.cpr import CarefulForm


class InitiativeChoice(forms.ModelChoiceField):
    """Initiatives of the open scope that are run here; hidden where there is only one."""

    def __init__(self, **kwargs):
        super().__init__(Initiative.objects.none(), label=_("Initiative"), empty_label=None, **kwargs)

    def offer(self, initiative_ids):
        """Limit the choices; returns the initial value."""
        self.queryset = Initiative.objects.filter(pk__in=initiative_ids, runs_here=True)
        ids = list(self.queryset.values_list("pk", flat=True)[:2])
        if len(ids) == 1:
            self.widget = self.hidden_widget()
        return ids[0] if len(ids) == 1 else None


class EnquiryForm(CarefulForm):
    """The first contact: a name or alias and one way to reach the person, and nothing else required."""

    initiative = InitiativeChoice()
    first_name = forms.CharField(
        label=_("First name or alias"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.CharField(
        label=_("E-mail"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off"}),
        help_text=_("One of the two is enough."),
    )
    somebody_else = forms.BooleanField(label=_("It is somebody else. Take the person in."), required=False)

    def __init__(self, *args, initiative_ids, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("initiative", self.fields["initiative"].offer(initiative_ids))

    @property
    def nowhere(self):
        """Whether there is no initiative to take people in for."""
        return not self.fields["initiative"].queryset.exists()


class PauseForm(CarefulForm):
    """A pause: from, perhaps until, and a reason only if wished."""

    starts = forms.DateField(label=_("Pause from"), widget=DateInput, initial=timezone.localdate)
    until = forms.DateField(
        label=_("Until"), widget=DateInput, required=False, help_text=_("Empty: until further notice.")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("Only if the person wishes it noted.")
    )

    def clean(self):
        cleaned = super().clean()
        starts, until = cleaned.get("starts"), cleaned.get("until")
        if starts and until and until < starts:
            self.add_error("until", _("The pause ends before it begins."))
        return cleaned
