"""Draw a public page inside the host's frame."""

from django.template.response import TemplateResponse

from ..conf import peer_settings
from .headers import secure_headers
from .once import same_page


def shell_context():
    """Return what every public template needs: ``peer_base``, the template that it extends."""
    return {"peer_base": peer_settings.PAGE_BASE_TEMPLATE}


class PublicResponse(TemplateResponse):
    """A page whose parts share what they ask for while it is drawn."""

    @property
    def rendered_content(self):
        with same_page():
            return super().rendered_content


def public_response(request, template, context=None, *, status=200, personal=False):
    """Return ``template`` as a response inside the frame; ``personal``: about somebody, or a form; nothing is kept.

    For views that are no Wagtail page, such as those behind a link. Pages use ``pages.base.PeerPageMixin``.
    """
    response = PublicResponse(request, template, {**shell_context(), **(context or {})}, status=status)
    return secure_headers(response, personal=personal)
