"""Where a story is shown: pages that point at it, pages that repeat its words, and the files that belong to it."""

import json
import re
from dataclasses import dataclass
from html import unescape

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

# Shorter sentences ("I was happy.") are found on pages that have nothing to do with the story.
SENTENCE = 30


@dataclass(frozen=True)
class Place:
    """A page that shows the story; ``copied`` where its words were written there by hand."""

    page_id: int
    title: str
    copied: bool = False

    def as_data(self):
        return {"id": self.page_id, "title": self.title, "copied": self.copied}


def places_of(story):
    """Return where ``story`` is shown: the page of stories, the pages that point at it, those that repeat its words."""
    pointing = set(_pointing(story))
    parent = story.get_parent()
    if parent is not None:
        pointing.add(parent.pk)
    found = {page.pk: Place(page.pk, page.title) for page in Page.objects.filter(pk__in=pointing)}
    for page in _repeating(story):
        found[page.pk] = Place(page.pk, page.title, copied=True)
    return sorted(found.values(), key=lambda place: (not place.copied, place.title.casefold()))


def _pointing(story):
    own = ReferenceIndex._get_base_content_type(story).pk
    references = ReferenceIndex.get_references_to(story).filter(base_content_type_id=own)
    return (
        int(key) for key in references.values_list("object_id", flat=True).distinct() if int(key) != story.pk
    )


def sentences_of(story):
    """Return the longer sentences of the story, in small letters and without marks of layout."""
    texts = [story.quote, *_texts_in(story.body.raw_data), *_texts_in(story.media.raw_data)]
    sentences = set()
    for text in texts:
        for sentence in re.split(r"[.!?\n]+|</(?:p|li|h\d)>", text):
            plain = _plain(sentence)
            if len(plain) >= SENTENCE and " " in plain:
                sentences.add(plain)
    return sentences


def _repeating(story):
    sentences = sentences_of(story)
    if not sentences:
        return
    for page in Page.objects.live().exclude(pk=story.pk).specific(defer=False).iterator(chunk_size=100):
        data = json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))
        text = _plain(" ".join(_texts_in(data, but=story.pk)))
        if any(sentence in text for sentence in sentences):
            yield page


def _texts_in(data, but=None):
    """Yield every string in ``data``, opening those that are JSON themselves, as the values of streams are.

    A block that names the story ``but`` as its source is passed over: it hides itself.
    """
    if isinstance(data, str):
        if data[:1] in ("[", "{"):
            try:
                yield from _texts_in(json.loads(data), but)
                return
            except ValueError:
                pass
        yield data
    elif isinstance(data, dict):
        if but is None or data.get("story") != but:
            for name, value in data.items():
                if name not in ("id", "type"):
                    yield from _texts_in(value, but)
    elif hasattr(data, "__iter__"):
        for value in data:
            yield from _texts_in(value, but)


def _plain(text):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", text))).strip().casefold()


def files_of(story):
    """Return ``(images, documents)`` that the story shows or has shown in an earlier version."""
    images, documents = set(), set()
    sources = [story.portrait.raw_data, story.body.raw_data, story.media.raw_data]
    sources += [
        revision.content.get(name)
        for revision in story.revisions.all()
        for name in ("portrait", "body", "media")
    ]
    for source in sources:
        _collect(json.loads(source) if isinstance(source, str) and source else source, images, documents)
    return (
        list(get_image_model().objects.filter(pk__in=images)),
        list(get_document_model().objects.filter(pk__in=documents)),
    )


def _collect(data, images, documents):
    if isinstance(data, dict):
        for name, value in data.items():
            if name in ("image", "poster") and isinstance(value, int):
                images.add(value)
            elif name == "file" and isinstance(value, int):
                documents.add(value)
            elif isinstance(value, str) and "linktype" in value:
                documents.update(map(int, re.findall(r'linktype="document"[^>]*\bid="(\d+)"', value)))
                documents.update(map(int, re.findall(r'\bid="(\d+)"[^>]*linktype="document"', value)))
            else:
                _collect(value, images, documents)
    elif data is not None and not isinstance(data, str) and hasattr(data, "__iter__"):
        for value in data:
            _collect(value, images, documents)


def used_elsewhere(file, story):
    """Whether an image or a document is used by anything but ``story``."""
    own = ReferenceIndex._get_base_content_type(story).pk
    references = ReferenceIndex.get_references_to(file)
    return references.exclude(base_content_type_id=own, object_id=str(story.pk)).exists()
