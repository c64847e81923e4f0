"""The forms of papers: what is typed when one is made ready, signed, or seen."""

from django import forms
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.translation import gettext_lazy as _

from ...matching.board.forms import DayField
from ...privacy.cpr import CarefulForm
from ..kinds import PLACES, CertificateKind

CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one from the list.")}


def _words(label, rows=3, help_text="", limit=600, required=False):
    return forms.CharField(
        label=label,
        required=required,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
        error_messages={"required": _("Write a few words.")},
    )


class BoardForm(CarefulForm):
    """A form of the board: no colon after a label."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class ContractForm(BoardForm):
    """What a contract says of this volunteer. What the initiative has chosen stands in it already."""

    starts = DayField(label=_("First day"))
    until = DayField(label=_("Last day"), required=False, help_text=_("Empty: until further notice."))
    work = _words(_("What the work is"))
    place = forms.CharField(label=_("Where"), required=False, max_length=200)
    hours = forms.CharField(
        label=_("Least number of hours"),
        required=False,
        max_length=100,
        help_text=_("For example: 4 hours a month."),
    )

    def clean(self):
        cleaned = super().clean()
        starts, until = cleaned.get("starts"), cleaned.get("until")
        if starts and until and until < starts:
            self.add_error("until", _("The last day is before the first. Look at the two dates."))
        return cleaned


class PlainForm(BoardForm):
    """A paper that asks for nothing more."""


class MatchPapersForm(BoardForm):
    """What a match agreement says beyond what stands on the match."""

    contact = _words(
        _("How they reach each other"),
        2,
        _("For example: a text message before they meet. Numbers only as far as both have agreed to it."),
    )
    boundaries = _words(
        _("What they have agreed not to do"),
        2,
        _(
            "For example: no messages at night. It stands on both papers: write nothing here that is for one of them."
        ),
    )
    share_contact = forms.BooleanField(
        label=_("Write the other's telephone or e-mail on the paper: both have said yes to that"),
        required=False,
    )

    def __init__(self, *args, may_share, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["share_contact"]


class SignedForm(BoardForm):
    """The print came back with a signature on it."""

    on = DayField(label=_("Signed on"))
    name = forms.CharField(
        label=_("Who signed"),
        required=False,
        max_length=160,
        help_text=_("Empty: the person the paper is for."),
    )

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet."))
        return day


class CertificateForm(BoardForm):
    """A certificate that was seen. There is no field for what it says, on purpose."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CertificateKind.choices, error_messages=CHOOSE)
    about = forms.CharField(
        label=_("Which"),
        required=False,
        max_length=80,
        help_text=_("Only for a course or another: its name. Never what stands in a certificate."),
    )
    seen_on = DayField(label=_("Seen on"))
    valid_to = DayField(label=_("Valid until"), required=False, help_text=_("Empty: it does not end."))

    def clean(self):
        cleaned = super().clean()
        seen, until = cleaned.get("seen_on"), cleaned.get("valid_to")
        if seen and seen > timezone.localdate():
            self.add_error("seen_on", _("That day has not come yet."))
        if seen and until and until < seen:
            self.add_error("valid_to", _("It ends before it was seen. Look at the two dates."))
        return cleaned


class ThanksForm(BoardForm):
    on = DayField(label=_("Day"))
    words = _words(
        _("What you want to say"),
        5,
        _("It stands on the card. Say what the volunteer did, and what it meant. Name nobody they support."),
        1200,
        required=True,
    )


class ReferenceForm(BoardForm):
    words = _words(
        _("The letter"),
        18,
        _(
            "An empty line begins a new paragraph. Write what the volunteer did and can do, and nothing about those "
            "they support."
        ),
        8000,
        required=True,
    )


class PolicyForm(BoardForm):
    """What an initiative asks for, and what stands in its contracts."""

    certificates = forms.MultipleChoiceField(
        label=_("Certificates that are asked for"),
        choices=CertificateKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Only those you really need to see. You write down that you saw one, never what it says."
        ),
    )
    contract_months = forms.IntegerField(
        label=_("Length of a contract, in months"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=_("Empty: until further notice."),
    )
    work = _words(_("What the work is"), 3, _("It stands in new contracts, and can be changed in each."))
    place = forms.CharField(label=_("Where"), required=False, max_length=200)
    hours = forms.CharField(
        label=_("Least number of hours"),
        required=False,
        max_length=100,
        help_text=_("For example: 4 hours a month."),
    )


def text_form(kind, *args, **kwargs):
    """Return the form in which the text of papers of ``kind`` is written, in Wagtail's editor with the few tags allowed."""
    from wagtail.admin.rich_text import DraftailRichTextArea

    class Editor(DraftailRichTextArea):
        def value_from_datadict(self, data, files, name):
            try:
                return super().value_from_datadict(data, files, name)
            except (ValueError, TypeError, KeyError, AttributeError):
                # Not the editor's own notation: the words as they came, which are read like any rich text.
                return data.get(name)

        def format_value(self, value):
            try:
                return super().format_value(value)
            except (AssertionError, ValueError, KeyError, IndexError, AttributeError):
                # Tags that the editor cannot pair: nothing is lost, they stand as the words they are.
                return super().format_value(linebreaks(value, autoescape=True))

    class TextForm(BoardForm):
        body = forms.CharField(
            label=_("Text"),
            widget=Editor(features=["h2", "h3", "bold", "ol", "ul"]),
            error_messages={"required": _("The text is empty. Write what the two agree on.")},
        )
        valid_from = DayField(
            label=_("Valid from"),
            help_text=_("Papers that are made ready from this day on have these words."),
        )
        places = PLACES[kind]

    return TextForm(*args, **kwargs)
