"""The forms of the sign-up pages. A name or alias and one way to reach the person are all that is required."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..people.models import Citizen
from .forms_signup_base import (
    SignUpForm,
    email_field,
    initiatives_here,
    line_field,
    message_field,
    phone_field,
)
from .models_consent import ConsentText, Purpose
from .validation import contact_faults

__all__ = ["FORMS", "form_for", "initiatives_here"]


class PersonForm(SignUpForm):
    """Somebody writes for themselves."""

    free_text = ("message",)
    asked = (("", ("first_name", "phone", "email", "message")),)
    more = ("when_to_call", "postcode")

    first_name = line_field(
        gettext_lazy("What may we call you?"),
        longest=80,
        required=True,
        hint=gettext_lazy("Your first name, or any name you like."),
        error=gettext_lazy("Write a name. You may make one up."),
        complete="given-name",
    )
    phone = phone_field()
    email = email_field()
    when_to_call = line_field(
        gettext_lazy("When is a good time to ring you?"),
        longest=100,
        hint=gettext_lazy("For example: after 4 pm."),
    )
    postcode = line_field(
        gettext_lazy("Postcode"), longest=4, complete="postal-code", inputmode="numeric", pattern="[0-9]{4}"
    )
    message = message_field(gettext_lazy("What would you like?"))

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
    message = message_field(gettext_lazy("Why would you like to be a volunteer?"))


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

    first_name = line_field(
        gettext_lazy("What may we call the person?"),
        longest=80,
        required=True,
        hint=gettext_lazy("A first name, or another name that you agree on."),
        error=gettext_lazy("Write a name. You may make one up together."),
    )
    phone = line_field(gettext_lazy("The person's telephone"), longest=30, type="tel", inputmode="tel")
    email = line_field(
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
    postcode = line_field(gettext_lazy("Postcode"), longest=4, inputmode="numeric", pattern="[0-9]{4}")
    when_to_call = line_field(gettext_lazy("When is a good time to ring?"), longest=100)
    message = message_field(gettext_lazy("What does the person wish for?"))
    agreed_to = forms.ChoiceField(
        label=gettext_lazy("What has the person said yes to?"),
        choices=AGREED,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Not asked yet? Talk together first. You may ring us without giving a name."),
        error_messages={"required": gettext_lazy("Choose what the person has said yes to.")},
    )
    writer_name = line_field(
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
    writer_work = line_field(
        gettext_lazy("Where you work"), longest=80, hint=gettext_lazy("Only if you write from your work.")
    )
    writer_contact = line_field(
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

    organisation = line_field(
        gettext_lazy("Who are you?"),
        longest=120,
        required=True,
        hint=gettext_lazy("For example a school, a job centre or an association."),
        error=gettext_lazy("Write who you are."),
        complete="organization",
    )
    contact_name = line_field(
        gettext_lazy("Your name"),
        longest=80,
        required=True,
        complete="name",
        error=gettext_lazy("Write your name."),
    )
    phone = phone_field()
    email = email_field()
    town = line_field(gettext_lazy("In which town?"), longest=80, complete="address-level2")
    date_wish = line_field(
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
    about = message_field(gettext_lazy("What should the talk be about?"))

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
