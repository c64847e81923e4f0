"""Where one asks for a talk."""

from urllib.parse import urlencode

from wagtail.models import Page

from .stories import open_to_all

TALK = "talk"


def talk_address(request, story, index=None):
    """Return the address of the page where one asks for a talk (by the teller of ``story``), or "".

    The index above the story may name the page; otherwise it is the site's first published page whose
    ``enquiry_kind`` is "talk".
    """
    page = _named(index or _index_of(story)) or _own()
    if page is None or not page.live:
        return ""
    url = page.get_url(request) or ""
    return f"{url}?{urlencode({'story': story.pk})}" if url and story is not None else url


def _index_of(story):
    parent = story.get_parent() if story is not None and story.pk else None
    return parent.specific if parent else None


def _named(index):
    chosen = getattr(index, "talk", None)
    return chosen[0].value if chosen else None


def _own():
    for model in _page_models():
        if hasattr(model, "enquiry_kind"):
            found = open_to_all(model.objects.live().filter(enquiry_kind=TALK)).first()
            if found:
                return found
    return None


def _page_models():
    from wagtail.models import get_page_models

    return [model for model in get_page_models() if model is not Page]
