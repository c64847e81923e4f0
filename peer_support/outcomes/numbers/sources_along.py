"""Items about accompaniment: one trip of one citizen, with a volunteer along. The town is the citizen's."""

from decimal import Decimal

from django.utils import timezone

from ...followup.models_accompaniment import Accompaniment, AccompanimentOffer, OfferState, TripState
from .counting import TRIP, VOLUNTEER, Item, source
from .scoping import rows_in, town_of_postcode


def _trips(question):
    """Return ``{key: (initiative, citizen, town, state, day, minutes, asked at)}``."""
    if "trips" not in question.cache:
        towns = town_of_postcode(question)
        rows = rows_in(Accompaniment, question).values_list(
            "pk", "initiative_id", "citizen_id", "citizen__postcode", "state", "day", "minutes", "created_at"
        )
        question.cache["trips"] = {
            pk: (initiative, citizen, towns.get(postcode, ""), *rest)
            for pk, initiative, citizen, postcode, *rest in rows
        }
    return question.cache["trips"]


@source
def requests(question):
    """Requests for somebody to go along, on the day they were written down."""
    for pk, (initiative, citizen, town, __, __, __, asked) in _trips(question).items():
        yield Item(initiative, town, timezone.localtime(asked).date(), None, 1, citizen, (TRIP, pk))


@source
def trips(question):
    """Trips whose day has come; ``fact``: how they went."""
    for pk, (initiative, citizen, town, state, day, __, __) in _trips(question).items():
        yield Item(initiative, town, day, None, 1, citizen, (TRIP, pk), state)


@source
def going_along(question):
    """Volunteers who went along; ``amount``: the hours."""
    known = _trips(question)
    rows = rows_in(AccompanimentOffer, question).filter(state=OfferState.ACCEPTED)
    for trip, volunteer in rows.values_list("accompaniment_id", "volunteer_id"):
        initiative, __, town, state, day, minutes, __ = known[trip]
        if state == TripState.DONE:
            hours = minutes / Decimal(60)
            yield Item(initiative, town, day, None, hours, -volunteer, (VOLUNTEER, volunteer), trip)
