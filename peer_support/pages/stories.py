"""Which stories may be shown, asked anew for each request: nothing of a story is copied to another page.

A page that shows stories keeps their numbers only. What stands on the card is read while the page is drawn, and only
where the consent holds on that day. So a consent that is taken back empties every page at once.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.images import get_image_model
from wagtail.models import Site

from ..recruitment.models_story_consent import StoryConsent

PICTURE_SPEC = "fill-480x480|jpegquality-80"
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


def valid_consents(request=None):
    """Return ``{page_id: StoryConsent}`` of the consents that hold today, read once per request.

    The encrypted fields stay in the database.
    """
    kept = getattr(request, "_peer_story_consents", None) if isinstance(request, HttpRequest) else None
    if kept is None:
        consents = StoryConsent.objects.valid().only(
            "pk",
            "page_id",
            "given_on",
            "until",
            "ended_at",
            "covers_picture",
            "covers_film",
            "covers_elsewhere",
        )
        kept = {consent.page_id: consent for consent in consents}
        if isinstance(request, HttpRequest):
            request._peer_story_consents = kept
    return kept


def shown_stories(request=None, *, ids=None, elsewhere=True, under=None):
    """Return the story pages that may be shown, as a list.

    ``ids``: only these, in this order; otherwise all, the newest first. ``elsewhere``: on another page than the
    story's own, which takes a consent that covers it. ``under``: only below this page.
    """
    consents = valid_consents(request)
    allowed = {pk for pk, consent in consents.items() if consent.covers_elsewhere or not elsewhere}
    if ids is not None:
        allowed &= set(ids)
    if not allowed:
        return []
    pages = []
    for model in story_models():
        rows = model.objects.live().public().filter(pk__in=allowed)
        if under is not None:
            rows = rows.descendant_of(under)
        pages += rows
    for page in pages:
        page.peer_consent = consents[page.pk]
    if ids is not None:
        place = {pk: number for number, pk in enumerate(ids)}
        return sorted(pages, key=lambda page: place[page.pk])
    return sorted(
        pages, key=lambda page: (page.first_published_at is None, page.first_published_at, page.pk)
    )[::-1]


def story_cards(pages, request=None):
    """Return ``pages`` (from :func:`shown_stories`) as cards; two queries for all pictures together."""
    pictures = _pictures(pages)
    return [_card(page, request, pictures) for page in pages]


def cards_for(request, ids=None, *, limit=None):
    """Return the cards of the stories with ``ids``, or of the newest, for a page that is not the story's own."""
    pages = shown_stories(request, ids=ids)
    return story_cards(pages[:limit] if limit else pages, request)


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


def site_of(request):
    """Return the request's site, or nothing."""
    return Site.find_for_request(request) if isinstance(request, HttpRequest) else None
