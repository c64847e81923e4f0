"""The parser of the document "Peer-støtte i Danmark": text in, chapters and initiatives out."""

from __future__ import annotations

from . import flags
from .answers import state_of
from .contacts import NAME, find_contacts, split_contact
from .damage import Vocabulary, damaged_lines
from .decoding import check_text
from .form import form_version, strip_questions
from .keys import natural_key
from .lines import Line, Sheet, read_lines
from .links import place_margins, printed_links
from .messages import Message
from .model import SECTION_NUMBERS, Document, Initiative, NotTheQuestionnaire, Section
from .names import find_people
from .reflow import reflow, width_of
from .structure import Entry, split


def parse_document(text: str) -> Document:
    """Read the national catalogue's questionnaire document, "Peer-støtte i Danmark", saved as plain text.

    Returns chapters, initiatives and messages; public texts are free of personal names, telephone numbers and
    e-mail addresses, which stand in each initiative's ``contact``. Raises ``NotTheQuestionnaire`` (a
    ``ValueError``)
    for a text that is something else; never anything other than that.
    """
    sheet = read_lines(check_text(text))
    chapters, entries, messages = split(sheet)
    if not entries and not chapters:
        raise NotTheQuestionnaire("no_questionnaire", lines=sheet.line_count)
    document = Document(chapters=chapters, messages=messages, line_count=sheet.line_count)
    width, words = width_of(sheet.lines), Vocabulary(sheet.lines)
    built = [_Reader(sheet, entry, width, words, messages).read() for entry in entries]
    document.initiatives = [initiative for initiative, _lines, _texts in built]
    loose, mails = place_margins(sheet.margins, [(initiative, lines) for initiative, lines, _texts in built])
    messages += loose
    messages += [Message("footnote_loose", line) for line in sheet.loose_notes]
    titles = [initiative.title for initiative in document.initiatives if initiative.title]
    names = _names(texts for _initiative, _lines, texts in built)
    for position, (initiative, lines, texts) in enumerate(built):
        flags.set_flags(initiative, "\n\n".join(texts), titles)
        _move_contacts(initiative, names, mails.get(position, []))
        _report(initiative, lines, messages)
    _check_chapters(document)
    _check_titles(document)
    messages.sort(key=lambda message: message.line)
    return document


class _Reader:
    """Reads one entry: its sections or its prose, links and damaged lines."""

    def __init__(self, sheet: Sheet, entry: Entry, width: int, words: Vocabulary, messages: list[Message]):
        self.sheet, self.entry, self.width, self.words, self.messages = sheet, entry, width, words, messages
        chapter = entry.chapter
        self.initiative = Initiative(
            title=entry.title,
            chapter=chapter.title if chapter else "",
            region=chapter.region if chapter else "",
            has_questionnaire=bool(entry.headings),
            first_line=sheet.lines[entry.start].no,
            last_line=sheet.lines[entry.end - 1].last_no,
        )
        self.initiative.natural_key = natural_key(entry.title, self.initiative.chapter)

    def read(self) -> tuple[Initiative, list[Line], list[str]]:
        initiative, entry = self.initiative, self.entry
        answers: list[Line] = []
        if entry.headings:
            answers = self._sections()
            texts = [section.text for section in initiative.sections.values()]
        else:
            answers = self.sheet.lines[entry.body : entry.end]
            initiative.prose = reflow(answers, self.width)
            initiative.prose_raw = "\n".join(line.raw for line in answers)
            texts = [initiative.prose]
        initiative.footnotes = [note for line in answers for note in line.notes]
        initiative.links = printed_links(answers, "\n".join(texts))
        initiative.damaged_lines = damaged_lines(
            self.sheet.lines[entry.start : entry.body] + answers, self.words
        )
        if not entry.title:
            initiative.flags.append(flags.TITLE_MISSING)
        elif entry.weak:
            initiative.flags.append(flags.DOUBTFUL_TITLE)
        return initiative, answers, texts

    def _sections(self) -> list[Line]:
        entry, initiative = self.entry, self.initiative
        answers: list[Line] = []
        printed: list[str] = []
        highest = 0
        for position, heading in enumerate(entry.headings):
            stop = entry.headings[position + 1].start if position + 1 < len(entry.headings) else entry.end
            lines, questions, unknown = strip_questions(heading.section, self.sheet.lines[heading.end : stop])
            if heading.rest:
                head = self.sheet.lines[heading.end - 1]
                lines = [Line(head.no, head.raw, heading.rest, page=head.page, last_no=head.no), *lines]
            printed += [heading.printed, *questions]
            at = self.sheet.lines[heading.start].no
            self.messages += [Message("unknown_question", no) for no in unknown]
            named = {"section": heading.section, "title": entry.title}
            if heading.section < highest:
                self.messages.append(Message("section_order", at, named))
            highest = max(highest, heading.section)
            text = reflow(lines, self.width)
            raw = "\n".join(line.raw for line in lines)
            last = self.sheet.lines[stop - 1].last_no
            old = initiative.sections.get(heading.section)
            if old:
                self.messages.append(Message("section_repeated", at, named))
                text, raw = (
                    "\n\n".join(filter(None, [old.text, text])),
                    "\n".join(filter(None, [old.raw, raw])),
                )
                at = old.first_line
            initiative.sections[heading.section] = Section(state_of(text), text, raw, at, last)
            answers += lines
        self._finish_form(printed)
        return answers

    def _finish_form(self, printed: list[str]) -> None:
        initiative = self.initiative
        line = self.sheet.lines[self.entry.body].no
        for number in SECTION_NUMBERS:
            if number not in initiative.sections:
                initiative.sections[number] = Section()
                params = {"section": number, "title": initiative.title}
                self.messages.append(Message("section_missing", line, params))
        initiative.sections = dict(sorted(initiative.sections.items()))
        initiative.form_version = form_version(printed)
        if initiative.form_version is None:
            self.messages.append(Message("form_version_unknown", line, {"title": initiative.title}))


