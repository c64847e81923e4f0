"""The instruments that can be asked with: what is known of each, and never a word of what it asks.

The words belong to those who wrote them. A centre pastes the ones it may use into
:class:`~.models.InstrumentText`; here stand the facts that anybody may state: how many items, which range, how it is
counted, and where the limits come from.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Instrument:
    """One instrument.

    ``items`` answers, each from ``lowest`` to ``highest``; ``score(answers)`` makes a number from ``low`` to ``high`` of
    them, or ``None`` where ``missing_rule`` says that it cannot be counted. ``change_limit`` is the smallest difference
    between two scores of one person that is more than chance, in points of the score, by the source named in
    ``change_source``; ``None`` where none is published. ``cut_off`` is a published boundary of the score, and
    ``cut_off_meaning`` says of what. A score at or below ``asks_care_below`` asks the coordinator to ring: it is never a
    judgement. ``caution`` is what one should know before one makes much of a change. The star has no items and no sum: ``score`` is ``None``, and :attr:`is_counted` is false.
    """

    code: str
    name: str
    version: str
    items: int
    lowest: int
    highest: int
    low: int
    high: int
    higher_is_better: bool
    score: Callable[[Sequence[int | None]], Decimal | int | None] | None
    what: str
    missing_rule: str
    source: str
    licence: str
    change_limit: Decimal | None = None
    change_source: str = ""
    cut_off: int | None = None
    cut_off_meaning: str = ""
    asks_care_below: int | None = None
    caution: str = ""

    @property
    def is_counted(self):
        """Whether the answers make a number."""
        return self.score is not None

    @property
    def words_needed(self):
        """How many words there are to answer with: one per number from ``lowest`` to ``highest``."""
        return self.highest - self.lowest + 1 if self.items else 0

    def asks_care(self, score):
        """Whether ``score`` (a number or ``None``) should make the coordinator ring. Never a judgement of the person."""
        return score is not None and self.asks_care_below is not None and score <= self.asks_care_below


_instruments = {}


def register_instrument(instrument):
    """Register an :class:`Instrument`, and return it; the same code twice replaces the first."""
    _instruments[instrument.code] = instrument
    return instrument


def instruments():
    """Return the registered instruments, ``{code: Instrument}``, in the order they were registered."""
    return dict(_instruments)


def instrument_of(code):
    """Return the instrument ``code``, or ``None`` where nobody registers it any more."""
    return _instruments.get(code)


def asked_with_text():
    """Return the instruments that need a text from the centre: all that have items."""
    return {code: instrument for code, instrument in _instruments.items() if instrument.items}
