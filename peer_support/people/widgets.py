"""Weekly times as a grid of check boxes with a free field per day; languages and interests under their headings."""

from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import times


@dataclass
class Week:
    """What was ticked and typed in the grid: per weekday a set of parts and an exact time."""

    ticked: dict = field(default_factory=dict)
    exact: dict = field(default_factory=dict)

    @classmethod
    def of(cls, text):
        """Take apart a canonical line. A span that is whole parts of a day is ticked, any other stands as typed."""
        week = cls()
        for span in times.parse(text):
            parts = _parts_of(span)
            if parts:
                week.ticked.setdefault(span.day, set()).update(parts)
            else:
                typed = str(span).partition(" ")[2].replace(".00", "")
                week.exact[span.day] = ", ".join(filter(None, (week.exact.get(span.day), typed)))
        return week

    def line(self):
        """Return the canonical line; raises ``ValidationError`` with a sentence per day that is not understood."""
        spans, errors = [], []
        for day in range(7):
            spans += [times.Span(day, *times.PARTS[part]) for part in self.ticked.get(day, ())]
            for piece in filter(None, map(str.strip, self.exact.get(day, "").replace(";", ",").split(","))):
                try:
                    spans.append(times.parse_span(day, piece))
                except ValidationError as error:
                    errors += [
                        _("%(day)s: %(fault)s") % {"day": times.DAY_NAMES[day], "fault": message}
                        for message in error.messages
                    ]
        if errors:
            raise ValidationError(errors)
        return times.canonical(times.spans_of(times.bits_of(spans)))


def _parts_of(span):
    """Return the parts of the day that make up ``span`` exactly, or nothing."""
    inside = [name for name, (start, end) in times.PARTS.items() if span.start <= start and end <= span.end]
    covered = sum(end - start for name, (start, end) in times.PARTS.items() if name in inside)
    return inside if covered == span.end - span.start else []


class WeeklyTimesWidget(forms.Widget):
    """Seven days by morning, afternoon and evening, and "17-20" per day. Its value is a :class:`Week`."""

    template_name = "peer_support/people/widgets/weekly_times.html"
    use_fieldset = True

    def value_from_datadict(self, data, files, name):
        week = Week()
        for day in range(7):
            week.ticked[day] = {part for part in times.PARTS if data.get(f"{name}-{day}-{part}")}
            week.exact[day] = data.get(f"{name}-{day}-exact", "")[:100]
        return week

    def value_omitted_from_data(self, data, files, name):
        return False

    def id_for_label(self, id_):
        return ""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        week = value if isinstance(value, Week) else Week.of(value or "")
        context["parts"] = list(times.PART_NAMES.values())
        context["days"] = [
            {
                "name": times.DAY_NAMES[day],
                "boxes": [
                    {
                        "name": f"{name}-{day}-{part}",
                        "label": times.PART_NAMES[part],
                        "checked": part in week.ticked.get(day, ()),
                    }
                    for part in times.PARTS
                ],
                "exact_name": f"{name}-{day}-exact",
                "exact": week.exact.get(day, ""),
            }
            for day in range(7)
        ]
        return context


class WeeklyTimesFormField(forms.Field):
    """The form field of weekly times; cleans to the canonical line, nothing filled in to the empty one."""

    widget = WeeklyTimesWidget

    def prepare_value(self, value):
        return value

    def clean(self, value):
        return value.line() if isinstance(value, Week) else times.canonical(times.parse(value or ""))

    def has_changed(self, initial, data):
        try:
            return self.clean(data) != (initial or "")
        except ValidationError:
            return True


class GroupedCheckboxes(forms.CheckboxSelectMultiple):
    """Check boxes side by side, each group of choices in a fieldset with its heading."""

    template_name = "peer_support/people/widgets/grouped_checkboxes.html"


class FlatCheckboxes(forms.CheckboxSelectMultiple):
    """Check boxes side by side."""

    template_name = "peer_support/people/widgets/grouped_checkboxes.html"
