"""Where the bars of a funnel go: numbers in, positions out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ...recruitment.models_plan import RecruitmentPlan

LEFT, WIDTH, HEIGHT, STEP = 190, 380, 22, 30
Seeks = RecruitmentPlan.Seeks


@dataclass(frozen=True)
class Bar:
    label: str
    number: int
    y: str
    text_y: str
    width: str
    number_x: str


@dataclass(frozen=True)
class Drawing:
    bars: tuple
    box: str
    left: str = str(LEFT)
    room: str = str(WIDTH)
    height: str = str(HEIGHT)


def draw(funnel, most, seeks):
    """Return the :class:`Drawing` of ``funnel``; ``most`` is the number whose bar fills the width."""
    accepted = {
        Seeks.VOLUNTEERS: _("Approved"),
        Seeks.CITIZENS: _("On the list"),
        Seeks.BOTH: _("Approved or listed"),
    }[seeks]
    steps = [
        (_("Enquired"), funnel.enquired),
        (_("Talked with us"), funnel.talked),
        (accepted, funnel.accepted),
        (_("With a match"), funnel.active),
    ]
    bars = []
    for position, (label, number) in enumerate(steps):
        y, width = position * STEP, WIDTH * number / most if most else 0
        bars.append(
            Bar(label, number, str(y), str(y + 16), f"{max(width, 1.5):.1f}", f"{LEFT + width + 8:.1f}")
        )
    return Drawing(tuple(bars), f"0 0 {LEFT + WIDTH + 50} {len(steps) * STEP}")
