"""What all page types share."""

from wagtail.admin.forms.pages import WagtailAdminPageForm

from ..public.headers import secure_headers
from ..public.shell import shell_context
from ..recruitment.readable_form import ReadableFormMixin


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

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), **shell_context()}

    def get_template(self, request, *args, **kwargs):
        return self.peer_template or super().get_template(request, *args, **kwargs)

    def serve(self, request, *args, **kwargs):
        response = super().serve(request, *args, **kwargs)
        more = {"frame_src": self.frame_sources} if self.frame_sources else {}
        return secure_headers(response, personal=self.personal, closed=self.closed_sources, **more)
