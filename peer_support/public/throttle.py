"""How often may something be done from one address? Counted in the database, so that all web processes count together.

What is stored is a keyed hash of address, purpose and window of time, and a number. The hash of the next window is
another one, nobody can be followed from one to the next, and :func:`purge_counters` deletes those that are over.
"""

import hashlib
import hmac
import ipaddress
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from ..access.decisions import Decision
from ..conf import DEFAULTS, peer_settings
from ..privacy.keys import index_key
from .models_throttle import PublicCounter, SentForm

# Everybody behind a proxy that the host has not told of looks like one visitor; a whole town shares that limit.
CROWD = 30
_UNKNOWN = "unknown"
# Where a proxy of the host's own stands (RFC 1918, RFC 4193, loopback).
INSIDE = [
    ipaddress.ip_network(text)
    for text in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
]


def client_address(request):
    """Return the visitor's address as text, or "" where it cannot be known.

    A house shares one IPv6 network of 64 bits; its first half stands for all of it. Behind a proxy that
    ``PEER_SUPPORT["PROXIES"]`` does not tell of, nothing is known.
    """
    if peer_settings.CLIENT_ADDRESS:
        return _network(import_string(peer_settings.CLIENT_ADDRESS)(request) or "")
    forwarded = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    if peer_settings.PROXIES:
        return _network(forwarded[-peer_settings.PROXIES]) if len(forwarded) >= peer_settings.PROXIES else ""
    address = _network(request.META.get("REMOTE_ADDR", ""))
    return "" if forwarded and _is_inside(address) else address


def address_or_none(request):
    """Return :func:`client_address`, or ``None`` where it is not known: the form in which django-axes asks."""
    return client_address(request) or None


def _network(text):
    try:
        address = ipaddress.ip_address(text.strip().strip("[]").split("%")[0])
    except ValueError:
        return ""
    address = getattr(address, "ipv4_mapped", None) or address
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)


def _is_inside(address):
    if not address:
        return True
    found = ipaddress.ip_address(address)
    return any(found in network for network in INSIDE if network.version == found.version)


def limits_of(purpose):
    """Return ``[(times, seconds), …]`` of ``purpose``."""
    limits = {"link": DEFAULTS["PUBLIC_LIMITS"]["link"], **peer_settings.PUBLIC_LIMITS}
    return limits.get(purpose, limits.get("form", []))


def keyed_hash(*parts):
    """Return a hash of ``parts`` that only this site can make (hexadecimal, 64 characters)."""
    text = "\0".join(str(part) for part in parts)
    return hmac.new(index_key(), f"public:{text}".encode(errors="replace"), hashlib.sha256).hexdigest()


def too_often(seconds):
    """Return the decision for somebody who has to wait up to ``seconds``."""
    minutes = max(round(seconds / 60), 1)
    if minutes > 90:
        sentence = _(
            "A lot has been sent from here today. Try again tomorrow, or ring us. What you wrote is still here."
        )
    else:
        sentence = _(
            "A lot has been sent from here in a short time. Wait a while and press again, or ring us. "
            "What you wrote is still here."
        )
    return Decision.no("too_often", sentence)


def allow(request, purpose):
    """Count one more ``purpose`` from this visitor, and say whether it was one too many.

    The count is kept whatever becomes of the request; call it outside the transaction of what it guards.
    """
    address = client_address(request)
    now = timezone.now()
    refused = None
    for times, seconds in limits_of(purpose):
        allowed = times if address else times * CROWD
        if _count(address or _UNKNOWN, purpose, seconds, now) > allowed:
            refused = too_often(seconds) if refused is None else refused
    return Decision.yes() if refused is None else refused


def _count(address, purpose, seconds, now):
    """Add one to the counter of the window that holds ``now``, and return the new number."""
    window = int(now.timestamp()) // seconds
    key = keyed_hash("count", purpose, address, seconds, window)
    ends_at = datetime.fromtimestamp((window + 1) * seconds, tz=UTC)
    with transaction.atomic():
        row = PublicCounter.objects.filter(key=key)
        if not row.update(count=F("count") + 1):
            try:
                with transaction.atomic():
                    PublicCounter.objects.create(key=key, count=1, ends_at=ends_at)
            except IntegrityError:  # another process was first
                row.update(count=F("count") + 1)
        return row.values_list("count", flat=True).get()


def first_time(*parts, hours=48):
    """Note that the form with ``parts`` was taken; ``False`` where it was before.

    Call it inside the transaction that does what the form is for: of two at once, the second waits for the first,
    and if that one fails, may try itself.
    """
    key = keyed_hash("sent", *parts)
    try:
        with transaction.atomic():
            SentForm.objects.create(key=key, ends_at=timezone.now() + timedelta(hours=hours))
    except IntegrityError:
        return False
    return True


def purge_counters(now=None):
    """Delete counters and marks of sent forms whose time is over; returns how many."""
    now = now or timezone.now()
    return sum(model.objects.filter(ends_at__lt=now).delete()[0] for model in (PublicCounter, SentForm))
