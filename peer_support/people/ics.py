"""An agreed conversation as a calendar file for the coordinator: the case number, never the name."""

from datetime import UTC

from django.utils.text import capfirst
from django.utils.translation import gettext
from icalendar import Calendar, Event

from .models import ConversationBooking

PRODUCT = "-//wagtail-peer-support//people//DA"
State = ConversationBooking.State


def booking_calendar(booking):
    """Return the calendar with this one entry as bytes. A moved booking keeps its UID and counts its SEQUENCE up."""
    cancelled = booking.state == State.CANCELLED
    event = Event()
    event.add("uid", f"peer-conversation-{booking.pk}@peer-support.invalid")
    event.add("dtstamp", booking.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", booking.booked_for.astimezone(UTC))
    event.add("dtend", booking.ends.astimezone(UTC))
    event.add("summary", gettext("Conversation · %(person)s") % {"person": booking.person})
    event.add("location", capfirst(str(booking.get_how_display())))
    event.add("sequence", booking.version)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add_component(event)
    return calendar.to_ical()
