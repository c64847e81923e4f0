"""The links of accompaniment: the question, answered once, and the page of the one who goes along.

Both open one offer of one volunteer and nothing else. The addresses stand in ``urls_accompaniment``.
"""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from ..access.links import links_of, make_link, register_purpose, revoke_links

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


def take_back_links(offer):
    """Take back every link of ``offer``; returns how many."""
    return revoke_links(target=offer)
