"""The lists of people in the Wagtail admin. Imported by ``wagtail_hooks`` only."""

from django.forms import Media
from django.http import Http404
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets.button import Button

from ..access.admin_base import SecureModelAdmin
from ..access.admin_object_views import SecureInspectView
from ..access.reach import covers
from ..access.shown import label_of
from ..directory.models import Postcode
from ..privacy.access_log import Action
from . import guides, holds, presenting, presenting_steps, rules, staleness, standing, views
from .erasing import erase_person, what_goes
from .filters import CitizenFilterSet, VolunteerFilterSet
from .models import Citizen, MeetingPlace, Volunteer
from .queries import with_free_places, with_open_matches
from .views.common import kind_of, url


class PersonInspectView(SecureInspectView):
    """A person in groups, with the next step on top and the conversations below."""

    def get_groups(self):
        """As declared, but who made the contact is no question where the person came alone."""
        groups = super().get_groups()
        if getattr(self.instance, "came_by", "") == Citizen.CameBy.SELF:
            hidden = {label_of(self.model_admin, name) for name in ("referred_by", "consent_on")}
            for group in groups:
                group["rows"] = [row for row in group["rows"] if row["label"] not in hidden or row["value"]]
        return groups

    def get_context_data(self, **kwargs):
        person, request = self.instance, self.request
        talks = []
        if request.user.has_perm("peer_support.view_conversation"):
            talks = list(person.conversations.select_related("held_by", "guide_version"))
            self.log_access(Action.READ, talks)
        may_change = self.model_admin.permission_helper.user_can_edit_obj(request.user, person)
        steps = presenting.next_steps(person, request.user) if may_change else []
        context = super().get_context_data(
            person=person,
            status_line=presenting.status_text(person),
            pause_line=presenting.pause_text(person),
            stop_line=standing.stop_text(person),
            hold_line=holds.why_held(person),
            missing=rules.missing_for_a_match(person) if person.status != "ended" else [],
            steps=[{"step": step, "url": step.address or url(step.screen, person)} for step in steps],
            talks=[{"talk": talk, "answers": guides.answered(talk)} for talk in talks],
            booked=presenting_steps.booked(person) if _may(request, "view_conversationbooking") else None,
            may_change=may_change,
            screens={name: url(name, person) for name in _BOOKING},
            stale=staleness.stale_of(person),
            way=presenting_steps.timeline(person) if _may(request, "view_personstep") else [],
            sections=[
                {"template": template, **shown}
                for template, shown in presenting.sections(person, request.user)
            ],
            **kwargs,
        )
        context["media"] += Media(
            css={"all": [static(f"peer_support/people/{name}.css") for name in ("people", "links")]}
        )
        return context


_BOOKING = ("book", "book_cancel", "book_missed", "book_file", "go_on")


def _may(request, codename):
    return request.user.has_perm(f"peer_support.{codename}")


class PersonAdmin(SecureModelAdmin):
    """What the lists of citizens and of volunteers have in common."""

    name_search = True
    inspect_view_enabled = True
    inspect_view_class = PersonInspectView
    list_select_related = ("initiative",)

    def get_templates(self, action="index"):
        own, *rest = super().get_templates(action)
        return [own, f"peer_support/people/{action}.html", *rest] if action == "inspect" else [own, *rest]

    def create_view(self, request):
        return views.enquiry(request, kind_of(self.model))

    def edit_view(self, request, instance_pk):
        if not str(instance_pk).isdecimal() or len(str(instance_pk)) > 18:
            raise Http404
        return views.conversation(request, kind_of(self.model), int(instance_pk))

    def delete_object(self, *, obj, user, route):
        erase_person(person=obj, user=user, route=route)

    def get_erase_text(self, obj):
        return what_goes(obj)

    def who(self, person):
        return _("%(number)s · %(name)s") % {"number": person, "name": person.display_name}

    who.short_description = gettext_lazy("who")
    who.admin_order_field = "number"

    def missing(self, person):
        return presenting.missing_text(person)

    missing.short_description = gettext_lazy("to ask about")

    def status_now(self, person):
        left_alone = _("left alone") if person.restricted_on else ""
        parts = (presenting.status_text(person), left_alone or presenting.pause_text(person))
        return " · ".join(part for part in parts if part)

    status_now.short_description = gettext_lazy("status")
    status_now.admin_order_field = "status"

    def get_object_buttons(self, request, obj, exclude=frozenset()):
        buttons = list(super().get_object_buttons(request, obj, exclude={*exclude, "edit"}))
        if not self.permission_helper.user_can_edit_obj(request.user, obj):
            return buttons
        if "edit" not in exclude and rules.may_change(obj):
            buttons.append(_button(_("Conversation"), url("conversation", obj), "comment", 10, "edit"))
        if rules.may_book(obj):
            buttons.append(_button(_("Book a conversation"), url("book", obj), "date", 11, "book"))
        if rules.may_pause(obj):
            buttons.append(_button(_("Pause"), url("pause", obj), "time", 12, "pause"))
        if covers(request.user, f"peer_support.export_{kind_of(obj)}", obj):
            address = url("own_export", obj)
            buttons.append(_button(_("Everything as a file"), address, "download", 16, "own_export"))
        buttons.append(_button(_("Who has looked"), url("seen", obj), "view", 17, "seen"))
        if obj.status != "ended" and rules.may_change(obj):
            buttons.append(_button(_("Close the record"), url("end", obj), "archive", 14, "end"))
        return sorted(buttons, key=lambda button: button.priority)

    def get_list_buttons(self, request):
        if not self.permission_helper.user_can_create(request.user):
            return []
        address = reverse("peer_support_people:import")
        return [
            Button(_("Import"), url=f"{address}?kind={kind_of(self.model)}", icon_name="upload", priority=20)
        ]


