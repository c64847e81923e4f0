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


def section_of(page, site):
    """Return the page whose children make the menu: the nearest front page above ``page``, or the site's root page."""
    if page is not None and getattr(page, "pk", None):
        for ancestor in page.get_ancestors(inclusive=True).order_by("-depth").select_related("content_type"):
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
    children = section.get_children().live().public().in_menu()
    return [
        Entry(
            title=child.title,
            address=child.get_url(request),
            current="page" if child.path == path else "true" if path.startswith(child.path) else "",
        )
        for child in children
    ]
