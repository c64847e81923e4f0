"""Hooks of the directory that Wagtail's admin calls."""

from django.contrib.admin.utils import quote
from django.db import router
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from .models import Initiative


def refuse_deleting_in_use(request, instances):
    """Send the editor back with a sentence where an initiative still has people or matches of its own."""
    for initiative in instances:
        if isinstance(initiative, Initiative) and not _can_be_deleted(initiative):
            text = _("“%(title)s” has people or matches here and cannot be deleted. Unpublish it instead.")
            messages.error(request, text % {"title": initiative.title})
            return redirect(
                reverse(initiative.snippet_viewset.get_url_name("edit"), args=[quote(initiative.pk)])
            )
    return None


def _can_be_deleted(instance):
    try:
        Collector(using=router.db_for_write(type(instance)), origin=instance).collect([instance])
    except (ProtectedError, RestrictedError):
        return False
    return True
