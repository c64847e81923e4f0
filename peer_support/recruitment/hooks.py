"""What this room adds to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.contrib.admin.utils import quote
from django.shortcuts import redirect
from django.urls import include, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from . import urls
from .models_consent import Consent, ConsentText


def admin_urls():
    """The room's addresses, under the admin's prefix."""
    return [path("enquiries/", include(urls))]


class PlanMenuItem(MenuItem):
    """The recruitment plan, for those who write it and those who lead the work."""

    def is_shown(self, request):
        return request.user.has_perm("peer_support.view_recruitmentplan")


def menu_item():
    """The menu item of the plan; the start-up steps are a tab of it."""
    return PlanMenuItem(
        gettext_lazy("Recruitment plan"),
        reverse_lazy("peer_support_recruitment:plan"),
        name="peer-support-recruitment-plan",
        icon_name="clipboard-list",
        order=128,
    )


def keep_used_texts(request, instances):
    """Send the editor back with a sentence where somebody has said yes to a text that was to be deleted."""
    for text in instances:
        if isinstance(text, ConsentText) and (text.is_used or _has_consents(text)):
            messages.error(
                request,
                _("Somebody has said yes to these words, so they are kept. Make a new version instead."),
            )
            return redirect(reverse(text.snippet_viewset.get_url_name("edit"), args=[quote(text.pk)]))
    return None


def _has_consents(text):
    # Whoever may keep the texts sees no consents; all that is asked is whether there is one.
    return Consent._base_manager.filter(text=text).exists()
