"""Create, edit, read, erase and the history of one record."""

from django.contrib.admin.utils import quote
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.forms import Media
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button, ButtonWithDropdown, HeaderButton
from wagtail.log_actions import registry as log_registry
from wagtail_modeladmin.views import CreateView, DeleteView, EditView, HistoryView, InspectView

from ..privacy.access_log import Action, entries_for
from .admin_views import SecureObjectMixin, SecureViewMixin
from .decisions import NotAllowed
from .forms import keep_to_own_initiatives, use_native_dates
from .shown import as_text, label_of, value_of

CSS = "peer_support/access/admin.css"


class SecureFormMixin:
    """Saving through the admin class, which goes through a service where there is one."""

    def get_form(self):
        form = super().get_form()
        keep_to_own_initiatives(form, preselect=True)
        use_native_dates(form)
        self.model_admin.prepare_form(self.request, form)
        return form

    def form_valid(self, form):
        try:
            self.instance = self.save(form)
        except NotAllowed as refusal:
            form.add_error(None, refusal.decision.reason)
            return self.form_invalid(form)
        messages.success(
            self.request,
            self.get_success_message(self.instance),
            buttons=self.get_success_message_buttons(self.instance),
        )
        return redirect(self.get_success_url())

    def get_success_url(self):
        return self.model_admin.url_for(self.request)(self.instance) or self.index_url

    def get_success_message_buttons(self, instance):
        return [messages.button(self.index_url, capfirst(self.model_admin.opts.verbose_name_plural))]

    def get_context_data(self, form=None, **kwargs):
        context = super().get_context_data(form=form, **self.get_header_context(), **kwargs)
        context.update(
            panel=context["edit_handler"],
            submit_button_label=_("Save"),
            submit_button_active_label=_("Saving…"),
            media=context["media"] + Media(css={"all": [static(CSS)]}),
        )
        return context


class SecureCreateView(SecureFormMixin, SecureViewMixin, CreateView):
    action = "create"

    def is_permitted(self, request):
        return self.permission_helper.user_can_create(request.user)

    def get_own_breadcrumbs(self):
        return [{"url": "", "label": self.get_meta_title()}]

    def get_meta_title(self):
        return _("New: %(model_name)s") % {"model_name": self.verbose_name}

    def save(self, form):
        instance = self.model_admin.create_object(form=form, user=self.request.user, route=self.route)
        self.log_for_wagtail(instance, "wagtail.create", content_changed=True)
        return instance

    def get_context_data(self, form=None, **kwargs):
        return super().get_context_data(form=form, action_url=self.create_url, **kwargs)


class SecureEditView(SecureFormMixin, SecureObjectMixin, EditView):
    action = "edit"

    def is_permitted(self, request):
        return self.permission_helper.user_can_edit_obj(request.user, self.instance)

    def get_crumb(self):
        return _("Edit")

    def get_header_buttons(self):
        return _menu(self.model_admin.get_object_buttons(self.request, self.instance, exclude={"edit"}))

    def save(self, form):
        changed = form.has_changed()
        instance = self.model_admin.change_object(form=form, user=self.request.user, route=self.route)
        self.log_for_wagtail(instance, "wagtail.edit", content_changed=changed)
        return instance

    def get_context_data(self, form=None, **kwargs):
        self.log_access(Action.READ, [self.instance])
        return super().get_context_data(form=form, action_url=self.edit_url, **kwargs)


