"""What this room shows of links on a person's page: the panel, and what the person has changed themselves."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import (
    links,  # noqa: F401 - the offers register themselves
    links_panel,
)
from .presenting import register_section
from .services_own import recent_own_changes


def may_make(person, user):
    """Whether ``user`` may make links for ``person``: whoever may change the record."""
    return user.has_perm(f"peer_support.change_{person._meta.model_name}")


@register_section
def own_changes_section(person, user):
    """What the person has changed by link, newest first."""
    changes = recent_own_changes(person)
    if not changes:
        return None
    rows = [
        {
            "when": date_format(timezone.localtime(change.at), "SHORT_DATETIME_FORMAT"),
            "what": change.get_what_display(),
            "fields": _labels(person, change) if change.what == "profile" else "",
        }
        for change in changes
    ]
    return "peer_support/people/own_changes.html", {"title": _("Changed by the person"), "rows": rows}


def _labels(person, change):
    known = {found.name: found for found in person._meta.get_fields()}
    return ", ".join(str(known[name].verbose_name) for name in change.fields if name in known)


@register_section
def links_section(person, user):
    """The panel with the person's own links."""
    if not may_make(person, user):
        return None
    kind = person._meta.model_name
    panel = links_panel.panel_of(person, reverse(f"peer_support_people:{kind}_link", args=[person.pk]))
    return (links_panel.TEMPLATE, panel) if panel else None
