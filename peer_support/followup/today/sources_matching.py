"""Matches on today's list, from the proposal to the agreement."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...conf import peer_settings
from ...matching.models import Match
from ...matching.models_match import Answer, State
from ..due import put_off_day_after
from .registry import ANSWER, RING, TALK, Line, register_source


def open_match(match):
    """Return the address of the match's page."""
    return reverse("peer_support_matching:match", args=[match.pk])


def _matches(*states):
    rows = Match.objects.filter(state__in=states).select_related("citizen", "volunteer")
    return rows.order_by("proposed_at", "pk")


def _line(match, kind, sentence, label, **more):
    facts = {
        "match": match,
        "citizen": match.citizen,
        "volunteer": match.volunteer,
        "days": more.pop("days", 0),
    }
    people = more.pop("people", (match.citizen, match.volunteer))
    return Line(
        kind,
        sentence % facts,
        label,
        open_match(match),
        person=(match, *people),
        initiative_id=match.initiative_id,
        **more,
    )


def proposals_without_an_answer(day):
    """Rule: a proposal is here from the day on which the answer is missed (``PROPOSAL_REMINDER_DAYS`` after asking)."""
    lines = []
    for match in _matches(State.PROPOSED):
        asked = timezone.localdate(match.proposed_at)
        due = asked + timedelta(days=peer_settings.PROPOSAL_REMINDER_DAYS)
        if due > day:
            continue
        days = (day - asked).days
        missing = [side for side in ("citizen", "volunteer") if not getattr(match, f"{side}_answer")]
        if len(missing) == 2:
            text = ngettext(
                "%(match)s – %(citizen)s and %(volunteer)s have not answered for %(days)d day",
                "%(match)s – %(citizen)s and %(volunteer)s have not answered for %(days)d days",
                days,
            )
        else:
            text = ngettext(
                "%(match)s – %(person)s has not answered for %(days)d day",
                "%(match)s – %(person)s has not answered for %(days)d days",
                days,
            )
        people = [getattr(match, side) for side in missing]
        text = text.replace("%(person)s", str(people[0]))
        hint = _("Ring and ask. A no is fine, and costs nobody their place in the queue.")
        lines.append(
            _line(
                match,
                ANSWER,
                text,
                _("Write the answer"),
                due=due,
                days=days,
                hint=hint,
                people=people,
                order=30,
            )
        )
    return lines


def first_meetings(day):
    """Rule: both have said yes, so a first meeting is agreed on; it is here again the day before, and until it is written down."""
    lines = []
    for match in _matches(State.ACCEPTED):
        booked = match.first_meeting_on
        if booked is None:
            answered = filter(None, (match.citizen_answered_on, match.volunteer_answered_on))
            text = _("%(citizen)s and %(volunteer)s have both said yes. Agree on the first meeting")
            hint = _("You take part in it yourself.")
            due = max(answered, default=day)
            lines.append(_line(match, RING, text, _("Write when you meet"), due=due, hint=hint, order=20))
        elif booked < day:
            text = _("Was the first meeting of %(citizen)s and %(volunteer)s held?")
            lines.append(_line(match, RING, text, _("Write how it went"), due=booked, order=20))
        elif booked <= day + timedelta(days=1):
            text = _("%(citizen)s and %(volunteer)s meet for the first time")
            hint = _("Ring both the day after.")
            lines.append(_line(match, TALK, text, _("See when and where"), due=booked, hint=hint, order=10))
    return lines


def calls_the_day_after(day):
    """Rule: the day after the first meeting each of the two is asked alone whether they want to go on."""
    lines, later = [], put_off_day_after(day)
    for match in _matches(State.MET):
        due = (match.first_meeting_on or day) + timedelta(days=1)
        if due > day:
            continue
        for side in ("citizen", "volunteer"):
            if getattr(match, f"{side}_after") == Answer.WAITING and (match.pk, side) not in later:
                text = (
                    _("%(citizen)s – the day after the first meeting. Do they want to go on?")
                    if side == "citizen"
                    else _("%(volunteer)s – the day after the first meeting. Do they want to go on?")
                )
                hint = _("Ask each of them alone.")
                person = [getattr(match, side)]
                lines.append(
                    _line(
                        match,
                        RING,
                        text,
                        _("Write the answer"),
                        due=due,
                        hint=hint,
                        people=person,
                        key=side,
                        order=10,
                    )
                )
    return lines


def matches_to_start(day):
    """Rule: both want to go on after the first meeting, so the agreement is written and the match starts."""
    text = _("%(citizen)s and %(volunteer)s both want to go on. Write what they agree on")
    return [
        _line(match, RING, text, _("Start the match"), order=30)
        for match in _matches(State.MET)
        if match.citizen_after == match.volunteer_after == Answer.YES
    ]


register_source("proposals", gettext_lazy("Proposals without an answer"), proposals_without_an_answer)
register_source("first_meetings", gettext_lazy("First meetings"), first_meetings)
register_source("day_after", gettext_lazy("Calls the day after"), calls_the_day_after)
register_source("to_start", gettext_lazy("Matches to start"), matches_to_start)
