"""Take a story down because its consent is withdrawn: at once, everywhere, and so that it cannot come back by mistake."""

from dataclasses import dataclass, field
from functools import partial

from django.apps import apps
from django.db import transaction
from django.dispatch import Signal
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import PageLogEntry
from wagtail.search.index import insert_or_update_object

from ..access.decisions import NotAllowed
from ..recruitment.models_story_consent import StoryConsent
from ..recruitment.rules_story_consent import may_withdraw
from ..recruitment.services_story_consent import withdraw_record
from .mixins.story import PERSONAL_FIELDS
from .stories import story_models
from .tracing import files_of, places_of, used_elsewhere

LOG_ACTION = "peer_support.consent_withdrawn"
# Sent after the commit with ``page_id``, ``url`` (where the story was) and ``urls`` (pages that showed it): for a host
# with a cache in front of the site.
story_withdrawn = Signal()


@dataclass
class Withdrawn:
    """What was done: the ended record, where the story was shown, and which files went and which stayed."""

    consent: object
    places: list
    deleted: list = field(default_factory=list)
    kept: list = field(default_factory=list)


@transaction.atomic
def withdraw_story(*, story, user, reason="", delete_files=True, route=""):
    """End the consent to ``story``, unpublish it, and delete its text, its drafts and its earlier versions.

    The page stays as an empty shell with a neutral title, so that pages which pointed at it point at nothing. Words
    that somebody copied to another page by hand are not touched: ``places`` says where they stand. Files that
    something else uses are kept. Returns :class:`Withdrawn`; raises ``NotAllowed`` where no consent stands.
    """
    decision = may_withdraw(story.pk)
    if not decision:
        raise NotAllowed(decision)
    places = places_of(story)
    images, documents = files_of(story)
    url, urls = story.full_url, _urls_of(places)
    consent = withdraw_record(
        page_id=story.pk,
        user=user,
        reason=reason,
        shown_on=[place.as_data() for place in places],
        route=route,
    )
    done = Withdrawn(consent, places)
    story.__dict__.pop("peer_consent", None)
    if story.live:
        story.unpublish(user=user)
    _empty(story)
    _forget_versions(story)
    if delete_files:
        _delete_files(done, story, [*images, *documents])
    log(instance=story, action=LOG_ACTION, user=user)
    # Wagtail leaves this to a background task too; the search must not know the old title until it has run.
    insert_or_update_object(story)
    transaction.on_commit(
        lambda: story_withdrawn.send(type(story), page_id=story.pk, url=url, urls=urls, instance=story)
    )
    return done


def _urls_of(places):
    from wagtail.models import Page

    pages = Page.objects.filter(pk__in=[place.page_id for place in places])
    return [url for url in (page.full_url for page in pages) if url]


def _empty(story):
    """Leave nothing of the person in the page's own row: not in the title, not in the address."""
    with translation.override(story.locale.language_code if story.locale_id else None):
        story.title = story.draft_title = _("Withdrawn story %(number)s") % {"number": story.pk}
    story.seo_title = story.search_description = ""
    story.go_live_at = story.expire_at = None
    for name in PERSONAL_FIELDS:
        setattr(story, name, story._meta.get_field(name).get_default())
    story.has_unpublished_changes = False
    story.latest_revision = story.live_revision = None
    story.save()
    # Past save(), which would leave a redirect from the old address, with the old words in it, after the commit.
    story.slug = f"story-{story.pk}"
    story.set_url_path(story.get_parent())
    type(story).objects.filter(pk=story.pk).update(slug=story.slug, url_path=story.url_path)


def _forget_versions(story):
    """Delete every earlier version, draft, mirror and remark, and take the old title out of the page's log."""
    keys = [story.pk]
    for mirror in story.aliases.all():
        keys.append(mirror.pk)
        mirror.specific.delete()
    if state := story.current_workflow_state:
        state.cancel()
    story.wagtail_admin_comments.all().delete()
    story.revisions.all().delete()
    PageLogEntry.objects.filter(page__in=keys).update(label=story.title[:255], data={})
    if apps.is_installed("wagtail.contrib.redirects"):
        redirects = apps.get_model("wagtailredirects", "Redirect")
        redirects.objects.filter(redirect_page_id=story.pk).delete()


def _delete_files(done, story, files):
    for file in files:
        if used_elsewhere(file, story):
            done.kept.append(file)
        else:
            done.deleted.append(str(file))
            renditions = file.renditions.all() if hasattr(file, "renditions") else ()
            stored = [(part.file.storage, part.file.name) for part in (file, *renditions)]
            file.delete()
            # Wagtail leaves the bytes to a background task, which may run much later. These go now.
            transaction.on_commit(partial(_delete_bytes, stored))


def _delete_bytes(stored):
    for storage, name in stored:
        storage.delete(name)


def take_down_without_consent():
    """Unpublish the stories that no consent covers today; returns how many. For the nightly job.

    Visitors do not see them anyway: this is for whatever else goes by "published", such as an API of the host.
    """
    valid = StoryConsent.objects.valid().values("page_id")
    stories = [page for model in story_models() for page in model.objects.live().exclude(pk__in=valid)]
    for story in stories:
        story.unpublish()
    return len(stories)
