"""The open booking of a person, as other services find and close it."""

from django.utils import timezone

from ..privacy.access_log import Action, log_access
from .models import ConversationBooking

State = ConversationBooking.State


def open_booking(person):
    """Return the conversation that is agreed with ``person``, or ``None``."""
    return person.bookings.filter(state=State.BOOKED).first()


def close(booking, state, user, route="", conversation=None):
    """Write what came of ``booking``. The person's row is locked."""
    booking.state = state
    if (
        conversation is not None
        and not ConversationBooking.objects.filter(conversation=conversation).exists()
    ):
        booking.conversation = conversation
    booking.version += 1
    booking.changed_at = timezone.now()
    booking.save()
    log_access(user=user, action=Action.CHANGE, objects=[booking], route=route)
    return booking


def close_due(person, user, route="", conversation=None, until=None):
    """Close the open booking as held where its day has come (``until``: today); returns it, or ``None``.

    A conversation that is written down before the agreed day leaves the booking open: it may be another one.
    """
    booking = open_booking(person)
    if booking is None or booking.day > (until or timezone.localdate()):
        return None
    return close(booking, State.HELD, user, route, conversation)


def close_initial(person, user, route=""):
    """Close what is left of a first conversation when the person goes on without waiting for it."""
    booking = open_booking(person)
    if booking is not None and booking.kind == ConversationBooking._meta.get_field("kind").default:
        talk = person.conversations.filter(kind=booking.kind).first()
        close(
            booking, State.HELD if booking.day <= timezone.localdate() else State.CANCELLED, user, route, talk
        )


def call_off(person, user, route=""):
    """Call the open booking off, for somebody whose record is closed."""
    booking = open_booking(person)
    if booking is not None:
        close(booking, State.CANCELLED, user, route)
