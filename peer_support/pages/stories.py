"""Which stories may be shown, asked anew for each request: nothing of a story is copied to another page.

A page that shows stories keeps their numbers only. What stands on the card is read while the page is drawn, and only
where the consent holds on that day. So a consent that is taken back empties every page at once.
"""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Length, Substr
from django.http import HttpRequest
from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction

from ..public.once import once
from ..recruitment.models_story_consent import StoryConsent
from .ahead import being_drawn, wanted

# What blocks announce (see ``ahead``): the number of a story, and how many of the newest.
STORY, NEWEST = "story", "newest stories"
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


class _OfThePage:
    """The stories that other pages may show, as far as the page being drawn asks: read at once, and kept with it."""

    def __init__(self):
        self.ids, self.newest, self.pages = set(), 0, None

    def covering(self, ids, newest):
        """Return stories among which are those with ``ids`` and the ``newest``, as far as they may be shown."""
        if self.pages is None or not self.ids >= ids or self.newest < newest:
            self.ids |= ids | wanted(STORY)
            self.newest = max(self.newest, newest, *wanted(NEWEST))
            self.pages = _read(_allowed(elsewhere=True), ids=self.ids, newest=self.newest)
        return self.pages


def shown_stories(*, ids=None, elsewhere=True, under=None, limit=None):
    """Return the story pages that may be shown today, as a list; one query for each page type of stories.

    ``ids``: only these, in this order; otherwise all, the newest first. ``elsewhere``: on another page than the
    story's own, which takes a consent that covers it. ``under``: only below this page. ``limit``: at most so many.
    """
    if ids is not None and not ids:
        return []
    if being_drawn() and elsewhere and under is None and (ids is not None or limit):
        kept = once("stories of the page", _OfThePage)
        pages = kept.covering(set(ids or ()), 0 if ids is not None else limit)
    else:
        pages = _read(_allowed(elsewhere=elsewhere), ids=ids, newest=limit, under=under)
    if ids is None:
        return _newest_first(pages)[:limit]
    place = {pk: number for number, pk in enumerate(ids)}
    chosen = [page for page in pages if page.pk in place]
    return sorted(chosen, key=lambda page: place[page.pk])[:limit]


def _allowed(*, elsewhere):
    """Return the consents that hold today for the story in the query around them."""
    consents = StoryConsent.objects.valid().filter(page_id=OuterRef("pk"))
    return consents.filter(covers_elsewhere=True) if elsewhere else consents


def _read(consents, *, ids=None, newest=None, under=None):
    """Return the stories with ``ids`` and the ``newest`` that ``consents`` allow; all of them where neither is given."""
    pages = []
    for model in story_models():
        rows = open_to_all(model.objects.live().filter(Exists(consents)))
        if under is not None:
            rows = rows.descendant_of(under)
        first = rows.order_by(F("first_published_at").desc(nulls_last=True), "-pk")[:newest]
        if ids is None:
            rows = first if newest else rows
        elif newest:
            rows = rows.filter(Q(pk__in=ids) | Q(pk__in=first.values("pk")))
        else:
            rows = rows.filter(pk__in=ids)
        pages += rows.annotate(**{f"peer_{name}": Subquery(consents.values(name)[:1]) for name in COVERED})
    for page in pages:
        page.peer_consent = Covers(*(bool(getattr(page, f"peer_{name}")) for name in COVERED))
    return pages


def _newest_first(pages):
    """Return ``pages`` by the day of publication, those without one last."""

    def age(page):
        return page.first_published_at.timestamp() if page.first_published_at else 0, page.pk

    return sorted(pages, key=age, reverse=True)


def open_to_all(pages):
    """Leave out pages that a password or a login keeps closed, without a query of its own as ``public()`` needs."""
    closed = PageViewRestriction.objects.filter(page__path=Substr(OuterRef("path"), 1, Length("page__path")))
    return pages.exclude(Exists(closed))


def story_cards(pages, request=None):
    """Return ``pages`` (from :func:`shown_stories`) as cards; one query for all pictures together."""
    pictures = _pictures(pages)
    return [_card(page, request, pictures) for page in pages]


def cards_for(request, ids=None, *, limit=None):
    """Return the cards of the stories with ``ids``, or of the newest, for a page that is not the story's own."""
    return story_cards(shown_stories(ids=ids, limit=limit), request)


def _card(page, request, pictures):
    picture, alt = None, ""
    portrait = page.portrait_data()
    image = pictures.get(portrait.get("image")) if portrait and page.peer_consent.covers_picture else None
    if image:
        picture = image.get_rendition(PICTURE_SPEC)
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
    """Return ``{number: image}`` of the portraits of ``pages``, ``None`` where one is gone.

    On a page being drawn the small versions of the other stories' portraits are read along: other cards follow.
    """
    kept = once("portraits", dict)
    missing = _portraits(pages) - kept.keys()
    if missing:
        others = once("stories of the page", _OfThePage).pages or []
        kept.update(_ready((missing | _portraits(others)) - kept.keys()))
        new = missing - kept.keys()
        kept.update(dict.fromkeys(new) | (get_image_model().objects.in_bulk(new) if new else {}))
    return kept


def _portraits(pages):
    return {
        data["image"]
        for page in pages
        if page.peer_consent.covers_picture and (data := page.portrait_data()) and data.get("image")
    }


def _ready(numbers):
    """Return ``{number: image}`` of the images whose small version was made before, with that version."""
    model, found = get_image_model(), {}
    small = model.get_rendition_model().objects.filter(image_id__in=numbers, filter_spec=PICTURE_SPEC)
    for version in small.select_related("image"):
        image = found.setdefault(version.image_id, version.image)
        image.prefetched_renditions = [*getattr(image, "prefetched_renditions", ()), version]
    return found


def key_words_in(pages):
    """Return ``[(word, how many), …]`` of ``pages``, the most used first and then by the alphabet."""
    counts = {}
    for page in pages:
        for word in page.key_words:
            counts.setdefault(word.casefold(), [word, 0])[1] += 1
    return sorted(map(tuple, counts.values()), key=lambda pair: (-pair[1], pair[0].casefold()))
