"""What the pages listen to. Connected in the app's ``ready``."""

from django.apps import apps
from django.db.models.signals import post_delete
from wagtail.signals import page_published

from ..recruitment.rules_story_consent import may_be_shown
from ..recruitment.services_story_consent import story_deleted
from .stories import is_story
from .withdrawing import story_withdrawn


def unpublish_without_consent(sender, instance, **kwargs):
    """Take a story down again that was published past the editor: on a schedule, in bulk, or by a script."""
    if is_story(instance) and not may_be_shown(instance.pk):
        instance.unpublish()


def end_consent_of_deleted(sender, instance, **kwargs):
    """A story that is deleted ends its consent; the record stays as proof for its time."""
    if is_story(instance):
        story_deleted(page_id=instance.pk, route="page_deleted")


def purge_front_cache(sender, url, urls, **kwargs):
    """Ask the cache in front of the site, where Wagtail knows one, to forget the pages that showed a story."""
    if apps.is_installed("wagtail.contrib.frontend_cache"):
        from wagtail.contrib.frontend_cache.utils import purge_urls_from_cache

        purge_urls_from_cache([address for address in (url, *urls) if address])


def connect():
    """Connect everything once."""
    page_published.connect(unpublish_without_consent, dispatch_uid="peer_story_published")
    post_delete.connect(end_consent_of_deleted, dispatch_uid="peer_story_deleted")
    story_withdrawn.connect(purge_front_cache, dispatch_uid="peer_story_front_cache")
