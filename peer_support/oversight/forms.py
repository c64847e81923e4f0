"""Forms of the desk: what of the log to show, a note on a line, and what a report of a breach must say."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..access.forms import DateInput, DateTimeInput
from ..privacy.cpr import CarefulForm
from .breach import LINKS
from .cases import kind_title
from .log import Action
from .models import ReviewNote
from .services import NOTE_LENGTH

TEXT = {"rows": 4}


def _day(label, **more):
    return forms.DateField(
        label=label, widget=DateInput(), input_formats=["%Y-%m-%d", "%d.%m.%Y"], required=False, **more
    )


def _moment(label, **more):
    formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M"]
    return forms.DateTimeField(label=label, widget=DateTimeInput(), input_formats=formats, **more)


class LogForm(CarefulForm):
    """Which rows of the log."""

    first = _day(_("From"))
    last = _day(_("Until"))
    initiative = forms.ChoiceField(label=_("Initiative"), required=False)
    who = forms.ChoiceField(label=_("Who"), required=False)
    what = forms.ChoiceField(label=_("What was done"), required=False)
    kind = forms.ChoiceField(label=_("Kind of record"), required=False)
    case = forms.IntegerField(
        label=_("Case number"), required=False, min_value=1, max_value=2_000_000_000,
        help_text=_("Only the number: 17 finds both citizen 17 and volunteer 17."),
    )  # fmt: skip

    def __init__(self, *args, initiatives, colleagues, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["initiative"].choices = [
            ("", _("All")),
            *((str(one.pk), one.title) for one in initiatives),
        ]
        if len(initiatives) < 2:
            del self.fields["initiative"]
        self.fields["who"].choices = [
            ("", _("Everybody")),
            *((str(number), name) for number, name in colleagues),
            (LINKS, _("People, by their own link")),
        ]
        self.fields["what"].choices = [("", _("Everything")), *Action.choices]
        titles = sorted((kind_title(label), label) for label in kinds)
        self.fields["kind"].choices = [("", _("All")), *((label, title) for title, label in titles)]

    def clean(self):
        values = super().clean()
        if values.get("first") and values.get("last") and values["last"] < values["first"]:
            self.add_error("last", _("The last day lies before the first."))
        return values


class NoteForm(CarefulForm):
    """What the officer thinks of one line."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("What was it?"), choices=ReviewNote.Verdict.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Short, and without names of citizens and volunteers. It is kept encrypted and cannot be changed."
        ),
    )


class BreachForm(CarefulForm):
    """When it was, and through which account."""

    since = _moment(_("From"), required=False)
    until = _moment(_("Until"), required=False)
    account = forms.ChoiceField(
        label=_("Account"),
        required=False,
        help_text=_("Choose an account if somebody else has used it. Leave it open if you do not know."),
    )

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [
            ("", _("All accounts and links")),
            *((str(number), name) for number, name in colleagues),
            (LINKS, _("Links without an account")),
        ]

    def clean(self):
        values = super().clean()
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", _("The end lies before the beginning."))
        if not self.errors and not (since or until or values.get("account")):
            raise forms.ValidationError(_("Write a time, or choose an account, or both."))
        return values


class ReportForm(CarefulForm):
    """What the law asks for in a report (article 33, 3). Everything can be changed before it is printed."""

    known_since = _moment(_("When did you find out?"), help_text=_("The three days are counted from then."))
    nature = forms.CharField(label=_("What happened?"), widget=forms.Textarea(attrs=TEXT), max_length=4000)
    people = forms.CharField(
        label=_("Who is affected, and about how many?"), widget=forms.Textarea(attrs=TEXT), max_length=4000
    )
    data = forms.CharField(
        label=_("Which data, and about how many records?"), widget=forms.Textarea(attrs=TEXT), max_length=4000
    )
    consequences = forms.CharField(
        label=_("What may come of it for those affected?"), widget=forms.Textarea(attrs=TEXT), max_length=4000
    )
    measures = forms.CharField(
        label=_("What have you done, and what will you do?"),
        widget=forms.Textarea(attrs=TEXT),
        max_length=4000,
    )
    told = forms.CharField(
        label=_("Are those affected told?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    contact = forms.CharField(label=_("Who can Datatilsynet ask?"), max_length=400)
    late = forms.CharField(
        label=_("If more than 72 hours have gone: why?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
    with_cases = forms.BooleanField(label=_("Print the case numbers on a sheet of their own"), required=False)

    def clean_known_since(self):
        value = self.cleaned_data["known_since"]
        if value > timezone.now() + timedelta(minutes=5):
            raise forms.ValidationError(_("That has not happened yet. Write when you found out."))
        return value
