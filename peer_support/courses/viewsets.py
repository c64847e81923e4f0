"""Course templates and school holidays, as snippets: words and numbers of the centre, nobody's data."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from ..access.snippets import SnippetViewSet
from .models import CourseTemplate, SchoolHoliday


class CourseTemplateViewSet(SnippetViewSet):
    """The manuals. Editors keep them; coordinators read them and make courses from them."""

    model = CourseTemplate
    icon = "clipboard-list"
    menu_label = _("Course templates")
    menu_order = 1
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_template_name = "peer_support/courses/template_inspect.html"
    list_filter = ["kind", "for_whom", "in_use"]
    search_fields = ["title"]
    search_backend_name = None
    list_display = [
        "title",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("sessions", label=_("Sessions"), accessor="session_count", sort_key="session_count"),
        Column("in_use", label=_("In use"), accessor=lambda row: _("yes") if row.in_use else _("no")),
    ]
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("for_whom"), FieldPanel("in_use")]),
        MultiFieldPanel(
            [FieldPanel("about"), FieldPanel("what_happens"), FieldPanel("group_rules")],
            heading=_("What readers see"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("session_count"), FieldPanel("minutes"), FieldPanel("interval_weeks")]
                ),
                FieldRowPanel(
                    [FieldPanel("capacity"), FieldPanel("minimum"), FieldPanel("facilitators_needed")]
                ),
                FieldRowPanel(
                    [FieldPanel("wants_intro"), FieldPanel("intake_sessions"), FieldPanel("answer_days")]
                ),
                FieldPanel("auto_offer"),
            ],
            heading=_("Numbers"),
            help_text=_("A course copies them and can differ."),
        ),
        InlinePanel("plans", heading=_("Session plans"), label=_("Session plan")),
    ]


class SchoolHolidayViewSet(SnippetViewSet):
    """Days on which schools are closed; new courses skip them."""

    model = SchoolHoliday
    icon = "date"
    menu_label = _("School holidays")
    menu_order = 2
    copy_view_enabled = False
    search_fields = ["name"]
    search_backend_name = None
    list_display = [
        "name",
        Column("first_day", label=_("First day"), sort_key="first_day"),
        Column("last_day", label=_("Last day"), sort_key="last_day"),
    ]
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        FieldPanel("municipalities"),
    ]


class TemplatesGroup(SnippetViewSetGroup):
    """Templates and holidays under one menu item."""

    menu_label = _("Templates")
    menu_icon = "clipboard-list"
    menu_order = 325
    items = (CourseTemplateViewSet, SchoolHolidayViewSet)
