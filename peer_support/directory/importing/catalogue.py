"""The national catalogue's questionnaire document, as entries."""

import re

from django.utils.translation import gettext as _

from ..models import Initiative, Region
from . import document as parser
from .entry import ImportEntry
from .links import usable
from .notices import Notice, refuse
from .text import key_of

# The document's own title, kept with every entry that came from it.
SOURCE = "Peer-støtte i Danmark"


def sentence(message):
    """Return a parser's message in the reader's language."""
    return _(message.template) % {"line": message.line, **message.params}


def read(data):
    """Return ``(entries, notices, summary)`` of the document's bytes. Raises ``Refused`` for another file."""
    try:
        document = parser.parse_document(parser.decode(data))
    except parser.NotTheQuestionnaire as error:
        refuse(sentence(error.message))
    notices = [Notice(m.level, sentence(m), m.line, m.code) for m in document.messages]
    entries, seen = [], {}
    for initiative in document.initiatives:
        entry = _entry(initiative, notices)
        # Two entries of one name in one chapter are two initiatives; the parser has said so.
        seen[entry.key] = seen.get(entry.key, 0) + 1
        if seen[entry.key] > 1:
            entry.key = key_of(f"{initiative.title} #{seen[entry.key]}", initiative.chapter)
        entries.append(entry)
    return entries, notices, parser.summary(document, sentence)


def _entry(initiative, notices):
    values = {
        "title": initiative.title,
        "chapter": initiative.chapter,
        "region": _region(initiative.region),
        "description": _with_notes(initiative.prose, [] if initiative.sections else initiative.footnotes),
        "has_questionnaire": initiative.has_questionnaire,
        "peer_support": _peer_support(initiative.flags),
        "damaged_lines": len(initiative.damaged_lines),
        "links": _links(initiative, notices),
        "source": SOURCE,
    }
    if "ended" in initiative.flags:
        values["status"] = Initiative.Status.ENDED.value
    for number, section in initiative.sections.items():
        notes = [n for n in initiative.footnotes if section.first_line <= n.line <= section.last_line]
        values[f"section_{number}"] = [section.state, _with_notes(section.text, notes)]
    return ImportEntry(
        key=key_of(initiative.title, initiative.chapter),
        line=initiative.first_line,
        values=values,
        contact=initiative.contact,
        flags=list(initiative.flags),
    )


def _region(name):
    return next((code for code, label in Region.choices if label == name), "")


def _peer_support(flags):
    """What the entry says of itself; silence is not a no."""
    if "not_peer_support" in flags:
        return Initiative.PeerSupport.NO.value
    if "peer_support_not_described" in flags:
        return Initiative.PeerSupport.UNKNOWN.value
    return Initiative.PeerSupport.YES.value


def _with_notes(text, notes):
    """The text with its footnotes under it."""
    lines = [f"[{note.number}] {parser.split_contact(note.text).public_text}" for note in notes]
    return "\n\n".join(part for part in (text, "\n".join(lines)) if part)


def _links(initiative, notices):
    links = []
    for link in initiative.links:
        url = usable(link.url)
        if url is None:
            text = _("Line %(line)d: %(url)s is not a web address that works, and was left out.")
            notices.append(
                Notice.warning(text % {"line": link.line, "url": link.url}, link.line, "link_unusable")
            )
        elif url not in [known for known, *__ in links]:
            # The sentence without the addresses in it: they are the links.
            label = re.sub(r"\s*(?:https?://|www\.)\S+", "", link.label).strip(" :,–-")
            links.append([url, label[:200], link.doubtful])
    return links