def _names(entries) -> tuple[str, ...]:
    """Every personal name found anywhere, so that it is recognised where it stands without any sign."""
    found: dict[str, None] = {}
    for texts in entries:
        for text in texts:
            found.update(
                dict.fromkeys(f.value for f in find_contacts(text) if f.kind == NAME and " " in f.value)
            )
    return tuple(found)


def _move_contacts(initiative: Initiative, names: tuple[str, ...], mails: list[str]) -> None:
    contact: list[str] = []
    for section in initiative.sections.values():
        section.text, moved, _found = split_contact(section.text, names)
        contact.append(moved)
    initiative.prose, moved, _found = split_contact(initiative.prose, names)
    contact.append(moved)
    for link in initiative.links:
        link.label = split_contact(link.label, names).public_text
    for note in initiative.footnotes:
        note.text = split_contact(note.text, names).public_text
    contact += [mail for mail in mails if not any(mail.casefold() in part.casefold() for part in contact)]
    initiative.contact = "\n".join(dict.fromkeys(part for part in contact if part))
    if initiative.contact and flags.CONTACT not in initiative.flags:
        initiative.flags.append(flags.CONTACT)
    if any(link.doubtful for link in initiative.links) and flags.DOUBTFUL_LINKS not in initiative.flags:
        initiative.flags.append(flags.DOUBTFUL_LINKS)


def _report(initiative: Initiative, lines: list[Line], messages: list[Message]) -> None:
    if initiative.damaged_lines:
        params = {"title": initiative.title, "count": len(initiative.damaged_lines)}
        messages.append(Message("damaged_text", initiative.damaged_lines[0], params))
    if flags.NOT_PEER_SUPPORT in initiative.flags:
        messages.append(Message("not_peer_support", initiative.first_line, {"title": initiative.title}))
    if find_people(initiative.title):
        messages.append(Message("name_in_title", initiative.first_line))


def _check_chapters(document: Document) -> None:
    for chapter in document.chapters:
        if chapter.count == 0 and not chapter.says_none:
            document.messages.append(Message("chapter_empty", chapter.line, {"chapter": chapter.title}))
        if chapter.count and chapter.says_none:
            params = {"chapter": chapter.title, "count": chapter.count}
            document.messages.append(Message("chapter_none_but_has", chapter.line, params))
    for initiative in document.initiatives:
        if not initiative.chapter:
            document.messages.append(
                Message("no_chapter", initiative.first_line, {"title": initiative.title})
            )


def _check_titles(document: Document) -> None:
    seen: set[str] = set()
    for initiative in document.initiatives:
        if initiative.title and initiative.natural_key in seen:
            params = {"title": initiative.title, "chapter": initiative.chapter}
            document.messages.append(Message("duplicate_title", initiative.first_line, params))
        seen.add(initiative.natural_key)
