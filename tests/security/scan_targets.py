"""What there is to scan: every kind of address with parameters, and every kind of form, of a running site."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit
from urllib.request import Request, urlopen

from django.urls import Resolver404, resolve

from .site_routes import Route

# Signing out ends the scan, and Wagtail's own page that fails on purpose does what it says.
LEFT_OUT = re.compile(r"/(logout|error-test|static|media|documents|images)(/|$)")
# Which record a page is about says nothing about its code: one of each kind is enough.
WHICH = re.compile(r"\d+|[0-9a-f]{8,}|[\w-]{20,}")
PAGE = "page"
UNSENT = {"submit", "button", "image", "reset", "file"}


@dataclass(frozen=True)
class Target:
    """An address with its parameters; ``data`` is the body of a form that is posted, or empty."""

    url: str
    data: str = ""

    @property
    def kind(self):
        """Two targets of one kind are answered by the same code, with the same parameters."""
        parts = urlsplit(self.url)
        names = lambda text: tuple(sorted({name for name, __ in parse_qsl(text, True)}))  # noqa: E731
        return _code_behind(parts.path), names(parts.query), names(self.data)

    @property
    def is_ours(self):
        """Whether the package answers, and not Wagtail; pages of the site are the package's."""
        name, __, route = self.kind[0].partition(" ")
        return name == PAGE or Route(name, route).is_own


def _code_behind(path):
    """Return ``"name route"`` of an address; of a page its place in the tree, as siblings are of one type."""
    try:
        found = resolve(path)
    except Resolver404:
        return f" {WHICH.sub('*', path)}"
    if found.url_name == "wagtail_serve":
        return f"{PAGE} " + re.sub(r"(?<=.)/[^/]+/?$", "/*", path)
    return f"{found.view_name} {found.route}"


def largest(targets):
    """Leave out the addresses whose parameters another address of the same view has too: each is tried once."""
    names = {(view, query) for view, query, data in (one.kind for one in targets) if not data}
    return [
        one
        for one in targets
        if one.data or not any(one.kind[0] == view and set(one.kind[1]) < set(query) for view, query in names)
    ]


class _Page(HTMLParser):
    """The links and forms of one page."""

    def __init__(self):
        super().__init__()
        self.links, self.forms, self._form, self._select = [], [], None, None

    def handle_starttag(self, tag, attrs):
        attrs = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(attrs.get("href", ""))
        elif tag == "form":
            self._form = (attrs.get("action", ""), attrs.get("method", "get").lower(), {})
            self.forms.append(self._form)
        elif self._form and attrs.get("name"):
            self._field(tag, attrs)
        elif self._form and tag == "option" and self._select and attrs.get("value"):
            self._form[2].setdefault(self._select, attrs["value"])

    def _field(self, tag, attrs):
        if tag == "input" and attrs.get("type", "text") not in UNSENT:
            self._form[2].setdefault(attrs["name"], attrs.get("value") or "1")
        elif tag == "textarea":
            self._form[2].setdefault(attrs["name"], "ord")
        elif tag == "button" and attrs.get("value"):
            self._form[2].setdefault(attrs["name"], attrs["value"])
        elif tag == "select":
            self._select = attrs["name"]

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None


def targets(base, starts, cookie="", pages=400):
    """Walk the site from ``starts`` and return ``{kind: Target}``; at most ``pages`` kinds of pages are opened."""
    found, seen, todo = {}, set(), [urljoin(base, start) for start in starts]
    while todo and len(seen) < pages:
        url = todo.pop(0)
        kind = Target(url).kind
        if kind in seen:
            continue
        seen.add(kind)
        page = _read(url, cookie)
        if page is None:
            continue
        if urlsplit(url).query:
            found.setdefault(kind, Target(url))
        for link in page.links:
            todo += _own(base, url, link)
        for action, method, fields in page.forms:
            for address in _own(base, url, action or url):
                target = _of_form(address, method, fields)
                if target:
                    found.setdefault(target.kind, target)
    return found


def _own(base, page, link):
    try:
        parts = urlsplit(urljoin(page, link))
    except ValueError:
        return []
    inside = f"{parts.scheme}://{parts.netloc}/" == base and not LEFT_OUT.search(parts.path)
    return [urlunsplit(parts._replace(fragment=""))] if inside else []


def _of_form(address, method, fields):
    fields = {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken"}
    if not fields:
        return None
    if method == "post":
        return Target(address, urlencode(fields))
    return Target(urlunsplit(urlsplit(address)._replace(query=urlencode(fields))))


def _read(url, cookie):
    try:
        with urlopen(Request(url, headers={"Cookie": cookie} if cookie else {}), timeout=60) as answer:
            if "html" not in answer.headers.get("Content-Type", ""):
                return _Page()
            page = _Page()
            page.feed(answer.read().decode(errors="replace"))
            return page
    except (HTTPError, OSError):
        return None
