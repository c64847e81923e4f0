"""The pages in a host's own frame, with nothing of the example site in reach."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction
from django.test import override_settings

from peer_support.conf import DEFAULTS

from .states import load_all

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
# Paper to print has a frame of its own.
SHEETS = ("poster", "flyer", "star: print", "change: print")
# All that a host has to write; docs/public-pages.md shows the same.
FRAME = """{% load static peer_public %}<!doctype html><html lang="da"><head>
<title>{% block peer_title %}{{ page.title }}{% endblock %} – Byens hus</title>{% block peer_meta %}{% page_meta %}{% endblock %}
<link rel="stylesheet" href="{% static 'peer_support/public/base.css' %}">{% block peer_css %}{% endblock %}
<script src="{% static 'peer_support/public/leave.js' %}" defer></script>{% block peer_js %}{% endblock %}
</head><body class="{% block peer_body_class %}{% endblock %}"><div class="peer-bar">{% leave_button %}</div>
<p>Byens hus</p><main class="peer-main">{% breadcrumbs %}{% block peer_content %}{% endblock %}</main>
<footer class="peer-footer">{% block peer_coordinator %}{% local_coordinator coordinator %}{% endblock %}{% crisis_box %}</footer>
</body></html>"""


@pytest.fixture
def bare_host(settings):
    """Templates of every app but the example site's, and one of the host's own."""
    folders = [
        str(folder)
        for app in apps.get_app_configs()
        if app.name != "example_site" and (folder := Path(app.path) / "templates").is_dir()
    ]
    engine = dict(settings.TEMPLATES[0], APP_DIRS=False)
    engine["OPTIONS"] = {
        **engine["OPTIONS"],
        "loaders": [
            ("django.template.loaders.locmem.Loader", {"byens/ramme.html": FRAME}),
            ("django.template.loaders.filesystem.Loader", folders),
        ],
    }
    own = {**settings.PEER_SUPPORT, "PAGE_BASE_TEMPLATE": "byens/ramme.html"}
    with override_settings(TEMPLATES=[engine], PEER_SUPPORT=own):
        yield


def test_every_state_is_drawn_in_the_hosts_frame(bare_host, front, client):
    for name, build in load_all().items():
        with transaction.atomic():
            response = client.get(build(front))
            transaction.set_rollback(True)
        front.refresh_from_db()
        page = response.content.decode()
        assert response.status_code in (200, 404, 410), name
        assert page.count("<h1") == 1 and "Eksempelby" not in page, name
        if not name.startswith(SHEETS) and response.status_code == 200:
            assert "Byens hus" in page and "70 201 201" in page and "data-peer-leave" in page, name


def test_the_packages_own_frame_needs_nothing_of_the_host(bare_host, settings, front, client):
    own = {**settings.PEER_SUPPORT, "PAGE_BASE_TEMPLATE": DEFAULTS["PAGE_BASE_TEMPLATE"]}
    with override_settings(PEER_SUPPORT=own):
        page = client.get("/").content.decode()
    assert 'class="peer-skip"' in page and "application/ld+json" in page and 'rel="canonical"' in page
