"""Pages drawn by this very process: the browser's requests are answered by Django's test client, with no server.

So what a test has not committed is seen, and many states of the site can be walked through in one transaction each.
"""

import contextvars
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.test import Client

HOME = "http://localhost"
# What the policy forbids is told to the page as an event; kept here until somebody asks.
LISTEN = """
window.peerViolations = [];
document.addEventListener("securitypolicyviolation", (event) => window.peerViolations.push(
    `${event.violatedDirective}: ${event.blockedURI || event.sourceFile}`));
"""
KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}


class Served:
    """Answers the requests of ``context``. ``faults`` keeps what goes wrong; ``extra`` maps paths to (headers, body)."""

    def __init__(self, context, extra=None):
        self.context = context
        self.extra = extra or {}
        self.faults = []
        # Django keeps its connections by context, and the browser's questions arrive in one of their own.
        self.here = contextvars.copy_context()
        self.client = Client(raise_request_exception=False, headers={"accept-language": "da"})
        context.route("**/*", self.answer)
        context.add_init_script(LISTEN)

    def open_page(self):
        """Return a window whose console and scripts are listened to."""
        page = self.context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda m: self.faults.append(f"console: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        return page

    def answer(self, route):
        """Answer one request of the browser's."""
        url = urlsplit(route.request.url)
        if f"{url.scheme}://{url.netloc}" != HOME:
            self.faults.append(f"request to somebody else: {url.netloc}")
            return route.abort()
        if url.path in self.extra:
            headers, body = self.extra[url.path]
            return route.fulfill(status=200, headers=headers, body=body)
        return route.fulfill(**self.here.run(self._drawn, route.request, url))

    def _drawn(self, request, url):
        for prefix, opened in (
            (settings.STATIC_URL, self._static),
            (settings.MEDIA_URL, default_storage.open),
        ):
            if url.path.startswith(prefix):
                return self._file(url.path, opened, url.path.removeprefix(prefix))
        return self._page(request, url)

    @staticmethod
    def _static(name):
        return open(finders.find(name), "rb")

    def _file(self, path, opened, name):
        try:
            with opened(name) as file:
                body = file.read()
        except (OSError, TypeError):
            self.faults.append(f"no such file: {path}")
            return {"status": 404}
        kind = KINDS.get(path.rpartition(".")[2])
        return {"body": body, "headers": {"Content-Type": kind} if kind else {}}

    def _page(self, request, url):
        response = self.client.generic(
            request.method,
            f"{url.path}?{url.query}" if url.query else url.path,
            request.post_data_buffer or b"",
            content_type=request.headers.get("content-type", "text/plain"),
            SERVER_NAME="localhost",
        )
        if response.status_code >= 500:
            reason = getattr(response, "exc_info", ("", ""))[1]
            self.faults.append(f"{response.status_code} {url.path}: {reason!r}")
        body = b"".join(response.streaming_content) if response.streaming else response.content
        return {"status": response.status_code, "headers": dict(response.headers), "body": body}

    def take_faults(self):
        """Return what went wrong since the last time."""
        found, self.faults = self.faults, []
        return found


def violations(page):
    """Return what the content security policy refused on ``page``."""
    return page.evaluate("window.peerViolations || []")
