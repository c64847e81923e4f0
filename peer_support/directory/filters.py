"""What initiatives can be filtered by."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

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


class YesNo(django_filters.ChoiceFilter):
    """Whether a condition holds; the words "yes" and "no" also stand on the list's filter in use."""

    def __init__(self, condition, label):
        self.condition = condition
        super().__init__(
            label=label,
            choices=[("true", _("yes")), ("false", _("no"))],
            empty_label=_("All"),
            widget=forms.RadioSelect,
        )

    def filter(self, qs, value):
        return qs.filter(self.condition if value == "true" else ~self.condition) if value else qs


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
    damaged = YesNo(Q(damaged_lines__gt=0), _("Letters lost"))
    has_questionnaire = YesNo(Q(has_questionnaire=True), _("Has the questionnaire"))
    runs_here = YesNo(Q(runs_here=True), _("Run by this centre"))
    live = YesNo(Q(live=True), _("Published"))

    class Meta:
        model = Initiative
        fields = []


class TermFilterSet(WagtailFilterSet):
    class Meta:
        model = DirectoryTerm
        fields = ["kind"]
