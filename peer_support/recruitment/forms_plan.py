"""The forms of the plan and of the start-up steps."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..privacy.cpr import CarefulForm, CarefulFormMixin
from .models_enquiry import EnquirySource
from .models_plan import RecruitmentPlan, StartUpStep

DAY = {"invalid": _("We do not understand the date. Write it as 24.12.2026.")}
NUMBER = {"invalid": _("Write a whole number, for example 12.")}


def _day(label, required=False, help_text=""):
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={**DAY, "required": _("Choose a day.")},
    )


class PlanRowForm(CarefulFormMixin, forms.ModelForm):
    """One row of the plan. Writing is the service's; this only asks."""

    starts_on = _day(_("from"), required=True)
    ends_on = _day(
        _("until"),
        help_text=_(
            "Enquiries that name the source are counted from the first day to this one. Empty: it goes on."
        ),
    )

    class Meta:
        model = RecruitmentPlan
        fields = [
            "seeks",
            "channel",
            "what",
            "who",
            "starts_on",
            "ends_on",
            "cost",
            "goal",
            "source",
            "result",
        ]
        widgets = {
            "seeks": forms.RadioSelect,
            "what": forms.Textarea(attrs={"rows": 3}),
            "result": forms.Textarea(attrs={"rows": 3}),
            "cost": forms.TextInput(attrs={"inputmode": "numeric"}),
            "goal": forms.TextInput(attrs={"inputmode": "numeric"}),
        }
        help_texts = {
            "channel": _("For example the library, the job centre, a Facebook group."),
            "what": _("For example a notice, a talk, a stand. Write no names of those who wait."),
            "who": _("Only coordinators read this."),
            "goal": _("How many people you hope for."),
            "source": _("Then you can see here how many came because of it."),
            "result": _("Only coordinators read this. No diagnoses and no CPR numbers."),
        }
        error_messages = {
            "channel": {"required": _("Write where.")},
            "cost": NUMBER,
            "goal": NUMBER,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        if not self.instance.pk:
            self.initial.setdefault("starts_on", timezone.localdate())
        held = self.instance.source_id
        sources = EnquirySource.objects.filter(in_use=True) | EnquirySource.objects.filter(pk=held)
        self.fields["source"].queryset = sources.distinct()
        self.fields["source"].empty_label = _("No answer belongs to it")
        for field in self.fields.values():
            field.label = str(field.label)[:1].upper() + str(field.label)[1:]

    def clean(self):
        values = super().clean()
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error(
                "ends_on", _("The last day comes before the first. Please look at both once more.")
            )
        return values

    def _post_clean(self):
        """Leave the row as it is: the service writes it, under its lock."""

    def values(self):
        """Return what was written, by the names of the fields."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class StartUpForm(CarefulForm):
    """One start-up step."""

    done = forms.BooleanField(label=_("Done"), required=False)
    responsible = forms.CharField(label=_("Who is responsible"), required=False, max_length=120)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only coordinators read this. No diagnoses and no CPR numbers."),
    )
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=200)
    next_on = _day(_("By when"), help_text=_("On that day it stands on today's list."))

    def __init__(self, *args, row=None, **kwargs):
        self.row = row or StartUpStep()
        names = ("responsible", "note", "next_step", "next_on")
        kwargs["initial"] = {name: getattr(self.row, name) for name in names} | {
            "done": bool(self.row.done_on)
        }
        super().__init__(*args, label_suffix="", **kwargs)

    def values(self, today):
        """Return what the service writes; a step that was done before keeps its day."""
        values = {name: self.cleaned_data[name] for name in ("responsible", "note", "next_step", "next_on")}
        return {**values, "done_on": (self.row.done_on or today) if self.cleaned_data["done"] else None}