class SecureInspectView(SecureObjectMixin, InspectView):
    action = "inspect"

    def is_permitted(self, request):
        return self.permission_helper.user_can_inspect_obj(request.user, self.instance)

    def get_header_buttons(self):
        buttons = self.model_admin.get_object_buttons(self.request, self.instance, exclude={"inspect"})
        edit = [b for b in buttons if b.attrs.get("data-action-name") == "edit"]
        first = [HeaderButton(b.label, url=b.url, icon_name="edit") for b in edit]
        return [*first, *_menu([b for b in buttons if b not in edit])]

    def get_fields_dict(self):
        # The groups below say what is shown; nothing is guessed from the model.
        return []

    def get_groups(self):
        """Return ``[{"heading", "rows": [{"label", "value"}]}]``; an empty value is shown as not stated."""
        return [
            {"heading": heading, "rows": [row for row in map(self._row, names) if row]}
            for heading, names in self.model_admin.get_inspect_groups()
        ]

    def _row(self, name):
        """Return ``{"label", "value"}`` of the field ``name``, or ``None`` where it is shown only when it is there."""
        value = as_text(value_of(self.model_admin, self.instance, name))
        if value == "" and name in self.model_admin.inspect_when_there:
            return None
        return {"label": label_of(self.model_admin, name), "value": value}

    def get_context_data(self, **kwargs):
        self.log_access(Action.READ, [self.instance])
        return super().get_context_data(
            groups=self.get_groups(), media=self.media + Media(css={"all": [static(CSS)]}), **kwargs
        )


class SecureDeleteView(SecureObjectMixin, DeleteView):
    action = "delete"

    def is_permitted(self, request):
        return self.permission_helper.user_can_delete_obj(request.user, self.instance)

    @property
    def needed_rights(self):
        return (self.permission_helper.get_perm_name("delete"),)

    def get_crumb(self):
        return _("Erase")

    def post(self, request, *args, **kwargs):
        label = str(self.instance)
        try:
            with transaction.atomic():
                self.log_for_wagtail(self.instance, "wagtail.delete", deleted=True)
                self.model_admin.delete_object(obj=self.instance, user=request.user, route=self.route)
        except (ProtectedError, RestrictedError) as error:
            objects = getattr(error, "protected_objects", None) or error.restricted_objects
            return self._refused(sorted({capfirst(obj._meta.verbose_name_plural) for obj in objects}))
        except NotAllowed as refusal:
            return self._refused([], refusal.decision.reason)
        messages.success(request, _("%(record)s is erased.") % {"record": label})
        return redirect(self.index_url)

    def _refused(self, kinds, reason=""):
        return self.render_to_response(self.get_context_data(is_protected=True, kinds=kinds, reason=reason))

    def get_context_data(self, **kwargs):
        # No name stands here, but what there is about this person, kind by kind: that is a look at the record.
        self.log_access(Action.READ, [self.instance])
        return super().get_context_data(
            what_goes_too=self.model_admin.get_erase_text(self.instance),
            cancel_url=self.model_admin.url_for(self.request)(self.instance) or self.index_url,
            **kwargs,
        )


class SecureHistoryView(SecureObjectMixin, HistoryView):
    """Who touched this record: the access log, and below it what Wagtail noted.

    A look here is not written down itself: it shows a case number and colleagues, and nothing about the person.
    """

    action = "history"
    paginate_by = None

    def is_permitted(self, request):
        return self.permission_helper.user_can_see_history(request.user, self.instance)

    def get_crumb(self):
        return _("History")

    def get_queryset(self):
        return log_registry.get_logs_for_instance(self.instance).select_related("user")[:50]

    def get_context_data(self, **kwargs):
        pages = Paginator(entries_for(self.instance), 50)
        page = pages.get_page(self.request.GET.get("p"))
        context = super().get_context_data(entries=page, pages=pages, **kwargs)
        return {**context, "media": Media(css={"all": [static(CSS)]}), "is_paginated": False}


def _menu(buttons):
    if not buttons:
        return []
    plain = [Button(b.label, url=b.url, icon_name=b.icon_name, priority=b.priority) for b in buttons]
    return [
        ButtonWithDropdown(
            buttons=plain,
            icon_name="dots-horizontal",
            attrs={"aria-label": _("Actions")},
            classname="w-h-slim-header",
            priority=2000,
        )
    ]


def object_url(model_admin, action, obj):
    """Return the address of ``action`` on ``obj``."""
    return model_admin.url_helper.get_action_url(action, quote(obj.pk))
