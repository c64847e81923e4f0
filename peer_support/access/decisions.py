"""May this happen? An answer with a reason that a person can read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Decision:
    """``allowed`` says whether, ``reason`` says why not (or what happens next) in the reader's language.

    ``code`` is the rule's stable name, for tests and for the log. A decision is true when it allows.
    """

    allowed: bool
    reason: str = ""
    code: str = ""

    def __bool__(self):
        return self.allowed

    @classmethod
    def yes(cls, reason=""):
        return cls(True, str(reason), "ok")

    @classmethod
    def no(cls, code, reason):
        return cls(False, str(reason), code)


class NotAllowed(Exception):
    """A service refused; ``decision.reason`` is the sentence to show."""

    def __init__(self, decision):
        super().__init__(decision.reason)
        self.decision = decision
