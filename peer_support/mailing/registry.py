"""The kinds of mail. A room registers its own; texts, log, retries and the admin follow from that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

# What may stand in a text between braces, and what it looks like in a preview.
PLACEHOLDERS = {
    "link": "https://centret.example/l/vX3kQ9/",
    "phone": "12 34 56 78",
    "days": "5",
    "day": _("Tuesday 4 August"),
    "time": "14.00",
    "place": _("The library"),
    "count": "3",
    "title": _("Walk and talk"),
    "first_name": "Alma",
}
# A subject shows on a locked telephone, so nothing that says who, where or what for may be put in.
IN_A_SUBJECT = frozenset({"count", "days", "day", "time"})
AUDIENCES = ("citizen", "volunteer", "person", "coordinator")


@dataclass(frozen=True)
class MailKind:
    """One kind of mail.

    ``to(target)`` returns the addresses and ``context(target)`` the text of each placeholder; both are asked when the
    mail is sent, inside the scope of the target's initiative. A line of the text whose placeholder is empty is left
    out. ``placeholders`` maps each name to an example. ``by_itself`` says whether the kind goes out without somebody
    pressing a button: ``True`` unless an editor switches it off, ``False`` only where one has switched it on,
    ``None`` never.
    """

    code: str
    label: str
    to: Callable
    context: Callable
    subject: str
    body: str
    placeholders: Mapping = field(default_factory=dict)
    audience: str = "person"
    by_itself: bool | None = None


_kinds = {}


def register_mail(
    code, *, label, to, context, subject, body, placeholders=(), audience="person", by_itself=None
):
    """Register a kind of mail (see :class:`MailKind`); the same code twice replaces the first.

    ``subject`` and ``body`` are lazy translations with placeholders in braces, e.g. ``_("Ring us on {phone}.")``.
    ``placeholders`` are names of :data:`PLACEHOLDERS`, or a dictionary of names with an example each. ``phone`` is
    always there: the local coordinator's. The greeting and whom to ring are added below the body.
    """
    if audience not in AUDIENCES:
        raise ImproperlyConfigured(f"A mail is for one of {', '.join(AUDIENCES)}, not for {audience}.")
    if not isinstance(placeholders, Mapping):
        if unknown := set(placeholders) - set(PLACEHOLDERS):
            raise ImproperlyConfigured(f"Give an example of {', '.join(sorted(unknown))} in the mail {code}.")
        placeholders = {name: PLACEHOLDERS[name] for name in placeholders}
    examples = {"phone": PLACEHOLDERS["phone"], **placeholders}
    _kinds[code] = MailKind(code, label, to, context, subject, body, examples, audience, by_itself)
    return _kinds[code]


def mail_kinds():
    """Return the registered kinds, ``{code: MailKind}``."""
    return dict(_kinds)


def kind_of(code):
    """Return the kind ``code``, or ``None`` where the room that made it is gone."""
    return _kinds.get(code)
