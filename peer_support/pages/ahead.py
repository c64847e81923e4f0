"""What the blocks of a page point at is read together: one question for each kind, however many blocks name one.

Wagtail asks for the pictures of each kind of block on its own, and for the pages that a text links to once a text.
While a page of ours is drawn, it is laid out here first (:func:`lay_out`), and the first block that needs a picture
brings all the pictures of the page. Nothing outlives the page that is drawn, so nothing here is ever old; everywhere
else (in the admin, in a host's own pages) the blocks ask as Wagtail's do.

A block takes part by a method ``wants(raw)``, which yields ``(kind, key)`` pairs for its raw value.
"""

import copy

from wagtail.blocks import ListBlock, PageChooserBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText
from wagtail.snippets.blocks import SnippetChooserBlock

from ..public.once import is_kept, once

_PAGE = "page being drawn"


def lay_out(page, request):
    """Let the blocks of ``page`` share what they read, until :func:`~peer_support.public.once.one_page` ends."""
    once(_PAGE, lambda: (page, request))


def being_drawn():
    """Whether a page is laid out now."""
    return is_kept(_PAGE)


def request_of_page():
    """Return the request that the page being drawn answers."""
    return once(_PAGE, None)[1]


def wanted(kind):
    """Return the set of keys of ``kind`` that the blocks of the page name."""
    return once("wanted", _gathered).get(kind, set())


def _gathered():
    page, __ = once(_PAGE, None)
    found = {}
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            stream = getattr(page, field.name)
            for kind, key in _wants(stream.stream_block, stream.raw_data):
                found.setdefault(kind, set()).add(key)
    return found


def _wants(block, raw):
    """Yield what ``block`` and the blocks inside it want, for a value as it stands in the database."""
    if raw is None:
        return
    if hasattr(block, "wants"):
        yield from block.wants(raw)
    if isinstance(block, StreamBlock):
        for item in raw:
            if item["type"] in block.child_blocks:
                yield from _wants(block.child_blocks[item["type"]], item["value"])
    elif isinstance(block, ListBlock):
        for item in raw:
            inside = item["value"] if block._item_is_in_block_format(item) else item
            yield from _wants(block.child_block, inside)
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            yield from _wants(child, raw.get(name))


def read(model, keys):
    """Return the records of ``model`` with ``keys``, in their order, ``None`` where there is none.

    The first call on a page reads all that its blocks want; what nobody announced is read when it is asked for.
    """
    kept = once(("read", model), dict)
    missing = {key for key in keys if key is not None and key not in kept}
    if missing:
        missing |= wanted(model) - kept.keys()
        kept.update(dict.fromkeys(missing) | model.objects.in_bulk(missing))
    # Each block gets an object of its own, as Wagtail gives it.
    return [copy.copy(kept.get(key)) for key in keys]


def number_only(model, key):
    """Return a record of which nothing but the key is read; the rest comes from the database when it is looked at."""
    keys = [field.attname for field in model._meta.concrete_fields if field.primary_key]
    return model.from_db(None, keys, [key] * len(keys))


# Blocks


class _AsWagtails:
    """Written in migrations as the block of Wagtail's that it is, so that how we read leaves no mark there."""

    def deconstruct(self):
        __, args, kwargs = super().deconstruct()
        return self.written_as, args, kwargs


class _ReadAhead(_AsWagtails):
    def wants(self, raw):
        yield self.model_class, raw

    def bulk_to_python(self, values):
        return read(self.model_class, values) if being_drawn() else super().bulk_to_python(values)


class PictureChooser(_ReadAhead, ImageChooserBlock):
    written_as = "wagtail.images.blocks.ImageChooserBlock"


class FileChooser(_ReadAhead, DocumentChooserBlock):
    written_as = "wagtail.documents.blocks.DocumentChooserBlock"


class PageChooser(_ReadAhead, PageChooserBlock):
    written_as = "wagtail.blocks.PageChooserBlock"


class SnippetNumber(_AsWagtails, SnippetChooserBlock):
    """Chooses a snippet of which a page shows nothing: it only looks for what belongs to it."""

    written_as = "wagtail.snippets.blocks.SnippetChooserBlock"

    def bulk_to_python(self, values):
        if not being_drawn():
            return super().bulk_to_python(values)
        return [None if value is None else number_only(self.model_class, value) for value in values]


class WordsBlock(_AsWagtails, RichTextBlock):
    """Text whose links to pages and files are read with those of the rest of the page."""

    written_as = "wagtail.blocks.RichTextBlock"

    def wants(self, raw):
        from .text_links import linked  # it needs models that are not there while this module is read

        yield from linked(raw)

    def to_python(self, value):
        return Words(value)


class Words(RichText):
    """A text that is drawn with the links of its page."""

    def __html__(self):
        if not being_drawn():
            return super().__html__()
        from .text_links import drawn

        return drawn(self.source)
