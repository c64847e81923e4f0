"""Addresses of a person's own pages that open with a link. Taken into ``peer_support/urls.py``."""

from django.urls import path

from .links import DATA, KINDS, PAUSE, PROFILE, RIGHTS, STILL, view_of
from .views.papers import privacy_notice_page
from .views_links import data_page, pause_page, profile_page, rights_page, still_page

_PAGES = {
    PROFILE: ("passer-det", profile_page),
    PAUSE: ("pause", pause_page),
    DATA: ("indsigt", data_page),
    STILL: ("bliv-ved", still_page),
    RIGHTS: ("du-bestemmer", rights_page),
}
_LETTERS = {"citizen": "b", "volunteer": "f"}

urlpatterns = [path("privatliv/<slug:who>/", privacy_notice_page, name="privacy_notice")]
urlpatterns += [
    path(f"{word}/{_LETTERS[kind]}/<token>/", make_view(kind), name=view_of(what, kind))
    for what, (word, make_view) in _PAGES.items()
    for kind in KINDS
]
