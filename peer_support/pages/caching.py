"""Pages whose content can be withdrawn at any moment."""

from django.utils.cache import patch_cache_control


def keep_no_copy_unasked(response):
    """Let no shared cache keep ``response``, and a browser only if it asks each time; returns it.

    A consent that is taken back holds from the next request. Django's own cache middleware obeys "private", also
    where a view is wrapped in ``cache_page``.
    """
    patch_cache_control(response, private=True, no_cache=True, max_age=0)
    return response


class ShowsStoriesMixin:
    """A page that may show stories. Stands before ``PeerPageMixin`` in the list of bases."""

    def serve(self, request, *args, **kwargs):
        return keep_no_copy_unasked(super().serve(request, *args, **kwargs))
