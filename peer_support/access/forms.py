"""What every form of a hardened ModelAdmin gets: own initiatives only, no CPR number, and date fields that need no script."""

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput

from ..privacy.cpr import CarefulFormMixin
from .models import Assignment
from .scopes import current_initiative_ids


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own field for a date and a time."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class CarefulModelForm(CarefulFormMixin, WagtailAdminModelForm):
    """The form of a record in whose words no CPR number may stand."""


NATIVE = {AdminDateInput: DateInput, AdminTimeInput: TimeInput, AdminDateTimeInput: DateTimeInput}


def _native(widget):
    native = NATIVE.get(type(widget))
    if native is None:
        return widget
    kept = {
        key: value
        for key, value in widget.attrs.items()
        if key in {"class", "aria-describedby", "min", "max"}
    }
    return native(attrs=kept)


def use_native_dates(form):
    """Give the fields of ``form`` the browser's own date and time fields: Wagtail's need an inline script."""
    for field in form.fields.values():
        field.widget = _native(field.widget)
        if isinstance(field.widget, forms.MultiWidget):
            field.widget.widgets = [_native(widget) for widget in field.widget.widgets]


def keep_to_own_initiatives(form, preselect=False):
    """Let the fields of ``form`` that choose an initiative offer, and accept, those of the open scope only.

    With ``preselect``, a form that is not filled in yet chooses the only one there is.
    """
    initiative_model = Assignment._meta.get_field("initiative").related_model
    own = current_initiative_ids()
    for name, field in form.fields.items():
        queryset = getattr(field, "queryset", None)
        if queryset is None or queryset.model is not initiative_model:
            continue
        if not isinstance(field.widget, (forms.Select, forms.CheckboxSelectMultiple)):
            # A chooser would list initiatives that the field refuses.
            field.widget = forms.Select(attrs={"class": "w-field__autosize"})
        field.queryset = queryset.filter(pk__in=own)
        if preselect and len(own) == 1 and not form.is_bound and not form.initial.get(name):
            form.initial[name] = own[0]
