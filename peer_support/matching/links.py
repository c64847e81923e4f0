"""The links of a match: answer a proposal, come to the first meeting, say how it was. One for each side.

The purpose names the side, so that nobody answers for the other. The addresses stand in ``urls_links``.
"""

from django.utils.translation import gettext_lazy as _

from ..access.links import register_purpose
from ..mailing.registry import register_mail
from ..people.link_offers import LinkOffer, mail_parts, offer_link
from . import rules
from .models_match import State

PROPOSAL, FIRST_MEETING, DAY_AFTER = "proposal", "first_meeting", "day_after"
CITIZEN, VOLUNTEER = "citizen", "volunteer"
QUESTIONS = {PROPOSAL: 21, FIRST_MEETING: 60, DAY_AFTER: 21}  # and how many days a link holds
SIDES = (CITIZEN, VOLUNTEER)


def purpose_of(question, side):
    """Return the purpose's code: "proposal_citizen" and so on. The page it opens has the same name."""
    return f"{question}_{side}"


def view_of(question, side):
    """Return the name of the page."""
    return f"{purpose_of(question, side)}_link"


def _may_answer(match):
    return match.state == State.PROPOSED


def _may_come(match):
    return match.state == State.ACCEPTED and bool(match.first_meeting_on)


def _may_say_how(match):
    return bool(rules.may(match, rules.Action.DAY_AFTER))


_OFFERED = {PROPOSAL: _may_answer, FIRST_MEETING: _may_come, DAY_AFTER: _may_say_how}
_LABELS = {
    (PROPOSAL, CITIZEN): _("The citizen answers the proposal"),
    (PROPOSAL, VOLUNTEER): _("The volunteer answers the proposal"),
    (FIRST_MEETING, CITIZEN): _("The citizen says: I come to the first meeting"),
    (FIRST_MEETING, VOLUNTEER): _("The volunteer says: I come to the first meeting"),
    (DAY_AFTER, CITIZEN): _("The citizen says how the first meeting was"),
    (DAY_AFTER, VOLUNTEER): _("The volunteer says how the first meeting was"),
}
_HINTS = {
    PROPOSAL: _("Yes, no, or “let us talk”. The page says nothing personal about the other."),
    FIRST_MEETING: _("The page shows when and where, and the other's first name."),
    DAY_AFTER: _("Yes, no, or “let us talk”."),
}
_MAILS = {
    PROPOSAL: (
        _("A question from us"),
        _(
            "Hello\n\n"
            "We have a question for you. You can answer it here:\n{link}\n\n"
            "You can say yes, no, or that you would like to talk first. All three are fine.\n"
            "The link is only for you. Do not send it on."
        ),
    ),
    FIRST_MEETING: (
        _("Can you come?"),
        _(
            "Hello\n\n"
            "We have found a day to meet. You can see when and where here:\n{link}\n\n"
            "Press “I come”, or “I cannot”. Then we ring you.\n"
            "The link is only for you. Do not send it on."
        ),
    ),
    DAY_AFTER: (
        _("How was it?"),
        _(
            "Hello\n\n"
            "Thank you for coming. How was it for you? You can tell us here:\n{link}\n\n"
            "You can say yes, no, or that you would like to talk. It takes a minute.\n"
            "The link is only for you. Do not send it on."
        ),
    ),
}


def other_side(side):
    """Return the other one of the two."""
    return VOLUNTEER if side == CITIZEN else CITIZEN


def _register(question, side):
    purpose = purpose_of(question, side)
    register_purpose(purpose, "peer_support.match", days=QUESTIONS[question])
    person = lambda match: getattr(match, side)  # noqa: E731 - one line for two registries
    offer_link(
        LinkOffer(
            purpose=purpose,
            label=_LABELS[question, side],
            hint=_HINTS[question],
            view=view_of(question, side),
            person=person,
            offered=_OFFERED[question],
        )
    )
    subject, body = _MAILS[question]
    register_mail(
        purpose,
        label=_LABELS[question, side],
        audience=side,
        placeholders=("link", "phone"),
        **mail_parts(purpose, view_of(question, side), person),
        subject=subject,
        body=body,
    )


for _question in QUESTIONS:
    for _side in SIDES:
        _register(_question, _side)
