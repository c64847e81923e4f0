"""What is mailed and logged about an error: where it happened, and nothing about anybody."""

import logging
import runpy
import uuid

import pytest
from django.core import mail
from django.core.checks import run_checks
from django.test import Client, override_settings
from django.utils.log import AdminEmailHandler

from peer_support.privacy.error_reports import PrivateExceptionReporter, PrivateFilter

REPORTER = "peer_support.privacy.error_reports.PrivateExceptionReporter"
SECRETS = ("zqvnavn", "zqvsvar", "zqvkage", "zqvhemmelig", "010190-1234", "zqvfil")


@pytest.fixture
def told(monkeypatch):
    """Let errors be mailed, and logged as text, the way the host has set it; returns a function that makes one."""
    lines = []

    class Lines(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    def fail(*, private):
        handlers = [AdminEmailHandler(include_html=True), Lines()]
        for handler in handlers:
            handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
            if private:
                handler.addFilter(PrivateFilter())
        logger = logging.getLogger("django.request")
        monkeypatch.setattr(logger, "handlers", handlers)
        monkeypatch.setattr(logger, "propagate", False)
        client = Client(raise_request_exception=False)
        client.cookies["seen"] = "zqvkage"
        answer = client.post("/l/zqvhemmelig/?q=zqvsvar", {"name": "zqvnavn", "cpr": "010190-1234"})
        assert answer.status_code == 500
        (message,) = mail.outbox
        parts = [message.subject, message.body, *(str(part[0]) for part in message.alternatives)]
        return "\n".join(parts), "\n".join(lines)

    with override_settings(
        ROOT_URLCONF="tests.privacy.erring_site",
        ADMINS=[("A", "a@example.com")],
        DEBUG_PROPAGATE_EXCEPTIONS=False,
    ):
        yield fail


@override_settings(DEFAULT_EXCEPTION_REPORTER=REPORTER)
def test_a_mail_about_an_error_says_where_and_nothing_of_whom(told):
    mailed, logged = told(private=True)
    for secret in SECRETS:
        assert secret not in mailed and secret not in logged, secret
    assert "erring_site.py" in mailed and "ValueError" in mailed and "POST fails" in mailed
    assert "erring_site.py" in logged and "ValueError" in logged and "KeyError" in mailed
    assert "SECRET_KEY" not in mailed and "a@example.com" not in mailed


def test_control_djangos_own_report_says_it_all(told):
    mailed, logged = told(private=False)
    for secret in ("zqvnavn", "zqvsvar", "zqvhemmelig", "010190-1234", "zqvkage"):
        assert secret in mailed, secret
    assert "zqvnavn" in logged and "zqvhemmelig" in logged


def test_without_a_request_it_says_where_too():
    # Made here: the lines of the code around the fault are shown, and may be.
    secret = uuid.uuid4().hex
    try:
        raise ValueError(secret)
    except ValueError as error:
        reporter = PrivateExceptionReporter(None, type(error), error, error.__traceback__)
    assert secret not in reporter.get_traceback_html() + reporter.get_traceback_text()
    assert "test_error_reports.py" in reporter.get_traceback_text()


def test_a_template_that_fails_is_named_and_what_it_said_is_not():
    error = ValueError("zqvnavn")
    error.template_debug = {"name": "a.html", "line": 3, "message": "zqvnavn", "source_lines": []}
    text = PrivateExceptionReporter(None, ValueError, error, None).get_traceback_text()
    assert "a.html" in text and "zqvnavn" not in text


def record(message, *args, **values):
    found = logging.LogRecord("a", logging.INFO, "f.py", 1, message, args, None)
    vars(found).update(values)
    return found


def test_cpr_numbers_are_taken_out_of_what_is_logged_and_nothing_else_is():
    filtered = record("called %s about %d", "010190-1234", 7)
    assert PrivateFilter().filter(filtered) is True
    assert filtered.getMessage() == "called … about 7"
    plain = record("all is well with 100 %")
    PrivateFilter().filter(plain)
    assert plain.getMessage() == "all is well with 100 %"


def test_the_front_page_keeps_its_words(rf):
    """Its path is a slash, which stands in many words."""
    filtered = record("and/or", request=rf.get("/"))
    PrivateFilter().filter(filtered)
    assert filtered.getMessage() == "and/or"


def test_the_example_site_has_it_in_production(monkeypatch):
    for name, value in {"DEBUG": "0", "SECRET_KEY": "x" * 50}.items():
        monkeypatch.setenv(name, value)
    settings = runpy.run_path("example_site/settings.py")
    assert settings["DEFAULT_EXCEPTION_REPORTER"] == REPORTER
    assert all(handler["filters"] == ["private"] for handler in settings["LOGGING"]["handlers"].values())


def test_a_host_without_it_is_told():
    ids = lambda: {found.id for found in run_checks(tags=["security"], include_deployment_checks=True)}  # noqa: E731
    assert "peer_support.W034" in ids()
    with override_settings(DEFAULT_EXCEPTION_REPORTER=REPORTER):
        assert "peer_support.W034" not in ids()
