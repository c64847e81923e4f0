"""Error reports and logs that say where a program failed, and nothing about anybody.

Django's own report of an error is mailed with everything that was at hand: what was posted, the address with its query,
cookies, and the value of every variable. With health data in it that is a leak by mail. Here only the kind of error, the
place in the code and the name of the view are left. The host sets, in production::

    DEFAULT_EXCEPTION_REPORTER = "peer_support.privacy.error_reports.PrivateExceptionReporter"
    LOGGING = {… "filters": {"private": {"()": "peer_support.privacy.error_reports.PrivateFilter"}} …}
"""

import logging
import traceback

from django.views.debug import ExceptionReporter

from .cpr import strip_cpr

LEFT_OUT = "(what it said is left out)"


def name_of_view(request):
    """Return the method and the name of the view, such as ``POST peer_support_people:book``; never the address, which
    may hold the secret of a link."""
    match = getattr(request, "resolver_match", None)
    return f"{getattr(request, 'method', '')} {match.view_name if match else ''}".strip()


class PrivateExceptionReporter(ExceptionReporter):
    """Where it happened, and no word of what was at hand. Takes the place of Django's own in settings."""

    def get_traceback_frames(self):
        frames = super().get_traceback_frames()
        for frame in frames:
            frame["vars"] = []
            # What an error says may quote a name; its kind is enough.
            if frame.get("exc_cause"):
                frame["exc_cause"] = type(frame["exc_cause"]).__name__
        return frames

    def get_traceback_data(self):
        data = super().get_traceback_data()
        view = name_of_view(self.request)
        # A template shows what belongs to a request only where there is one.
        data.update(request=None, request_meta={}, settings={}, user_str=None, unicode_hint="")
        for name in ("POST", "GET", "FILES", "COOKIES"):
            data.pop(f"request_{name}_items", None)
        data.pop("filtered_POST_items", None)
        data["exception_notes"] = ""
        if data.get("template_info"):
            data["template_info"] = {**data["template_info"], "message": LEFT_OUT}
        data["exception_value"] = " ".join(part for part in (LEFT_OUT, view) if part)
        return data


class PrivateFilter(logging.Filter):
    """Takes addresses, what errors say, and CPR numbers out of what is logged; lets every record through."""

    def filter(self, record):
        request = getattr(record, "request", None)
        path = getattr(request, "path", None)
        text = record.getMessage()
        if path and len(path) > 1:
            text = text.replace(path, name_of_view(request))
        record.msg, record.args = strip_cpr(text)[0], ()
        if record.exc_info and record.exc_info[1] is not None:
            kind, __, steps = record.exc_info
            # A formatter that finds this writes it, and asks the error nothing.
            record.exc_text = "".join(
                ["Traceback:\n", *traceback.format_tb(steps), f"{kind.__name__} {LEFT_OUT}"]
            )
        return True
