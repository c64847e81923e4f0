"""Requests for talks in the admin. Imported by ``wagtail_hooks`` only."""

import django_filters as filters
from django import forms
from django.db import transaction
from django.forms import Media
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from ..access.admin_base import SecureModelAdmin
from ..access.admin_object_views import SecureInspectView
from . import rules_talk as rules
from .models_enquiry import TalkRequest
from .sections import consent_rows
from .services_talk import change_talk

State = TalkRequest.State
PEOPLE_CSS = "peer_support/people/people.css"
# What the button says that leads to each state.
BUTTONS = {
    State.ANSWERED: gettext_lazy("We have answered"),
    State.AGREED: gettext_lazy("Agree on a date"),
    State.HELD: gettext_lazy("The talk was held"),
    State.DECLINED: gettext_lazy("It comes to nothing"),
}


def button_for(talk, to):
    """Return the words of the button that takes ``talk`` to the state ``to``."""
    if to == State.ANSWERED and talk.state in (State.HELD, State.DECLINED):
        return _("Open it again")
    if to == State.AGREED and talk.state == State.AGREED:
        return _("Move the date")
    return BUTTONS[to]


class TalkFilterSet(WagtailFilterSet):
    state = filters.ChoiceFilter(
        label=gettext_lazy("status"),
        choices=State.choices,
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = TalkRequest
        fields = []


class TalkInspectView(SecureInspectView):
    """One request, with the next step on top and the consent below."""

    def get_context_data(self, **kwargs):
        talk, user = self.instance, self.request.user
        steps = []
        if self.model_admin.permission_helper.user_can_edit_obj(user, talk):
            steps = [
                {
                    "label": button_for(talk, to),
                    "url": reverse("peer_support_recruitment:talk_step", args=[talk.pk, to.value]),
                }
                for to in rules.STEPS[talk.state]
            ]
        context = super().get_context_data(
            talk=talk,
            steps=steps,
            story=Page.objects.filter(pk=talk.story_id).first() if talk.story_id else None,
            section={"consents": consent_rows(talk, user), "title": _("Consent")},
            **kwargs,
        )
        context["media"] += Media(css={"all": [static(PEOPLE_CSS)]})
        return context


class TalkRequestAdmin(SecureModelAdmin):
    """Who asks for a talk, and how far it is."""

    model = TalkRequest
    menu_label = gettext_lazy("Requests for talks")
    menu_icon = "comment"
    menu_order = 125
    base_url_path = "people/talks"
    list_display = ("organisation", "status_now", "received_on", "agreed_for", "town")
    list_select_related = ("initiative",)
    filterset_class = TalkFilterSet
    inspect_view_enabled = True
    inspect_view_class = TalkInspectView
    inspect_groups = (
        (gettext_lazy("Who"), ("organisation", "contact_name", "phone", "email", "town", "heard_of_us")),
        (gettext_lazy("What they want"), ("about", "date_wish", "audience_size")),
        (gettext_lazy("With us"), ("initiative", "status_now", "received_on", "agreed_for", "notes")),
    )
    panels = [
        FieldPanel("initiative"),
        FieldPanel("organisation"),
        FieldPanel("contact_name"),
        FieldPanel("phone"),
        FieldPanel("email"),
        FieldPanel("town"),
        FieldPanel("about"),
        FieldPanel("date_wish"),
        FieldPanel("audience_size"),
        FieldPanel("heard_of_us"),
        FieldPanel("notes"),
    ]
    empty_text = gettext_lazy(
        "Schools, job centres and associations ask here for a talk by one of your ambassadors. There is no request "
        "yet. Make a sign-up page for talks, or add one when somebody rings."
    )

    def get_templates(self, action="index"):
        own, *rest = super().get_templates(action)
        return (
            [own, "peer_support/recruitment/talk_inspect.html", *rest]
            if action == "inspect"
            else [own, *rest]
        )

    def status_now(self, talk):
        return str(talk.get_state_display())

    status_now.short_description = gettext_lazy("status")
    status_now.admin_order_field = "state"

    @transaction.atomic
    def change_object(self, *, form, user, route):
        values = {name: form.cleaned_data[name] for name in form.changed_data}
        return change_talk(talk=form.instance, values=values, user=user, route=route)
