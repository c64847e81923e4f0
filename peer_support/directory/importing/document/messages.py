"""Messages of the parser: a code, a line, values, and an English template that gettext can translate."""

from __future__ import annotations

from dataclasses import dataclass, field

ERROR, WARNING, INFO = "error", "warning", "info"


def gettext_noop(message: str) -> str:
    """Mark a string for ``makemessages``. Django's own asks for settings, which this package does without."""
    return message


@dataclass(frozen=True)
class Message:
    """Something the parser wants a person to know. ``line`` counts from 1; 0 means the whole file.

    ``params`` never holds personal data, so a message may be printed and logged.
    """

    code: str
    line: int
    params: dict = field(default_factory=dict)

    @property
    def template(self) -> str:
        return MESSAGE_TEMPLATES[self.code]

    @property
    def level(self) -> str:
        return MESSAGE_LEVELS.get(self.code, WARNING)

    def english(self) -> str:
        """The message in English, for logs and tests; screens translate ``template`` first."""
        return self.template % {"line": self.line, **self.params}


MESSAGE_TEMPLATES = {
    # the file is wrong (NotTheQuestionnaire)
    "empty_file": gettext_noop("The file is empty."),
    "binary_file": gettext_noop("The file is not text. Save the document as plain text and try again."),
    "pdf_file": gettext_noop("The file is a PDF. Save the document as plain text and try again."),
    "office_file": gettext_noop(
        "The file is a word-processor or spreadsheet file. Save it as plain text and try again."
    ),
    "html_file": gettext_noop("The file is a web page. Save the document as plain text and try again."),
    "no_questionnaire": gettext_noop(
        "The text is not the questionnaire document: neither the form's first question nor a regional "
        "chapter was found in it (lines read: %(lines)d)."
    ),
    # titles and chapters
    "no_chapter": gettext_noop("Line %(line)d: “%(title)s” stands before the first regional chapter."),
    "chapter_empty": gettext_noop(
        "Line %(line)d: the chapter “%(chapter)s” has no initiatives and does not say so."
    ),
    "chapter_none_but_has": gettext_noop(
        "Line %(line)d: the chapter “%(chapter)s” says it has no initiatives. Found all the same: %(count)d."
    ),
    "title_missing": gettext_noop("Line %(line)d: a questionnaire begins here without a title above it."),
    "title_uncertain": gettext_noop(
        "Line %(line)d: “%(title)s” was read as a title on weak signs. Please check it."
    ),
    "possible_title": gettext_noop(
        "Line %(line)d: “%(text)s” could be the title of an entry, but was kept as text of “%(title)s”."
    ),
    "text_without_title": gettext_noop(
        "Lines %(line)d–%(last)d: text without a title above it was left out."
    ),
    "duplicate_title": gettext_noop("Line %(line)d: “%(title)s” stands twice in the chapter “%(chapter)s”."),
    "name_in_title": gettext_noop("Line %(line)d: the title may hold a person's name. Please check it."),
    # the form
    "form_version_unknown": gettext_noop(
        "Line %(line)d: the version of the form could not be told for “%(title)s”."
    ),
    "section_missing": gettext_noop("Line %(line)d: question %(section)d is missing in “%(title)s”."),
    "section_repeated": gettext_noop("Line %(line)d: question %(section)d is printed again in “%(title)s”."),
    "section_order": gettext_noop("Line %(line)d: question %(section)d stands out of order in “%(title)s”."),
    "unknown_question": gettext_noop(
        "Line %(line)d: a question that the form did not have before was left out of the answer."
    ),
    "footnote_loose": gettext_noop(
        "Line %(line)d: a footnote was taken out of the text, but its mark was not found."
    ),
    # text, links and contact data
    "damaged_text": gettext_noop(
        "“%(title)s” has lost letters, first on line %(line)d. Lines in all: %(count)d."
    ),
    "not_peer_support": gettext_noop("Line %(line)d: “%(title)s” says itself that it is not peer support."),
    "link_by_host": gettext_noop(
        "Line %(line)d: %(url)s was placed under “%(title)s” because its site is named there."
    ),
    "link_by_words": gettext_noop(
        "Line %(line)d: %(url)s was placed under “%(title)s” because words of the address are printed there."
    ),
    "link_not_attached": gettext_noop("Line %(line)d: it is unclear which initiative %(url)s belongs to."),
    "link_shared": gettext_noop("Line %(line)d: %(url)s is printed by several initiatives."),
    "mail_not_attached": gettext_noop(
        "Line %(line)d: an e-mail address at the foot of a page belongs to no initiative."
    ),
}

MESSAGE_LEVELS = {
    **dict.fromkeys(
        ["empty_file", "binary_file", "pdf_file", "office_file", "html_file", "no_questionnaire"], ERROR
    ),
    **dict.fromkeys(["damaged_text", "not_peer_support", "link_shared", "unknown_question"], INFO),
}
