"""What an import tells the person who started it: sentences in their language, each with its line or row."""

import re
from dataclasses import dataclass

# What a cell says is quoted so that it is found again; sixty characters are enough for that.
_LONG_QUOTE = re.compile(r"([“”\"])([^“”\"]{60})[^“”\"]{20,}(?=[”\"])")
ERROR, WARNING, INFO = "error", "warning", "info"


def _sentence(text):
    return _LONG_QUOTE.sub(r"\1\2…", str(text))


@dataclass(frozen=True)
class Notice:
    """One sentence. ``line`` counts from 1 in the file (a row's number in a table); 0 means the whole file."""

    level: str
    text: str
    line: int = 0
    code: str = ""

    @classmethod
    def error(cls, text, line=0, code=""):
        return cls(ERROR, _sentence(text), line, code)

    @classmethod
    def warning(cls, text, line=0, code=""):
        return cls(WARNING, _sentence(text), line, code)

    @classmethod
    def info(cls, text, line=0, code=""):
        return cls(INFO, _sentence(text), line, code)

    def __str__(self):
        return self.text


class Refused(Exception):
    """A file was not taken in and nothing was written; ``notices`` say why, in the order of the file."""

    def __init__(self, notices):
        self.notices = list(notices)
        super().__init__("\n".join(notice.text for notice in self.notices))


def refuse(text, line=0):
    """Raise :class:`Refused` with one sentence."""
    # The library's own error says nothing that the sentence does not.
    raise Refused([Notice.error(text, line)]) from None
