"""Make, open, use and take back links without an account.

A room registers what its links are for (:func:`register_purpose`). The one who holds the link sees the one record it
was made for, inside the scope of that record's initiative, and nothing else.
"""

import hashlib
import hmac
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from ..privacy.keys import index_key
from .models_link import AccessLink
from .scopes import all_initiatives, scope_of

TOKEN_BYTES = 24
# A link is opened many times in a minute by a reload; the moment is kept to the hour, as it is nobody's business.
OPENED_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class Purpose:
    """What a kind of link is for: ``days`` it lasts (``None``: until taken back), ``once``: used up by its first use."""

    code: str
    model: str
    days: int | None = 30
    once: bool = False


class LinkProblem(Exception):
    """The link cannot be opened; ``kind`` is "unknown", "expired", "revoked", "used" or "resting"."""

    def __init__(self, kind):
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class OpenedLink:
    """A link that holds, and the record it is for."""

    link: AccessLink
    target: object


_purposes = {}
_rests = []


def register_purpose(code, model, *, days=30, once=False):
    """Register a kind of link on ``model`` ("peer_support.session"). The same code twice replaces the first."""
    _purposes[code] = Purpose(code, model.lower(), days, once)
    return _purposes[code]


def register_rest(function):
    """Let a room close links for a time: ``function(purpose, target)`` says whether this one rests just now.

    Registering the same function twice counts once.
    """
    if function not in _rests:
        _rests.append(function)
    return function


def purposes():
    """Return the registered purposes, ``{code: Purpose}``."""
    return dict(_purposes)


def _hash(token):
    return hmac.new(index_key(), f"link:{token}".encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def make_link(*, purpose, target, user=None, expires_at=None, fresh=False):
    """Return a link to ``target``: one that still holds, or a new one. ``fresh`` takes the earlier ones back first.

    ``expires_at`` defaults to the purpose's days from now. Works inside the scope of the target's initiative.
    """
    kind = _purposes[purpose]
    if target._meta.label_lower != kind.model:
        raise ValueError(f"A link for {purpose} is made on {kind.model}, not on {target._meta.label_lower}.")
    held = links_of(target, purpose).select_for_update()
    if fresh:
        held.update(revoked_at=timezone.now())
    elif found := next((link for link in held if not _problem(link)), None):
        return found
    token = secrets.token_urlsafe(TOKEN_BYTES)
    if expires_at is None and kind.days is not None:
        expires_at = timezone.now() + timedelta(days=kind.days)
    return AccessLink.objects.create(
        initiative_id=target.initiative_id,
        purpose=purpose,
        target_model=kind.model,
        target_id=target.pk,
        token=token,
        token_hash=_hash(token),
        created_by=user if getattr(user, "pk", None) else None,
        expires_at=expires_at,
    )


def links_of(target, *purposes_of_interest):
    """Return the links on ``target`` that are not taken back, newest first."""
    links = AccessLink.objects.filter(
        target_model=target._meta.label_lower, target_id=target.pk, revoked_at=None
    )
    return links.filter(purpose__in=purposes_of_interest) if purposes_of_interest else links


def revoke_links(*, target, purpose=None):
    """Take back every link on ``target`` (of one purpose); returns how many."""
    return links_of(target, *([purpose] if purpose else [])).update(revoked_at=timezone.now())


def _problem(link):
    if link.revoked_at:
        return "revoked"
    if link.used_at and _purposes[link.purpose].once:
        return "used"
    if link.expires_at and link.expires_at <= timezone.now():
        return "expired"
    return None


@contextmanager
def opened_link(purpose, token):
    """Open the link for ``purpose`` with ``token``: the block runs in the scope of its initiative.

    Yields an :class:`OpenedLink`; raises :class:`LinkProblem`, "unknown" also for a link of another purpose and for
    one whose record is gone, so that nothing can be learned from the answer.
    """
    link = None
    if token and len(token) <= 64 and purpose in _purposes:
        with all_initiatives("a link names its initiative itself"):
            link = AccessLink.objects.filter(token_hash=_hash(token), purpose=purpose).first()
    if link is None:
        raise LinkProblem("unknown")
    if problem := _problem(link):
        raise LinkProblem(problem)
    with scope_of(link.initiative_id):
        target = apps.get_model(link.target_model).objects.filter(pk=link.target_id).first()
        if target is None:
            raise LinkProblem("unknown")
        if any(rests(purpose, target) for rests in _rests):
            raise LinkProblem("resting")
        now = timezone.now()
        if link.last_opened_at is None or now - link.last_opened_at > OPENED_EVERY:
            AccessLink.objects.filter(pk=link.pk).update(last_opened_at=now)
        yield OpenedLink(link, target)


def use_up(link):
    """Mark a one-time link as used; call it in the transaction that does what the link is for.

    Raises :class:`LinkProblem` "used" where somebody was first.
    """
    if not AccessLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None).update(
        used_at=timezone.now()
    ):
        raise LinkProblem("used")
