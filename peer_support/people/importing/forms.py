"""The forms of the import's three steps."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..forms import InitiativeChoice
from ..models import PeopleUpload
from .columns import for_kind
from .planning import LEAVE_OUT


class UploadForm(forms.Form):
    """Who is in the file, which initiative they belong to, and the file."""

    initiative = InitiativeChoice()
    kind = forms.ChoiceField(label=_("Who is in the file?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("CSV or XLSX, at most 5 MB and 2,000 rows. The first row holds the headings."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
            "missing": _("Choose a file."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )

    def __init__(self, *args, initiative_ids, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("initiative", self.fields["initiative"].offer(initiative_ids))
        self.fields["kind"].choices = [choice for choice in PeopleUpload.Kind.choices if choice[0] in kinds]

    @property
    def nowhere(self):
        """Whether there is no initiative to take people in for."""
        return not self.fields["initiative"].queryset.exists()


class ColumnsForm(forms.Form):
    """One choice per heading: what stands in this column."""

    def __init__(self, *args, table, mapping, kind="", columns=None, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", pgettext_lazy("a column of a spreadsheet", "Leave out"))]
        choices += [(column.code, column.label) for column in columns or for_kind(kind)]
        self.table = table
        for index, heading in enumerate(table.headings):
            self.fields[f"column-{index}"] = forms.ChoiceField(
                label=heading, choices=choices, required=False, initial=mapping[index]
            )

    def rows(self):
        """Yield ``(bound field, up to three examples)`` per column."""
        for index, name in enumerate(self.fields):
            cells = (row.cells[index] for row in self.table.rows)
            yield self[name], list(dict.fromkeys(cell[:60] for cell in cells if cell))[:3]

    def mapping(self):
        """Return a code per heading."""
        return [self.cleaned_data[f"column-{index}"] for index in range(len(self.table.headings))]


class WordsForm(forms.Form):
    """What unknown words mean, and whether the file's values replace what stands."""

    overwrite = forms.BooleanField(
        label=_("Let the file replace what stands about people who are here already"), required=False
    )

    def __init__(self, *args, unknown, lists, **kwargs):
        super().__init__(*args, **kwargs)
        self.unknown = unknown
        for index, word in enumerate(unknown):
            suggested = [(str(pk), name) for pk, name in word.suggestions]
            known = {pk for pk, __ in suggested}
            others = [choice for choice in lists[word.column] if choice[0] not in known]
            choices = [("", _("Choose …")), (LEAVE_OUT, pgettext_lazy("a word", "Leave the word out"))]
            if suggested:
                choices.append((_("Perhaps"), suggested))
            choices.append((_("All"), others))
            self.fields[f"word-{index}"] = forms.ChoiceField(label=word.word, choices=choices, required=False)

    def rows(self):
        """Yield ``(unknown word, bound field)``."""
        for index, word in enumerate(self.unknown):
            yield word, self[f"word-{index}"]

    def answers(self):
        """Return the answers by the word's key, as :func:`.planning.plan_import` takes them."""
        answers = {}
        for index, word in enumerate(self.unknown):
            answer = self.cleaned_data.get(f"word-{index}")
            if answer:
                answers[word.key] = answer if answer == LEAVE_OUT else int(answer)
        return answers
