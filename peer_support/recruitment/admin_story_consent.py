"""The consents to stories, to look up. They are written and ended on the story's own screen."""

from django.utils.translation import gettext_lazy
from wagtail.models import Page

from ..access.admin_base import SecureModelAdmin, SecurePermissionHelper
from .models_story_consent import StoryConsent


class ReadOnlyHelper(SecurePermissionHelper):
    """A record of what somebody agreed to is not changed afterwards: a new one replaces it."""

    def user_can_create(self, user):
        return False

    def user_can_edit_obj(self, user, obj):
        return False

    def user_can_delete_obj(self, user, obj):
        return False


class StoryConsentAdmin(SecureModelAdmin):
    """Who said yes to which story, when and how. Every look is logged."""

    model = StoryConsent
    menu_label = gettext_lazy("Consents to stories")
    menu_icon = "clipboard-list"
    add_to_settings_menu = True
    add_to_admin_menu = False
    permission_helper_class = ReadOnlyHelper
    list_display = ("__str__", "story", "given_on", "covers_words", "ending_words")
    inspect_view_enabled = True
    inspect_groups = (
        (
            gettext_lazy("The consent"),
            ("story", "name", "contact", "given_on", "until", "how", "kept_where", "covers_words"),
        ),
        (gettext_lazy("The words"), ("text_version", "text")),
        (
            gettext_lazy("Afterwards"),
            ("recorded_by", "recorded_at", "ending_words", "ended_at", "ended_by", "reason"),
        ),
    )
    empty_text = gettext_lazy(
        "When you write down an ambassador's consent on their story, it is listed here. There are none yet."
    )

    def story(self, obj):
        page = Page.objects.filter(pk=obj.page_id).first()
        return page.get_admin_display_title() if page else "–"

    story.short_description = gettext_lazy("story")

    def covers_words(self, obj):
        return obj.covers_words

    covers_words.short_description = gettext_lazy("covers")

    def ending_words(self, obj):
        return (
            obj.get_ending_display()
            if obj.ending
            else gettext_lazy("holds")
            if obj.is_valid
            else gettext_lazy("does not hold today")
        )

    ending_words.short_description = gettext_lazy("state")
