"""A table of contents: what the package adds to the Wagtail admin. Registers, and does nothing else."""

from django.urls import include, path
from wagtail import hooks
from wagtail.contrib.settings.registry import register_setting
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from .access.admin import AssignmentAdmin
from .agreements.board import hooks as agreements
from .courses.admin import CoursesGroup
from .courses.board import hooks as course_board
from .courses.importing import urls as course_import_urls
from .courses.viewsets import TemplatesGroup
from .directory import urls as directory_urls
from .directory.admin import contact_admin
from .directory.hooks import refuse_deleting_in_use
from .directory.suggestion_admin import suggestion_admin
from .directory.viewsets import InitiativesGroup
from .followup.keeping_board import hooks as keeping
from .followup.pairs import hooks as pairs
from .followup.today import hooks as today
from .followup.trips import hooks as trips
from .mailing import hooks as mailing
from .mailing.admin import MailJobAdmin
from .matching.board import hooks as board
from .outcomes import hooks as outcomes
from .outcomes.changes import hooks as changes
from .outcomes.instruments import viewsets as instruments
from .outcomes.questionnaires import hooks as questionnaires
from .outcomes.viewsets import AreaSuggestionViewSet
from .pages.story_admin import hooks as stories
from .people import urls as people_urls
from .people.admin import PeopleGroup
from .people.viewsets import WordsViewSetGroup
from .public.models import CrisisHelp
from .recruitment import hooks as recruitment
from .recruitment.admin_story_consent import StoryConsentAdmin
from .recruitment.admin_talk import TalkRequestAdmin
from .recruitment.viewsets_enquiry import EnquiriesGroup
from .recruitment.viewsets_guidance import GuidanceGroup
from .recruitment.viewsets_mail import MailTextViewSet

modeladmin_register(AssignmentAdmin)

register_snippet(InitiativesGroup)
contact_admin.register_with_wagtail()
suggestion_admin.register_with_wagtail()
hooks.register("before_delete_snippet", refuse_deleting_in_use)


@hooks.register("register_admin_urls")
def directory_admin_urls():
    patterns = directory_urls.patterns(), directory_urls.NAMESPACE
    return [path("initiatives/import/", include(patterns))]


register_setting(CrisisHelp, icon="help")

modeladmin_register(PeopleGroup)
register_snippet(WordsViewSetGroup)


@hooks.register("register_admin_urls")
def people_admin_urls():
    return [path("people/", include(people_urls))]


hooks.register("register_admin_urls", board.admin_urls)
hooks.register("register_admin_menu_item", board.menu_item)
hooks.register("register_admin_urls", pairs.admin_urls)

# Accompaniment, and keeping volunteers
hooks.register("register_admin_urls", trips.admin_urls)
hooks.register("register_admin_menu_item", trips.menu_item)
hooks.register("register_admin_urls", keeping.admin_urls)
hooks.register("register_admin_menu_item", keeping.menu_item)
modeladmin_register(keeping.SkillAdmin)

hooks.register("register_admin_urls", agreements.admin_urls)
hooks.register("register_admin_menu_item", agreements.menu_item)
hooks.register("register_admin_menu_item", agreements.texts_menu_item)

# Ambassadors' stories and the consents to them
modeladmin_register(StoryConsentAdmin)
hooks.register("register_admin_urls", stories.admin_urls)
hooks.register("before_publish_page", stories.stop_publishing)
hooks.register("before_edit_page", stories.stop_editing_withdrawn)
hooks.register("before_copy_page", stories.stop_copying)
hooks.register("register_page_header_buttons", stories.header_buttons)
hooks.register("register_log_actions", stories.log_actions)
modeladmin_register(CoursesGroup)
register_snippet(TemplatesGroup)

# Enquiries, consents and requests for talks
modeladmin_register(TalkRequestAdmin)
register_snippet(EnquiriesGroup)
hooks.register("before_delete_snippet", recruitment.keep_used_texts)
hooks.register("before_delete_snippet", course_board.keep_used_templates)
hooks.register("register_admin_urls", recruitment.admin_urls)
hooks.register("register_admin_menu_item", recruitment.menu_item)
hooks.register("register_admin_urls", course_board.admin_urls)
register_snippet(GuidanceGroup)
register_snippet(AreaSuggestionViewSet)
register_snippet(instruments.InstrumentTextViewSet)
hooks.register("before_delete_snippet", instruments.keep_used_texts)
hooks.register("register_admin_urls", outcomes.admin_urls)
hooks.register("register_admin_urls", changes.admin_urls)
hooks.register("register_admin_menu_item", changes.menu_item)
hooks.register("register_admin_urls", questionnaires.admin_urls)
hooks.register("register_admin_menu_item", questionnaires.menu_item)


@hooks.register("register_admin_urls")
def course_import_admin_urls():
    return [path("courses/import/", include(course_import_urls))]


# Today's list
hooks.register("register_admin_urls", today.admin_urls)
hooks.register("register_admin_menu_item", today.menu_item)
hooks.register("construct_homepage_panels", today.homepage_panels)

# Mails
modeladmin_register(MailJobAdmin)
register_snippet(MailTextViewSet)
hooks.register("register_admin_urls", mailing.admin_urls)
hooks.register("register_settings_menu_item", mailing.settings_menu_item)
