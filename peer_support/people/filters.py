"""What the lists of people can be narrowed by: columns and relations only, never free text."""

from datetime import timedelta

import django_filters as filters
from django import forms
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from ..access.scopes import current_initiative_ids
from ..directory.models import Initiative, Municipality, Postcode
from .models import Channel, Citizen, Interest, Language, Step, Volunteer
from .pipeline import steps_of, with_step
from .queries import paused_on
from .standing import stopped

WAITED = {
    "0-30": (_("0–30 days"), 0, 30),
    "31-90": (_("31–90 days"), 31, 90),
    "91-180": (_("91–180 days"), 91, 180),
    "181-": (_("over 180 days"), 181, None),
}


# A citizen who waits on paper, and has a match or a proposal: what the list calls their status.
MATCHED = ("matched", _("has a match or a proposal"))


def _initiatives(request):
    return Initiative.objects.filter(pk__in=current_initiative_ids())


def _interests(request):
    return Interest.objects.all()


def _languages(request):
    return Language.objects.all()


def _municipalities(request):
    return Municipality.objects.all()


def _choice(label, choices, method=None):
    return filters.ChoiceFilter(
        label=label, choices=choices, method=method, widget=forms.RadioSelect, empty_label=_("All")
    )


class PersonFilterSet(WagtailFilterSet):
    """What both kinds of people can be narrowed by."""

    initiative = filters.ModelChoiceFilter(label=_("Initiative"), queryset=_initiatives, empty_label=_("All"))
    paused = _choice(_("Pause"), [("yes", _("on pause")), ("no", _("not on pause"))], "by_pause")
    stopped = _choice(_("Left alone"), [("yes", _("those who are left alone"))], "by_stop")
    municipality = filters.ModelChoiceFilter(
        label=_("Municipality"),
        queryset=_municipalities,
        method="by_municipality",
        empty_label=_("All"),
    )
    postcode = filters.CharFilter(
        label=_("Postcode, or how it begins"), lookup_expr="startswith", max_length=4
    )
    interests = filters.ModelMultipleChoiceFilter(
        label=_("Interests"), queryset=_interests, widget=forms.CheckboxSelectMultiple
    )
    languages = filters.ModelMultipleChoiceFilter(
        label=_("Languages"), queryset=_languages, widget=forms.CheckboxSelectMultiple
    )
    channel = _choice(_("How to meet"), Channel.choices, "by_channel")
    step = filters.ChoiceFilter(
        label=_("Step"), choices=Step.choices, method="by_step", empty_label=_("All"), widget=forms.Select
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        of_model = [(step.value, step.label) for step in steps_of(self._meta.model)]
        self.filters["step"].extra["choices"] = of_model
        if len(current_initiative_ids()) < 2:
            del self.filters["initiative"]

    def filter_queryset(self, queryset):
        """Whoever is left alone is in no list, and in no export of one, unless they are asked for."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("stopped") else found.exclude(stopped())

    def by_stop(self, queryset, name, value):
        return queryset.filter(stopped())

    def by_pause(self, queryset, name, value):
        on_pause = paused_on(timezone.localdate())
        return queryset.filter(on_pause) if value == "yes" else queryset.exclude(on_pause)

    def by_municipality(self, queryset, name, value):
        return queryset.filter(postcode__in=Postcode.objects.filter(municipality=value).values("pk"))

    def by_step(self, queryset, name, value):
        return with_step(queryset).filter(step_now=value)

    def by_channel(self, queryset, name, value):
        return queryset.alias(channel_hit=F("channels").bitand(int(value))).filter(channel_hit__gt=0)


class CitizenFilterSet(PersonFilterSet):
    status = _choice(_("Status"), [*Citizen.Status.choices, MATCHED], "by_status")
    waited = _choice(_("Has waited"), [(code, label) for code, (label, *__) in WAITED.items()], "by_wait")

    class Meta:
        model = Citizen
        fields = (
            "status",
            "step",
            "waited",
            "initiative",
            "paused",
            "stopped",
            "municipality",
            "postcode",
            "interests",
            "languages",
            "channel",
        )

    # ``open_matches`` comes with the list's rows.
    def by_status(self, queryset, name, value):
        if value == MATCHED[0]:
            return queryset.filter(status=Citizen.Status.WAITING, open_matches__gt=0)
        found = queryset.filter(status=value)
        return found.filter(open_matches=0) if value == Citizen.Status.WAITING else found

    def by_wait(self, queryset, name, value):
        __, least, most = WAITED[value]
        today = timezone.localdate()
        waits = Q(
            status=Citizen.Status.WAITING, open_matches=0, waiting_since__lte=today - timedelta(days=least)
        )
        if most is not None:
            waits &= Q(waiting_since__gte=today - timedelta(days=most))
        return queryset.filter(waits)


class VolunteerFilterSet(PersonFilterSet):
    status = _choice(_("Status"), Volunteer.Status.choices)
    free = _choice(_("Free places"), [("yes", _("has a free place")), ("no", _("has none"))], "by_free")

    class Meta:
        model = Volunteer
        fields = (
            "status",
            "step",
            "free",
            "initiative",
            "paused",
            "stopped",
            "municipality",
            "postcode",
            "interests",
            "languages",
            "channel",
        )

    def by_free(self, queryset, name, value):
        # ``free_places`` comes with the list's rows; only an approved volunteer has places to give.
        has_place = Q(status=Volunteer.Status.APPROVED, free_places__gt=0)
        return queryset.filter(has_place) if value == "yes" else queryset.exclude(has_place)
