"""Lists of courses and enrolments with filters and export, and the menu "Group courses". Imported by ``wagtail_hooks`` only."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import ModelAdminGroup

from ..access.admin_base import SecureModelAdmin, SecurePermissionHelper
from . import services, words
from .board.base import NAMESPACE, PERMISSION, url
from .board.filters import CourseFilterSet, EnrolmentFilterSet
from .importing.kinds import kinds_for
from .models import Enrolment, GroupCourse
from .queries import with_counts

IMPORT = "peer_support_course_import:start"


class CourseAdmin(SecureModelAdmin):
    """All courses of one's initiatives, those that are over too; each opens on its board."""

    model = GroupCourse
    menu_label = gettext_lazy("All courses")
    menu_icon = "list-ul"
    menu_order = 40
    base_url_path = "courses/all"
    filterset_class = CourseFilterSet
    list_display = ("who", "state", "first_session", "places", "initiative")
    list_select_related = ("initiative",)
    list_export = (
        "number", "title", "kind", "for_whom", "state", "starts_on", "ends_on", "capacity", "n_enrolled", "n_waiting",
        "cancel_reason",
    )  # fmt: skip
    inspect_view_enabled = True
    inspect_view_fields = ("title", "state")
    empty_text = gettext_lazy(
        "Here are all courses of your initiative, those that are over too. There is none yet. Make the first one from "
        "a template under Courses."
    )

    def get_queryset(self, request):
        return with_counts(super().get_queryset(request))

    def create_view(self, request):
        if not self.permission_helper.user_can_create(request.user):
            raise PermissionDenied
        return HttpResponseRedirect(url("new"))

    def inspect_view(self, request, instance_pk):
        return _read(request, "course", instance_pk)

    def edit_view(self, request, instance_pk):
        return _to(request, "change", instance_pk)

    def delete_object(self, *, obj, user, route):
        services.delete_course(course=obj, user=user)

    def who(self, course):
        return _("%(title)s · %(number)s") % {"title": course.title, "number": course}

    who.short_description = gettext_lazy("course")
    who.admin_order_field = "title"

    def first_session(self, course):
        if course.starts_on is None:
            return ""
        return f"{words.day(course.starts_on)} ({words.week(course.starts_on)})"

    first_session.short_description = gettext_lazy("first session")
    first_session.admin_order_field = "starts_on"

    def places(self, course):
        if course.capacity is None:
            return _("%(taken)s take part") % {"taken": course.n_enrolled}
        facts = {"taken": course.n_enrolled, "places": course.capacity, "waiting": course.n_waiting}
        text = (
            _("%(taken)s of %(places)s")
            if not course.n_waiting
            else _("%(taken)s of %(places)s, %(waiting)s waiting")
        )
        return text % facts

    places.short_description = gettext_lazy("places")

    def n_enrolled(self, course):
        return course.n_enrolled

    n_enrolled.short_description = gettext_lazy("have a place")

    def n_waiting(self, course):
        return course.n_waiting

    n_waiting.short_description = gettext_lazy("waiting list")


class ListOnlyHelper(SecurePermissionHelper):
    """Nothing is added or erased from the list: people come in and go out on a course's board."""

    def user_can_create(self, user):
        return False

    def user_can_delete_obj(self, user, obj):
        return False


class EnrolmentAdmin(SecureModelAdmin):
    """Everybody in every course, to find, filter and export; changed on the course's board."""

    model = Enrolment
    menu_label = gettext_lazy("Everybody in courses")
    menu_icon = "group"
    menu_order = 50
    base_url_path = "courses/enrolments"
    permission_helper_class = ListOnlyHelper
    filterset_class = EnrolmentFilterSet
    list_display = ("who", "course_title", "state", "asked_at")
    list_select_related = ("course", "citizen", "volunteer")
    list_export = (
        "course_number", "course_title", "person_number", "state", "way_in", "asked_at", "attended_on", "enrolled_on",
        "completed_on", "left_on", "declined_on", "wants_next",
    )  # fmt: skip
    inspect_view_enabled = True
    inspect_view_fields = ("state",)
    empty_text = gettext_lazy(
        "Here is everybody who is in a course or on the way into one. There is nobody yet. Open a course, and add "
        "the first one there."
    )

    def inspect_view(self, request, instance_pk):
        return _read(request, "enrolment", instance_pk)

    def edit_view(self, request, instance_pk):
        return _to(request, "enrolment", instance_pk)

    def get_object_buttons(self, request, obj, exclude=frozenset()):
        return super().get_object_buttons(request, obj, exclude={*exclude, "edit"})

    def who(self, enrolment):
        facts = {"number": enrolment.person, "name": enrolment.person.display_name}
        return _("%(number)s · %(name)s") % facts

    who.short_description = gettext_lazy("who")

    def course_title(self, enrolment):
        return enrolment.course.title

    course_title.short_description = gettext_lazy("course")
    course_title.admin_order_field = "course__title"

    def course_number(self, enrolment):
        return str(enrolment.course)

    course_number.short_description = gettext_lazy("number")

    def person_number(self, enrolment):
        return str(enrolment.person)

    person_number.short_description = gettext_lazy("who")


def _read(request, name, pk):
    """Lead to the screen of a record that is to be read: nothing is sent there."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return _to(request, name, pk)


def _to(request, name, pk):
    """Lead to the screen of the record; a key that is no number leads to a page that is not there."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    pk = str(pk)
    return HttpResponseRedirect(url(name, int(pk) if pk.isdecimal() and len(pk) < 19 else 0))


class CoursesMenuItem(MenuItem):
    """A screen of the room; shown to those who work with courses."""

    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


class ImportMenuItem(MenuItem):
    """The import; shown to those who may read one of its lists in."""

    def is_shown(self, request):
        return bool(kinds_for(request.user))


class CoursesGroup(ModelAdminGroup):
    """The menu: the screens first, then the lists."""

    menu_label = gettext_lazy("Group courses")
    menu_icon = "calendar-alt"
    menu_order = 210
    items = (CourseAdmin, EnrolmentAdmin)

    def get_submenu_items(self):
        screens = (
            ("overview", _("Courses"), "group"),
            ("week", _("The week"), "calendar-alt"),
            ("workshops", _("Intro workshops"), "user"),
        )
        own = [
            CoursesMenuItem(
                label,
                reverse_lazy(f"{NAMESPACE}:{name}"),
                name=f"peer-support-courses-{name}",
                icon_name=icon,
                order=order,
            )
            for order, (name, label, icon) in enumerate(screens, 1)
        ]
        lists = super().get_submenu_items()
        return [*own, *lists, ImportMenuItem(_("Import"), reverse_lazy(IMPORT), icon_name="upload", order=60)]
