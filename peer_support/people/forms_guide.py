"""The form of a guide's questions: one small form per question, in an order that can be changed without a script."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..privacy.cpr import CarefulForm
from . import guides
from .models_guide import QuestionType, new_key


class QuestionForm(CarefulForm):
    """One question. An empty one is left out."""

    key = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Question"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    help = forms.CharField(
        label=_("A line to the one who asks"),
        required=False,
        max_length=300,
        help_text=_("May stay empty."),
    )
    type = forms.ChoiceField(label=_("How is it answered?"), choices=QuestionType.choices)
    options = forms.CharField(
        label=_("Answers to choose from"),
        required=False,
        max_length=2000,
        help_text=_("One on each line. Only for “one of several answers”."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    fact = forms.ChoiceField(
        label=_("Which fact?"),
        required=False,
        help_text=_("Only for “a fact for the profile”. The answer is used when you match."),
    )

    def __init__(self, *args, who, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fact"].choices = [("", _("none")), *guides.fact_choices(who)]

    def question(self):
        """Return the question as it is stored, or ``None`` for an empty form."""
        data = self.cleaned_data
        if not data.get("text", "").strip():
            return None
        return {**data, "options": data["options"].splitlines(), "key": data["key"] or new_key()}


def initial_of(question):
    """Return the form's values of a stored question."""
    return {**question, "options": "\n".join(question.get("options", ()))}


class QuestionSheet:
    """All forms of one guide: as stored, or as they came back. ``spare`` empty ones stand at the end."""

    def __init__(self, who, questions=(), data=None, spare=1):
        self.who, self.data = who, data
        if data is None:
            shown = [initial_of(question) for question in questions]
            self.forms = [self._form(i, initial=one) for i, one in enumerate(shown)]
            self._add(spare)
        else:
            self.forms = [self._form(i, data=data) for i in range(self._count(data))]

    @staticmethod
    def _count(data):
        count = data.get("count", "")
        return min(int(count), 60) if count.isdecimal() and len(count) < 3 else 0

    def _form(self, number, **kwargs):
        return QuestionForm(prefix=f"q{number}", who=self.who, **kwargs)

    def _add(self, spare):
        start = len(self.forms)
        self.forms += [self._form(start + i, initial={"type": QuestionType.TEXT}) for i in range(spare)]

    def _typed(self):
        return [
            {name: self.data.get(f"q{i}-{name}", "") for name in QuestionForm.base_fields}
            for i in range(len(self.forms))
        ]

    def after(self, action):
        """Return the sheet with ``action`` done: ``up-3``, ``down-3``, ``out-3``, ``more``; what was typed stays."""
        rows = self._typed()
        name, __, place = action.partition("-")
        place = int(place) if place.isdecimal() and len(place) < 3 else -1
        if 0 <= place < len(rows):
            if name == "out":
                del rows[place]
            other = place + {"up": -1, "down": 1}.get(name, 0)
            if name in ("up", "down") and 0 <= other < len(rows):
                rows[place], rows[other] = rows[other], rows[place]
        sheet = QuestionSheet(self.who, spare=0)
        sheet.forms = [sheet._form(i, initial=row) for i, row in enumerate(rows)]
        if name == "more" or not sheet.forms:
            sheet._add(1)
        return sheet

    def is_valid(self):
        # Every form is asked, so that every fault is shown at once.
        faults = [form for form in self.forms if not form.is_valid()]
        return not faults

    def questions(self):
        """Return the questions of a valid sheet."""
        return [question for form in self.forms if (question := form.question()) is not None]
