"""Wagtail's screens of words and entries, without what fails in them."""

from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet as WagtailSnippetViewSet


class ChooserViewSet(SnippetChooserViewSet):
    """A chooser in which nothing is made: Wagtail gives it an address for that all the same, where each post fails."""

    def get_urlpatterns(self):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


class SnippetViewSet(WagtailSnippetViewSet):
    """What all our snippets have in common."""

    chooser_viewset_class = ChooserViewSet
