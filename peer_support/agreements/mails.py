"""The mail with the link to read and sign a paper. It goes out only when the coordinator presses the button."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..access.decisions import Decision, NotAllowed
from ..mailing.registry import register_mail
from ..mailing.services import queue_mail
from . import rules
from .links import address_of, signing_link, signing_link_held

MAIL = "paper_link"


def _address(paper):
    link = signing_link_held(paper)
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{address_of(link)}" if link else ""


def _to(paper):
    # Asked when it is sent: a paper that was signed or taken back since needs no mail.
    return [paper.person.email] if rules.may_sign(paper) else []


def send_link(*, paper, user, route=""):
    """Send the link that holds, or a new one, to the one the paper is for; the same link is sent once.

    Returns the mail's job. Raises ``NotAllowed`` where nothing waits for a signature, or there is no address.
    """
    decision = rules.may_sign(paper)
    if not decision:
        raise NotAllowed(decision)
    if not paper.person.email:
        raise NotAllowed(Decision.no("no_address", _("There is no e-mail address. Copy the link instead.")))
    link = signing_link(paper, user=user)
    return queue_mail(MAIL, paper, f"link-{link.pk}", user=user)


register_mail(
    MAIL,
    label=_("Link to read and sign"),
    audience="person",
    placeholders=("link", "phone"),
    to=_to,
    context=lambda paper: {"link": _address(paper)},
    subject=_("Something to read from us"),
    body=_(
        "Hello\n\n"
        "Here is the link we talked about:\n{link}\n\n"
        "Read it in peace. You sign with your name. The link works once, and nobody else should have it.\n"
        "Is there something you would like to change? Ring {phone} first."
    ),
)
