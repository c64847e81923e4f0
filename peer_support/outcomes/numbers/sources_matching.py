"""Items about matches, their pauses, and the hours that were agreed.

The town of a match is the citizen's. Dates are those that the coordinator wrote; what was taken back has not happened.
"""

from collections import defaultdict
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from ...followup.models_meeting import Meeting, Outcome
from ...followup.models_pause import Pause
from ...matching.models import Match
from ...matching.models_match import MatchEvent, State
from .counting import FOREVER, MATCH, Item, source
from .scoping import rows_in, town_of_postcode

_COLUMNS = (
    "pk",
    "initiative_id",
    "citizen_id",
    "volunteer_id",
    "citizen__postcode",
    "state",
    "proposed_at",
    "active_from",
    "ended_on",
    "ended_by",
    "ending_reasons",
    "hours_a_week",
    "paused_from",
    "paused_until",
)
# A match in one of these states has begun.
_BEGUN = (State.ACTIVE, State.PAUSED, State.ENDED)


def _matches(question):
    """Return every match as a dictionary, read once."""
    if "matches" not in question.cache:
        rows = rows_in(Match, question).values_list(*_COLUMNS)
        question.cache["matches"] = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
    return question.cache["matches"]


def _begun(question):
    return [row for row in _matches(question) if row["active_from"] and row["state"] in _BEGUN]


def _item(row, towns, day, until=None, amount=1, fact=""):
    town = towns.get(row["citizen__postcode"], "")
    return Item(row["initiative_id"], town, day, until, amount, row["citizen_id"], (MATCH, row["pk"]), fact)


def starts_of_citizens(question):
    """Return ``{citizen: [day a match began, …]}``, the earliest first."""
    found = defaultdict(list)
    for row in _begun(question):
        found[row["citizen_id"]].append(row["active_from"])
    return {citizen: sorted(days) for citizen, days in found.items()}


@source
def proposals(question):
    """Proposals, on the day they were made."""
    towns = town_of_postcode(question)
    for row in _matches(question):
        yield _item(row, towns, timezone.localtime(row["proposed_at"]).date())


@source
def closed_proposals(question):
    """Proposals that came to nothing, on the day of the step that closed them; ``fact``: the state."""
    towns = town_of_postcode(question)
    rows = rows_in(MatchEvent, question).filter(
        to_state__in=(State.DECLINED, State.WITHDRAWN), match__state=F("to_state")
    )
    last = {}
    for match, state, at in rows.order_by("at", "pk").values_list("match_id", "to_state", "at"):
        last[match] = (timezone.localtime(at).date(), state)
    for row in _matches(question):
        if row["pk"] in last:
            day, state = last[row["pk"]]
            yield _item(row, towns, day, fact=state)


@source
def running(question):
    """Matches from the day they began until the day they ended; the day of the ending is not one of theirs."""
    towns = town_of_postcode(question)
    for row in _begun(question):
        yield _item(row, towns, row["active_from"], _end(row))


def _end(row):
    return row["ended_on"] if row["state"] == State.ENDED and row["ended_on"] else FOREVER


@source
def starts(question):
    """Matches, on the day they began."""
    return [item._replace(until=None) for item in running(question)]


@source
def endings(question):
    """Matches that ended, on that day. ``amount``: 1; ``fact``: (who ended it, reasons)."""
    towns = town_of_postcode(question)
    for row in _begun(question):
        if row["state"] == State.ENDED:
            yield _item(
                row, towns, row["ended_on"], fact=(row["ended_by"], tuple(row["ending_reasons"] or ()))
            )


@source
def lengths(question):
    """Matches that ended, with the days they lasted, pauses among them."""
    towns = town_of_postcode(question)
    for row in _begun(question):
        if row["state"] == State.ENDED:
            yield _item(row, towns, row["ended_on"], amount=(row["ended_on"] - row["active_from"]).days)


# Pauses and hours


def _pauses(question):
    """Return ``{"match": {key: [(first day, day after the last), …]}, "citizen": …, "volunteer": …}``."""
    if "pauses" not in question.cache:
        found = {"match": defaultdict(list), "citizen": defaultdict(list), "volunteer": defaultdict(list)}
        rows = rows_in(Pause, question).values_list(
            "match_id", "citizen_id", "volunteer_id", "starts", "until", "over_on"
        )
        for match, citizen, volunteer, starts_on, until, over_on in rows:
            last = until + timedelta(days=1) if until else FOREVER
            over = min(last, over_on or FOREVER)
            for kind, key in (("match", match), ("citizen", citizen), ("volunteer", volunteer)):
                if key and starts_on < over:
                    found[kind][key].append((starts_on, over))
        question.cache["pauses"] = found
    return question.cache["pauses"]


def _pauses_of(row, pauses):
    own = pauses["match"].get(row["pk"], [])
    if not own and row["state"] == State.PAUSED and row["paused_from"]:
        until = row["paused_until"]
        own = [(row["paused_from"], until + timedelta(days=1) if until else FOREVER)]
    citizen = pauses["citizen"].get(row["citizen_id"], ())
    return [*own, *citizen, *pauses["volunteer"].get(row["volunteer_id"], ())]


def without(start, end, gaps):
    """Return ``[(start, end), …]``: what is left of a spell without its ``gaps``; ends are the day after the last."""
    left = []
    for first, over in sorted(gaps):
        if over <= start or first >= end:
            continue
        if first > start:
            left.append((start, first))
        start = over
    if start < end:
        left.append((start, end))
    return left


@source
def agreed_hours(question):
    """Spells without pauses of the matches that agreed on hours; ``amount``: hours a week. The person is the volunteer."""
    towns, pauses = town_of_postcode(question), _pauses(question)
    for row in _begun(question):
        if not row["hours_a_week"]:
            continue
        for start, end in without(row["active_from"], _end(row), _pauses_of(row, pauses)):
            item = _item(row, towns, start, end, row["hours_a_week"])
            yield item._replace(person=-row["volunteer_id"])


@source
def serving_in_matches(question):
    """Volunteers with a match, while it runs."""
    towns = town_of_postcode(question)
    from .counting import VOLUNTEER
    from .sources_people import volunteers_of

    known = volunteers_of(question)
    for row in _begun(question):
        volunteer = row["volunteer_id"]
        item = _item(row, towns, row["active_from"], _end(row))
        town = known[volunteer][1] if volunteer in known else ""
        yield item._replace(town=town, person=-volunteer, ref=(VOLUNTEER, volunteer))


@source
def meetings(question):
    """Meetings of pairs: one a day, whoever of them wrote it."""
    towns = town_of_postcode(question)
    rows = rows_in(Meeting, question).filter(outcome=Outcome.MET)
    rows = rows.values_list(
        "initiative_id", "match_id", "match__citizen_id", "match__citizen__postcode", "on"
    ).distinct()
    for initiative, match, citizen, postcode, day in rows:
        yield Item(initiative, towns.get(postcode, ""), day, None, 1, citizen, (MATCH, match))
