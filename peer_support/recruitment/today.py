"""What this room puts on today's list: requests for talks that nobody has answered."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..followup.today.registry import ANSWER, Line, register_source
from ..followup.today.sources_people import answer_by
from .models_enquiry import TalkRequest


def talks_to_answer(day):
    """Rule: a request for a talk is here until somebody has begun with it, for the day that an answer was promised."""
    lines = []
    for talk in TalkRequest.objects.filter(state=TalkRequest.State.NEW).order_by("received_on", "pk"):
        due = answer_by(talk.received_on)
        lines.append(
            Line(
                ANSWER,
                _("%(talk)s – somebody asks for a talk") % {"talk": talk},
                _("Read it"),
                reverse("people_talks_modeladmin_inspect", args=[talk.pk]),
                due=due if due < day else day,
                order=25,
                person=talk,
                initiative_id=talk.initiative_id,
            )
        )
    return lines


register_source("talks", gettext_lazy("Requests for talks"), talks_to_answer)
