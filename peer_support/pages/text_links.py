"""Links in a text to pages and files, for a page that is being drawn: read with what its other blocks point at."""

from functools import lru_cache

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text import features, get_rewriter
from wagtail.rich_text.pages import PageLinkHandler
from wagtail.rich_text.rewriters import FIND_A_TAG, LinkRewriter, MultiRuleRewriter, extract_attrs

from .ahead import read, request_of_page

_OURS = {"page": PageLinkHandler, "document": DocumentLinkHandler}
# What decides the address of a page. A page type with its own is read whole, all others as plain pages.
_ADDRESS = ("get_url_parts", "get_url", "url", "localized")


def linked(source):
    """Yield ``(model, key)`` of the pages and files that the text ``source`` links to."""
    for tag in FIND_A_TAG.findall(source):
        attrs = extract_attrs(tag)
        handler = _OURS.get(attrs.get("linktype"))
        key = _key(handler.get_model(), attrs.get("id")) if handler else None
        if key is not None:
            yield handler.get_model(), key


def drawn(source):
    """Return ``source`` as Wagtail draws a text."""
    return render_to_string("wagtailcore/shared/richtext.html", {"html": _rewriter()(source)})


@lru_cache(maxsize=1)
def _rewriter():
    """Return Wagtail's rewriter with our own reading of pages and files, unless the host has replaced Wagtail's."""
    handlers = features.get_link_types()
    rules = {kind: handler.expand_db_attributes_many for kind, handler in handlers.items()}
    if handlers.get("page") is PageLinkHandler:
        rules["page"] = _page_links
    if handlers.get("document") is DocumentLinkHandler:
        rules["document"] = _document_links
    others = [rewriter for rewriter in get_rewriter().rewriters if not isinstance(rewriter, LinkRewriter)]
    return MultiRuleRewriter([LinkRewriter(bulk_rules=rules), *others])


def _page_links(links):
    """Return the opening tags of links to pages; a page that is not published, or gone, is no link."""
    model, request = PageLinkHandler.get_model(), request_of_page()
    pages = read(model, [_key(model, attrs.get("id")) for attrs in links])
    return [
        f'<a href="{escape(address)}">'
        if page and page.live and (address := address_of(page, request))
        else "<a>"
        for page in pages
    ]


def _document_links(links):
    model = DocumentLinkHandler.get_model()
    files = read(model, [_key(model, attrs.get("id")) for attrs in links])
    return [f'<a href="{escape(file.url)}">' if file else "<a>" for file in files]


def address_of(page, request):
    """Return the address of ``page``, or "". It was read as a plain page, and is in the reader's language, where
    the site has several."""
    plain, kind = type(page), page.specific_class or type(page)
    if any(getattr(kind, name) is not getattr(plain, name) for name in _ADDRESS):
        page = page.specific
    return page.localized.get_url(request) or ""


def _key(model, text):
    """Return ``text`` as a key of ``model``, or ``None`` where it is none."""
    try:
        return model._meta.pk.to_python(text)
    except ValidationError:
        return None
