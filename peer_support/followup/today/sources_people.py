"""People on today's list: who has written, and how many wait for a match."""

from collections import Counter
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...conf import peer_settings
from ...directory.models import Initiative
from ...matching.people_queries import waiting
from ...people.models import Citizen, Volunteer
from ...people.views.common import person_url
from .registry import ANSWER, WAITING, Line, register_source

# Calm steps of waiting, as on the board: the last day of each, and what to call it.
STEPS = (
    (30, gettext_lazy("up to 30 days")),
    (90, gettext_lazy("31–90 days")),
    (180, gettext_lazy("91–180 days")),
    (None, gettext_lazy("more than 180 days")),
)


def answer_by(day, working_days=None):
    """Return the last day on which an enquiry of ``day`` is answered as promised: ``ANSWER_DAYS`` working days later."""
    left = peer_settings.ANSWER_DAYS if working_days is None else working_days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def new_enquiries(day):
    """Rule: whoever has written and whom nobody has begun with is here, for the day that they were promised an answer."""
    lines = []
    for model in (Citizen, Volunteer):
        for person in model.objects.filter(status="enquiry").order_by("enquired_on", "pk"):
            days = (day - person.enquired_on).days
            text = ngettext(
                "%(person)s wrote %(days)d day ago and waits for an answer",
                "%(person)s wrote %(days)d days ago and waits for an answer",
                days,
            )
            if days <= 0:
                text = _("%(person)s has written and waits for an answer")
            due = answer_by(person.enquired_on)
            lines.append(
                Line(
                    ANSWER,
                    text % {"person": person, "days": days},
                    _("Read it"),
                    person_url(person),
                    # Not yet promised for today is still good to answer today.
                    due=min(due, day) if due >= day else due,
                    order=20,
                    hint=_promise(),
                    person=person,
                    initiative_id=person.initiative_id,
                )
            )
    return lines


def _promise():
    days = peer_settings.ANSWER_DAYS
    text = ngettext(
        "You answer within %(days)d working day.", "You answer within %(days)d working days.", days
    )
    return text % {"days": days}


def step_of(days):
    """Return the words of the step that ``days`` of waiting belong to."""
    return next(str(label) for last, label in STEPS if last is None or days <= last)


def people_who_wait(day):
    """Rule: one line for all who wait for a match, with how many, how long the longest, and how they spread."""
    rows = waiting(day).order_by("initiative_id").values_list("initiative_id", "waiting_since")
    by_initiative = {}
    for initiative_id, since in rows:
        by_initiative.setdefault(initiative_id, []).append((day - since).days if since else 0)
    titles = dict(Initiative.objects.filter(pk__in=by_initiative).values_list("pk", "title"))
    return [
        _waiting_line(key, waits, titles[key] if len(by_initiative) > 1 else "")
        for key, waits in by_initiative.items()
    ]


def _waiting_line(initiative_id, waits, title):
    count, longest = len(waits), max(waits)
    who = ngettext("%(count)d citizen waits for a match", "%(count)d citizens wait for a match", count)
    how_long = ngettext("the longest for %(days)d day", "the longest for %(days)d days", longest)
    parts = [title, who % {"count": count}, how_long % {"days": longest}]
    steps = Counter(step_of(days) for days in waits)
    spread = [f"{label}: {steps[label]}" for __, words in STEPS if (label := str(words)) in steps]
    return Line(
        WAITING,
        " · ".join(part for part in parts if part),
        _("See who"),
        f"{reverse('peer_support_matching:waiting')}?initiative={initiative_id}",
        hint=" · ".join(spread),
        initiative_id=initiative_id,
    )


register_source("new_enquiries", gettext_lazy("New enquiries"), new_enquiries)
register_source("people_who_wait", gettext_lazy("People who wait"), people_who_wait)
