"""The world of the permission matrix, built once for each file and never changed: every test rolls back to it."""

from copy import copy

import pytest
from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.template import Template
from wagtail.models import sites as wagtail_sites

from peer_support.public import pdf

from .world import build_world


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Two initiatives with the same records, inside a transaction that is rolled back after the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def sides(world, db):
    """``{key: Side}``; what a test does to it is gone after the test."""
    return world


@pytest.fixture
def papers_unpacked(monkeypatch):
    """What a PDF says is packed, and no eye finds a word in it: what it is drawn from is answered instead."""
    monkeypatch.setattr(pdf, "make_pdf", lambda html, *, base_url: html.encode())


@pytest.fixture
def rights_read_once(monkeypatch, settings):
    """Read a user's groups and rights once in a test, and keep the session in memory: a third of each of many requests.

    Only for walks that leave everything as it was, so that a user has the same rights at every request. Whose people they
    are about, the assignments, is read anew each time.
    """
    read, known = ModelBackend._get_permissions, {}

    def remembered(backend, user, obj, source):
        if not user.is_active or user.is_anonymous or obj is not None:
            return set()
        if (user.pk, source) not in known:
            known[user.pk, source] = frozenset(read(backend, user, obj, source))
        return set(known[user.pk, source])

    monkeypatch.setattr(ModelBackend, "_get_permissions", remembered)
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"


@pytest.fixture
def users_and_sites_read_once(monkeypatch):
    """Read a user's own row, their profile and the site of an address once in a test; every request gets copies.

    Two questions of each request that are about nobody else; the walks ask some hundred times for the same user.
    """
    users, sites = {}, {}
    get_user, get_site = ModelBackend.get_user, wagtail_sites.get_site_for_hostname

    def remembered_user(backend, pk):
        if pk not in users:
            users[pk] = get_user(backend, pk)
            # Kept with the user, also where there is none.
            hasattr(users[pk], "wagtail_userprofile")
        return copy(users[pk])

    def remembered_site(*address):
        if address not in sites:
            sites[address] = get_site(*address)
        site = copy(sites[address])
        if site:
            site.root_page = copy(site.root_page)
        return site

    monkeypatch.setattr(ModelBackend, "get_user", remembered_user)
    monkeypatch.setattr(wagtail_sites, "get_site_for_hostname", remembered_site)


@pytest.fixture
def no_copies_of_contexts(monkeypatch):
    """Django keeps what each template was given, for tests that ask; these read the pages alone."""
    monkeypatch.setattr(Template, "_render", lambda self, context: self.nodelist.render(context))


# What a walk through all screens needs to read every page, and to do it soon.
QUICK = ("papers_unpacked", "rights_read_once", "users_and_sites_read_once", "no_copies_of_contexts")
MATRIX = "requests of the permission matrix"


@pytest.fixture
def counted(record_property):
    """A function that notes how many requests a walk has made; the sum is told at the end of the run."""
    return lambda walked: record_property(MATRIX, walked.verdict.requests)


def pytest_terminal_summary(terminalreporter):
    reports = [
        report
        for found in terminalreporter.stats.values()
        for report in found
        if getattr(report, "when", "") == "call"
        and any(name == MATRIX for name, __ in report.user_properties)
    ]
    if reports:
        requests = sum(
            value for report in reports for name, value in report.user_properties if name == MATRIX
        )
        seconds = sum(report.duration for report in reports)
        terminalreporter.section("permission matrix")
        terminalreporter.write_line(f"{requests} requests in {seconds:.0f} seconds of {len(reports)} walks")
