"""Forms of the directory in the admin."""

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from .models import Municipality, Region

CSS = {"all": ["peer_support/directory/admin.css"]}


class CheckboxColumns(forms.CheckboxSelectMultiple):
    """Check boxes side by side where there is room."""

    template_name = "peer_support/directory/widgets/checkbox_columns.html"


class InitiativeForm(WagtailAdminModelForm):
    """The form of an initiative: municipalities under their regions, and each section of the questionnaire once."""

    class Media:
        css = CSS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "municipalities" in self.fields:
            self.fields["municipalities"].choices = _municipalities_by_region()

    def clean(self):
        cleaned = super().clean()
        if "sections" in self.formsets:
            self._check_sections(self.formsets["sections"])
        return cleaned

    def _check_sections(self, formset):
        seen = set()
        for form in formset.forms:
            if not form.is_valid() or form.cleaned_data.get("DELETE"):
                continue
            number = form.cleaned_data.get("number")
            if number in seen:
                form.add_error("number", _("This section is there already. Put both texts in one."))
            if number:
                seen.add(number)


def _municipalities_by_region():
    by_region = {}
    for municipality in Municipality.objects.order_by("name"):
        by_region.setdefault(municipality.region, []).append((municipality.pk, municipality.name))
    return [(Region(region).label, by_region[region]) for region in Region.values if region in by_region]


class TermForm(WagtailAdminModelForm):
    """The form of a directory term. Its kind is chosen once: initiatives that use it would lose it."""

    class Media:
        css = CSS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "kind" in self.fields:
            self.fields["kind"].disabled = True
