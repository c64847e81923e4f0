"""What the room adds to the Wagtail admin; registered from ``wagtail_hooks.py``."""

from django.contrib.admin.utils import quote
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..models import CourseTemplate, GroupCourse
from . import urls


def admin_urls():
    """The screens' addresses, under the admin's prefix."""
    return [path("courses/", include(urls))]


def keep_used_templates(request, instances):
    """Send the editor back with a sentence where a course was made from a template that was to be deleted."""
    for template in instances:
        # Whoever keeps the templates sees no courses; all that is asked is whether there is one.
        if (
            isinstance(template, CourseTemplate)
            and GroupCourse._base_manager.filter(template=template).exists()
        ):
            text = _("Courses were made from “%(title)s”, so it is kept. Take it out of use instead.")
            messages.error(request, text % {"title": template.title})
            return redirect(reverse(template.snippet_viewset.get_url_name("edit"), args=[quote(template.pk)]))
    return None
