"""A table of contents: what the package adds to the Wagtail admin. Registers, and does nothing else."""

from django.urls import include, path
from wagtail import hooks
from wagtail.contrib.settings.registry import register_setting
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from . import menu
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
from .outcomes.numbers import hooks as numbers
from .outcomes.questionnaires import hooks as questionnaires
from .outcomes.report import hooks as year_report
from .outcomes.study import hooks as studies
from .outcomes.viewsets import AreaSuggestionViewSet
from .oversight import hooks as oversight
from .pages.story_admin import hooks as stories
from .people import hooks_papers as papers
from .people import urls as people_urls
from .people.menu import PeopleGroup, guides_menu_item
from .people.viewsets import WordsViewSetGroup
from .public.models import CrisisHelp
from .recruitment import hooks as recruitment
from .recruitment.admin_story_consent import StoryConsentAdmin
from .recruitment.admin_talk import TalkRequestAdmin
from .recruitment.viewsets_enquiry import EnquiriesGroup
from .recruitment.viewsets_guidance import GuidanceGroup
from .recruitment.viewsets_mail import MailTextViewSet
from .signing_in import hooks as signing_in

# Lists of people, and what else only those with a task for an initiative see
for admin in (
    *(AssignmentAdmin, PeopleGroup, CoursesGroup, keeping.SkillAdmin),
    *(MailJobAdmin, StoryConsentAdmin, TalkRequestAdmin),
):
    modeladmin_register(admin)
contact_admin.register_with_wagtail()
suggestion_admin.register_with_wagtail()

# What editors keep; nothing here is about a person
for viewset in (
    *(InitiativesGroup, WordsViewSetGroup, TemplatesGroup, EnquiriesGroup, GuidanceGroup),
    *(AreaSuggestionViewSet, instruments.InstrumentTextViewSet, MailTextViewSet),
):
    register_snippet(viewset)
register_setting(CrisisHelp, icon="help")
for keep in (
    refuse_deleting_in_use,
    recruitment.keep_used_texts,
    course_board.keep_used_templates,
    instruments.keep_used_texts,
):
    hooks.register("before_delete_snippet", keep)


@hooks.register("register_admin_urls")
def addresses_of_lists():
    importing = directory_urls.patterns(), directory_urls.NAMESPACE
    return [
        path("initiatives/import/", include(importing)),
        path("people/", include(people_urls)),
        path("courses/import/", include(course_import_urls)),
    ]


# Each room's own screens
for room in (
    *(today, board, pairs, trips, keeping, agreements, course_board, recruitment, mailing, stories),
    *(outcomes, changes, numbers, questionnaires, studies, year_report, oversight, signing_in, papers),
):
    hooks.register("register_admin_urls", room.admin_urls)
for item in (
    today.menu_item,
    board.menu_item,
    recruitment.menu_item,
    agreements.texts_menu_item,
    guides_menu_item,
    oversight.menu_item,
    menu.follow_up,
    menu.numbers,
):
    hooks.register("register_admin_menu_item", item)
for room in (agreements, trips, keeping):
    hooks.register(menu.FOLLOW_UP, room.menu_item)
for room in (numbers, year_report, changes, questionnaires, studies):
    hooks.register(menu.NUMBERS, room.menu_item)
for room in (mailing, papers):
    hooks.register("register_settings_menu_item", room.settings_menu_item)
hooks.register("register_account_menu_item", signing_in.account_menu_item)
for room in (today, oversight):
    hooks.register("construct_homepage_panels", room.homepage_panels)

# Ambassadors' stories and the consents to them
hooks.register("before_publish_page", stories.stop_publishing)
hooks.register("before_edit_page", stories.stop_editing_withdrawn)
hooks.register("before_copy_page", stories.stop_copying)
hooks.register("register_page_header_buttons", stories.header_buttons)
hooks.register("register_log_actions", stories.log_actions)
