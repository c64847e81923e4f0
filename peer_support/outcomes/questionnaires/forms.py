"""What comes in from the coordinator's screens: the plan, answers typed in, and one more questionnaire."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...matching.board.forms import DayField
from ...privacy.cpr import CarefulForm
from ..instruments.models import InstrumentText
from ..instruments.registry import asked_with_text
from .models import MOST_WEEKS, Kind, QuestionnairePlan, Way

SKIP = "skip"
# What stands for "not answered" in a row of numbers; spaces and commas only part them.
_MISSING, _PARTS = "-x*.?", " ,;\t/"


class PlanForm(CarefulForm):
    """One row per instrument and kind: when it is asked, and whom."""

    error_css_class = "w-field--error"

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.known = {(line.kind, line.instrument): line for line in lines}
        ready = set(InstrumentText.objects.filter(in_use=True).values_list("instrument", flat=True))
        self.keys = []
        for kind in Kind:
            for code, instrument in asked_with_text().items():
                line = self.known.get((kind.value, code)) or QuestionnairePlan(
                    kind=kind.value, instrument=code
                )
                self.keys.append((kind.value, code, instrument, code in ready))
                self._add(f"{kind.value}_{code}", line)

    def _add(self, name, line):
        for field, label in (
            ("at_start", gettext_lazy("at the start")),
            ("at_end", gettext_lazy("when it ends")),
            ("citizens", gettext_lazy("citizens")),
            ("volunteers", gettext_lazy("volunteers")),
        ):
            self.fields[f"{name}_{field}"] = forms.BooleanField(
                label=label, required=False, initial=getattr(line, field)
            )
        self.fields[f"{name}_weeks"] = forms.IntegerField(
            label=gettext_lazy("and so many weeks after the end (empty: not at all)"),
            required=False,
            min_value=1,
            max_value=MOST_WEEKS,
            initial=line.follow_up_weeks,
            error_messages={
                "invalid": gettext_lazy("Write a number of weeks, or leave it empty."),
                "min_value": gettext_lazy("Write a number of weeks from 1 to 52, or leave it empty."),
                "max_value": gettext_lazy("Write a number of weeks from 1 to 52, or leave it empty."),
            },
        )

    def groups(self):
        """Return the rows with their bound fields by kind, for the template."""
        found = []
        for kind in Kind:
            rows = [
                {
                    "name": instrument.name,
                    "what": instrument.what,
                    "count": instrument.items,
                    "ready": ready,
                    "moments": [self[f"{of}_{code}_at_start"], self[f"{of}_{code}_at_end"]],
                    "weeks": self[f"{of}_{code}_weeks"],
                    "people": [self[f"{of}_{code}_citizens"], self[f"{of}_{code}_volunteers"]],
                }
                for of, code, instrument, ready in self.keys
                if of == kind.value
            ]
            found.append({"kind": kind, "rows": rows})
        return found

    def clean(self):
        data = super().clean()
        for kind, code, instrument, ready in self.keys:
            name = f"{kind}_{code}"
            asked = data.get(f"{name}_at_start") or data.get(f"{name}_at_end") or data.get(f"{name}_weeks")
            if asked and not (data.get(f"{name}_citizens") or data.get(f"{name}_volunteers")):
                self.add_error(f"{name}_citizens", _("Who is to be asked? Choose at least one."))
            if asked and not ready and (kind, code) not in self.known:
                self.add_error(
                    f"{name}_at_start",
                    _("The words of %(name)s are missing. An editor puts them in first.")
                    % {"name": instrument.name},
                )
        return data

    def lines(self):
        """Return unsaved :class:`QuestionnairePlan` rows of what was chosen; one that asks nothing is left out."""
        data, found = self.cleaned_data, []
        for kind, code, __, __ in self.keys:
            name = f"{kind}_{code}"
            line = QuestionnairePlan(
                kind=kind,
                instrument=code,
                at_start=data[f"{name}_at_start"],
                at_end=data[f"{name}_at_end"],
                follow_up_weeks=data[f"{name}_weeks"],
                citizens=data[f"{name}_citizens"],
                volunteers=data[f"{name}_volunteers"],
            )
            if line.at_start or line.at_end or line.follow_up_weeks:
                found.append(line)
        return found


class EntryForm(CarefulForm):
    """Answers typed in: a row of numbers, or a choice for each item; what is left out is missing."""

    error_css_class = "w-field--error"
    row_of_numbers = forms.CharField(
        label=gettext_lazy("All the numbers in a row"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "spellcheck": "false"}),
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How was it answered?"),
        choices=[(Way.TOGETHER.value, Way.TOGETHER.label), (Way.PAPER.value, Way.PAPER.label)],
        widget=forms.RadioSelect,
    )
    on = DayField(label=gettext_lazy("Which day?"))

    def __init__(self, *args, questionnaire, text, instrument, **kwargs):
        self.instrument, self.answers = instrument, questionnaire.answers
        way = questionnaire.way if questionnaire.way in (Way.PAPER, Way.TOGETHER) else Way.TOGETHER
        start = {"way": way, "on": questionnaire.answered_on or timezone.localdate()}
        super().__init__(*args, label_suffix="", initial=start, **kwargs)
        self.fields["row_of_numbers"].help_text = self._how()
        self.words, self.items = text.answers, text.items

    def _how(self):
        return _(
            "The quick way from paper: %(count)d numbers from %(low)d to %(high)d, a “-” where nothing is ticked."
        ) % {
            "count": self.instrument.items,
            "low": self.instrument.lowest,
            "high": self.instrument.highest,
        }

    def questions(self):
        """Return the items with their choices, as they were answered or typed, for the template."""
        found = []
        for number, item in enumerate(self.items, 1):
            name = f"item_{number}"
            if self.is_bound:
                given = self.data.get(name, "")
            elif number in self.answers:
                given = SKIP if self.answers[number] is None else str(self.answers[number])
            else:
                given = ""
            found.append(
                {
                    "number": number,
                    "item": item,
                    "field": name,
                    "skipped": given == SKIP,
                    "choices": [
                        {
                            "value": value,
                            "word": word,
                            "id": f"item-{number}-{value}",
                            "checked": given == str(value),
                        }
                        for value, word in self.words
                    ],
                }
            )
        return found

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet. When was it answered?"))
        return day

    def clean_row_of_numbers(self):
        given = self.cleaned_data["row_of_numbers"]
        signs = [sign for sign in given if sign not in _PARTS]
        if not signs:
            return {}
        if len(signs) != self.instrument.items:
            raise forms.ValidationError(
                _("There are %(count)d questions, and we read %(read)d signs. Write one sign for each.")
                % {"count": self.instrument.items, "read": len(signs)}
            )
        answers = {}
        for number, sign in enumerate(signs, 1):
            value = int(sign) if sign.isascii() and sign.isdecimal() else None
            if value is None and sign.lower() not in _MISSING:
                raise forms.ValidationError(self._unknown(number, sign))
            if value is not None and not self.instrument.lowest <= value <= self.instrument.highest:
                raise forms.ValidationError(self._unknown(number, sign))
            answers[number] = value
        return answers

    def _unknown(self, number, sign):
        return _(
            "We do not understand “%(sign)s” at question %(number)d. Write a number from %(low)d to %(high)d, or “-”."
        ) % {
            "sign": sign,
            "number": number,
            "low": self.instrument.lowest,
            "high": self.instrument.highest,
        }

    def given(self):
        """Return ``{number: value or None}`` of what was typed or chosen; a row of numbers counts before the choices."""
        if self.cleaned_data["row_of_numbers"]:
            return self.cleaned_data["row_of_numbers"]
        allowed = {str(value): value for value, __ in self.words}
        answers = {}
        for number in range(1, self.instrument.items + 1):
            sign = self.data.get(f"item_{number}", "")
            if sign == SKIP:
                answers[number] = None
            elif sign in allowed:
                answers[number] = allowed[sign]
        return answers


class ExtraForm(CarefulForm):
    """One more questionnaire, that no plan has."""

    error_css_class = "w-field--error"
    instrument = forms.ChoiceField(label=gettext_lazy("Which questionnaire?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        ready = set(InstrumentText.objects.filter(in_use=True).values_list("instrument", flat=True))
        self.fields["instrument"].choices = [
            (code, instrument.name) for code, instrument in asked_with_text().items() if code in ready
        ]

    @property
    def has_choices(self):
        return bool(self.fields["instrument"].choices)
