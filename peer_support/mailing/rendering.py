"""From a kind of mail to the letter: the editor's text or the built-in one, with the placeholders filled in."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..directory.models import LocalCoordinator
from .models import MailText
from .words import names_somebody

# Names only: a text cannot reach into what is filled in, as Python's own format strings can.
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Letter:
    """A subject of one line, and a plain body with its footer."""

    subject: str
    body: str


def placeholders_in(text):
    """Return the names between braces in ``text``."""
    return {match.group(1) for match in PLACEHOLDER.finditer(text)}


def fill_in(text, values):
    """Return ``text`` with its placeholders filled in; a line whose placeholder has nothing to say is left out."""
    lines = [
        PLACEHOLDER.sub(lambda match: str(values.get(match.group(1), "")), line)
        for line in text.replace("\r\n", "\n").split("\n")
        if all(str(values.get(name, "")) for name in placeholders_in(line))
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def phone_of(initiative_id):
    """Return the number that the centre gives out for an initiative, or nothing."""
    rows = LocalCoordinator.objects.filter(initiative=initiative_id).exclude(phone="")
    return rows.values_list("phone", flat=True).first() or ""


def text_of(kind, initiative_id):
    """Return the editor's text for this initiative, or for all, or ``None``."""
    return MailText.objects.for_initiative(kind.code, initiative_id)


def letter_for(kind, target):
    """Return the :class:`Letter` of ``kind`` to ``target``, in the site's language.

    A subject that an editor wrote and that names somebody is not used.
    """
    with override(settings.LANGUAGE_CODE):
        values = {"phone": phone_of(target.initiative_id), **kind.context(target)}
        text = text_of(kind, target.initiative_id)
        letter = compose(kind, values, text)
        if text and names_somebody(letter.subject, target):
            letter = Letter(one_line(fill_in(str(kind.subject), values)), letter.body)
    return letter


def example_of(kind, text=None):
    """Return the :class:`Letter` with examples in the places: what an editor sees. ``text`` may be a draft."""
    with override(settings.LANGUAGE_CODE):
        return compose(kind, {name: str(example) for name, example in kind.placeholders.items()}, text)


def compose(kind, values, text=None):
    """Return the :class:`Letter` with these values; ``text`` is a :class:`MailText` or ``None`` for the built-in one."""
    subject, body = (text.subject, text.body) if text else (str(kind.subject), str(kind.body))
    parts = [fill_in(body, values), fill_in(footer_of(kind, values.get("phone", "")), values)]
    return Letter(one_line(fill_in(subject, values)), "\n\n".join(parts) + "\n")


def footer_of(kind, phone):
    """Return what stands below every mail to this audience: whom to ring, and from whom it is."""
    if kind.audience == "coordinator":
        return _("You get this mail because it is ticked at your task. Your leader can take it off.")
    ask = _("Do you want to ask about something? Ring {phone}.")
    if not phone:
        ask = _("Do you want to ask about something? Answer this mail.")
    return "\n".join([ask, "", _("Kind regards"), _("The coordinator")])


def one_line(text):
    """Return ``text`` on one line, so that it can stand in the head of a mail."""
    return " ".join(text.split())
