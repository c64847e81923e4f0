"""Addresses of the scanned site: the example site's, and two holes that a scanner must find."""

from django.conf import settings
from django.contrib.staticfiles.views import serve
from django.db import connection
from django.http import HttpResponse
from django.urls import path, re_path

from example_site.urls import urlpatterns as of_the_site
from peer_support.public import throttle

throttle.allow = lambda *args, **kwargs: True


def hole_in_a_query(request):
    """Put what stands in the address into SQL as it is."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT title FROM wagtailcore_page WHERE id = {request.GET.get('id', '1')}")
        return HttpResponse("<br>".join(row[0] for row in cursor.fetchall()))


def hole_in_a_page(request):
    """Write what stands in the address onto the page as it is."""
    return HttpResponse(f"<html><body><p>{request.GET.get('q', '')}</p></body></html>")


def stays_signed_in(request):
    """Answer instead of signing out: the scanner would be a stranger from there on."""
    return HttpResponse(status=404)


urlpatterns = [
    path("admin/logout/", stays_signed_in),
    path("planted/query/", hole_in_a_query),
    path("planted/page/", hole_in_a_page),
    re_path(rf"^{settings.STATIC_URL.strip('/')}/(?P<path>.*)$", serve, {"insecure": True}),
    *of_the_site,
]
