"""Hooks of the page editor: no story without a consent, no withdrawn story from an old window, no copies of stories."""

from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from ...recruitment.rules_story_consent import may_be_changed, may_be_shown
from ..stories import is_story
from ..withdrawing import LOG_ACTION
from . import urls


def admin_urls():
    """Return the addresses of the consent screens."""
    return [path("stories/", include(urls))]


def stop_publishing(request, page):
    """Keep what was written as a draft and lead to the consent, where a story has none that holds."""
    if is_story(page) and not (decision := may_be_shown(page.pk)):
        messages.warning(request, _("Your text is saved as a draft. %(why)s") % {"why": decision.reason})
        return redirect("peer_support_stories:consent", page.pk)
    return None


def stop_editing_withdrawn(request, page):
    """A window that was open when the consent was withdrawn must not bring the text back."""
    specific = page.specific
    if is_story(specific) and not (decision := may_be_changed(page.pk)):
        messages.warning(request, decision.reason)
        return redirect("peer_support_stories:consent", page.pk)
    return None


def stop_copying(request, page):
    """A consent is to one page; a copy would be a story nobody said yes to."""
    if is_story(page.specific):
        messages.warning(
            request, _("A story is not copied: the ambassador said yes to this page. Make a new one.")
        )
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def header_buttons(page, user, next_url=None, view_name=""):
    """Return the button "Consent" in the menu of a story's header."""
    if page and page.pk and is_story(page.specific) and user.has_perm("peer_support.view_storyconsent"):
        return [
            Button(
                _("Consent"),
                reverse("peer_support_stories:consent", args=[page.pk]),
                icon_name="clipboard-list",
                priority=5,
            )
        ]
    return []


def log_actions(actions):
    """Tell Wagtail's history what the log of a withdrawal says."""
    actions.register_action(LOG_ACTION, _("Take the consent back"), _("The consent was taken back"))
