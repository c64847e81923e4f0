"""A QR code as inline SVG, drawn here: no address is sent to anybody."""

import segno
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

# Level M still reads where 15 % is torn off or written over (ISO/IEC 18004), which happens to a poster.
LEVEL = "m"
QUIET_MODULES = 4


def qr_svg(address, *, label=""):
    """Return ``address`` as an SVG drawing for a page; its size is set by the style sheet.

    ``label`` is what a screen reader says instead of the drawing. Black on white, also on a dark page: some readers
    see nothing else. The address itself ought to stand beside it as text.
    """
    code = segno.make(address, error=LEVEL, micro=False)
    side = code.symbol_size(border=QUIET_MODULES)[0]
    return format_html(
        '<svg class="peer-qr" role="img" aria-label="{label}" viewBox="0 0 {side} {side}" '
        'shape-rendering="crispEdges" xmlns="http://www.w3.org/2000/svg">'
        '<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{path}"/></svg>',
        label=label or _("QR code that opens the page on a telephone"),
        side=side,
        path=mark_safe(_path(code)),  # noqa: S308 - digits and letters made here
    )


def _path(code):
    """Return the dark modules as one path: a run of them in a row is one rectangle."""
    steps = []
    for y, row in enumerate(code.matrix, start=QUIET_MODULES):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            start = x
            while x < len(row) and row[x]:
                x += 1
            steps.append(f"M{start + QUIET_MODULES} {y}h{x - start}v1h{start - x}z")
    return "".join(steps)
