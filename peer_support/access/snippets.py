"""Wagtail's screens of words and entries, without what fails in them."""

import wagtail
from django.utils.functional import cached_property
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet as WagtailSnippetViewSet
from wagtail.snippets.widgets import AdminSnippetChooser


class SnippetChooser(AdminSnippetChooser):
    """Chooses one of our snippets; where words stand for its key, the form is drawn again with nothing chosen.

    The field says that the choice is not valid. Wagtail looks the words up as a key to draw it, which is an error.
    """

    def get_instance(self, value):
        try:
            return super().get_instance(value)
        except (TypeError, ValueError, OverflowError):
            return None


class ChooserViewSet(SnippetChooserViewSet):
    """A chooser in which nothing is made: Wagtail gives it an address for that all the same, where each post fails."""

    base_widget_class = SnippetChooser

    if wagtail.VERSION < (8, 0):

        @cached_property
        def widget_class(self):
            # There it is the widget itself, and its class is not asked for.
            return SnippetChooser(model=self.model, icon=self.icon)

    def get_urlpatterns(self):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


class SnippetViewSet(WagtailSnippetViewSet):
    """What all our snippets have in common."""

    chooser_viewset_class = ChooserViewSet
