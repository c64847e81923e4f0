"""May this meeting be written down?"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.decisions import Decision
from ..matching import sentences
from ..matching.models_match import State

# Whoever remembers a meeting after a longer time rings the coordinator.
DAYS_BACK = 92
LOGGED_IN = {State.MET, State.ACTIVE, State.PAUSED}


def first_day(match):
    """Return the first day on which the pair of ``match`` can have met."""
    known = (match.first_meeting_on, match.active_from)
    return min((day for day in known if day), default=timezone.localdate(match.proposed_at))


def may_log(match):
    """Whether meetings of ``match`` can be written down at all: from the first meeting until it ends."""
    if match.state == State.ENDED:
        return Decision.no("ended", _("You two have said goodbye. Nothing more is written down here."))
    if match.state not in LOGGED_IN:
        return Decision.no("not_begun", _("You write down meetings here once you two have begun."))
    return Decision.yes()


def may_log_on(match, on):
    """Whether a meeting of ``match`` can be written down for the day ``on``."""
    today = timezone.localdate()
    if on > today:
        return Decision.no("future", _("That day has not come yet. Write it when you have met."))
    if on < first_day(match):
        return Decision.no(
            "before",
            _("That is before you two began. Your first day is %(date)s.")
            % {"date": sentences.day(first_day(match))},
        )
    if on < today - timedelta(days=DAYS_BACK):
        return Decision.no("too_old", _("That is a long time ago. Ring the coordinator instead."))
    return Decision.yes()


def may_correct(meeting):
    """Whether the one who logged ``meeting`` can still change it: on the day it was written."""
    if timezone.localdate(meeting.created_at) != timezone.localdate():
        return Decision.no(
            "written",
            _("You wrote about %(date)s earlier. Ring the coordinator if it is wrong.")
            % {"date": sentences.day(meeting.on)},
        )
    return Decision.yes()


def another_that_day(on):
    """The refusal for a meeting that is moved to a day on which one is written down already."""
    return Decision.no(
        "another",
        _("You have already written about %(date)s. Change that one instead.") % {"date": sentences.day(on)},
    )


def length_sentence(shortest, longest):
    """The sentence for a length that cannot be right; both ends in minutes."""
    return _("Write how long it was in minutes, from %(shortest)s to %(longest)s.") % {
        "shortest": shortest,
        "longest": longest,
    }
