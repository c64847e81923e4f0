"""What is asked for on the screens of numbers: a form that is sent by GET, so that a page can be kept as an address."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import periods
from .registry import ALL, INITIATIVE, TOWN

EVERYBODY = "all"
KINDS = {
    periods.YEAR: gettext_lazy("Years"),
    periods.QUARTER: gettext_lazy("Quarters"),
    periods.MONTH: gettext_lazy("Months"),
}
BY = {
    ALL: gettext_lazy("everything together"),
    INITIATIVE: gettext_lazy("initiative by initiative"),
    TOWN: gettext_lazy("town by town"),
}


class ChoosingForm(forms.Form):
    """Period, initiative, town, and how it is set up. What cannot be read is said, and the year is shown meanwhile."""

    period = forms.ChoiceField(label=gettext_lazy("Period"), required=False)
    since = forms.DateField(
        label=gettext_lazy("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    initiative = forms.ChoiceField(label=gettext_lazy("Initiative"), required=False)
    town = forms.ChoiceField(label=gettext_lazy("Town"), required=False)
    by = forms.ChoiceField(label=gettext_lazy("Show"), required=False)

    def __init__(self, data, *, today, initiatives, together, towns, only_years=False):
        super().__init__(data)
        self.today = today
        offered = [(KINDS[kind], some) for kind, some in periods.choices(today)]
        if only_years:
            offered = offered[:1]
            del self.fields["since"], self.fields["until"], self.fields["town"]
        else:
            offered.append((_("Chosen dates"), [(periods.DATES, _("two dates that you choose"))]))
            self.fields["town"].choices = [("", _("all towns")), *towns]
        self.fields["period"].choices = offered
        everybody = [(EVERYBODY, _("all that I work with"))] if together else []
        self.fields["initiative"].choices = [*everybody, *((str(one.pk), one.title) for one in initiatives)]
        several = len(initiatives) > 1 and together
        self.fields["by"].choices = [
            (code, label)
            for code, label in BY.items()
            if code == ALL
            or (code == INITIATIVE and several)
            or (code == TOWN and (together or not only_years))
        ]

    def clean_period(self):
        return self.cleaned_data["period"] or periods.code_of(
            periods.YEAR, periods.beginning_of(periods.YEAR, self.today)
        )

    def clean(self):
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if data.get("period") != periods.DATES or "since" in self.errors or "until" in self.errors:
            return data
        if not since or not until:
            self.add_error("since" if not since else "until", _("Write both dates."))
        elif until < since:
            self.add_error("until", _("The last day lies before the first."))
        elif (until - since).days > periods.LONGEST:
            self.add_error("until", _("Choose at most ten years."))
        return data

    def periods(self):
        """Return the periods to count, the chosen one last; this year's where the choice cannot be read."""
        data = self.cleaned_data
        if data.get("period") == periods.DATES and not self.errors:
            return periods.between(data["since"], data["until"])
        found = periods.parse(data.get("period", ""))
        kind, first = found or (periods.YEAR, periods.beginning_of(periods.YEAR, self.today))
        return periods.row_of(kind, first)
