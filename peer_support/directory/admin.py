"""The restricted contact of an initiative, on the hardened base: every look is logged."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel

from ..access.admin_base import SecureModelAdmin, SecurePermissionHelper
from .models import Initiative, InitiativeContact


class ContactPermissionHelper(SecurePermissionHelper):
    """A contact is emptied, not deleted: what is left tells a later import not to bring it back."""

    def user_can_delete_obj(self, user, obj):
        return False


class InitiativeContactAdmin(SecureModelAdmin):
    """Whom to ask at an initiative. The list shows which initiatives have a contact, not what it says."""

    model = InitiativeContact
    menu_label = gettext_lazy("Restricted contacts")
    menu_icon = "mail"
    add_to_admin_menu = False
    permission_helper_class = ContactPermissionHelper
    list_display = ("initiative", "source", "updated_at")
    list_select_related = ("initiative",)
    ordering = ("initiative__title",)
    form_view_extra_css = ("peer_support/directory/admin.css",)
    inspect_view_enabled = True
    inspect_view_fields = ("initiative", "text", "source", "updated_at")
    empty_text = gettext_lazy(
        "Names and telephone numbers that stood in an imported text are kept here, apart from what visitors see. "
        "There are none yet."
    )
    panels = [
        FieldPanel("initiative"),
        FieldPanel(
            "text",
            help_text=gettext_lazy(
                "Names, telephone numbers and addresses. Never shown to visitors. Empty it to remove the contact; a "
                "later import of the same text does not bring it back."
            ),
        ),
        FieldPanel("source"),
    ]

    def get_neutral_label(self, obj):
        return _("Contact of initiative %(number)s") % {"number": obj.initiative_id}

    def prepare_form(self, request, form):
        # Contacts are not bound to assignments: the permission decides, and every initiative can have one.
        field = form.fields["initiative"]
        field.queryset = Initiative.objects.filter(restricted_contact=None)
        if form.instance.pk:
            field.queryset = Initiative.objects.filter(pk=form.instance.initiative_id)
            field.disabled = True


contact_admin = InitiativeContactAdmin()
