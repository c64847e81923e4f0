"""What visitors filter the directory by. Several words of one kind widen the answer; different kinds narrow it.

Every value of the address is taken for what it may be: words that no filter knows are left out, and the page says so.
"""

import unicodedata

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from .models import DirectoryTerm, Initiative
from .search import LONGEST_QUERY, narrow

WHOLE_COUNTRY, UNSTATED = "dk", "none"
NOT_STATED = _("not stated")
VALUES_MAX = 120
FIELD_OF = {"form": "forms", "setting": "settings", "audience": "audiences", "relation": "relations"}
FACETS = ("region", "municipality", "form", "audience", "setting", "relation", "status")
RELEVANCE, NAME, NEAR = "relevance", "name", "near"
SORTS = [(RELEVANCE, _("best fit first")), (NAME, _("by name")), (NEAR, _("nearest first"))]


def _through(field):
    return getattr(Initiative, field).through.objects


def _has_municipality():
    return Q(pk__in=_through("municipalities").values("initiative"))


def region_condition(values):
    """A region holds what says so, and what has a municipality in it."""
    codes = [value for value in values if value not in (WHOLE_COUNTRY, UNSTATED)]
    inside = _through("municipalities").filter(municipality__region__in=codes)
    condition = Q(region__in=codes) | Q(pk__in=inside.values("initiative"))
    if WHOLE_COUNTRY in values:
        condition |= Q(nationwide=True)
    if UNSTATED in values:
        condition |= Q(region="", nationwide=False) & ~_has_municipality()
    return condition


def municipality_condition(values):
    inside = _through("municipalities").filter(municipality__in=values)
    condition = Q(pk__in=inside.values("initiative"))
    if WHOLE_COUNTRY in values:
        condition |= Q(nationwide=True)
    if UNSTATED in values:
        condition |= Q(nationwide=False) & ~_has_municipality()
    return condition


def status_condition(values):
    return Q(status__in=["" if value == UNSTATED else value for value in values])


def term_condition(kind):
    """Return the condition of one kind of words. A word of another kind in the same field does not count."""

    def condition(values):
        rows = _through(FIELD_OF[kind]).filter(directoryterm__kind=kind)
        found = Q(pk__in=rows.filter(directoryterm__code__in=values).values("initiative"))
        if UNSTATED in values:
            found |= ~Q(pk__in=rows.values("initiative"))
        return found

    return condition


class KnownValues(forms.MultipleChoiceField):
    """Takes what it knows and leaves the rest out."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        asked = set(self.to_python(value))
        return [str(code) for code, __ in self.choices if str(code) in asked]


class FacetFilter(django_filters.MultipleChoiceFilter):
    """One kind of words. ``condition(values)`` says which initiatives have any of them."""

    field_class = KnownValues

    def __init__(self, *args, condition, **kwargs):
        self.condition = condition
        super().__init__(*args, **kwargs)

    def filter(self, qs, value):
        return qs.filter(self.condition(value)) if value else qs


class PublicInitiativeFilterSet(django_filters.FilterSet):
    """The directory's filters, from the query string of its page."""

    q = django_filters.CharFilter(method="filter_words", label=_("Search"))
    near = django_filters.CharFilter(method="leave", label=_("Near a postcode or a town"))
    sort = django_filters.ChoiceFilter(method="leave", choices=SORTS, label=_("Order"))
    region = FacetFilter(condition=region_condition, label=_("Region"))
    municipality = FacetFilter(condition=municipality_condition, label=_("Municipality"))
    form = FacetFilter(condition=term_condition("form"), label=_("Form of support"))
    audience = FacetFilter(condition=term_condition("audience"), label=_("Who it is for"))
    setting = FacetFilter(condition=term_condition("setting"), label=_("Setting"))
    relation = FacetFilter(condition=term_condition("relation"), label=_("The peers work as"))
    status = FacetFilter(condition=status_condition, label=_("Status"))

    class Meta:
        model = Initiative
        fields = []

    def __init__(self, data, *, queryset, tables):
        super().__init__(tidy(data), queryset=queryset)
        self.choices = choices_of(tables)
        for name, choices in self.choices.items():
            self.filters[name].extra["choices"] = list(choices.items())

    def filter_words(self, queryset, name, value):
        return narrow(queryset, value)

    def leave(self, queryset, name, value):
        return queryset

    @property
    def selected(self):
        """Return ``{facet: [values]}`` of the facets in use, in order."""
        cleaned = self.form.cleaned_data if self.form.is_valid() else {}
        return {name: cleaned[name] for name in FACETS if cleaned.get(name)}

    @property
    def words(self):
        return self.data.get("q", "")

    @property
    def near_text(self):
        return self.data.get("near", "")

    @property
    def unknown(self):
        """Whether the address names a value that no filter knows."""
        return any(set(self.data.getlist(name)) - set(self.choices[name]) for name in FACETS)


def choices_of(tables):
    """Return ``{facet: {value: words}}`` in the order they are shown; "not stated" comes last."""
    status = {value: str(label) for value, label in Initiative.Status.choices if value}
    places = {code: row.name for code, row in tables.municipalities.items()}
    country = {WHOLE_COUNTRY: str(_("The whole country"))}
    found = {"region": tables.regions | country, "municipality": country | places}
    found |= {kind: tables.terms[kind] for kind in DirectoryTerm.Kind.values} | {"status": status}
    return {name: {**found[name], UNSTATED: str(NOT_STATED)} for name in FACETS}


def tidy(data):
    """Return a mutable copy of a query string without what no person types: control signs, very long values."""
    clean = QueryDict(mutable=True)
    for name in ("q", "near", "sort"):
        if text := _plain(data.get(name, ""))[:LONGEST_QUERY].strip():
            clean[name] = text
    if clean.get("sort") not in dict(SORTS):
        clean.pop("sort", None)
    for name in FACETS:
        values = [_plain(value)[:60] for value in data.getlist(name)[:VALUES_MAX]]
        clean.setlist(name, list(dict.fromkeys(filter(None, values))))
    return clean


def _plain(text):
    return "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)
