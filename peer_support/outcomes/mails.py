"""The mail with the link to one's own star. It goes out only when the coordinator presses the button."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..access.decisions import Decision, NotAllowed
from ..mailing.registry import register_mail
from ..mailing.services import queue_mail
from .links import address_of, link_held, star_link

STAR = "star_link"


def _address(person):
    link = link_held(person)
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{address_of(link)}" if link else ""


def send_link(*, person, user):
    """Send the link that holds, or a new one, to ``person``; the same link is sent once. Returns the mail's job.

    Raises ``NotAllowed`` where the person has no address.
    """
    if not person.email:
        raise NotAllowed(Decision.no("no_address", _("There is no e-mail address. Copy the link instead.")))
    link = star_link(person, user=user)
    return queue_mail(STAR, person, f"link-{link.pk}", user=user)


register_mail(
    STAR,
    label=_("Link to the progress star"),
    audience="person",
    placeholders=("link", "phone"),
    to=lambda person: [person.email],
    context=lambda person: {"link": _address(person)},
    subject=_("The link we talked about"),
    body=_(
        "Hello\n\n"
        "Here is the link we talked about:\n{link}\n\n"
        "You can answer when you like, and stop at any time. Nobody else should have the link.\n"
        "Questions? Ring {phone}."
    ),
)
