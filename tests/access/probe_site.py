"""A site with one hardened ModelAdmin over citizens, apart from the package's own: what the base does, seen alone."""

import django_filters
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel
from wagtail.utils.urlpatterns import decorate_urlpatterns

from peer_support.access.admin_base import SecureModelAdmin, require_permission
from peer_support.access.decisions import Decision, NotAllowed
from peer_support.directory.models import Initiative
from peer_support.people.models import Citizen


class ProbeFilters(WagtailFilterSet):
    status = django_filters.ChoiceFilter(choices=Citizen.Status.choices, label="status")
    initiative = django_filters.ModelChoiceFilter(queryset=Initiative.objects.all(), label="initiative")

    class Meta:
        model = Citizen
        fields = []


class ProbeAdmin(SecureModelAdmin):
    model = Citizen
    base_url_path = "probe/citizen"
    list_display = ("__str__", "display_name", "status", "capacity_note", "travel_km")
    list_export = ("number", "first_name", "phone", "travel_km", "enough", "channels", "status")
    filterset_class = ProbeFilters
    name_search = True
    list_per_page = 20
    inspect_view_enabled = True
    inspect_groups = (
        ("Who", ("number", "display_name", "phone")),
        ("What", ("status", "channels", "travel_km", "notes", "enough")),
    )
    empty_text = "Nobody has written yet. Add the first one while you talk."
    panels = [
        FieldPanel("initiative"),
        FieldPanel("first_name"),
        FieldPanel("phone"),
        FieldPanel("notes"),
        FieldPanel("travel_km"),
        FieldPanel("waiting_since"),
    ]

    def enough(self, obj):
        return (obj.travel_km or 0) > 5

    enough.short_description = "far enough"

    def capacity_note(self, obj):
        return f"note {obj.number}"

    capacity_note.admin_order_field = "number"

    def get_erase_text(self, obj):
        return "The conversations go too."

    def change_object(self, *, form, user, route):
        if form.cleaned_data["travel_km"] == 99:
            raise NotAllowed(Decision.no("too_far", "Ninety-nine is too far."))
        return super().change_object(form=form, user=user, route=route)

    def delete_object(self, *, obj, user, route):
        if obj.travel_km == 98:
            raise NotAllowed(Decision.no("busy", "A match is running."))
        super().delete_object(obj=obj, user=user, route=route)


@require_permission("peer_support.make_match")
def board(request):
    from django.http import HttpResponse

    return HttpResponse("the board")


def refuses(request):
    raise NotAllowed(Decision.no("busy", "Zqgrund: a match is running."))


probe = ProbeAdmin()
urlpatterns = [
    path(
        "admin/",
        include(decorate_urlpatterns(list(probe.get_admin_urls_for_registration()), require_admin_access)),
    ),
    path("admin/board/", board, name="board"),
    path("refuses/", refuses, name="refuses"),
    path("admin/", include(wagtailadmin_urls)),
]
