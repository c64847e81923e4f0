"""Suggestions in the admin: a list of what has come in, each beside the entry as it stands now."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail_modeladmin.menus import ModelAdminMenuItem

from ..access.admin_base import SecureModelAdmin, SecurePermissionHelper
from ..access.admin_object_views import SecureInspectView
from .filters import ChoiceOrBlank
from .models import Initiative, InitiativeSuggestion
from .suggestions import State, compare, may_draft
from .urls import NAMESPACE

DRAFT_PERMISSIONS = ("peer_support.change_initiativesuggestion", "peer_support.change_initiative")


class SuggestionPermissionHelper(SecurePermissionHelper):
    """Suggestions come from outside: nobody writes one here, or changes what somebody else wrote."""

    def user_can_create(self, user):
        return False

    def user_can_edit_obj(self, user, obj):
        return False


class SuggestionFilterSet(WagtailFilterSet):
    state = ChoiceOrBlank(choices=State.choices, label=gettext_lazy("Status"), label_blank="")

    class Meta:
        model = InitiativeSuggestion
        fields = []


class SuggestionMenuItem(ModelAdminMenuItem):
    """The menu says how many wait. Asked only for those who may see them."""

    def render_component(self, request):
        count = InitiativeSuggestion.objects.filter(state=State.NEW).count()
        component = super().render_component(request)
        if count:
            component.label = _("%(label)s (%(count)d)") % {"label": self.label, "count": count}
        return component


class SuggestionInspectView(SecureInspectView):
    """One suggestion: now and wished side by side, and what can be done with it."""

    def get_crumb(self):
        return _("Suggestion")

    def get_context_data(self, **kwargs):
        suggestion, user = self.instance, self.request.user
        changes = compare(suggestion)
        initiative = suggestion.initiative
        edit = reverse(Initiative.snippet_viewset.get_url_name("edit"), args=[initiative.pk])
        return super().get_context_data(
            suggestion=suggestion,
            changes=changes,
            open_changes=[change for change in changes if not change.done],
            conflicts=[change for change in changes if change.conflict],
            may_act=suggestion.state == State.NEW and user.has_perms(DRAFT_PERMISSIONS),
            refusal=may_draft(initiative, user).reason,
            act_url=reverse(f"{NAMESPACE}:suggestion", args=[suggestion.pk]),
            edit_url=edit if user.has_perm("peer_support.change_initiative") else "",
            workflow=initiative.get_workflow(),
            **kwargs,
        )


class InitiativeSuggestionAdmin(SecureModelAdmin):
    """What initiatives would like changed. The list says whose and when; the texts stand on the suggestion's page."""

    model = InitiativeSuggestion
    menu_label = gettext_lazy("Suggestions")
    menu_icon = "comment"
    add_to_admin_menu = False
    permission_helper_class = SuggestionPermissionHelper
    inspect_view_class = SuggestionInspectView
    filterset_class = SuggestionFilterSet
    list_display = ("initiative", "sent_at", "state", "what")
    list_select_related = ("initiative",)
    ordering = ("-sent_at",)
    inspect_view_enabled = True
    inspect_view_fields = ("initiative", "state", "sent_at", "message", "contact")
    empty_text = gettext_lazy(
        "Below every entry in the directory there is a link “Suggest a change”. What people write there lands here, "
        "and nothing is changed before you say so."
    )

    def what(self, obj):
        """Return how much is suggested, without saying what."""
        count = len(obj.changes)
        words = ngettext("%(count)d text", "%(count)d texts", count) % {"count": count}
        parts = [words] if count else []
        return ", ".join([*parts, *([_("a message")] if obj.message else [])]) or "–"

    what.short_description = gettext_lazy("Holds")

    def get_neutral_label(self, obj):
        return _("Suggestion %(number)s") % {"number": obj.pk}

    def get_erase_text(self, obj):
        return _("The text and the contact are gone for good. The initiative stays as it is.")

    def get_menu_item(self, order=None):
        return SuggestionMenuItem(self, order or self.get_menu_order())

    def get_templates(self, action="index"):
        own = ["peer_support/directory/suggestion_inspect.html"] if action == "inspect" else []
        return [*own, *super().get_templates(action)]

    @cached_property
    def inspect_url_name(self):
        return self.url_helper.get_action_url_name("inspect")


suggestion_admin = InitiativeSuggestionAdmin()
