"""The menu of the section, drawn from the page tree."""

from dataclasses import dataclass

from wagtail.models import Page


@dataclass(frozen=True)
class Entry:
    """One line of the menu; ``current`` is what ``aria-current`` says: "page" here, "true" on the way here, or nothing."""

    title: str
    address: str
    current: str


def is_section(page):
    """Whether ``page`` begins a section: its class says ``peer_section = True``."""
    return bool(getattr(page.specific_class, "peer_section", False))


def line_of(page):
    """Return the live and other pages from the root to ``page``, itself last: asked for once a page object.

    The menu and the crumbs both need them.
    """
    if page is None or not getattr(page, "pk", None):
        return []
    if "_peer_line" not in page.__dict__:
        line = page.get_ancestors(inclusive=True).order_by("depth").select_related("content_type")
        page._peer_line = list(line)
    return page._peer_line


def section_of(page, site):
    """Return the page whose children make the menu: the nearest front page above ``page``, or the site's root page."""
    for ancestor in reversed(line_of(page)):
        if is_section(ancestor):
            return ancestor
    if site is None:
        return None
    root = site.root_page
    if is_section(root):
        return root
    children = (
        Page.objects.live().public().descendant_of(root).select_related("content_type").order_by("path")
    )
    return next((child for child in children.filter(depth=root.depth + 1) if is_section(child)), root)


def entries_of(section, page, request):
    """Return the lines of the menu below ``section``, as seen from ``page``. Two queries at most."""
    if section is None:
        return []
    path = getattr(page, "path", None) or ""
    # Whoever reads this page may see the section: only a child's own lock keeps it out of the menu.
    children = section.get_children().live().in_menu().filter(view_restrictions__isnull=True)
    return [
        Entry(
            title=child.title,
            address=child.get_url(request),
            current="page" if child.path == path else "true" if path.startswith(child.path) else "",
        )
        for child in children
    ]
