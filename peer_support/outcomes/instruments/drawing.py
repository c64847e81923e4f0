"""Where the lines of a change go: scores in, positions out. Knows nothing of people, languages or Django.

Every position is text with a point in it, so that no template can write it the Danish way.
"""

from dataclasses import dataclass

WIDTH, HEIGHT = 560, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 536, 28, 236
# The columns stand this far inside the frame, so that the words below them have room.
INSET = 64
# Below the frame: the first and the second line under a column.
BELOW = (24, 48)
DOT = 9
MOST_POINTS = 5


@dataclass(frozen=True)
class Column:
    """One moment as it is drawn: a dot, the number above it, ``whisker`` as (top, bottom, left, right), or empty."""

    x: str
    y: str
    label: str
    label_y: str
    whisker: tuple = ()
    words: tuple = ()  # of (y, text)
    is_first: bool = False


@dataclass(frozen=True)
class Drawing:
    """Everything a template needs; ``band`` is (y, height) of what counts as no clear change, or empty."""

    ticks: tuple = ()  # of (y, text y, number)
    band: tuple = ()
    columns: tuple = ()
    line: str = ""
    left: str = str(LEFT)
    right: str = str(RIGHT)
    number_x: str = str(LEFT - 12)
    band_width: str = str(RIGHT - LEFT)

    @property
    def box(self):
        return f"0 0 {WIDTH} {HEIGHT}"

    @property
    def is_empty(self):
        return not self.columns


def _text(number):
    return f"{float(number):.1f}"


def _height(instrument, score):
    """Return how far down ``score`` stands; what lies outside the instrument's range stops at the edge."""
    score = min(max(score, instrument.low), instrument.high)
    return BOTTOM - (BOTTOM - TOP) * float(score - instrument.low) / (instrument.high - instrument.low)


def ticks_of(low, high):
    """Return the numbers of the scale: both ends, and as many whole numbers between as stand evenly, at most three."""
    for steps in (4, 3, 2):
        if (high - low) % steps == 0:
            return [low + (high - low) // steps * step for step in range(steps + 1)]
    return [low, high]


def _frame(instrument):
    return tuple(
        (_text(_height(instrument, tick)), _text(_height(instrument, tick) + 6), tick)
        for tick in ticks_of(instrument.low, instrument.high)
    )


def _across(index, count):
    if count == 1:
        return (LEFT + RIGHT) / 2
    return LEFT + INSET + (RIGHT - LEFT - 2 * INSET) * index / (count - 1)


def _columns(instrument, points, spreads):
    columns = []
    for index, ((score, label, words), spread) in enumerate(zip(points, spreads, strict=True)):
        x, y = _across(index, len(points)), _height(instrument, score)
        whisker, above = (), y
        if spread is not None:
            above, below = _height(instrument, score + spread), _height(instrument, score - spread)
            whisker = tuple(_text(number) for number in (above, below, x - 10, x + 10))
        # The number stands above its dot or its whisker, or below where there is no room above.
        label_y = above - DOT - 7 if above - DOT - 7 > 20 else (y + DOT + 22)
        columns.append(
            Column(
                _text(x),
                _text(y),
                label,
                _text(label_y),
                whisker=whisker,
                words=tuple(
                    (_text(BOTTOM + down), text) for down, text in zip(BELOW, words, strict=False) if text
                ),
                is_first=not index,
            )
        )
    return tuple(columns)


def _line(columns):
    return "M" + "L".join(f"{column.x} {column.y}" for column in columns) if len(columns) > 1 else ""


def draw_person(instrument, points, *, compared=True):
    """Return the :class:`Drawing` of one person's ``points``: ``(score, label, words below)`` in order of time.

    The band is what lies within the published limit of the first score: there is no clear change inside it. There is
    none unless the first is what the others are ``compared`` with.
    """
    if not points:
        return Drawing()
    band = ()
    if compared and instrument.change_limit is not None and len(points) > 1:
        top = _height(instrument, points[0][0] + instrument.change_limit)
        band = (_text(top), _text(_height(instrument, points[0][0] - instrument.change_limit) - top))
    columns = _columns(instrument, points, [None] * len(points))
    return Drawing(_frame(instrument), band, columns, _line(columns))


def draw_group(instrument, points, spreads):
    """Return the :class:`Drawing` of a group's means, with a whisker of one spread to each side."""
    columns = _columns(instrument, points, spreads)
    return Drawing(_frame(instrument), (), columns, _line(columns))
