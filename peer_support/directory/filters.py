"""What initiatives can be filtered by."""

import django_filters
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import BooleanRadioSelect

from .models import DirectoryTerm, Initiative, Municipality, Region

Kind = DirectoryTerm.Kind


class ChoiceOrBlank(django_filters.ChoiceFilter):
    """A choice where "not stated" is stored as the empty string and can be asked for."""

    def __init__(self, *args, choices, label_blank, **kwargs):
        super().__init__(
            *args,
            choices=[choice for choice in choices if choice[0]],
            empty_label=_("All"),
            null_label=label_blank,
            null_value="unstated",
            widget=forms.RadioSelect,
            **kwargs,
        )

    def filter(self, qs, value):
        return qs.filter(**{self.field_name: ""}) if value == self.null_value else super().filter(qs, value)


def _of_kind(kind):
    return lambda request: DirectoryTerm.objects.filter(kind=kind)


def _terms(field, kind):
    return django_filters.ModelMultipleChoiceFilter(
        field_name=field,
        queryset=_of_kind(kind),
        label=capfirst(kind.label),
        widget=forms.CheckboxSelectMultiple,
    )


def _yes_no(label, **kwargs):
    return django_filters.BooleanFilter(label=label, widget=BooleanRadioSelect, **kwargs)


class InitiativeFilterSet(WagtailFilterSet):
    """Filters of the admin's list. Several words of one kind widen the answer; different filters narrow it."""

    region = ChoiceOrBlank(choices=Region.choices, label=_("Region"), label_blank=_("not stated"))
    municipalities = django_filters.ModelMultipleChoiceFilter(
        queryset=lambda request: Municipality.objects.all(),
        label=_("Municipality"),
        widget=forms.CheckboxSelectMultiple,
    )
    forms = _terms("forms", Kind.FORM)
    settings = _terms("settings", Kind.SETTING)
    audiences = _terms("audiences", Kind.AUDIENCE)
    relations = _terms("relations", Kind.RELATION)
    status = ChoiceOrBlank(
        choices=Initiative.Status.choices, label=_("Status"), label_blank=Initiative.Status.UNKNOWN.label
    )
    peer_support = ChoiceOrBlank(
        choices=Initiative.PeerSupport.choices,
        label=_("Is it peer support?"),
        label_blank=Initiative.PeerSupport.UNKNOWN.label,
    )
    damaged = _yes_no(_("Letters lost"), method="with_damage")
    has_questionnaire = _yes_no(_("Has the questionnaire"))
    runs_here = _yes_no(_("Run by this centre"))
    live = _yes_no(_("Published"))

    class Meta:
        model = Initiative
        fields = []

    def with_damage(self, queryset, name, value):
        return queryset.filter(damaged_lines__gt=0) if value else queryset.filter(damaged_lines=0)


class TermFilterSet(WagtailFilterSet):
    class Meta:
        model = DirectoryTerm
        fields = ["kind"]
