"""Questionnaires in words, for the coordinator: what, when, how far, and what comes next. Never a number."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..instruments.registry import instrument_of
from . import rules
from .models import OPEN_STATES, WAITING_STATES, Moment, State

NAMESPACE = "peer_support_questionnaires"


def url(name, *args):
    """Return the address of one of this room's screens."""
    return reverse(f"{NAMESPACE}:{name}", args=args)


def person_page(person):
    """Return the address of the screen with all questionnaires of ``person``."""
    return url("person", person._meta.model_name, person.pk)


def name_of(code):
    """Return the name of the instrument ``code``, as the field calls it."""
    instrument = instrument_of(code)
    return instrument.name if instrument else code


def moment_text(row):
    """Say when a questionnaire is asked, e.g. "at the start of Match 3", as far as the record says."""
    values = {"what": row.match or (row.enrolment.course if row.enrolment_id else "")}
    if not values["what"]:
        return _("in between") if row.moment == Moment.EXTRA else str(row.get_moment_display())
    words = {
        Moment.START: _("at the start of %(what)s"),
        Moment.END: _("at the end of %(what)s"),
        Moment.FOLLOW_UP: _("some weeks after %(what)s"),
        Moment.EXTRA: _("in the middle of %(what)s"),
    }
    return words[row.moment] % values


def _day(value):
    return date_format(value, "SHORT_DATE_FORMAT")


def state_text(row, day=None):
    """Say how far a questionnaire is, in one line with its day."""
    day = day or timezone.localdate()
    if row.state == State.PLANNED:
        words = _("to be asked, since %(day)s") if row.due_on < day else _("to be asked on %(day)s")
        return words % {"day": _day(row.due_on)}
    if row.state == State.ANSWERED:
        return _("answered %(day)s, %(way)s") % {
            "day": _day(row.answered_on),
            "way": row.get_way_display(),
        }
    asked = _day(timezone.localtime(row.asked_at)) if row.asked_at else ""
    if row.state in WAITING_STATES:
        begun = row.state == State.BEGUN
        words = _("asked %(day)s, begun") if begun else _("asked %(day)s, not answered yet")
        text = words % {"day": asked}
        if row.reminded_at:
            text += ", " + _("reminded %(day)s") % {"day": _day(timezone.localtime(row.reminded_at))}
        return text
    if row.state == State.SKIPPED:
        return _("would rather not, this time")
    return _("asked %(day)s, never answered") % {"day": asked} if asked else _("was never asked")


@dataclass(frozen=True)
class Row:
    """One questionnaire as a list shows it. ``next`` says what comes next; empty where nothing does."""

    questionnaire: object
    name: str
    moment: str
    state: str
    next: str
    url: str
    is_open: bool
    is_due: bool


def row_of(row, day=None):
    """Return the :class:`Row` of a questionnaire."""
    day = day or timezone.localdate()
    is_open = row.state in OPEN_STATES
    return Row(
        row,
        name_of(row.instrument),
        moment_text(row),
        state_text(row, day),
        _next(row, day),
        url("one", row.pk),
        is_open,
        row.state == State.PLANNED and row.due_on <= day,
    )


def _next(row, day):
    if row.state == State.PLANNED:
        if row.due_on > day:
            return _("you are told on %(day)s") % {"day": _day(row.due_on)}
        return _("send the link, or fill it in together")
    if row.state in WAITING_STATES:
        if not row.reminded_at and rules.may_remind(row, day):
            return _("one reminder, or fill it in together")
        return _("wait, or fill it in together")
    return ""


def answers_in_words(row):
    """Return ``[(number, item, answer in words), …]`` of an answered or begun questionnaire; needs its text."""
    words = dict(row.text.answers)
    answers = row.answers
    return [
        (number, item, words.get(answers.get(number), _("skipped") if number in answers else _("not yet")))
        for number, item in enumerate(row.text.items, 1)
    ]
