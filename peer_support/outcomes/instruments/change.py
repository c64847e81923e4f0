"""Whether anything has changed: for one person, and for those of a group who answered both times.

Pure arithmetic. It compares what the same person said at two times, and never two people with each other.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

BETTER, WORSE, NO_CLEAR_CHANGE, UNKNOWN = "better", "worse", "no_clear_change", "unknown"
# A mean of fewer people than this says too much about each of them, and too little about anything else.
FEWEST = 5


@dataclass(frozen=True)
class Change:
    """One person's change.

    ``kind`` is "better", "worse", "no_clear_change" (the difference is smaller than the published limit) or "unknown"
    (there is no number from one of the two times). ``difference`` is now less start, in points, with its sign. ``limit``
    is the published one, or ``None``: then "better" and "worse" tell only which way the number went.
    """

    kind: str
    start: Decimal | int | None = None
    now: Decimal | int | None = None
    difference: Decimal | int | None = None
    limit: Decimal | None = None

    @property
    def is_clear(self):
        """Whether the difference reaches a published limit."""
        return self.limit is not None and self.kind in (BETTER, WORSE)


@dataclass(frozen=True)
class Paired:
    """Those who answered both times, taken together; a mean of nobody is ``None``, and so is the spread of one.

    Spreads are standard deviations of a sample (n − 1), in points. ``left_out`` answered one time only, or had no
    number. ``better``, ``worse`` and ``unchanged`` count people by the published limit; ``None`` where there is none.
    """

    n: int
    mean_start: Decimal | None
    mean_now: Decimal | None
    mean_difference: Decimal | None
    sd_start: Decimal | None
    sd_now: Decimal | None
    sd_difference: Decimal | None
    better: int | None
    worse: int | None
    unchanged: int | None
    left_out: int = 0

    @property
    def is_shown(self):
        """Whether they are enough to be shown together."""
        return self.n >= FEWEST

    @property
    def counts_are_shown(self):
        """Whether how many got better, worse and neither may be told: all three, or none, as they add up to ``n``."""
        counts = (self.better, self.worse, self.unchanged)
        return self.is_shown and None not in counts and all(count == 0 or count >= FEWEST for count in counts)


def change(instrument, start, now):
    """Return the :class:`Change` of one person between the scores ``start`` and ``now`` (numbers or ``None``)."""
    limit = instrument.change_limit
    if start is None or now is None:
        return Change(UNKNOWN, start, now, None, limit)
    difference = now - start
    if not difference or (limit is not None and abs(difference) < limit):
        kind = NO_CLEAR_CHANGE
    else:
        kind = BETTER if (difference > 0) == instrument.higher_is_better else WORSE
    return Change(kind, start, now, difference, limit)


def paired(instrument, pairs):
    """Return the :class:`Paired` of ``pairs``, an iterable of ``(start, now)`` with a number or ``None`` each."""
    everybody = list(pairs)
    whole = [(start, now) for start, now in everybody if start is not None and now is not None]
    starts, nows = [start for start, __ in whole], [now for __, now in whole]
    differences = [now - start for start, now in whole]
    better = worse = unchanged = None
    if instrument.change_limit is not None:
        kinds = [change(instrument, start, now).kind for start, now in whole]
        better, worse, unchanged = (kinds.count(kind) for kind in (BETTER, WORSE, NO_CLEAR_CHANGE))
    return Paired(
        len(whole),
        _mean(starts),
        _mean(nows),
        _mean(differences),
        _spread(starts),
        _spread(nows),
        _spread(differences),
        better,
        worse,
        unchanged,
        len(everybody) - len(whole),
    )


def _decimal(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def _mean(numbers):
    return _decimal(sum(map(Fraction, numbers), Fraction()) / len(numbers)) if numbers else None


def _spread(numbers):
    if len(numbers) < 2:
        return None
    exact = [Fraction(number) for number in numbers]
    total, squares = sum(exact), sum(number * number for number in exact)
    # Fractions are exact, so the short formula loses nothing and is never below nought.
    return _decimal((squares - total * total / len(exact)) / (len(exact) - 1)).sqrt()
