"""What ``check --deploy`` says of a site that is not ready for real people."""

import pytest
from django.test import override_settings

from peer_support import checks_deploy as checks

READY = {"TWO_FACTOR": True}


def ids(found):
    return sorted(fault.id.removeprefix("peer_support.") for fault in found)


@pytest.fixture(autouse=True)
def ready(settings):
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, **READY}


def peer(settings, **values):
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, **values}


def test_the_example_site_is_ready_but_for_tls(settings):
    found = [
        *checks.check_two_factor(),
        *checks.check_sign_in(),
        *checks.check_mail(),
        *checks.check_proxies(),
    ]
    assert found == []


def test_a_second_proof_needs_the_library_and_its_middleware(settings):
    without = [name for name in settings.MIDDLEWARE if name != checks.OTP_MIDDLEWARE]
    settings.MIDDLEWARE = without
    assert ids(checks.check_two_factor()) == ["E022"]
    settings.MIDDLEWARE = [*without, checks.OTP_MIDDLEWARE]
    assert ids(checks.check_two_factor()) == ["E022"]
    peer(settings, TWO_FACTOR=False)
    assert checks.check_two_factor() == []


@pytest.mark.parametrize(
    ("number", "values"),
    [
        ("W041", {"PEER_SUPPORT": {"TWO_FACTOR": False}}),
        ("W042", {"AUTH_PASSWORD_VALIDATORS": []}),
        ("W043", {"PEER_SUPPORT": {**READY, "STAFF_IDLE_HOURS": 0}}),
        ("W043", {"PEER_SUPPORT": {**READY, "STAFF_SESSION_HOURS": 48}}),
        ("W044", {"SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies"}),
        ("W045", {"SESSION_COOKIE_HTTPONLY": False}),
        ("W045", {"SESSION_COOKIE_SAMESITE": "None"}),
        ("W045", {"CSRF_COOKIE_SAMESITE": None}),
    ],
)
def test_a_gap_at_sign_in_is_named(number, values):
    with override_settings(**values):
        assert ids(checks.check_sign_in()) == [number]


def test_guessing_is_slowed_down_by_something(settings, monkeypatch):
    monkeypatch.setattr(checks.apps, "is_installed", lambda name: name != "axes")
    assert ids(checks.check_sign_in()) == ["W040"]
    peer(settings, LOGIN_THROTTLED_BY="our proxy")
    assert checks.check_sign_in() == []


def test_mail_without_tls_is_named(settings):
    smtp = {"BACKEND": checks.SMTP}
    settings.MAILERS = {"default": smtp}
    assert ids(checks.check_mail()) == ["W046"]
    settings.MAILERS = {"default": {**smtp, "OPTIONS": {"use_tls": True}}}
    assert checks.check_mail() == []
    settings.MAILERS = {"default": {"BACKEND": "example.mail.Backend"}}
    assert checks.check_mail() == []


def test_before_mailers_the_same_holds_for_the_old_settings(settings):
    settings.MAILERS = None
    settings.EMAIL_BACKEND = checks.SMTP
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    assert ids(checks.check_mail()) == ["W046"]
    settings.EMAIL_USE_SSL = True
    assert checks.check_mail() == []


def test_a_proxy_that_is_not_told_of_is_named(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert ids(checks.check_proxies()) == ["W047"]
    peer(settings, PROXIES=1)
    assert checks.check_proxies() == []
