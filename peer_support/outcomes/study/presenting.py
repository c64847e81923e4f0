"""What the screens say: the next step of a study, of a person in it, and the words for the talk after the draw."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..instruments.registry import instrument_of
from . import rules
from .allocation import Arm
from .models import Left, ParticipantState, StudyEvent, StudyState
from .sight import measures_of

P, S = ParticipantState, StudyState
EVENTS_SHOWN = 30
EVENTS = {
    "make": gettext_lazy("began the study"),
    "change": gettext_lazy("changed what the study is about"),
    "towns": gettext_lazy("wrote the towns"),
    "plan": gettext_lazy("wrote the measurements"),
    "text": gettext_lazy("wrote the consent text"),
    "seal": gettext_lazy("sealed the study"),
    "begin": gettext_lazy("began to take people in"),
    "close": gettext_lazy("closed the study"),
    "unseal": gettext_lazy("opened the seal"),
    "ask": gettext_lazy("asked somebody to take part"),
    "exclude": gettext_lazy("wrote that somebody does not take part"),
    "consent": gettext_lazy("wrote a yes"),
    "baseline": gettext_lazy("ticked that the first questions are answered"),
    "allocate": gettext_lazy("drew for somebody"),
    "told": gettext_lazy("told somebody of the draw"),
    "withdraw": gettext_lazy("wrote that somebody withdrew"),
    "detach": gettext_lazy("cut the thread to somebody"),
    "export": gettext_lazy("took the export out"),
}


@dataclass(frozen=True)
class Step:
    """The one button of a study: what it does (``do``), its label, what happens next, and whether it can be pressed."""

    do: str
    label: str
    hint: str
    tick: str
    allowed: bool


def next_step(study):
    """Return the :class:`Step` that comes next in a study's life, or ``None`` at its end."""
    found = {
        S.DRAFT: (
            "seal",
            rules.may_seal,
            _("Seal the study"),
            _("Yes, nothing of this is to be changed any more"),
        ),
        S.SEALED: ("begin", rules.may_begin, _("Begin to take people in"), _("Yes, we begin")),
        S.RECRUITING: ("close", rules.may_close, _("Close the study"), _("Yes, nobody more is to be drawn")),
        S.CLOSED: (
            "unseal",
            rules.may_unseal,
            _("Open the seal"),
            _("Yes, everybody may see the sealed number"),
        ),
    }.get(S(study.state))
    if found is None:
        return None
    do, rule, label, tick = found
    decision = rule(study)
    return Step(do, label, decision.reason, tick, bool(decision))


def measure_lines(study):
    """Return the measurement plan as ``[{"name", "when", "is_primary"}, …]`` in words."""
    lines = []
    for one in measures_of(study):
        known = instrument_of(one.instrument)
        when = (
            ngettext("%(n)s week after the draw", "%(n)s weeks after the draw", one.week) % {"n": one.week}
            if one.week
            else _("before the draw")
        )
        lines.append(
            {"name": known.name if known else one.instrument, "when": when, "is_primary": one.is_primary}
        )
    return lines


def event_rows(study):
    """Return the newest steps of a study: when, who, what. No person of the study, and no draw's outcome."""
    rows = StudyEvent._base_manager.filter(study=study).select_related("user").order_by("-at", "-pk")
    return [
        {
            "when": timezone.localtime(row.at),
            "who": row.user.get_full_name() or row.user.get_username()
            if row.user
            else _("the person themselves"),
            "what": EVENTS.get(row.action, row.action),
        }
        for row in rows[:EVENTS_SHOWN]
    ]


# People


@dataclass(frozen=True)
class Talk:
    """What to say in the talk after the draw: a heading, and sentences one can read aloud."""

    title: str
    said: tuple
    told: bool


def talk_of(participant):
    """Return the :class:`Talk` about a draw, or ``None`` where nothing was drawn, or the person has left the study."""
    arm = participant.arm
    if arm is None or participant.left == Left.EVERYTHING:
        return None
    told = participant.told_on is not None
    if arm is Arm.PLACE:
        return Talk(
            _("They drew a place"),
            (
                _("You have drawn a place in the group. Would you like to have it?"),
                _("We give you a place in the next course, and ring you about the first day."),
                _("You may still say no, now or later. Then you keep all other help."),
            ),
            told,
        )
    until = rules.control_waits_until(participant)
    later = (
        _("From %(day)s you may get a place, if you still want one.") % {"day": date_format(until)}
        if participant.study.control_may_have_place
        else _("We help you find something else that suits you.")
    )
    return Talk(
        _("They drew the control group"),
        (
            _("Thank you for taking part. The draw put you in the group that waits."),
            _("A machine drew it. It says nothing about you, and nobody here could choose."),
            _("You keep all the help you have now, and you can always ring me."),
            _("Your answers are worth just as much: without you we could not see whether the group helps."),
            later,
            _("How is it for you to hear this?"),
        ),
        told,
    )


def where_it_stands(participant, has_baseline):
    """Return a sentence about where somebody stands in the study."""
    if participant.left == Left.EVERYTHING:
        return _("Has withdrawn. The answers are deleted.")
    if participant.state == P.EXCLUDED:
        return _("Does not take part: %(why)s.") % {"why": participant.get_excluded_why_display()}
    if participant.state == P.ASKED:
        return _("Is asked, and thinks about it.")
    if participant.state == P.CONSENTED:
        if participant.left:
            return _("Said yes, and has withdrawn.")
        return (
            _("Ready for the draw.")
            if has_baseline
            else _("Said yes. The first questions are not answered yet.")
        )
    arm = _("Drew a place") if participant.arm is Arm.PLACE else _("Drew the control group")
    parts = [arm]
    if not participant.told_on:
        parts.append(_("has not heard of it yet"))
    if participant.left:
        parts.append(_("answers no more questions"))
    return f"{', '.join(parts)}."


# Which button a person's row has: the usual one first.
BUTTONS = {
    "consent": gettext_lazy("Write the yes"),
    "baseline": gettext_lazy("First questions are answered on paper"),
    "allocate": gettext_lazy("Make the draw"),
    "told": gettext_lazy("They have been told"),
    "exclude": gettext_lazy("They do not take part"),
    "withdraw": gettext_lazy("They withdraw"),
}


def steps_of(participant):
    """Return ``[(code, label, Decision)]`` of what can be done for somebody, the usual one first; what has no meaning
    is left out."""
    state = participant.state
    codes = {
        P.ASKED: ("consent", "exclude"),
        P.EXCLUDED: ("consent",),
        P.CONSENTED: ("allocate", "baseline", "exclude", "withdraw"),
        P.ALLOCATED: ("told", "withdraw"),
    }[P(state)]
    decisions = {
        "consent": rules.may_consent,
        "exclude": rules.may_exclude,
        "allocate": rules.may_allocate,
        "baseline": rules.may_tick_baseline,
        "told": rules.may_tell,
        "withdraw": lambda one: rules.may_withdraw(one, Left.EVERYTHING),
    }
    found = [(code, BUTTONS[code], decisions[code](participant)) for code in codes]
    return [
        step
        for step in found
        if step[2] or step[2].code not in ("has_instrument", "told", "withdrawn", "excluded")
    ]
