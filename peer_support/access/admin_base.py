"""One base for every list of people in the admin.

``wagtail_modeladmin`` is the right tool for records that are many, personal and never drafts, but as it comes it
shows the history to everybody, takes any look-up in the query string, and lets every reader export. This base
closes that, and logs who saw what. Subclass :class:`SecureModelAdmin`; nothing else needs to be remembered.

Import it from ``admin.py`` and ``wagtail_hooks.py`` only, never from a models module.
"""

from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import Http404
from django.urls import re_path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail_modeladmin.helpers import AdminURLHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup

from ..privacy.access_log import Action, log_access
from .admin_list import SecureIndexView
from .admin_object_views import (
    SecureCreateView,
    SecureDeleteView,
    SecureEditView,
    SecureHistoryView,
    SecureInspectView,
    object_url,
)
from .attempts import noting_attempts
from .exporting import SecureExportMixin
from .forms import CarefulModelForm
from .guards import no_store, require_permission
from .reach import covers

__all__ = [
    "SecureExportMixin",
    "SecureModelAdmin",
    "check_admin",
    "no_store",
    "registered_admins",
    "require_permission",
]


class SecurePermissionHelper(PermissionHelper):
    """Reading needs the right to read (or to change); the right to add or to export does not open the list."""

    def may(self, user, *actions):
        return any(
            self.user_has_specific_permission(user, self.get_perm_codename(action)) for action in actions
        )

    def user_can_list(self, user):
        return self.may(user, "view", "change")

    def user_can_inspect_obj(self, user, obj):
        return self.inspect_view_enabled and self.may(user, "view", "change")

    def get_perm_name(self, action):
        """Return the permission of ``action`` as ``has_perm`` knows it."""
        return f"{self.opts.app_label}.{self.get_perm_codename(action)}"

    def user_can_delete_obj(self, user, obj):
        return covers(user, self.get_perm_name("delete"), obj)

    def user_can_see_history(self, user, obj):
        return self.may(user, "view", "change")


class SecureURLHelper(AdminURLHelper):
    """Adds ``…/results/``, the part of the list that filters replace."""

    def get_action_url_pattern(self, action):
        if action == "results":
            return self._get_action_url_pattern(action)
        return super().get_action_url_pattern(action)


