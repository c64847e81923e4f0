"""Which links a coordinator can make for whom. Each room offers its own; one panel shows them all.

offer_link(LinkOffer(purpose, label, hint, view, person=lambda match: match.citizen, offered=is_open))
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from ..access.links import links_of, purposes
from ..mailing.models import MailJob
from ..mailing.services import queue_mail
from ..public.links import address_of


@dataclass(frozen=True)
class LinkOffer:
    """One kind of link on a match or a person.

    ``view`` is the name of the page it opens, ``person(target)`` who gets it, ``offered(target)`` whether it makes sense
    now. ``label`` and ``hint`` are for the coordinator. ``confirm`` is a sentence to tick before it is made, and ``fresh``
    whether each one is made anew. The kind of mail with the purpose's code is what "send by mail" sends.
    """

    purpose: str
    label: object
    hint: object
    view: str
    person: Callable
    offered: Callable = lambda target: True
    confirm: object = ""
    fresh: bool = False

    @property
    def model(self):
        return purposes()[self.purpose].model


_offers = {}


def offer_link(offer):
    """Register ``offer``; the same purpose twice replaces the first."""
    _offers[offer.purpose] = offer
    return offer


def label_of(purpose):
    """Return what the link of this purpose is called, or an empty text where no room offers it."""
    return str(_offers[purpose].label) if purpose in _offers else ""


def offers_for(target):
    """Return the offers on ``target`` in the order they were registered, those that make no sense now too."""
    return [offer for offer in _offers.values() if offer.model == target._meta.label_lower]


def offer_of(target, purpose):
    """Return the offer called ``purpose`` on ``target``, or ``None``."""
    return next((offer for offer in offers_for(target) if offer.purpose == purpose), None)


def held_link(target, purpose, now):
    """Return the newest link of ``purpose`` on ``target`` that still opens, or ``None``."""
    once = purposes()[purpose].once
    for link in links_of(target, purpose):
        over = link.expires_at and link.expires_at <= now
        if not over and not (once and link.used_at):
            return link
    return None


def mail_of(target, purpose):
    """Return the newest mail that was asked for with this link, or ``None``."""
    mails = MailJob.objects.filter(code=purpose, target_model=target._meta.label_lower, target_id=target.pk)
    return mails.order_by("-created_at", "-pk").first()


def mail_parts(purpose, view, person):
    """Return ``to`` and ``context`` for a mail that carries the link, as :func:`register_mail` takes them.

    Both are asked when the mail is sent: where the link has been taken back meanwhile, nobody is written to.
    """

    def to(target):
        return [person(target).email] if held_link(target, purpose, timezone.now()) else []

    def context(target):
        return {"link": address_of(held_link(target, purpose, timezone.now()), view)}

    return {"to": to, "context": context}


def send_link(*, offer, target, link, user):
    """Ask for the mail with ``link``; one mail for each link, however often the button is pressed."""
    return queue_mail(offer.purpose, target, f"link-{link.pk}", user=user)
