"""The guided conversation: groups of questions, asked in plain words."""

from dataclasses import dataclass, replace

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.models import ModelChoiceIterator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..access.forms import DateInput
from ..privacy.cpr import CarefulFormMixin, refuse_cpr
from ..privacy.fields import Unreadable, refuse_unreadable
from . import guides
from .models import Citizen, Conversation, Interest, Language, MeetingPlace, Volunteer
from .models_guide import QuestionType
from .widgets import FlatCheckboxes, GroupedCheckboxes

LONGEST_TEXT = 5000


class GroupedInterestIterator(ModelChoiceIterator):
    """Interests under the headings of their groups; those without one stand last."""

    def __iter__(self):
        groups = {}
        for interest in self.queryset.select_related("group").order_by("group__order", "group__name", "name"):
            groups.setdefault(interest.group, []).append(self.choice(interest))
        loose = groups.pop(None, [])
        yield from ((group.name, choices) for group, choices in groups.items())
        yield from ([(pgettext_lazy("group of interests", "Other"), loose)] if loose and groups else loose)


class InterestField(forms.ModelMultipleChoiceField):
    iterator = GroupedInterestIterator
    widget = GroupedCheckboxes


@dataclass(frozen=True)
class Group:
    """Some questions that belong together; ``hint`` is a line to the coordinator."""

    code: str
    title: object
    fields: tuple
    hint: object = ""


TALK = ("talk_kind", "talk_held_on", "talk_notes")


def _groups(who, wishes, when, limits, papers=None):
    groups = [
        Group("who", _("Who"), who, _("A name or alias and one way to reach the person are enough.")),
        Group("wishes", _("What the person wants"), wishes),
        Group(
            "when",
            _("When and how"),
            when,
            _("Leave open what is not known yet. Open counts as unknown, never as no."),
        ),
        Group("limits", _("Wishes and limits"), *limits),
    ]
    if papers:
        groups.append(papers)
    return [
        *groups,
        Group("said", _("What was said"), TALK),
        Group("next", _("Next step"), ("talk_next_step",)),
    ]


