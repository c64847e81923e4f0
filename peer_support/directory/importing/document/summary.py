"""The short account of an import that the command prints as JSON."""

from __future__ import annotations

from collections.abc import Callable

from .messages import Message
from .model import Document


def summary(document: Document, render: Callable[[Message], str] | None = None) -> dict:
    """A JSON-ready account: initiatives with section states, links, damaged lines and flags, and the
    messages.

    ``render`` turns a message into a sentence (the Django side passes one that translates); English without
    it.
    Holds no contact data. Doubtful links that were attached are listed and flagged.
    """
    render = render or Message.english
    return {
        "initiatives": [
            {
                "title": initiative.title,
                "chapter": initiative.chapter,
                "has_questionnaire": initiative.has_questionnaire,
                "sections": {str(number): section.state for number, section in initiative.sections.items()},
                "links": [link.url for link in initiative.links],
                "damaged_lines": len(initiative.damaged_lines),
                "flags": list(initiative.flags),
            }
            for initiative in document.initiatives
        ],
        "messages": [
            {"code": message.code, "line": message.line, "level": message.level, "text": render(message)}
            for message in document.messages
        ],
    }
