"""Mails on their way, in the admin: what kind, when, and whether they arrived. Imported by ``wagtail_hooks`` only."""

import django_filters as filters
from django import forms
from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from ..access.admin_base import SecureModelAdmin, SecurePermissionHelper, registered_admins
from ..access.admin_object_views import SecureInspectView
from .models import MailJob

FAULTS = {
    "no_address": gettext_lazy("There is no e-mail address."),
    "gone": gettext_lazy("What the mail was about is not there any more."),
    "Interrupted": gettext_lazy("The computer stopped while it was sent. Perhaps it arrived."),
    "SMTPRecipientsRefused": gettext_lazy("The address was refused. Is it spelled right?"),
    "bounced": gettext_lazy("It came back."),
}


def fault_words(job):
    """Return what went wrong, for somebody who is no technician."""
    if not job.fault:
        return ""
    return str(
        FAULTS.get(job.fault) or _("The mail server did not take it (%(fault)s).") % {"fault": job.fault}
    )


def about(job):
    """Return the record the mail is about, or ``None``."""
    return apps.get_model(job.target_model)._default_manager.filter(pk=job.target_id).first()


class MailFilterSet(WagtailFilterSet):
    state = filters.ChoiceFilter(
        label=gettext_lazy("state"),
        choices=MailJob.State.choices,
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = MailJob
        fields = []


class ReadOnlyHelper(SecurePermissionHelper):
    """Mails are made and changed by what happens, never in a form."""

    def user_can_create(self, user):
        return False

    def user_can_edit_obj(self, user, obj):
        return False

    def user_can_delete_obj(self, user, obj):
        return False


class MailInspectView(SecureInspectView):
    """One mail, and what to do where it did not arrive."""

    def get_context_data(self, **kwargs):
        job, user = self.instance, self.request.user
        target = about(job)
        url = self._url_of(target) if target is not None else ""
        may = user.has_perm("peer_support.change_mailjob") and job.state in (
            MailJob.State.FAILED,
            MailJob.State.BOUNCED,
        )
        return super().get_context_data(
            job=job,
            target=target,
            target_url=url,
            fault=fault_words(job),
            may=may,
            again_url=reverse("peer_support_mailing:again", args=[job.pk]),
            settle_url=reverse("peer_support_mailing:settle", args=[job.pk]),
            **kwargs,
        )

    def _url_of(self, target):
        for model_admin in registered_admins():
            if model_admin.model is type(target) and isinstance(model_admin, SecureModelAdmin):
                return model_admin.url_for(self.request)(target) or ""
        return ""


class MailJobAdmin(SecureModelAdmin):
    """The log of the mails: no content, no address."""

    model = MailJob
    menu_label = gettext_lazy("Mails on their way")
    menu_icon = "mail"
    menu_order = 620
    base_url_path = "people/mails"
    add_to_settings_menu = True
    add_to_admin_menu = False
    permission_helper_class = ReadOnlyHelper
    filterset_class = MailFilterSet
    list_display = ("what", "state", "fault_now", "created_at", "done_at", "user")
    list_select_related = ("user",)
    inspect_view_enabled = True
    inspect_view_class = MailInspectView
    inspect_view_fields = ("what", "state", "attempts", "created_at", "done_at")
    empty_text = gettext_lazy(
        "Here you see which mails have left and which did not arrive. Their words are not kept. None has been sent yet."
    )

    def get_templates(self, action="index"):
        own, *rest = super().get_templates(action)
        return [own, "peer_support/mailing/job.html", *rest] if action == "inspect" else [own, *rest]

    def what(self, job):
        return job.label

    what.short_description = gettext_lazy("mail")
    what.admin_order_field = "code"

    def fault_now(self, job):
        return "" if job.state == MailJob.State.SENT else fault_words(job)

    fault_now.short_description = gettext_lazy("what went wrong")
