"""May this paper be made, shown, signed, taken back? Each answer has a reason that can be shown as it is."""

from django.utils.translation import gettext as _

from ..access.decisions import Decision
from ..matching.models_match import OPEN_STATES, State
from ..people.models import Volunteer
from .kinds import OF_MATCH, SIGNED_BY_PERSON, PaperKind
from .models import Knows, PaperState

_AGREED_STATES = (State.ACCEPTED, State.MET, State.ACTIVE, State.PAUSED)


def knows_at(match):
    """Return how much each of the two may know of the other by now; see :class:`Knows`."""
    if match.state in (State.ACTIVE, State.PAUSED):
        return Knows.CONTACT
    return Knows.FIRST_NAME if match.state in (State.ACCEPTED, State.MET) else Knows.NOTHING


def may_make_for_volunteer(volunteer, kind):
    """Whether a contract, a promise or a letter can be made ready for ``volunteer``."""
    if volunteer.status == Volunteer.Status.ENDED and kind != PaperKind.REFERENCE:
        return Decision.no("ended", _("This record is closed. Welcome the person back first."))
    if volunteer.status == Volunteer.Status.ENQUIRY:
        return Decision.no(
            "enquiry", _("Talk with the volunteer first. The paper comes after the conversation.")
        )
    if kind == PaperKind.REFERENCE and not volunteer.approved_on:
        return Decision.no(
            "not_approved", _("The volunteer has not been approved yet: there is nothing to write about.")
        )
    if kind == PaperKind.REFERENCE:
        return Decision.yes(_("You read it through, change what you like, and sign it on the print."))
    return Decision.yes(_("Nobody is written to. You print it, or send the link yourself."))


def may_make_for_match(match):
    """Whether the two agreements of ``match`` can be made ready."""
    if match.state not in _AGREED_STATES:
        sentence = (
            _("Both have not said yes yet. The agreement comes when they have.")
            if match.state in OPEN_STATES
            else _("The match is over. No agreement is made for it.")
        )
        return Decision.no("not_agreed", sentence)
    return Decision.yes(_("One paper for each of the two. Nobody is written to."))


def may_show(paper):
    """Whether the words of ``paper`` may be shown to the person it is for.

    A match agreement names the other: it shows no more than the match's step allows now, whatever it allowed then.
    """
    if paper.kind in OF_MATCH:
        if paper.match.state not in OPEN_STATES:
            return Decision.no("match_over", _("This agreement is over. There is nothing to sign."))
        if paper.knows > knows_at(paper.match):
            return Decision.no("too_early", _("Something has changed. Ring the coordinator before you sign."))
    return Decision.yes()


def may_sign(paper):
    """Whether ``paper`` waits for a signature."""
    if paper.kind not in SIGNED_BY_PERSON:
        return Decision.no("no_signature", _("The coordinator signs this one on the print."))
    shown = may_show(paper)
    if not shown:
        return shown
    reasons = {
        PaperState.SIGNED: _("It is signed already."),
        PaperState.REPLACED: _("The words have been changed since. There is a newer paper to sign."),
        PaperState.WITHDRAWN: _("This paper was taken back. There is nothing to sign."),
    }
    if paper.state in reasons:
        return Decision.no(paper.state, reasons[paper.state])
    if has_changed(paper):
        return Decision.no(
            "match_changed",
            _(
                "What you agreed on has been changed since this was written. There will be a newer paper to sign."
            ),
        )
    return Decision.yes(_("The words stay as they are, and the day and the name are written down."))


def may_withdraw(paper):
    """Whether ``paper`` can be taken back."""
    if paper.state not in (PaperState.READY, PaperState.SIGNED):
        return Decision.no("closed", _("This paper is not in force any more."))
    if paper.kind == PaperKind.CONTRACT and paper.state == PaperState.SIGNED:
        return Decision.yes(
            _("From now on the volunteer has no contract, and is not proposed where one is asked for.")
        )
    return Decision.yes(_("The link closes too. You can make a new paper at any time."))


def has_changed(paper):
    """Whether a match was agreed on anew after its paper was made ready."""
    if paper.kind not in OF_MATCH or paper.match is None:
        return False
    # Here, and not on top: what fills in a paper asks these rules.
    from .filling import match_facts

    return match_facts(paper.match) != paper.filled_in.get("match")