class SecureModelAdmin(ModelAdmin):
    """A list, a form, a readable page, erasing and a history of one kind of record.

    What a subclass says:

    - ``list_display``, ``list_export``: names of fields, or of methods here that take the record and may have
      ``short_description`` and ``admin_order_field``. Encrypted fields may be shown and are never sorted by.
    - ``filterset_class``: a ``WagtailFilterSet``; list and export obey it together. Write its filters out, as
      ``Meta.fields`` would ask the model for rows at import, outside a scope.
    - ``name_search = True``: a box that finds people by the first letters of a name, through the blind index.
    - ``inspect_view_enabled`` needs ``inspect_view_fields`` or ``inspect_groups``: ``((heading, names), …)``. What stands in
      ``inspect_when_there`` too is left out while it is empty: nobody misses the day on which a person ended.
    - ``export_permission``: defaults to ``export_<model>``; without ``list_export`` there is no export.
    - ``empty_text``: what an empty list is, why it is empty, and the one thing to do.
    - ``create_object``, ``change_object``, ``delete_object``: override them to call the room's service, which
      then does the logging; ``NotAllowed`` from it becomes a sentence on the form.
    """

    filterset_class = None
    name_search = False
    name_search_field = "name_index"
    export_permission = None
    export_headings = {}
    log_route = None
    empty_text = ""
    inspect_groups = ()
    inspect_when_there = ()
    list_per_page = 50
    empty_value_display = "–"
    add_to_reference_index = False
    permission_helper_class = SecurePermissionHelper
    url_helper_class = SecureURLHelper
    index_view_class = SecureIndexView
    create_view_class = SecureCreateView
    edit_view_class = SecureEditView
    inspect_view_class = SecureInspectView
    delete_view_class = SecureDeleteView
    history_view_class = SecureHistoryView
    list_filter = ()
    search_fields = ()

    def __init__(self, parent=None):
        super().__init__(parent=parent)
        if self.is_pagemodel:
            raise ImproperlyConfigured("A page cannot be managed by SecureModelAdmin.")

    # Rows, columns, words

    def get_list_filter(self, request):
        return ()

    def get_search_fields(self, request):
        return ()

    def get_empty_text(self, request):
        """Return what an empty list says."""
        return self.empty_text

    def get_inspect_groups(self):
        """Return ``[(heading, names), …]`` of the page that shows one record."""
        return self.inspect_groups or ((None, self.inspect_view_fields),)

    def get_inspect_view_fields(self):
        return [name for __, names in self.get_inspect_groups() for name in names]

    def get_neutral_label(self, obj):
        """Return what a log may keep for good about ``obj``: its kind and its key."""
        return f"{self.opts.verbose_name} {obj.pk}"

    def get_log_route(self, action):
        """Return the name of the view as the access log knows it."""
        return f"{self.log_route or self.url_helper.base_url_path.replace('/', '_')}:{action}"

    def get_erase_text(self, obj):
        """Return a sentence about what goes together with ``obj``, or nothing."""
        return ""

    # Permissions

    @property
    def export_right(self):
        """The permission that taking the list out needs."""
        return self.export_permission or f"{self.opts.app_label}.export_{self.opts.model_name}"

    def user_can_export(self, user):
        return user.has_perm(self.export_right)

    # Buttons and addresses

    def url_for(self, request):
        """Return a function from a record to the page this person opens it on, or to ``None``."""
        helper = self.permission_helper

        def get_url(obj):
            if helper.user_can_inspect_obj(request.user, obj):
                return object_url(self, "inspect", obj)
            if helper.user_can_edit_obj(request.user, obj):
                return object_url(self, "edit", obj)
            return None

        return get_url

    def get_object_buttons(self, request, obj, exclude=frozenset()):
        """Return the buttons of one record, for its row and its page. Extend with ``[*super()…, Button(…)]``."""
        helper, user = self.permission_helper, request.user
        offered = [
            ("inspect", _("Show"), "view", helper.user_can_inspect_obj(user, obj)),
            ("edit", _("Edit"), "edit", helper.user_can_edit_obj(user, obj)),
            ("history", _("History"), "history", helper.user_can_see_history(user, obj)),
            ("delete", _("Erase"), "bin", helper.user_can_delete_obj(user, obj)),
        ]
        return [
            Button(
                label,
                url=object_url(self, name, obj),
                icon_name=icon,
                priority=10 * place,
                attrs={"data-action-name": name},
            )
            for place, (name, label, icon, allowed) in enumerate(offered)
            if allowed and name not in exclude
        ]

    def get_list_buttons(self, request):
        """Return more buttons for the head of the list: a ``Button`` goes into its menu, a ``HeaderButton`` beside it."""
        return []

    # Writes

    def get_edit_handler(self):
        handler = super().get_edit_handler()
        handler.base_form_class = handler.base_form_class or CarefulModelForm
        return handler

    def prepare_form(self, request, form):
        """Adjust ``form`` before it is shown or checked."""

    @transaction.atomic
    def create_object(self, *, form, user, route):
        """Save a new record from a valid ``form`` and log it; returns the record. May raise ``NotAllowed``."""
        obj = form.save()
        log_access(user=user, action=Action.CREATE, objects=[obj], route=route)
        return obj

    @transaction.atomic
    def change_object(self, *, form, user, route):
        """Save a change from a valid ``form`` and log it; returns the record. May raise ``NotAllowed``."""
        obj = form.save()
        log_access(user=user, action=Action.CHANGE, objects=[obj], route=route)
        return obj

    @transaction.atomic
    def delete_object(self, *, obj, user, route):
        """Log and erase ``obj``. May raise ``NotAllowed``, ``ProtectedError`` or ``RestrictedError``."""
        log_access(user=user, action=Action.ERASE, objects=[obj], route=route)
        obj.delete()

    # Asking for another initiative's record

    def inspect_view(self, request, instance_pk):
        with noting_attempts(request):
            return super().inspect_view(request, instance_pk)

    def edit_view(self, request, instance_pk):
        with noting_attempts(request):
            return super().edit_view(request, instance_pk)

    def delete_view(self, request, instance_pk):
        with noting_attempts(request):
            return super().delete_view(request, instance_pk)

    def history_view(self, request, instance_pk):
        with noting_attempts(request):
            return super().history_view(request, instance_pk)

    # Wiring

    def get_templates(self, action="index"):
        """A host's ``modeladmin/<app>/<model>/<action>.html`` comes before the package's own."""
        return [
            f"modeladmin/{self.opts.app_label}/{self.opts.model_name}/{action}.html",
            f"peer_support/access/{action}.html",
        ]

    def index_results_view(self, request):
        return self.index_view_class.as_view(model_admin=self, results_only=True)(request)

    def choose_parent_view(self, request):
        raise Http404

    def get_admin_urls_for_registration(self):
        helper = self.url_helper
        return (
            *super().get_admin_urls_for_registration(),
            re_path(
                helper.get_action_url_pattern("results"),
                self.index_results_view,
                name=helper.get_action_url_name("results"),
            ),
        )

    def register_indexing(self):
        """Keep the records out of Wagtail's reference index, whose rows outlive them."""


def registered_admins():
    """Return every ModelAdmin that is registered with Wagtail, the host's too; groups are opened.

    ``wagtail_modeladmin`` keeps no list, but each of its hooks remembers the instance it was made for.
    """
    admins = []
    for hook in hooks.get_hooks("register_admin_urls"):
        for cell in getattr(hook, "__closure__", None) or ():
            owner = cell.cell_contents
            if isinstance(owner, ModelAdminGroup):
                admins += owner.modeladmin_instances
            elif isinstance(owner, ModelAdmin):
                admins.append(owner)
    return admins


INSPECT_HINT = gettext_lazy("A new column would show itself. List the fields by name.")


def check_admin(model_admin):
    """Return the faults of one admin class that would show or export more than was meant."""
    errors = []
    name = type(model_admin).__name__
    if model_admin.inspect_view_enabled and not model_admin.get_inspect_view_fields():
        errors.append(
            checks.Error(
                f"{name} shows records without saying which fields.",
                hint=str(INSPECT_HINT),
                obj=type(model_admin),
                id="peer_support.E020",
            )
        )
    return errors
