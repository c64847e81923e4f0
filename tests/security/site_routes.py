"""Every address pattern of the site, and whose it is. Nothing here needs a model, so a scan may read it too."""

from dataclasses import dataclass

from django.urls import get_resolver


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str

    @property
    def is_own(self):
        """Whether the address is the package's own, or of a model of its own."""
        return "peer_support" in f"{self.name} {self.pattern}" or self.name.startswith(
            ("people_", "courses_", "keeping_")
        )

    @property
    def is_ours(self):
        """The package's own, but for Wagtail's screens of initiatives and words, which are walked like the rest."""
        return self.is_own and not self.name.startswith("wagtailsnippet")


def routes(resolver=None, prefix="", namespaces=()):
    """Yield every address pattern of the site with its full name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from routes(entry, prefix + str(entry.pattern), inner)
        else:
            yield Route(":".join([*namespaces, entry.name or ""]), prefix + str(entry.pattern))
