"""The form of an initiative: what readers look for first, then the questionnaire, then where it comes from."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

from ..access.forms import DateInput
from .forms import CheckboxColumns, InitiativeForm


def _words(name):
    return FieldPanel(name, widget=forms.Textarea(attrs={"rows": 3}))


def _pair(heading, name):
    return MultiFieldPanel([FieldPanel(f"{name}_stated"), _words(name)], heading=heading)


OFFER = [
    MultiFieldPanel(
        [
            FieldPanel("title", help_text=_("The name people know it by.")),
            FieldPanel(
                "other_names", help_text=_("Earlier names and short forms. They are found by the search.")
            ),
            FieldPanel(
                "summary",
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Two or three short sentences. They stand in the list of initiatives."),
            ),
            FieldPanel("description", widget=forms.Textarea(attrs={"rows": 8})),
        ],
        heading=_("What it is"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("operator"),
            InlinePanel("partners", heading=_("Partners"), label=_("Partner"), classname="collapsed"),
            FieldRowPanel([FieldPanel("status"), FieldPanel("started", help_text=_("A year, or words."))]),
            FieldPanel("runs_here"),
        ],
        heading=_("Who runs it"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("forms", widget=CheckboxColumns),
            FieldPanel("settings", widget=CheckboxColumns),
            FieldPanel("audiences", widget=CheckboxColumns),
            _words("for_whom"),
        ],
        heading=_("How, where and for whom"),
        help_text=_("Readers filter on these words. Leave out what you do not know."),
    ),
    MultiFieldPanel(
        [
            FieldPanel("nationwide"),
            FieldPanel("region", help_text=_("Where it really is, whatever chapter it was printed in.")),
            FieldPanel("municipalities", widget=CheckboxColumns),
        ],
        heading=_("Where"),
        classname="collapsed",
    ),
    InlinePanel("links", heading=_("Links"), label=_("Link"), classname="collapsed"),
]
PEERS = [
    MultiFieldPanel(
        [FieldPanel("peer_count"), FieldPanel("relations", widget=CheckboxColumns)],
        heading=_("The peers"),
        help_text=_("“Not stated” means that nobody has said. “None” means that they have said no."),
    ),
    _pair(_("Recruitment"), "recruitment"),
    _pair(_("Training"), "training"),
    _pair(_("Supervision"), "supervision"),
]
MONEY = [
    MultiFieldPanel([_words("funding"), FieldPanel("funding_ends", widget=DateInput)], heading=_("Money")),
    _pair(_("Evaluation"), "evaluation"),
]
QUESTIONNAIRE = [
    FieldPanel("has_questionnaire"),
    InlinePanel(
        "sections",
        [
            FieldPanel("number"),
            FieldPanel("state"),
            FieldPanel("text", widget=forms.Textarea(attrs={"rows": 6})),
        ],
        heading=_("The questionnaire"),
        label=_("Section"),
        max_num=8,
        help_text=_(
            "The national catalogue's eight sections. Each stands here once; leave out what nobody answered."
        ),
    ),
]
SOURCE = [
    MultiFieldPanel(
        [
            FieldPanel("peer_support", help_text=_("What the entry says of itself.")),
            FieldRowPanel([FieldPanel("source"), FieldPanel("information_date", widget=DateInput)]),
            FieldPanel("chapter", help_text=_("The chapter it was printed in.")),
            FieldPanel("damaged_lines", help_text=_("Set it to 0 when you have put the lost letters back.")),
        ],
        heading=_("Where the information comes from"),
    ),
]

initiative_form = TabbedInterface(
    [
        ObjectList(OFFER, heading=_("The offer")),
        ObjectList(PEERS, heading=_("The peers")),
        ObjectList(QUESTIONNAIRE, heading=_("Questionnaire")),
        ObjectList(MONEY, heading=_("Money and effect")),
        ObjectList(SOURCE, heading=_("Source")),
    ],
    base_form_class=InitiativeForm,
)
