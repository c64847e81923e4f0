"""The sets of blocks that page types offer. One place, so that every page offers the same."""

from .blocks import ActionBlock, FactsBlock, ProseBlock, StepsBlock
from .blocks_live import CoordinatorsBlock, WorkshopBlock
from .blocks_media import DownloadsBlock, FilmBlock, PictureBlock, SoundBlock
from .blocks_numbers import NumbersBlock
from .blocks_story import OwnQuoteBlock, QuoteBlock, StoriesBlock


def story_blocks():
    """Blocks of a story's own text: what its consent covers, and nothing that points elsewhere."""
    return [("text", ProseBlock()), ("quote", OwnQuoteBlock()), ("picture", PictureBlock())]


def media_blocks():
    """Film and sound."""
    return [("film", FilmBlock()), ("sound", SoundBlock())]


def body_blocks():
    """Blocks of an ordinary page."""
    return [
        ("text", ProseBlock()),
        ("quote", QuoteBlock()),
        ("picture", PictureBlock()),
        ("stories", StoriesBlock()),
        ("facts", FactsBlock()),
        ("steps", StepsBlock()),
        ("action", ActionBlock()),
        ("downloads", DownloadsBlock()),
        ("film", FilmBlock()),
        ("sound", SoundBlock()),
        ("coordinators", CoordinatorsBlock()),
        ("workshop", WorkshopBlock()),
        ("numbers", NumbersBlock()),
    ]
