"""What stands on the pages behind a match's links: for each question, side and state one :class:`Screen`."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .links import CITIZEN, DAY_AFTER, FIRST_MEETING, PROPOSAL, other_side
from .models_call import MatchCall
from .models_match import Answer, State
from .services_calls import coming_to
from .shown_to_other import about_other

YES, NO, TALK, COME, CANNOT = "yes", "no", "talk", "come", "cannot"
_BEGUN = (State.ACTIVE, State.PAUSED)


@dataclass(frozen=True)
class Button:
    """Something to press: what it sends, what stands on it, and what happens then."""

    value: str
    label: str
    hint: str
    quiet: bool = False


@dataclass(frozen=True)
class Screen:
    """One page: what it is about in two lines, facts, and the buttons with what each of them does."""

    title: str
    lead: str
    facts: list = field(default_factory=list)
    facts_title: str = ""
    meeting: list = field(default_factory=list)
    buttons: list = field(default_factory=list)
    note: str = ""


def screen_of(question, side, match):
    """Return the :class:`Screen` of ``match`` for the one who holds the link."""
    return {PROPOSAL: _proposal, FIRST_MEETING: _first_meeting, DAY_AFTER: _day_after}[question](side, match)


def _call_note(match, side, about):
    asked = MatchCall.objects.filter(match=match, side=side, about=about, done_at=None).exists()
    return _("We ring you. You need do nothing, and you can still answer here.") if asked else ""


def _first_name(match, side):
    return getattr(match, other_side(side)).first_name


def _over(side, match, own):
    """The match came to nothing, before it began."""
    if own == Answer.NO:
        lead = _("That is quite all right. You need give no reason. The coordinator can see your answer.")
        title = _("Thank you for your answer")
    else:
        lead = _("It came to nothing this time. It is nothing that you have done.")
        title = _("Not this time")
    note = ""
    if match.state == State.DECLINED:
        note = _("You keep your place in the queue.") if side == CITIZEN else ""
    return Screen(title, lead, note=note)


def _nothing():
    return Screen(
        _("There is nothing to answer just now"),
        _("You need do nothing. You are welcome to ring us."),
    )


# The proposal


def _proposal(side, match):
    own = getattr(match, f"{side}_answer")
    if match.state in (State.DECLINED, State.WITHDRAWN):
        return _over(side, match, own)
    if match.state == State.ENDED:
        return _nothing()
    if match.state != State.PROPOSED:
        return _both_yes(side, match)
    if own == Answer.YES:
        return Screen(
            _("Thank you for your answer"),
            _("You have said yes. Now we wait for the other. We ring you when we know more."),
            note=_("Have you changed your mind? Then ring the coordinator. That is quite all right."),
        )
    lead = _("We may have found somebody you could meet.")
    if side != CITIZEN:
        lead = _("We may have found somebody you could walk beside.")
    return Screen(
        _("Would you like to meet?"),
        lead,
        facts=about_other(match, side),
        facts_title=_("This is what we can tell you now"),
        buttons=[
            Button(
                YES,
                _("Yes, I would like to"),
                _("We tell you the first name when you have both said yes. Then we find a day."),
            ),
            Button(TALK, _("Let us talk first"), _("We ring you. Nothing is decided."), quiet=True),
            Button(
                NO,
                _("No thank you"),
                _("You need give no reason. You keep your place in the queue.")
                if side == CITIZEN
                else _("You need give no reason. We ask you again another time."),
                quiet=True,
            ),
        ],
        note=_call_note(match, side, MatchCall.About.PROPOSAL),
    )


def _both_yes(side, match):
    name = _first_name(match, side)
    lead = _("You have both said yes. The name is %(name)s.") % {"name": name}
    if match.state == State.ACCEPTED:
        note = _("The coordinator rings you about the first meeting, and comes with you.")
    else:
        note = _("You need do nothing here now.")
    return Screen(_("You have both said yes"), lead, note=note)


# The first meeting


def _first_meeting(side, match):
    if match.state in (State.DECLINED, State.WITHDRAWN):
        return _over(side, match, getattr(match, f"{side}_answer"))
    on = match.first_meeting_on
    if match.state != State.ACCEPTED or not on or on < timezone.localdate():
        return _nothing()
    name = _first_name(match, side)
    come = Button(COME, _("I come"), _("The coordinator can see it."))
    cannot = Button(
        CANNOT,
        _("I cannot. Ring me"),
        _("We ring you and find another day. You need give no reason."),
        quiet=True,
    )
    coming = coming_to(match, side)
    asked = _call_note(match, side, MatchCall.About.FIRST_MEETING)
    if asked:
        note = _("We ring you and find another day. Can you come after all? Then press “I come”.")
    else:
        note = _("Good. We expect you.") if coming else ""
    return Screen(
        _("You come. Thank you") if coming else _("Can you come?"),
        _("You are to meet %(name)s. The coordinator comes too.") % {"name": name},
        meeting=_meeting_rows(match),
        buttons=[cannot] if coming else [come, cannot],
        note=note,
    )


def _meeting_rows(match):
    rows = [(_("Day"), capfirst(date_format(match.first_meeting_on, "l j. F")))]
    if match.first_meeting_at:
        rows.append((_("Time"), time_format(match.first_meeting_at, "H.i")))
    if match.first_meeting_place:
        rows.append((_("Place"), match.first_meeting_place))
    return rows


# The day after


def _day_after(side, match):
    own = getattr(match, f"{side}_after")
    if match.state in (State.DECLINED, State.WITHDRAWN):
        return _over(side, match, own or getattr(match, f"{side}_answer"))
    if match.state in _BEGUN:
        return Screen(
            _("You are under way"),
            _("You have both said yes. You need do nothing here now."),
        )
    if match.state != State.MET:
        return _nothing()
    if own:
        return Screen(
            _("Thank you for your answer"),
            _("The coordinator can see it, and rings you about what comes next."),
            note=_("Have you changed your mind? Then ring the coordinator. That is quite all right."),
        )
    name = _first_name(match, side)
    return Screen(
        _("How was it?"),
        _("You have met %(name)s. Would you like to go on? Only the coordinator sees your answer.")
        % {"name": name},
        buttons=[
            Button(YES, _("Yes, I would like to go on"), _("If you both say yes, we make an agreement.")),
            Button(TALK, _("Let us talk about it"), _("We ring you. Nothing is decided."), quiet=True),
            Button(
                NO,
                _("No thank you"),
                _("You need give no reason, and you keep your place in the queue.")
                if side == CITIZEN
                else _("You need give no reason. We ask you again another time."),
                quiet=True,
            ),
        ],
        note=_call_note(match, side, MatchCall.About.DAY_AFTER),
    )