class ConversationForm(CarefulFormMixin, forms.ModelForm):
    """The questions of a conversation, asked in plain words. Fields called ``talk_…`` belong to the conversation.

    Every field may stay empty but the name. The form only reads and checks; the services write.
    """

    kind = ""
    # Its rows are of one initiative, so they are looked up when a form is made, not when the class is.
    meeting_places = forms.ModelMultipleChoiceField(
        None, label=_("Where else could you meet?"), required=False, widget=FlatCheckboxes
    )
    talk_kind = forms.ChoiceField(label=_("Which conversation is it?"), choices=Conversation.Kind.choices)
    talk_held_on = forms.DateField(label=_("When did you talk?"), widget=DateInput)
    talk_notes = forms.CharField(
        label=_("What was said?"),
        help_text=_("In the person's own words. No diagnoses and no CPR numbers."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    talk_next_step = forms.CharField(
        label=_("What did you agree to do next?"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        fields = ()

    def __init__(self, *args, talk=None, version=None, **kwargs):
        self.talk, self.version = talk, version
        super().__init__(*args, **kwargs)
        self.questions = [q for q in guides.questions_of(version) if not q.is_fact or q.fact in self.fields]
        self.groups = _with_guide(GROUPS[self.kind], self.questions)
        self._ask_own_questions()
        self.order_fields([name for group in self.groups for name in group.fields])
        self._fill_talk()
        self._limit_choices()
        for name, field in self.fields.items():
            self._dress(name, field)

    def _fill_talk(self):
        talk = self.talk
        self.initial.update(
            talk_kind=talk.kind,
            talk_held_on=talk.held_on,
            talk_notes=talk.notes,
            talk_next_step=talk.next_step,
        )

    def _ask_own_questions(self):
        """A question for a fact gives the fact's own field its words; every other one is a field of its own."""
        answers = self.talk.answers if self.talk else {}
        for question in self.questions:
            if question.is_fact:
                field = self.fields[question.fact]
                field.label, field.help_text = question.text, question.help or field.help_text
                continue
            field = self.fields[question.field_name] = _field_of(question)
            field.disabled = bool(self.talk and not self.talk.answers_are_readable)
            self.initial[question.field_name] = answers.get(question.key, "")

    def _limit_choices(self):
        places = MeetingPlace.objects.filter(initiative_id=self.instance.initiative_id)
        self.fields["meeting_places"].queryset = places
        self.initial["meeting_places"] = list(self.instance.meeting_places.all())
        if not places.exists():
            del self.fields["meeting_places"]
        self.fields["interests"].queryset = Interest.objects.all()
        self.fields["languages"].queryset = Language.objects.all()

    def _dress(self, name, field):
        if isinstance(field.widget, forms.Textarea):
            field.max_length = LONGEST_TEXT
            field.validators.append(MaxLengthValidator(LONGEST_TEXT))
        if isinstance(self.initial.get(name), Unreadable):
            field.disabled = True
        if isinstance(field, forms.TypedChoiceField):
            # "Not stated" is a choice of its own; an empty one beside it would say the same twice.
            field.choices = [choice for choice in field.choices if choice[0] != ""]
            field.empty_value = self._meta.model._meta.get_field(name).get_default()
        if name == "first_name":
            field.error_messages["required"] = _("Write a first name or an alias.")

    def clean_talk_notes(self):
        return self._words_of_talk("talk_notes")

    def clean_talk_next_step(self):
        return self._words_of_talk("talk_next_step")

    def _words_of_talk(self, name):
        words = self.cleaned_data[name]
        refuse_cpr(words)
        # A text whose key is lost comes back as the words that stand for it, and stays as it is stored.
        if not isinstance(self.initial.get(name), Unreadable):
            refuse_unreadable(words)
        return words

    def clean_talk_held_on(self):
        day = self.cleaned_data["talk_held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not been yet."))
        return day

    def grouped(self):
        """Yield ``(group, bound fields)`` in the order of the page."""
        for group in self.groups:
            yield group, [self[name] for name in group.fields if name in self.fields]

    def person_values(self):
        """Return the valid values of the person's own fields."""
        return {k: v for k, v in self.cleaned_data.items() if not k.startswith("talk_")}

    def talk_values(self):
        """Return the valid values of the conversation, by the model's names."""
        return {k.removeprefix("talk_"): v for k, v in self.cleaned_data.items() if k.startswith("talk_")}


def _field_of(question):
    """Return the form field of a question whose answer belongs to the conversation."""
    words = {"label": question.text, "help_text": question.help, "required": False}
    if question.type == QuestionType.TEXT:
        return forms.CharField(
            **words,
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": 3}),
            validators=[refuse_cpr],
        )
    if question.type == QuestionType.YES_NO:
        answers = [(guides.YES, _("yes")), (guides.NO, _("no"))]
    else:
        answers = [(option, option) for option in question.options]
    return forms.ChoiceField(**words, choices=[*answers, ("", _("not asked yet"))], widget=forms.RadioSelect)


def _with_guide(groups, questions):
    """Return ``groups`` with the guide's questions as a group after the first; a fact it asks for is asked there only."""
    if not questions:
        return groups
    asked = {question.field_name for question in questions}
    left = [replace(group, fields=tuple(n for n in group.fields if n not in asked)) for group in groups]
    guide = Group(
        "guide",
        _("The questions"),
        tuple(question.field_name for question in questions),
        _("A help to remember, in any order. Skip what does not fit."),
    )
    first, *rest = (group for group in left if group.fields)
    return [first, guide, *rest]


_WHO = ("first_name", "last_name", "phone", "email", "postcode", "birth_year", "gender", "languages")
_WHEN = ("channels", "times", "hours_min", "hours_max", "travel_km", "meeting_places")
_LIMITS = ("age_wish_min", "age_wish_max", "gender_wish")

GROUPS = {
    "citizen": _groups(
        who=(*_WHO, "came_by", "referred_by", "consent_on", "heard_of_us"),
        wishes=("wish", "expectations", "interests"),
        when=_WHEN,
        limits=(
            (*_LIMITS, "special_knowledge", "notes"),
            _("Say it aloud: a pause is always possible, and it costs nothing."),
        ),
    ),
    "volunteer": _groups(
        who=(*_WHO, "heard_of_us"),
        wishes=("motivation", "expectations", "resources", "interests"),
        when=(*_WHEN[:4], "capacity", *_WHEN[4:]),
        limits=(
            (*_LIMITS, "readiness", "training_wishes", "notes"),
            _("The story of an illness is not needed. What matters is how things are today."),
        ),
        papers=Group(
            "papers",
            _("Contract and certificate"),
            ("contract_on", "contract_until", "certificate_seen_on", "certificate_until"),
            _("Only the dates. Keep no copy of a certificate."),
        ),
    ),
}

_COMMON_LABELS = {
    "first_name": _("What may we call you? (first name or alias)"),
    "phone": _("Which telephone number can we ring?"),
    "email": _("Which e-mail address can we write to?"),
    "postcode": _("Which postcode do you live in?"),
    "birth_year": _("Which year were you born?"),
    "languages": _("Which languages do you like to talk in?"),
    "heard_of_us": _("Where did you hear of us?"),
    "expectations": _("What do you expect from it?"),
    "interests": _("What do you like to do or talk about?"),
    "channels": _("How would you like to meet?"),
    "times": _("When in the week is it good for you?"),
    "hours_min": _("Hours a week, at least"),
    "hours_max": _("Hours a week, at most"),
    "travel_km": _("How many kilometres will you travel?"),
    "gender_wish": _("Whom would you like to be matched with?"),
    "age_wish_min": _("Age of the other, from"),
    "age_wish_max": _("Age of the other, to"),
    "notes": _("Anything else we need to remember?"),
}
_COMMON_HELP = {
    "times": _("Tick parts of the day, or write a time such as 17-20."),
    "notes": _("No diagnoses and no CPR numbers."),
}
_CLASSES = {"interests": InterestField}
_WIDGETS = {
    "languages": FlatCheckboxes,
    **{
        name: forms.Textarea(attrs={"rows": 3})
        for name in (
            "notes",
            "wish",
            "expectations",
            "special_knowledge",
            "motivation",
            "resources",
            "readiness",
            "training_wishes",
        )
    },
    **dict.fromkeys(
        ("consent_on", "contract_on", "contract_until", "certificate_seen_on", "certificate_until"), DateInput
    ),
    "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    "email": forms.TextInput(attrs={"type": "email", "autocomplete": "off"}),
    "postcode": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    "first_name": forms.TextInput(attrs={"autocomplete": "off"}),
    "last_name": forms.TextInput(attrs={"autocomplete": "off"}),
}


def _own(kind):
    declared = {"meeting_places", *TALK, "talk_next_step"}
    return [name for group in GROUPS[kind] for name in group.fields if name not in declared]


class CitizenConversationForm(ConversationForm):
    kind = "citizen"

    class Meta:
        model = Citizen
        fields = _own("citizen")
        widgets = _WIDGETS
        field_classes = _CLASSES
        help_texts = _COMMON_HELP
        labels = {
            **_COMMON_LABELS,
            "came_by": _("Who made the contact?"),
            "referred_by": _("If somebody else did: who?"),
            "consent_on": _("When did you say yes to being registered?"),
            "wish": _("Why would you like a peer? What do you need, wish or dream of?"),
            "special_knowledge": _("Is there something the volunteer must know to support you well?"),
        }


class VolunteerConversationForm(ConversationForm):
    kind = "volunteer"

    class Meta:
        model = Volunteer
        fields = _own("volunteer")
        widgets = _WIDGETS
        field_classes = _CLASSES
        help_texts = _COMMON_HELP
        labels = {
            **_COMMON_LABELS,
            "motivation": _("Why would you like to be a volunteer peer?"),
            "expectations": _("What do you expect from it? Is that realistic?"),
            "resources": _("What do you bring with you?"),
            "capacity": _("How many citizens at a time?"),
            "readiness": _("How are things today: is there strength to support somebody else?"),
            "training_wishes": _("What would make you feel ready? Which courses?"),
        }


CONVERSATION_FORMS = {"citizen": CitizenConversationForm, "volunteer": VolunteerConversationForm}
