"""The directory's own pages in the admin."""

from django.urls import path, reverse

NAMESPACE = "peer_support_directory"
# An import adds initiatives, and changes those it knows again.
IMPORT_PERMISSIONS = ("peer_support.add_initiative", "peer_support.change_initiative")


def import_url():
    """Return the address of the import."""
    return reverse(f"{NAMESPACE}:import")


def patterns():
    """Return the admin's patterns; the views are read here, when the admin is ready for them."""
    from . import views, views_suggestion

    return [
        path("", views.import_page, name="import"),
        path("example/", views.example, name="example"),
        path("suggestions/<int:pk>/", views_suggestion.act, name="suggestion"),
    ]
