"""Who coordinates what: leaders decide for their own initiatives, a superuser for all."""

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.utils import get_user_display_name

from .admin_base import SecureModelAdmin
from .models import Assignment
from .scopes import initiative_ids_for

# A leader gives others these tasks. Leaders, and the data officer who looks after how all others look, are made by a
# superuser: whoever is looked after does not choose who looks.
GIVEN_BY_LEADERS = (Assignment.Role.COORDINATOR, Assignment.Role.DEPUTY, Assignment.Role.ANALYST)
STANDS_IN = (Assignment.Role.COORDINATOR, Assignment.Role.DEPUTY)


def admin_users():
    """Return the active users who may enter the admin: nobody else can be given a task in it."""
    named = {"codename": "access_admin", "content_type__app_label": "wagtailadmin"}
    in_group = {f"groups__permissions__{key}": value for key, value in named.items()}
    own = {f"user_permissions__{key}": value for key, value in named.items()}
    users = get_user_model()._default_manager.filter(is_active=True)
    return users.filter(
        pk__in=users.filter(Q(is_superuser=True) | Q(**in_group) | Q(**own)).values("pk")
    ).order_by(get_user_model().USERNAME_FIELD)


def led_by(user):
    """Return the initiatives whose tasks ``user`` may hand out."""
    initiatives = Assignment._meta.get_field("initiative").related_model._default_manager.all()
    return (
        initiatives if user.is_superuser else initiatives.filter(pk__in=initiative_ids_for(user, ["leader"]))
    )


class AssignmentAdmin(SecureModelAdmin):
    """The assignments of the initiatives one leads."""

    model = Assignment
    menu_label = gettext_lazy("Who coordinates what")
    menu_icon = "user"
    menu_order = 610
    add_to_settings_menu = True
    add_to_admin_menu = False
    list_display = ("person", "initiative", "role", "valid_from", "valid_until")
    list_select_related = ("user", "initiative")
    empty_text = gettext_lazy(
        "An assignment gives a colleague sight of one initiative's people. Add the first one when you know who "
        "coordinates it."
    )
    panels = [
        FieldPanel("user"),
        FieldPanel("initiative"),
        FieldPanel("role"),
        FieldPanel("valid_from"),
        FieldPanel("valid_until"),
        FieldPanel("mail_enquiries"),
        FieldPanel("weekly_digest"),
        MultiFieldPanel(
            [FieldPanel("away_from"), FieldPanel("away_until"), FieldPanel("covered_by")],
            heading=gettext_lazy("Holiday and the like"),
        ),
    ]

    def person(self, obj):
        return get_user_display_name(obj.user)

    person.short_description = gettext_lazy("colleague")

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if request.user.is_superuser:
            return rows
        return rows.filter(initiative__in=led_by(request.user), role__in=GIVEN_BY_LEADERS)

    def prepare_form(self, request, form):
        users, initiatives = form.fields["user"], form.fields["initiative"]
        users.label_from_instance = get_user_display_name
        users.widget = forms.Select()
        users.queryset = admin_users()
        users.help_text = _("Only people who may enter this admin are listed.")
        cover = form.fields["covered_by"]
        cover.label_from_instance, cover.widget = get_user_display_name, forms.Select()
        initiatives.queryset = led = led_by(request.user)
        tasks = Assignment.objects.filter(initiative__in=led, role__in=STANDS_IN)
        cover.queryset = admin_users().filter(pk__in=tasks.values("user"))
        if not form.is_bound and not form.instance.pk and led.count() == 1:
            form.initial["initiative"] = led.get().pk
        if not request.user.is_superuser:
            form.fields["role"].choices = [(role.value, role.label) for role in GIVEN_BY_LEADERS]
