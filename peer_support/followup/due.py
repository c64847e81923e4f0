"""What is due with pairs and pauses, for the day's list.

Each function takes a day, looks into the open scope, and returns :class:`Due` lines with a constant number of queries,
whatever the number of matches. Who is shown is logged by whoever shows it.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from ..matching.models_match import OPEN_STATES
from ..matching.sentences import day as in_words
from ..matching.sentences import listed
from .models_ending import EndingStep
from .models_follow_up import FollowUp, Kind
from .models_pause import Pause
from .rhythm import active_matches, silence_of, time_together


@dataclass(frozen=True)
class Due:
    """One thing to do: ``sentence`` says who and why, ``label`` and ``url`` are its one button.

    ``kind``: of a call, its kind in the plan; else "silent", "pause" or "ending". ``due``: the day it is for. ``hint``: a second, quieter sentence. ``people``: the records it speaks of, for the log.
    ``key`` stays the same from day to day.
    """

    kind: str
    key: str
    sentence: str
    label: str
    url: str
    due: date | None
    initiative_id: int
    people: tuple = ()
    hint: str = ""


def due_follow_ups(day):
    """The calls that are due on ``day`` or before; somebody on a pause of their own is left in peace."""
    rows = FollowUp.objects.filter(state=FollowUp.State.OPEN, due_on__lte=day, match__state__in=OPEN_STATES)
    rows = rows.select_related("match__citizen", "match__volunteer").order_by("due_on", "pk")
    found = [row for row in rows if not row.person.is_paused(day)]
    together = time_together(
        {row.match_id: row.match for row in found if row.match.active_from}.values(), day
    )
    return [
        Due(
            row.kind,
            f"follow-up-{row.pk}",
            gettext("%(person)s – %(why)s") % {"person": row.person, "why": why(row)},
            gettext("Write the answer"),
            reverse("peer_support_pairs:answer", args=[row.pk]),
            row.due_on,
            row.initiative_id,
            (row.person,),
            together[row.match_id].sentence if row.match_id in together else "",
        )
        for row in found
    ]


def put_off_day_after(day):
    """Return ``{(match id, side)}`` of those who were not reached the day after, and are rung again after ``day``."""
    rows = FollowUp.objects.filter(
        state=FollowUp.State.OPEN, kind=Kind.DAY_AFTER, due_on__gt=day, own_day=True
    )
    return set(rows.values_list("match_id", "side"))


def why(row):
    """Say why a call is in the plan, e.g. "after the first month with Volunteer 7"."""
    other = row.match.volunteer if row.side == "citizen" else row.match.citizen
    if row.kind == Kind.AGREED:
        return gettext("you agreed to talk, about the match with %(other)s") % {"other": other}
    kind = str(row.get_kind_display())
    if row.own_day:
        return gettext("once more: %(when)s, with %(other)s") % {"when": kind, "other": other}
    # Translators: "after the first month, with Volunteer 7"
    return gettext("%(when)s, with %(other)s") % {"when": kind, "other": other}


def silent_matches(day):
    """The active matches in which no meeting is written down for longer than the pair's own agreement."""
    found = []
    for match in active_matches().order_by("pk"):
        if match.citizen.is_paused(day) or match.volunteer.is_paused(day):
            continue
        silence = silence_of(match, day)
        if silence.is_long:
            found.append((silence.days, match, silence))
    found.sort(key=lambda one: (-one[0], one[1].pk))
    return [
        Due(
            "silent",
            f"silent-{match.pk}",
            gettext("%(citizen)s and %(volunteer)s – %(why)s")
            % {"citizen": match.citizen, "volunteer": match.volunteer, "why": silence.sentence},
            gettext("Open the match"),
            reverse("peer_support_matching:match", args=[match.pk]),
            None,
            match.initiative_id,
            (match.citizen, match.volunteer),
        )
        for __, match, silence in found
    ]


def pauses_ending(day):
    """The pauses to ask about: those that end within three days or have run out, and open ones after eight weeks."""
    rows = Pause.objects.filter(over_on__isnull=True, ask_on__lte=day)
    rows = rows.select_related("citizen", "volunteer", "match__citizen", "match__volunteer")
    return [
        Due(
            "pause",
            f"pause-{row.pk}",
            pause_sentence(row, day),
            gettext("Ask"),
            reverse("peer_support_pairs:pause", args=[row.pk]),
            row.until or row.ask_on,
            row.initiative_id,
            people_of(row),
        )
        for row in rows.order_by("ask_on", "pk")
    ]


def people_of(pause):
    """Return the people whom a pause is about, as a tuple."""
    return (pause.match.citizen, pause.match.volunteer) if pause.match else (pause.target,)


def pause_sentence(pause, day):
    """E.g. "Citizen 3 – the pause ends on Friday 27 November: ready again?"."""
    values = {"who": listed(people_of(pause))}
    if pause.until is None:
        values["date"] = in_words(pause.starts)
        return gettext("%(who)s – on pause since %(date)s, with no end agreed: how are things?") % values
    values["date"] = date_format(
        pause.until, "l j. F" if abs((pause.until - day).days) < 8 else "DATE_FORMAT"
    )
    if pause.until < day:
        return gettext("%(who)s – the pause ran out on %(date)s: ready again?") % values
    return gettext("%(who)s – the pause ends on %(date)s: ready again?") % values


def endings_to_close(day):
    """The matches that have ended and whose ending has steps that are due on ``day`` or before."""
    rows = EndingStep.objects.filter(Q(state=EndingStep.State.OPEN)).select_related(
        "match__citizen", "match__volunteer"
    )
    steps = {}
    for row in rows.order_by("due_on", "pk"):
        steps.setdefault(row.match_id, []).append(row)
    return [_ending(rows) for rows in steps.values() if rows[0].due_on <= day]


def _ending(rows):
    match = rows[0].match
    left = ngettext(
        "%(citizen)s and %(volunteer)s have ended – %(count)s thing is left: %(what)s",
        "%(citizen)s and %(volunteer)s have ended – %(count)s things are left: %(what)s",
        len(rows),
    )
    kinds = list(dict.fromkeys(str(row.get_kind_display()) for row in rows))
    return Due(
        "ending",
        f"ending-{match.pk}",
        left
        % {"citizen": match.citizen, "volunteer": match.volunteer, "count": len(rows), "what": listed(kinds)},
        gettext("Go on"),
        reverse("peer_support_pairs:ending", args=[match.pk]),
        rows[0].due_on,
        match.initiative_id,
        (match.citizen, match.volunteer),
    )
