"""Where the bars of a picture go: numbers in, positions out. Every position is text with a point in it."""

from dataclasses import dataclass

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 20, 620, 44, 208
MOST_WIDE = 90


@dataclass(frozen=True)
class Bar:
    """One bar; ``text`` is its number as it is printed. A hidden one is an outline of the same height everywhere."""

    x: str
    y: str
    width: str
    height: str
    middle: str
    text_y: str
    label: str
    text: str
    hidden: bool = False


@dataclass(frozen=True)
class Bars:
    """A row of bars on a line; empty where there is nothing to draw."""

    bars: tuple = ()
    box: str = f"0 0 {WIDTH} {HEIGHT}"
    left: str = str(LEFT)
    right: str = str(RIGHT)
    line: str = str(BOTTOM)
    label_y: str = str(BOTTOM + 30)


def draw_bars(columns):
    """Return the :class:`Bars` of ``columns``: ``(label, value, text)``; a value of None is hidden or not known."""
    columns = list(columns)
    known = [float(value) for __, value, __ in columns if value is not None]
    if not known or not max(known):
        return Bars()
    step = (RIGHT - LEFT) / len(columns)
    width = min(MOST_WIDE, step * 0.7)
    bars = []
    for index, (label, value, text) in enumerate(columns):
        middle = LEFT + step * (index + 0.5)
        height = 14.0 if value is None else (BOTTOM - TOP) * float(value) / max(known)
        bars.append(
            Bar(
                _text(middle - width / 2),
                _text(BOTTOM - height),
                _text(width),
                _text(height),
                _text(middle),
                _text(BOTTOM - height - 10),
                label,
                text,
                value is None,
            )
        )
    return Bars(tuple(bars))


def _text(number):
    return f"{number:.1f}"
