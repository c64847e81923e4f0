"""Which step comes after which with a request for a talk."""

from django.utils.translation import gettext as _

from ..access.decisions import Decision
from .models_enquiry import TalkRequest

State = TalkRequest.State
# From where one may go where. What was closed by mistake can be opened again.
STEPS = {
    State.NEW: (State.ANSWERED, State.AGREED, State.DECLINED),
    State.ANSWERED: (State.AGREED, State.DECLINED),
    State.AGREED: (State.HELD, State.AGREED, State.DECLINED),
    State.HELD: (State.ANSWERED,),
    State.DECLINED: (State.ANSWERED,),
}


def may_move(talk, to, agreed_for=None):
    """Whether ``talk`` can become ``to``."""
    if to not in STEPS[talk.state]:
        return Decision.no(
            "not_next", _("That step does not fit the request as it is now. Look at it once more.")
        )
    if to == State.AGREED and not (agreed_for or talk.agreed_for):
        return Decision.no("no_date", _("Write the date that you have agreed."))
    return Decision.yes(LINES[to]())


LINES = {
    State.NEW: lambda: "",
    State.ANSWERED: lambda: _("You have talked or written together. Nobody is written to from here."),
    State.AGREED: lambda: _("You have a date. Nobody is written to from here."),
    State.HELD: lambda: _("The talk was held. Thank the ambassador!"),
    State.DECLINED: lambda: _("It comes to nothing. Tell them yourself; nobody is written to from here."),
}
