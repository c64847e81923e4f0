"""What the forms of the sign-up pages share: the place, where one heard of us, the yes to the text, and their fields."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..directory.models import Initiative
from ..public.forms import PublicForm
from . import services
from .models_consent import Purpose
from .models_enquiry import EnquirySource
from .validation import contact_faults

LONGEST_MESSAGE = 500
_NO_DIAGNOSES = gettext_lazy("Do not write diagnoses or CPR numbers. At most 500 characters.")
# Keys are posted; more than a database's integers would be an error instead of a refusal.
_LONGEST_KEY = 18


def initiatives_here():
    """Return the initiatives that take people in, by name."""
    return (
        Initiative.objects.filter(runs_here=True, live=True)
        .prefetch_related("municipalities")
        .order_by("title", "pk")
    )


class InitiativeField(forms.ModelChoiceField):
    """An initiative, named by its towns first: people look for where they live."""

    def label_from_instance(self, initiative):
        towns = ", ".join(sorted(town.name for town in initiative.municipalities.all())[:3])
        return f"{towns}: {initiative.title}" if towns else initiative.title

    def to_python(self, value):
        if value and len(str(value)) > _LONGEST_KEY:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class SignUpForm(PublicForm):
    """What all kinds ask for: for which initiative, where one heard of us, and the yes to the text."""

    kind = Purpose.SUPPORT
    purpose = "signup"
    use_required_attribute = False
    # What is asked, in groups with a heading; and what is folded away, as nobody needs to answer it.
    asked = ()
    more = ()
    _MORE = ("heard_of_us", "heard_elsewhere")

    initiative = InitiativeField(
        queryset=Initiative.objects.none(),
        label=gettext_lazy("Where do you want to come?"),
        empty_label=gettext_lazy("Choose a place"),
        error_messages={
            "required": gettext_lazy("Choose a place."),
            "invalid_choice": gettext_lazy("That place is not in the list. Choose one that is."),
        },
    )
    heard_of_us = forms.ModelChoiceField(
        queryset=EnquirySource.objects.none(),
        label=gettext_lazy("Where did you hear of us?"),
        required=False,
        empty_label=gettext_lazy("I would rather not say"),
    )
    heard_elsewhere = forms.CharField(
        label=gettext_lazy("Somewhere else? Write where"), required=False, max_length=100
    )
    consent = forms.BooleanField(
        label=gettext_lazy("Yes, you may keep what I write here, as the text says."),
        error_messages={"required": gettext_lazy("We may only read it if you say yes here.")},
    )
    consent_text = forms.CharField(widget=forms.HiddenInput, required=False, max_length=_LONGEST_KEY)

    def __init__(self, data=None, *, text, initiative=None, **kwargs):
        super().__init__(data, **kwargs)
        self.text = text
        self.fixed = initiative
        if initiative is None:
            self.fields["initiative"].queryset = initiatives_here()
        else:
            del self.fields["initiative"]
        for name in {"phone", "email"} & self.fields.keys():
            self.fields[name].one_of = True  # neither is marked as optional: one of them is needed
        self.fields["heard_of_us"].queryset = EnquirySource.objects.filter(in_use=True)
        self._fix_text_key()
        self.order_fields(["initiative", *(name for __, names in self.asked for name in names), *self.more])

    def _fix_text_key(self):
        """Keep the key of the text that was shown; where it is not the one of today, the yes is asked for anew."""
        key, now = self.add_prefix("consent_text"), str(self.text.pk)
        self.text_changed = self.is_bound and self.data.get(key, "") != now
        self.initial["consent_text"] = now
        if self.is_bound:
            self.data[key] = now
            if self.text_changed:
                self.data.pop(self.add_prefix("consent"), None)

    def clean_consent(self):
        if self.text_changed:
            raise ValidationError(_("The text has been changed. Read it once more, and say yes again."))
        return self.cleaned_data["consent"]

    def clean_heard_of_us(self):
        source = self.cleaned_data["heard_of_us"]
        return source.name if source else ""

    def clean(self):
        cleaned = super().clean()
        for name, sentence in self.faults(cleaned).items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return cleaned

    def faults(self, cleaned):
        """Return ``{field: sentence}`` of what does not fit together."""
        return (
            contact_faults(cleaned.get("phone"), cleaned.get("email")) if not self._contact_failed() else {}
        )

    def _contact_failed(self):
        return bool({"phone", "email"} & self.errors.keys())

    @property
    def answers(self):
        """The answers as :func:`services.values_for` wants them."""
        answers = dict(self.values)
        answers["heard_of_us"] = (answers.pop("heard_elsewhere", "") or answers.get("heard_of_us", ""))[:100]
        return answers

    def take(self):
        """Take the enquiry in; for :func:`~peer_support.public.forms.take_post`."""
        answers = self.answers
        initiative = answers.pop("initiative", None) or self.fixed
        try:
            return services.take_enquiry(
                kind=self.kind,
                initiative=initiative,
                values=services.values_for(self.kind, answers),
                text=self.text,
            )
        except services.TextHasChanged:
            raise ValidationError(
                _("The text has been changed. Read it once more, and say yes again.")
            ) from None

    @property
    def groups(self):
        """Return ``[(heading, [bound field, …]), …]`` of what is asked."""
        where = [("", [self["initiative"]])] if "initiative" in self.fields else []
        return [*where, *((heading, [self[name] for name in names]) for heading, names in self.asked)]

    @property
    def more_fields(self):
        """What is folded away."""
        return [self[name] for name in (*self.more, *self._MORE)]

    @property
    def more_open(self):
        """Whether somebody has begun to answer what is folded away."""
        return any(bound.errors or bound.value() for bound in self.more_fields)


def line_field(label, *, longest, required=False, hint="", error="", complete="", **attrs):
    """Return a field of one line."""
    widget = forms.TextInput(attrs={"autocomplete": complete or "off", **attrs})
    errors = {"required": error} if error else {}
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=hint,
        widget=widget,
        error_messages=errors,
    )


def phone_field():
    return line_field(gettext_lazy("Telephone"), longest=30, complete="tel", type="tel", inputmode="tel")


def email_field():
    return line_field(
        gettext_lazy("E-mail"),
        longest=200,
        hint=gettext_lazy("One of the two is enough."),
        complete="email",
        type="email",
        inputmode="email",
    )


def message_field(label):
    return forms.CharField(
        label=label,
        max_length=LONGEST_MESSAGE,
        required=False,
        help_text=_NO_DIAGNOSES,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
    )
