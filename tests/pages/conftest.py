"""A small site to hang public pages under."""

import pytest
from wagtail.models import Page, Site

from peer_support.pages.models import PeerFrontPage


@pytest.fixture
def front(db):
    """The front page of the peer-support section, as the root of the default site."""
    root = Page.get_first_root_node()
    page = root.add_child(instance=PeerFrontPage(title="Du er ikke alene", slug="peer", intro="Vi lytter."))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": page, "site_name": "Prøve"}
    )
    return page
