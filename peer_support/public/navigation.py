"""The menu of the section, drawn from the page tree."""

from dataclasses import dataclass

from wagtail.models import Site

# What a line of the menu says, and what the tree and the address are made of.
_SHOWN = ("path", "depth", "numchild", "title", "url_path", "locale")


@dataclass(frozen=True)
class Entry:
    """One line of the menu; ``current`` is what ``aria-current`` says: "page" here, "true" on the way here, or nothing."""

    title: str
    address: str
    current: str


def is_section(page):
    """Whether ``page`` begins a section: its class says ``peer_section = True``."""
    return bool(getattr(page.specific_class, "peer_section", False))


def note_step(request, page):
    """Remember that Wagtail came past ``page`` on its way to the one that was asked for."""
    steps = request.__dict__.setdefault("_peer_steps", [])
    steps.append(page)
    page._peer_steps = tuple(steps)


def steps_above(page):
    """Return the pages from the one right under the root of the tree down to ``page``, if Wagtail came past them all."""
    steps = page.__dict__.get("_peer_steps", ())
    whole = (
        [step.depth for step in steps] == list(range(2, page.depth + 1))
        and steps[-1] is page
        and all(page.path.startswith(step.path) for step in steps)
    )
    return steps if whole else ()


def line_of(page, request=None):
    """Return the live and other pages from the root of the site to ``page``, itself last.

    The menu and the crumbs both need them: taken from what Wagtail came past, or asked for once a page object.
    """
    if page is None or not getattr(page, "pk", None):
        return []
    if "_peer_line" not in page.__dict__:
        page._peer_line = _walked(page, request) or list(
            page.get_ancestors(inclusive=True).order_by("depth").select_related("content_type")
        )
    return page._peer_line


def _walked(page, request):
    """Return the steps of ``request`` if they are the whole way from the site's root page to ``page``."""
    steps = getattr(request, "_peer_steps", [])
    site = Site.find_for_request(request) if steps else None
    whole = (
        site is not None
        and steps[0].pk == site.root_page_id
        and steps[-1].pk == page.pk
        and [step.depth for step in steps] == list(range(steps[0].depth, page.depth + 1))
    )
    return [*steps[:-1], page] if whole else []


def section_of(page, site, request=None):
    """Return the page whose children make the menu: the nearest front page above ``page``, or the site's root page."""
    for ancestor in reversed(line_of(page, request)):
        if is_section(ancestor):
            return ancestor
    if site is None:
        return None
    root = site.root_page
    if is_section(root):
        return root
    children = root.get_children().live().public().only("path", "depth", "numchild", "content_type")
    return next((child for child in children if is_section(child)), root)


def entries_of(section, page, request):
    """Return the lines of the menu below ``section``, as seen from ``page``. Two queries at most."""
    if section is None:
        return []
    path = getattr(page, "path", None) or ""
    # Whoever reads this page may see the section: only a child's own lock keeps it out of the menu.
    children = section.get_children().live().in_menu().filter(view_restrictions__isnull=True).only(*_SHOWN)
    return [
        Entry(
            title=child.title,
            address=child.get_url(request),
            current="page" if child.path == path else "true" if path.startswith(child.path) else "",
        )
        for child in children
    ]
