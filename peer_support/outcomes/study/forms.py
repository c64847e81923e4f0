"""The forms of a study: plain questions, one step each. Writing is the services'."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ...courses.models import CourseTemplate
from ...directory.models import Initiative
from ...matching.board.forms import DayField
from ...privacy.cpr import CarefulForm, CarefulFormMixin
from ..instruments.registry import instruments
from .models import How, Left, Study, WhyLeft, WhyNot
from .services import FIELDS

NUMBER = {
    "invalid": _("Write a whole number, for example 12."),
    "min_value": _("Write a number of at least %(limit_value)s."),
    "max_value": _("Write a number of at most %(limit_value)s."),
    "required": _("Write a number."),
}
CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one from the list.")}
EXTRA_LINES = 3


class StudyForm(CarefulFormMixin, forms.ModelForm):
    """What the study is about, and whom."""

    class Meta:
        model = Study
        fields = list(FIELDS)
        widgets = {
            "question": forms.Textarea(attrs={"rows": 3}),
            "population": forms.RadioSelect,
            "control_weeks": forms.TextInput(attrs={"inputmode": "numeric"}),
        }
        error_messages = {"title": {"required": _("Write a title.")}, "control_weeks": NUMBER}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        field = self.fields["template"]
        held = self.instance.template_id
        field.queryset = CourseTemplate.objects.filter(pk=held) | CourseTemplate.objects.all()
        field.empty_label, field.required = _("Not chosen yet"), False
        for field in self.fields.values():
            field.label = str(field.label)[:1].upper() + str(field.label)[1:]

    def _post_clean(self):
        """Leave the study as it is: the service writes it, under its lock."""

    def values(self):
        """Return what was written, by the names of the fields."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class TownForm(CarefulForm):
    """One town: whose it is, its name, and how many are planned. An empty name takes the line out."""

    initiative = forms.ModelChoiceField(
        label=_("Initiative"), queryset=Initiative.objects.none(), empty_label=None, error_messages=CHOOSE
    )
    town = forms.CharField(label=_("Town"), max_length=80, required=False)
    planned = forms.IntegerField(
        label=_("Planned"),
        min_value=2,
        max_value=2000,
        required=False,
        error_messages=NUMBER,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args, initiatives, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["initiative"].queryset = initiatives

    def clean(self):
        values = super().clean()
        if values.get("town", "").strip() and values.get("planned") is None and "planned" not in self.errors:
            self.add_error("planned", _("Write how many people you plan for in this town."))
        return values


TownFormSet = forms.formset_factory(TownForm, extra=EXTRA_LINES)


def _instrument_choices():
    counted = [(one.code, one.name) for one in instruments().values() if one.is_counted]
    return [("", _("None")), *counted]


class MeasureForm(CarefulForm):
    """One line of the measurement plan."""

    instrument = forms.ChoiceField(
        label=_("Questionnaire"), choices=_instrument_choices, required=False, error_messages=CHOOSE
    )
    week = forms.IntegerField(
        label=_("Week"),
        min_value=0,
        max_value=156,
        required=False,
        error_messages=NUMBER,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    is_primary = forms.BooleanField(label=_("Answers the question"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def clean(self):
        values = super().clean()
        if values.get("instrument") and values.get("week") is None and "week" not in self.errors:
            self.add_error("week", _("Write how many weeks after the draw; 0 is before it."))
        return values


MeasureFormSet = forms.formset_factory(MeasureForm, extra=EXTRA_LINES)


class TextForm(CarefulForm):
    """The consent text."""

    text = forms.CharField(
        label=_("Text that people say yes to"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_(
            "What the study is for, that a draw decides, what the control group gets, which questions you ask and when, "
            "who sees the answers, how long, and how one takes the yes back. Short words. An empty line begins a new "
            "paragraph."
        ),
        error_messages={
            "required": _("Write the text. People must know what they say yes to."),
            "max_length": _("The text is too long. Use at most 6,000 signs, and short words."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class StepForm(CarefulForm):
    """A step with a participant."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def values(self):
        """Return what the service wants, by its argument names."""
        return dict(self.cleaned_data)


class ConsentForm(StepForm):
    how = forms.ChoiceField(
        label=_("How did they say yes?"),
        widget=forms.RadioSelect,
        choices=[(how.value, how.label) for how in (How.PAPER, How.MEETING)],
        error_messages=CHOOSE,
    )
    signed_on = DayField(label=_("Signed on"))


class ExcludeForm(StepForm):
    why = forms.ChoiceField(
        label=_("Why?"),
        widget=forms.RadioSelect,
        choices=[(why.value, why.label) for why in WhyNot if why != WhyNot.CLOSED],
        error_messages=CHOOSE,
    )


class BaselineForm(StepForm):
    on = DayField(label=_("Answered on"))


class WithdrawForm(StepForm):
    what = forms.ChoiceField(
        label=_("What do they withdraw from?"),
        widget=forms.RadioSelect,
        choices=[
            (Left.MEASUREMENT.value, _("No more questions; what they have answered may stay")),
            (Left.EVERYTHING.value, _("Everything; their answers are deleted")),
        ],
        error_messages=CHOOSE,
    )
    why = forms.ChoiceField(
        label=_("Did they say why? They need not."),
        widget=forms.RadioSelect,
        choices=WhyLeft.choices,
        initial=WhyLeft.NOT_SAID,
        error_messages=CHOOSE,
    )
    how = forms.ChoiceField(
        label=_("How did they say so?"),
        widget=forms.RadioSelect,
        choices=[(how.value, how.label) for how in (How.PHONE, How.MEETING, How.PAPER)],
        initial=How.PHONE,
        error_messages=CHOOSE,
    )


class PlainForm(StepForm):
    """A step that asks for nothing."""


FORMS = {
    "consent": ConsentForm,
    "exclude": ExcludeForm,
    "baseline": BaselineForm,
    "withdraw": WithdrawForm,
    "allocate": PlainForm,
    "told": PlainForm,
}
