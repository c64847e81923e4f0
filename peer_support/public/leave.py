"""The way off a page: where it leads, and the harmless page it leads to where the host has named none.

The page is a calendar of the month. It is what it looks like, it names no centre, and it has no link back: whoever
looks over a shoulder sees a calendar. The address bar still shows the site's own domain; a host who wants that gone
too sets ``LEAVE_URL`` to a page elsewhere, a weather report for example.
"""

import calendar

from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from ..conf import peer_settings
from .headers import secure_headers


def leave_address():
    """Return the host's ``LEAVE_URL``, or the calendar, or an empty page where the package's addresses are not included."""
    if peer_settings.LEAVE_URL:
        return peer_settings.LEAVE_URL
    try:
        return reverse("peer_support:calendar")
    except NoReverseMatch:
        return "about:blank"


def weeks_of(day):
    """Return the month of ``day`` as ``[(ISO week number, [date, …]), …]``; Monday comes first."""
    weeks = calendar.Calendar(firstweekday=0).monthdatescalendar(day.year, day.month)
    return [(week[3].isocalendar().week, week) for week in weeks]


@require_safe
def calendar_page(request):
    """Show the month: a page that says nothing about the person who looks at it."""
    today = timezone.localdate()
    weeks = weeks_of(today)
    context = {
        "today": today,
        "weeks": weeks,
        "days": [date_format(day, "D") for day in weeks[0][1]],
    }
    response = secure_headers(render(request, "peer_support/public/calendar.html", context), personal=True)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
