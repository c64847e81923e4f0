"""The forms of the sign-up pages. A name or alias and one way to reach the person are all that is required."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..directory.models import Initiative
from ..people.models import Citizen
from ..public.forms import PublicForm
from . import services
from .models_consent import ConsentText, Purpose
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


def _text(label, *, longest, required=False, hint="", error="", complete="", **attrs):
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


def _phone():
    return _text(gettext_lazy("Telephone"), longest=30, complete="tel", type="tel", inputmode="tel")


def _email():
    return _text(
        gettext_lazy("E-mail"),
        longest=200,
        hint=gettext_lazy("One of the two is enough."),
        complete="email",
        type="email",
        inputmode="email",
    )


def _message(label):
    return forms.CharField(
        label=label,
        max_length=LONGEST_MESSAGE,
        required=False,
        help_text=_NO_DIAGNOSES,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
    )


class PersonForm(SignUpForm):
    """Somebody writes for themselves."""

    free_text = ("message",)
    asked = (("", ("first_name", "phone", "email", "message")),)
    more = ("when_to_call", "postcode")

    first_name = _text(
        gettext_lazy("What may we call you?"),
        longest=80,
        required=True,
        hint=gettext_lazy("Your first name, or any name you like."),
        error=gettext_lazy("Write a name. You may make one up."),
        complete="given-name",
    )
    phone = _phone()
    email = _email()
    when_to_call = _text(
        gettext_lazy("When is a good time to ring you?"),
        longest=100,
        hint=gettext_lazy("For example: after 4 pm."),
    )
    postcode = _text(
        gettext_lazy("Postcode"), longest=4, complete="postal-code", inputmode="numeric", pattern="[0-9]{4}"
    )
    message = _message(gettext_lazy("What would you like?"))

    def faults(self, cleaned):
        faults = super().faults(cleaned)
        postcode = cleaned.get("postcode") or ""
        if postcode and not (postcode.isascii() and postcode.isdecimal() and len(postcode) == 4):
            faults["postcode"] = _("A Danish postcode has four digits, such as 3000.")
        return faults


class SupportForm(PersonForm):
    kind = Purpose.SUPPORT
    button = gettext_lazy("Send to us")
    button_line = gettext_lazy("A coordinator reads it and rings or writes to you. You may stop at any time.")


class CourseInterestForm(PersonForm):
    kind = Purpose.COURSE
    button = gettext_lazy("Send to us")
    button_line = gettext_lazy("We tell you when there is a place on a course. You have promised nothing.")


class VolunteerForm(PersonForm):
    kind = Purpose.VOLUNTEER
    button = gettext_lazy("Send to us")
    button_line = gettext_lazy("We ring or write, and find a time for a talk. You have promised nothing.")
    message = _message(gettext_lazy("Why would you like to be a volunteer?"))


class ReferralForm(SignUpForm):
    """Somebody writes for another person, who has said yes to it."""

    kind = Purpose.REFERRAL
    button = gettext_lazy("Send to us")
    button_line = gettext_lazy(
        "We ring the person and ask. Nothing more happens before that person says yes to us."
    )
    free_text = ("message",)
    asked = (
        (
            gettext_lazy("The person you write for"),
            ("first_name", "phone", "email", "through_me", "agreed_to", "message"),
        ),
        (gettext_lazy("You"), ("writer_name", "writer_contact", "relation")),
    )
    more = ("when_to_call", "postcode", "writer_work")
    AGREED = (
        ("name", gettext_lazy("that you write to us, and that we ring")),
        ("meeting", gettext_lazy("that we ring, and that you come along the first time")),
        ("through", gettext_lazy("that you write to us, and that we ring you first")),
    )

    first_name = _text(
        gettext_lazy("What may we call the person?"),
        longest=80,
        required=True,
        hint=gettext_lazy("A first name, or another name that you agree on."),
        error=gettext_lazy("Write a name. You may make one up together."),
    )
    phone = _text(gettext_lazy("The person's telephone"), longest=30, type="tel", inputmode="tel")
    email = _text(
        gettext_lazy("The person's e-mail"),
        longest=200,
        hint=gettext_lazy("One of the two is enough."),
        type="email",
        inputmode="email",
    )
    through_me = forms.BooleanField(
        label=gettext_lazy("The person wants you to be rung first. Use my telephone or e-mail."),
        required=False,
    )
    postcode = _text(gettext_lazy("Postcode"), longest=4, inputmode="numeric", pattern="[0-9]{4}")
    when_to_call = _text(gettext_lazy("When is a good time to ring?"), longest=100)
    message = _message(gettext_lazy("What does the person wish for?"))
    agreed_to = forms.ChoiceField(
        label=gettext_lazy("What has the person said yes to?"),
        choices=AGREED,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Not asked yet? Talk together first. You may ring us without giving a name."),
        error_messages={"required": gettext_lazy("Choose what the person has said yes to.")},
    )
    writer_name = _text(
        gettext_lazy("Your name"),
        longest=80,
        required=True,
        complete="name",
        error=gettext_lazy("Write your name, so that we can tell the person who wrote."),
    )
    relation = forms.ChoiceField(
        label=gettext_lazy("How do you know the person?"),
        choices=(
            (Citizen.CameBy.RELATIVE, pgettext_lazy("how do you know the person", "As family or a friend")),
            (Citizen.CameBy.PROFESSIONAL, pgettext_lazy("how do you know the person", "From my work")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you know the person.")},
    )
    writer_work = _text(
        gettext_lazy("Where you work"), longest=80, hint=gettext_lazy("Only if you write from your work.")
    )
    writer_contact = _text(
        gettext_lazy("Your telephone or e-mail"),
        longest=100,
        required=True,
        error=gettext_lazy("Write how we can reach you."),
    )

    def faults(self, cleaned):
        if cleaned.get("through_me") and not (cleaned.get("phone") or cleaned.get("email")):
            contact = cleaned.get("writer_contact", "")
            way = "email" if "@" in contact else "phone"
            cleaned[way] = contact
            faults = contact_faults(cleaned.get("phone"), cleaned.get("email")) if contact else {}
            return {"writer_contact": next(iter(faults.values()))} if faults else {}
        faults = super().faults(cleaned)
        postcode = cleaned.get("postcode") or ""
        if postcode and not (postcode.isascii() and postcode.isdecimal() and len(postcode) == 4):
            faults["postcode"] = _("A Danish postcode has four digits, such as 3000.")
        return faults

    @property
    def answers(self):
        answers = super().answers
        return {**answers, "agreed_to": str(dict(self.AGREED)[answers["agreed_to"]])}


class TalkForm(SignUpForm):
    """A school, a job centre or an association asks for a talk."""

    kind = Purpose.TALK
    button = gettext_lazy("Send to us")
    button_line = gettext_lazy(
        "A coordinator answers you and finds somebody who can come. Nothing is booked yet."
    )
    asked = (("", ("organisation", "contact_name", "phone", "email", "date_wish", "about")),)
    more = ("town", "audience_size")

    organisation = _text(
        gettext_lazy("Who are you?"),
        longest=120,
        required=True,
        hint=gettext_lazy("For example a school, a job centre or an association."),
        error=gettext_lazy("Write who you are."),
        complete="organization",
    )
    contact_name = _text(
        gettext_lazy("Your name"),
        longest=80,
        required=True,
        complete="name",
        error=gettext_lazy("Write your name."),
    )
    phone = _phone()
    email = _email()
    town = _text(gettext_lazy("In which town?"), longest=80, complete="address-level2")
    date_wish = _text(
        gettext_lazy("When would you like it?"),
        longest=200,
        hint=gettext_lazy("For example: a Tuesday in March."),
    )
    audience_size = forms.IntegerField(
        label=gettext_lazy("About how many listen?"),
        required=False,
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("Write a number, such as 25."),
            "min_value": gettext_lazy("Write a number, such as 25."),
            "max_value": gettext_lazy("Write a number, such as 25."),
        },
    )
    about = _message(gettext_lazy("What should the talk be about?"))

    def __init__(self, data=None, *, story_id=None, **kwargs):
        self.story_id = story_id
        super().__init__(data, **kwargs)

    @property
    def answers(self):
        return {**super().answers, "story_id": self.story_id}


FORMS = {form.kind: form for form in (SupportForm, VolunteerForm, ReferralForm, CourseInterestForm, TalkForm)}


def form_for(kind, data=None, *, initiative=None, story_id=None):
    """Return the form of a sign-up page of ``kind``, or ``None`` where there is nothing to say yes to."""
    text = ConsentText.objects.current(kind)
    if text is None:
        return None
    more = {"story_id": story_id} if kind == Purpose.TALK else {}
    return FORMS[kind](data, text=text, initiative=initiative, **more)
