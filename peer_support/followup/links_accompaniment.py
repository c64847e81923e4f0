"""The links of accompaniment: the question, answered once, and the page of the one who goes along.

Both open one offer of one volunteer and nothing else. The addresses stand in ``urls_accompaniment``.
"""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..access.links import links_of, make_link, register_purpose
from ..mailing.registry import register_mail
from ..mailing.services import queue_mail
from ..people.link_offers import mail_parts
from .models_accompaniment import OfferState

OFFER, GOING = "accompaniment_offer", "accompaniment"
# How it went can be told until a week after.
GOING_DAYS = 7

register_purpose(OFFER, "peer_support.accompanimentoffer", days=None, once=True)
register_purpose(GOING, "peer_support.accompanimentoffer", days=None)

VIEWS = {OFFER: "accompaniment_offer_link", GOING: "accompaniment_link"}


def address_of(link, request=None):
    """Return the address of ``link``; a whole one, to send, where the ``request`` says on which site."""
    path = reverse(f"peer_support:{VIEWS[link.purpose]}", args=[link.token])
    return request.build_absolute_uri(path) if request else path


def _until(link, moment):
    if link.expires_at != moment:
        type(link).objects.filter(pk=link.pk).update(expires_at=moment)
        link.expires_at = moment
    return link


@transaction.atomic
def offer_link(offer, *, user=None, fresh=False):
    """Return the link on which ``offer`` is answered, once; it holds until a day after the trip begins."""
    until = offer.accompaniment.starts_at + timedelta(days=1)
    return _until(make_link(purpose=OFFER, target=offer, user=user, fresh=fresh, expires_at=until), until)


@transaction.atomic
def going_link(offer, *, user=None, fresh=False):
    """Return the link to the page of the one who goes along; it holds until a week after the trip."""
    until = offer.accompaniment.ends_at + timedelta(days=GOING_DAYS)
    return _until(make_link(purpose=GOING, target=offer, user=user, fresh=fresh, expires_at=until), until)


def held_link(offer, purpose):
    """Return the link of ``offer`` for ``purpose`` that has not been used or taken back, or ``None``."""
    return links_of(offer, purpose).filter(used_at=None).first()


def send_offer_link(offer, *, user):
    """Send the volunteer the link that ``offer`` has now, once for each link; returns the mail's job.

    Raises ``LookupError`` where there is no link to send.
    """
    purpose = GOING if offer.state == OfferState.ACCEPTED else OFFER
    link = held_link(offer, purpose)
    if link is None:
        raise LookupError("There is no link to send.")
    return queue_mail(purpose, offer, f"link-{link.pk}", user=user)


def _volunteer(offer):
    return offer.volunteer


register_mail(
    OFFER,
    label=_("Can you go along?"),
    audience="volunteer",
    placeholders=("link", "phone"),
    subject=_("Would you like to?"),
    body=_(
        "Hello\n\n"
        "There is something you could help with, one single time. You can see when and roughly where here:\n{link}\n\n"
        "You can say yes or no on the page. We have asked a few, and the first who says yes gets it. A no needs no reason."
    ),
    **mail_parts(OFFER, VIEWS[OFFER], _volunteer),
)
register_mail(
    GOING,
    label=_("Where you meet"),
    audience="volunteer",
    placeholders=("link", "phone"),
    subject=_("What we agreed"),
    body=_(
        "Hello\n\n"
        "Thank you for saying yes. Here you see when and where you meet:\n{link}\n\n"
        "Has something come up? You can say so on the page. Is it today? Then ring us on {phone}."
    ),
    **mail_parts(GOING, VIEWS[GOING], _volunteer),
)