def _button(label, address, icon, priority, action):
    return Button(label, url=address, icon_name=icon, priority=priority, attrs={"data-action-name": action})


def _groups(who, wishes, limits, course):
    return (
        (gettext_lazy("Who"), who),
        (gettext_lazy("What the person wants"), wishes),
        (
            gettext_lazy("When and how"),
            ("channels", "weekly_times", "hours", "travel_km", "meeting_places"),
        ),
        (gettext_lazy("Wishes and limits"), limits),
        (gettext_lazy("With us"), course),
    )


_WHO = ("display_name", "phone", "email", "place", "birth_year", "gender_stated", "languages")


class InWords:
    """Two columns in one line, and places by name; unknown stays empty, which the page shows as not stated."""

    def display_name(self, person):
        return person.display_name

    display_name.short_description = gettext_lazy("name")

    def place(self, person):
        found = Postcode.objects.filter(pk=person.postcode).first() if person.postcode else None
        return str(found or person.postcode)

    place.short_description = gettext_lazy("postcode")

    def gender_stated(self, person):
        return str(person.get_gender_display()) if person.gender else ""

    gender_stated.short_description = gettext_lazy("gender")

    def weekly_times(self, person):
        return person.times.replace("; ", "\n")

    weekly_times.short_description = gettext_lazy("when in the week")

    def hours(self, person):
        return presenting.range_text(person.hours_min, person.hours_max)

    hours.short_description = gettext_lazy("hours a week")

    def age_wish(self, person):
        return presenting.range_text(person.age_wish_min, person.age_wish_max)

    age_wish.short_description = gettext_lazy("wished age")


class CitizenAdmin(InWords, PersonAdmin):
    model = Citizen
    menu_label = gettext_lazy("Citizens")
    menu_icon = "user"
    menu_order = 10
    base_url_path = "people/citizen"
    filterset_class = CitizenFilterSet
    list_display = ("who", "status_now", "waits", "missing", "postcode")
    ordering = ("-status", "waiting_since", "number")
    list_export = ("number", "status", "waiting_since", "postcode", "enquired_on", "ended_on", "heard_of_us")
    inspect_when_there = ("waiting_since", "ended_on")
    inspect_groups = _groups(
        who=(*_WHO, "came_by", "referred_by", "consent_on", "heard_of_us"),
        wishes=("wish", "expectations", "interests"),
        limits=("gender_wish", "age_wish", "special_knowledge", "notes"),
        course=("initiative", "status", "enquired_on", "waiting_since", "ended_on"),
    )
    empty_text = gettext_lazy(
        "Here are the citizens of your initiative. There is nobody yet. Add the first one when somebody rings, "
        "or bring a spreadsheet in with Import."
    )

    def get_queryset(self, request):
        return with_open_matches(super().get_queryset(request))

    def waits(self, citizen):
        return presenting.waiting_text(citizen)

    waits.short_description = gettext_lazy("the wait")
    waits.admin_order_field = "waiting_since"


class VolunteerAdmin(InWords, PersonAdmin):
    model = Volunteer
    menu_label = gettext_lazy("Volunteers")
    menu_icon = "group"
    menu_order = 20
    base_url_path = "people/volunteer"
    filterset_class = VolunteerFilterSet
    list_display = ("who", "status_now", "free", "missing", "postcode")
    list_export = (
        "number",
        "display_name",
        "phone",
        "email",
        "postcode",
        "status",
        "capacity",
        "free_places",
        "contract_until",
        "certificate_until",
        "enquired_on",
        "ended_on",
        "heard_of_us",
    )
    inspect_when_there = ("ended_on",)
    inspect_groups = (
        *_groups(
            who=(*_WHO, "heard_of_us"),
            wishes=("motivation", "expectations", "resources", "interests"),
            limits=("gender_wish", "age_wish", "readiness", "training_wishes", "notes"),
            course=("initiative", "status", "enquired_on", "approved_on", "capacity", "ended_on"),
        ),
        (
            gettext_lazy("Contract and certificate"),
            ("contract_on", "contract_until", "certificate_seen_on", "certificate_until"),
        ),
    )
    empty_text = gettext_lazy(
        "Here are the volunteers of your initiative. There is nobody yet. Add the first one when somebody "
        "rings, or bring a spreadsheet in with Import."
    )

    def get_queryset(self, request):
        return with_free_places(super().get_queryset(request))

    def free(self, volunteer):
        if volunteer.status != Volunteer.Status.APPROVED:
            return ""
        return presenting.places_text(volunteer.free_places, volunteer.capacity)

    free.short_description = gettext_lazy("free places")


class MeetingPlaceAdmin(SecureModelAdmin):
    """Libraries and other public places where pairs can meet."""

    model = MeetingPlace
    menu_label = gettext_lazy("Meeting places")
    menu_icon = "site"
    menu_order = 30
    base_url_path = "people/places"
    list_display = ("name", "address", "postcode", "initiative")
    list_select_related = ("initiative",)
    panels = [FieldPanel("initiative"), FieldPanel("name"), FieldPanel("address"), FieldPanel("postcode")]
    empty_text = gettext_lazy(
        "A meeting place is a public place, such as a library, where a pair can meet half way. There is none "
        "yet. Add one, and tick it in a conversation."
    )
