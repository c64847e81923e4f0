"""What the parser of the questionnaire document hands back.

Plain data, no Django. Everything named ``public`` or plain ``text`` has had personal names, telephone
numbers and e-mail addresses moved out of it; everything named ``raw`` or ``contact`` is restricted and
must never be shown to visitors.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .messages import MESSAGE_TEMPLATES, Message

SECTION_NUMBERS = tuple(range(1, 9))

ANSWERED = "answered"
EMPTY = "empty"
REFERS = "refers"
DEFERRED = "deferred"
NOT_APPLICABLE = "not_applicable"
LINK_ONLY = "link_only"
STATES = (ANSWERED, EMPTY, REFERS, DEFERRED, NOT_APPLICABLE, LINK_ONLY)


class NotTheQuestionnaire(ValueError):
    """The file is not the questionnaire document; ``code`` names the reason, ``params`` its values."""

    def __init__(self, code: str, **params):
        self.code = code
        self.params = params
        self.message = Message(code, 0, params)
        super().__init__(MESSAGE_TEMPLATES[code] % params)


@dataclass
class Link:
    """A web address that belongs to an initiative.

    ``label`` is the sentence it stands in ("" when it only stood at the foot of a page); ``doubtful`` says
    that the parser guessed whose it is, ``why`` is then a message code.
    """

    url: str
    label: str = ""
    line: int = 0
    doubtful: bool = False
    why: str = ""


@dataclass
class Footnote:
    """A note printed at the foot of a page, taken out of the answer it interrupted."""

    number: int
    text: str
    line: int


@dataclass
class Section:
    """One of the form's eight questions. ``raw`` is the answer as printed and is restricted."""

    state: str = EMPTY
    text: str = ""
    raw: str = ""
    first_line: int = 0
    last_line: int = 0


@dataclass
class Initiative:
    """One entry of the catalogue; lines are counted from 1 in the file as it was given."""

    title: str
    chapter: str = ""
    region: str = ""
    has_questionnaire: bool = False
    form_version: str | None = None
    first_line: int = 0
    last_line: int = 0
    sections: dict[int, Section] = field(default_factory=dict)
    prose: str = ""
    prose_raw: str = ""
    contact: str = ""
    links: list[Link] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)
    damaged_lines: list[int] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    refers_to: list[str] = field(default_factory=list)
    natural_key: str = ""

    def public_text(self) -> str:
        """All public words of the entry, sections in order."""
        parts = [self.sections[n].text for n in sorted(self.sections)] + [self.prose]
        return "\n\n".join(part for part in parts if part)


@dataclass
class Chapter:
    """A regional chapter: its heading as printed, the region, and how many initiatives stand under it."""

    title: str
    region: str
    line: int
    count: int = 0
    says_none: bool = False


@dataclass
class Document:
    """The whole document: chapters, initiatives in printed order, messages in line order."""

    chapters: list[Chapter] = field(default_factory=list)
    initiatives: list[Initiative] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    line_count: int = 0
