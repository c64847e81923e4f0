"""What all page types share."""

from django.db.models import Q
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.models import PageViewRestriction

from ..public.headers import secure_headers
from ..public.navigation import note_step, steps_above
from ..public.once import one_page
from ..public.shell import shell_context
from ..recruitment.readable_form import ReadableFormMixin
from .ahead import lay_out


class PeerPageForm(ReadableFormMixin, WagtailAdminPageForm):
    """The form in which an editor writes a page; it says kindly when a sentence is heavy."""


class PeerPageMixin:
    """The frame, the headers, and the defaults of a public page. Stands before ``Page`` in the list of bases.

    ``personal`` pages take a form or are about somebody: nothing of them is kept in a cache. ``frame_sources``
    are the hosts whose players may be shown after a click; ``closed_sources`` are the directives of the policy that are
    shut for good. ``peer_template`` is the page's template (Wagtail gives
    every concrete class a ``template`` of its own, which would hide a mixin's). A mixin with fields is abstract, lists
    its panels in ``peer_panels``, and the concrete class adds them to ``Page.content_panels``.
    """

    peer_template = ""
    personal = False
    frame_sources = ()
    closed_sources = ()
    base_form_class = PeerPageForm

    def route(self, request, path_components):
        note_step(request, self)
        return super().route(request, path_components)

    def get_view_restrictions(self):
        """Return the locks on the page and on what it lies under; one question where Wagtail came past all of that.

        Every page above is counted, the root of the tree too. Where one of them is an alias, Wagtail's own look-up
        finds out whose locks hold.
        """
        above = steps_above(self)
        if not above or any(step.alias_of_id for step in above):
            return super().get_view_restrictions()
        held = Q(page_id__in=[step.pk for step in above]) | Q(page__depth=1)
        return PageViewRestriction.objects.filter(held)

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), **shell_context()}

    def get_template(self, request, *args, **kwargs):
        return self.peer_template or super().get_template(request, *args, **kwargs)

    def serve(self, request, *args, **kwargs):
        with one_page():
            lay_out(self, request)
            response = super().serve(request, *args, **kwargs)
            if hasattr(response, "render"):
                # Drawn here, so that the parts of the page share what they ask for.
                response.render()
        more = {"frame_src": self.frame_sources} if self.frame_sources else {}
        return secure_headers(response, personal=self.personal, closed=self.closed_sources, **more)
