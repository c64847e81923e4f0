"""May this story be shown, and may its consent be recorded or withdrawn? One function per rule."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.decisions import Decision
from .models_story_consent import StoryConsent


def standing_consent(page_id):
    """Return the consent of the story that stands, or nothing."""
    return StoryConsent.objects.standing().filter(page_id=page_id).first()


def may_be_shown(page_id):
    """A story is shown only while its consent stands and its day has not passed."""
    consent = standing_consent(page_id)
    if consent is None:
        was = StoryConsent.objects.filter(page_id=page_id, ending=StoryConsent.Ending.WITHDRAWN).exists()
        if was:
            return Decision.no(
                "withdrawn", _("The consent to this story was withdrawn. It cannot be published.")
            )
        return Decision.no("no_consent", _("Write down the consent first. Then you can publish the story."))
    if consent.given_on > timezone.localdate():
        return Decision.no("not_yet", _("The consent holds from a later day. Publish the story then."))
    if not consent.is_valid:
        return Decision.no(
            "run_out", _("The consent has run out. Ask the ambassador again and write down the answer.")
        )
    return Decision.yes()


def may_be_changed(page_id):
    """A withdrawn story is not written anew from an old window; it takes a new consent first."""
    decision = may_be_shown(page_id)
    return decision if decision.code == "withdrawn" else Decision.yes()


def may_withdraw(page_id):
    """There must be a consent to take back."""
    if standing_consent(page_id) is None:
        return Decision.no("no_consent", _("There is no consent to take back for this story."))
    return Decision.yes()
