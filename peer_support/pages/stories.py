"""Which stories may be shown, asked anew for each request: nothing of a story is copied to another page.

A page that shows stories keeps their numbers only. What stands on the card is read while the page is drawn, and only
where the consent holds on that day. So a consent that is taken back empties every page at once.
"""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Length, Substr
from django.http import HttpRequest
from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction

from ..recruitment.models_story_consent import StoryConsent

PICTURE_SPEC = "fill-480x480|jpegquality-80"
COVERED = ("covers_picture", "covers_film", "covers_elsewhere")
BIG_PICTURE_SPEC = "width-960|jpegquality-80"


@dataclass(frozen=True)
class StoryCard:
    """What other pages may show of a story."""

    page_id: int
    title: str
    url: str
    who: str
    quote: str
    words: tuple
    picture: object = None
    picture_alt: str = ""
    gives_talks: bool = False


def story_models():
    """Return the concrete page models that are stories: the package's, or those of the host."""
    from .mixins.story import StoryPageMixin

    found, waiting = [], [StoryPageMixin]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind is not StoryPageMixin and not kind._meta.abstract:
            found.append(kind)
    return sorted(found, key=lambda kind: kind._meta.label)


def is_story(page):
    """Whether ``page`` (of the specific class) is a story."""
    from .mixins.story import StoryPageMixin

    return isinstance(page, StoryPageMixin)


@dataclass(frozen=True)
class Covers:
    """What the consent of a shown story covers."""

    covers_picture: bool
    covers_film: bool
    covers_elsewhere: bool


def shown_stories(*, ids=None, elsewhere=True, under=None, limit=None):
    """Return the story pages that may be shown today, as a list; one query for each page type of stories.

    ``ids``: only these, in this order; otherwise all, the newest first. ``elsewhere``: on another page than the
    story's own, which takes a consent that covers it. ``under``: only below this page. ``limit``: at most so many.
    """
    if ids is not None and not ids:
        return []
    consents = StoryConsent.objects.valid().filter(page_id=OuterRef("pk"))
    if elsewhere:
        consents = consents.filter(covers_elsewhere=True)
    pages = []
    for model in story_models():
        rows = _open_to_all(model.objects.live().filter(Exists(consents)))
        rows = rows.annotate(**{f"peer_{name}": Subquery(consents.values(name)[:1]) for name in COVERED})
        rows = (
            rows.filter(pk__in=ids)
            if ids is not None
            else rows.order_by(F("first_published_at").desc(nulls_last=True), "-pk")
        )
        if under is not None:
            rows = rows.descendant_of(under)
        pages += rows[:limit] if limit and ids is None else rows
    for page in pages:
        page.peer_consent = Covers(*(bool(getattr(page, f"peer_{name}")) for name in COVERED))
    if ids is not None:
        place = {pk: number for number, pk in enumerate(ids)}
        return sorted(pages, key=lambda page: place[page.pk])[:limit]
    dated = [page for page in pages if page.first_published_at]
    undated = [page for page in pages if not page.first_published_at]
    newest = sorted(dated, key=lambda page: (page.first_published_at, page.pk), reverse=True)
    return [*newest, *undated][:limit]


def _open_to_all(pages):
    """Leave out pages that a password or a login keeps closed, without a query of its own as ``public()`` needs."""
    closed = PageViewRestriction.objects.filter(page__path=Substr(OuterRef("path"), 1, Length("page__path")))
    return pages.exclude(Exists(closed))


def story_cards(pages, request=None):
    """Return ``pages`` (from :func:`shown_stories`) as cards; two queries for all pictures together."""
    pictures = _pictures(pages)
    return [_card(page, request, pictures) for page in pages]


def cards_for(request, ids=None, *, limit=None):
    """Return the cards of the stories with ``ids``, or of the newest, for a page that is not the story's own."""
    return story_cards(shown_stories(ids=ids, limit=limit), request)


def _card(page, request, pictures):
    picture, alt = None, ""
    portrait = page.portrait_data()
    if portrait and page.peer_consent.covers_picture and portrait.get("image") in pictures:
        picture = pictures[portrait["image"]].get_rendition(PICTURE_SPEC)
        alt = portrait.get("alt", "")
    return StoryCard(
        page_id=page.pk,
        title=page.title,
        url=page.get_url(request if isinstance(request, HttpRequest) else None) or "",
        who=page.who,
        quote=page.quote,
        words=tuple(page.key_words),
        picture=picture,
        picture_alt=alt,
        gives_talks=page.gives_talks,
    )


def _pictures(pages):
    wanted = {
        data["image"]
        for page in pages
        if page.peer_consent.covers_picture and (data := page.portrait_data()) and data.get("image")
    }
    if not wanted:
        return {}
    images = get_image_model().objects.filter(pk__in=wanted).prefetch_renditions(PICTURE_SPEC)
    return {image.pk: image for image in images}


def key_words_in(pages):
    """Return ``[(word, how many), …]`` of ``pages``, the most used first and then by the alphabet."""
    counts = {}
    for page in pages:
        for word in page.key_words:
            counts.setdefault(word.casefold(), [word, 0])[1] += 1
    return sorted(map(tuple, counts.values()), key=lambda pair: (-pair[1], pair[0].casefold()))
