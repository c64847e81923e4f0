"""Addresses of the package that are no pages and no admin: what opens with a link. A host includes them once,
before Wagtail's own: ``path("peer/", include("peer_support.urls"))``."""

from .courses import urls_links as courses

app_name = "peer_support"

urlpatterns = [*courses.urlpatterns]
