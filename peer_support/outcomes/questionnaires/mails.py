"""Two mails: the link, and one reminder. Neither says what it is about, and none says anything of an answer.

Both go out when the coordinator presses a button; by themselves only where an editor has switched that on.
"""

from django.utils.translation import gettext_lazy as _

from ...mailing.registry import register_mail
from .links import link_held, whole_address_of
from .models import WAITING_STATES, Questionnaire
from .rules import may_be_asked

QUESTIONNAIRE, REMINDER = "questionnaire", "questionnaire_reminder"


def _to(person):
    """Nobody is written to who has answered meanwhile, or is to be left in peace."""
    waiting = Questionnaire.objects.filter(
        state__in=WAITING_STATES, **{person._meta.model_name: person}
    ).exists()
    return [person.email] if waiting and link_held(person) and may_be_asked(person) else []


def _context(person):
    link = link_held(person)
    return {"link": whole_address_of(link) if link else ""}


register_mail(
    QUESTIONNAIRE,
    label=_("Link to questionnaires"),
    audience="person",
    placeholders=("link",),
    to=_to,
    context=_context,
    subject=_("A link for you"),
    body=_(
        "Hello\n\n"
        "We would like to ask you some questions. It takes a few minutes:\n{link}\n\n"
        "You may skip what you like, and stop at any time. Nobody else should have the link.\n"
        "Would you rather not? That is fine. You need not do anything.\n"
        "Questions? Ring {phone}."
    ),
    by_itself=False,
)
register_mail(
    REMINDER,
    label=_("Link to questionnaires, the one reminder"),
    audience="person",
    placeholders=("link",),
    to=_to,
    context=_context,
    subject=_("Your link, once more"),
    body=_(
        "Hello\n\n"
        "Here is the link once more. We do not write about it again:\n{link}\n\n"
        "You may skip what you like, and stop at any time.\n"
        "Would you rather not? That is fine. You need not do anything.\n"
        "Questions? Ring {phone}."
    ),
    by_itself=False,
)
