"""Reads the questionnaire document of the national catalogue "Peer-støtte i Danmark". No Django needed."""

from .contacts import ContactSplit, Finding, split_contact
from .decoding import decode
from .keys import natural_key
from .messages import MESSAGE_LEVELS, MESSAGE_TEMPLATES, Message
from .model import STATES, Chapter, Document, Footnote, Initiative, Link, NotTheQuestionnaire, Section
from .parser import parse_document
from .summary import summary

__all__ = [
    "MESSAGE_LEVELS",
    "MESSAGE_TEMPLATES",
    "STATES",
    "Chapter",
    "ContactSplit",
    "Document",
    "Finding",
    "Footnote",
    "Initiative",
    "Link",
    "Message",
    "NotTheQuestionnaire",
    "Section",
    "decode",
    "natural_key",
    "parse_document",
    "split_contact",
    "summary",
]
