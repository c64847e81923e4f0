"""The list of all figures with their definitions, as a page of the documentation."""

from django.utils.translation import gettext as _

from .registry import GROUPS, UNITS, figures


def definitions():
    """Return the list as Markdown, in the active language: a heading for each group, a line for each figure."""
    lines = []
    for group, label in GROUPS.items():
        own = [figure for figure in figures().values() if figure.group == group]
        if not own:
            continue
        lines += [f"## {label}", ""]
        for figure in own:
            indent = "  " if figure.part_of else ""
            notes = [str(UNITS[figure.unit])]
            if not figure.additive:
                notes.append(_("periods cannot be added up"))
            lines.append(
                f"{indent}- **{figure.label}** (`{figure.code}`, {', '.join(notes)}): {figure.definition}"
            )
        lines.append("")
    return "\n".join(lines)
