"""People on today's list: who has written, and how many wait for a match."""

from collections import Counter
from datetime import timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...conf import peer_settings
from ...directory.models import Initiative
from ...matching.people_queries import waiting
from ...people.models import Citizen, Volunteer
from ...people.pipeline import conversations_to_hold, people_to_book, stale_people
from ...people.queries import paused_on
from ...people.views.common import person_url
from .registry import ANSWER, SOON, TALK, WAITING, Line, register_source

# More than this many in one matter are one line with a number.
EACH = 4
# Days after a conversation by which it is decided what follows.
FINISH_DAYS = 7
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
        for person in people_to_book(model):
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


def conversations(day):
    """Rule: an agreed conversation is here on its day, and after it until somebody has written what came of it."""
    lines = []
    for booking in conversations_to_hold(day):
        person = booking.citizen or booking.volunteer
        when = timezone.localtime(booking.booked_for)
        if when.date() < day:
            text = _("%(person)s – what came of the conversation?")
        else:
            text = _("%(person)s – a conversation at %(time)s, %(how)s")
        facts = {"person": person, "time": time_format(when, "H.i"), "how": booking.get_how_display()}
        lines.append(
            Line(
                TALK,
                text % facts,
                _("Go on with the conversation"),
                reverse(f"peer_support_people:{person._meta.model_name}_conversation", args=[person.pk]),
                due=when.date(),
                order=when.hour,
                person=person,
                initiative_id=booking.initiative_id,
                key=f"booking-{booking.pk}",
            )
        )
    return lines


def conversations_to_finish(day):
    """Rule: whoever has been talked with and is neither on the list nor approved after a week is decided on."""
    lines = []
    for model in (Citizen, Volunteer):
        rows = model.objects.filter(status="conversation").annotate(talked_on=Max("conversations__held_on"))
        for person in rows.exclude(paused_on(day)).order_by("talked_on", "pk"):
            since = (person.talked_on or person.enquired_on) + timedelta(days=FINISH_DAYS)
            if since > day:
                continue
            text = _("%(person)s – you have talked. What is the next step?")
            lines.append(
                Line(
                    TALK,
                    text % {"person": person},
                    _("Take the next step"),
                    person_url(person),
                    due=since,
                    order=50,
                    person=person,
                    initiative_id=person.initiative_id,
                    key="finish",
                )
            )
    return lines


def old_conversations(day):
    """Rule: whoever waits or is free and was last talked with too long ago is rung; many are one line with a number."""
    groups = {}
    for stale in stale_people(day):
        groups.setdefault((stale.person.initiative_id, type(stale.person)), []).append(stale)
    lines = []
    for (initiative_id, model), found in groups.items():
        many = len(found) > EACH
        lines += [_many_stale(initiative_id, model, len(found))] if many else map(_stale_line, found)
    return lines


def _many_stale(initiative_id, model, count):
    if model is Citizen:
        text = ngettext(
            "%(count)d citizen was last talked with long ago",
            "%(count)d citizens were last talked with long ago",
            count,
        )
    else:
        text = ngettext(
            "%(count)d volunteer was last talked with long ago",
            "%(count)d volunteers were last talked with long ago",
            count,
        )
    name, status = model._meta.model_name, "waiting" if model is Citizen else "approved"
    return Line(
        SOON,
        text % {"count": count},
        _("See who"),
        f"{reverse(f'people_{name}_modeladmin_index')}?status={status}",
        hint=_("Wishes and times may have changed. Ring a few at a time."),
        order=70,
        initiative_id=initiative_id,
        key=f"stale-{name}",
    )


def _stale_line(stale):
    return Line(
        SOON,
        _("%(person)s – a conversation has grown old") % {"person": stale.person},
        _("Open the record"),
        person_url(stale.person),
        hint=stale.sentence,
        order=70,
        person=stale.person,
        initiative_id=stale.person.initiative_id,
        key="stale",
    )


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
register_source("conversations", gettext_lazy("Conversations"), conversations)
register_source("to_finish", gettext_lazy("Conversations to finish"), conversations_to_finish)
register_source("old_conversations", gettext_lazy("Old conversations"), old_conversations)
register_source("people_who_wait", gettext_lazy("People who wait"), people_who_wait)
