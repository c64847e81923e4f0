"""Pictures, films, sound and files."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import CharBlock, ListBlock, StructBlock, URLBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from .ahead import FileChooser, PictureChooser, WordsBlock
from .blocks import FEW_FEATURES, Previewed, one_of
from .film import host_of, player_address

FILM_KINDS = ("mp4", "webm", "m4v")
SOUND_KINDS = ("mp3", "m4a", "ogg", "wav")


def kind_of(document):
    """Return the file ending of a document in small letters, without the dot."""
    return document.file_extension.lower()


class PictureBlock(Previewed, StructBlock):
    """A picture with words for those who cannot see it."""

    image = PictureChooser(label=gettext_lazy("Picture"))
    alt = CharBlock(
        label=gettext_lazy("What the picture shows"),
        max_length=200,
        help_text=gettext_lazy("Read aloud to people who cannot see it. One sentence."),
    )
    caption = CharBlock(label=gettext_lazy("Text below"), max_length=200, required=False)
    credit = CharBlock(label=gettext_lazy("Photographer"), max_length=80, required=False)

    def sample(self):
        return {
            "image": None,
            "alt": _("Two people on a bench"),
            "caption": _("A walk by the water"),
            "credit": "",
        }

    class Meta:
        icon = "image"
        label = gettext_lazy("Picture")
        description = gettext_lazy("A picture, with words for those who cannot see it.")
        template = "peer_support/pages/blocks/picture.html"


class FilmBlock(Previewed, StructBlock):
    """A still picture first. A film from another site is fetched only when the reader presses play."""

    title = CharBlock(label=gettext_lazy("Title"), max_length=120)
    poster = PictureChooser(
        label=gettext_lazy("Still picture"), help_text=gettext_lazy("Shown until the reader presses play.")
    )
    file = FileChooser(
        label=gettext_lazy("Your own film file"),
        required=False,
        help_text=gettext_lazy("An mp4 file. It stays on this site, and nobody else sees who watches."),
    )
    address = URLBlock(
        label=gettext_lazy("or the address of a film"),
        required=False,
        help_text=gettext_lazy("From YouTube or Vimeo, as it stands in the browser."),
    )
    words = WordsBlock(
        label=gettext_lazy("What is said"),
        required=False,
        features=list(FEW_FEATURES),
        help_text=gettext_lazy("For those who cannot hear it. Needed unless the film has subtitles."),
    )

    def clean(self, value):
        cleaned = super().clean(value)
        one_of(cleaned, "file", "address", _("Choose a file, or write an address. One of the two."))
        if cleaned["address"] and not player_address(cleaned["address"]):
            text = _("We cannot show films from there. Copy the address of the film from YouTube or Vimeo.")
            raise StructBlockValidationError(block_errors={"address": ValidationError(text)})
        if cleaned["file"] and kind_of(cleaned["file"]) not in FILM_KINDS:
            text = _("Browsers cannot show this file. Choose a film that ends in .mp4.")
            raise StructBlockValidationError(block_errors={"file": ValidationError(text)})
        return cleaned

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        player = player_address(value.get("address"))
        return {**context, "player": player, "player_host": host_of(player) if player else ""}

    def sample(self):
        return {
            "title": _("Mia tells about her first day"),
            "poster": None,
            "file": None,
            "address": "https://vimeo.com/1",
            "words": None,
        }

    class Meta:
        icon = "media"
        label = gettext_lazy("Film")
        description = gettext_lazy("A film that starts when the reader presses play.")
        template = "peer_support/pages/blocks/film.html"


class SoundBlock(Previewed, StructBlock):
    """A recording, and what is said in it."""

    title = CharBlock(label=gettext_lazy("Title"), max_length=120)
    file = FileChooser(label=gettext_lazy("Sound file"), help_text=gettext_lazy("An mp3 file."))
    words = WordsBlock(
        label=gettext_lazy("What is said"),
        features=list(FEW_FEATURES),
        help_text=gettext_lazy("For those who cannot hear it."),
    )

    def clean(self, value):
        cleaned = super().clean(value)
        if kind_of(cleaned["file"]) not in SOUND_KINDS:
            text = _("Browsers cannot play this file. Choose a recording that ends in .mp3.")
            raise StructBlockValidationError(block_errors={"file": ValidationError(text)})
        return cleaned

    def sample(self):
        return {"title": _("Mia tells about her first day"), "file": None, "words": None}

    class Meta:
        icon = "media"
        label = gettext_lazy("Sound")
        description = gettext_lazy("A recording to listen to, with the words beside it.")
        template = "peer_support/pages/blocks/sound.html"


class DownloadBlock(StructBlock):
    """One file to fetch."""

    document = FileChooser(label=gettext_lazy("File"))
    text = CharBlock(label=gettext_lazy("What it is for"), max_length=160, required=False)

    class Meta:
        icon = "doc-full"
        label = gettext_lazy("File")


class DownloadsBlock(Previewed, StructBlock):
    """Files to fetch, with kind and size."""

    title = CharBlock(label=gettext_lazy("Heading"), max_length=80, required=False)
    files = ListBlock(DownloadBlock(), label=gettext_lazy("Files"), min_num=1)

    def sample(self):
        return {"title": _("To take with you"), "files": []}

    class Meta:
        icon = "download"
        label = gettext_lazy("Files to fetch")
        description = gettext_lazy("Documents that readers can fetch, with kind and size.")
        template = "peer_support/pages/blocks/downloads.html"


def films_in(stream):
    """Return the struct values of the films in a stream."""
    return [child.value for child in stream if child.block_type == "film"]
