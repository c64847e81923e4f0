"""The record of processing (GDPR art. 30), written from the registry, so that the paper cannot drift from the tables."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .clocks import how_long
from .field_names import name_of
from .registry import OnErasure, tables
from .retention import rules


def _what_happens(table, kind):
    if table.ends:
        return table.ends
    if table.on_erasure is OnErasure.DELETE:
        return _("The whole row is deleted.")
    if kind.emptied and table.on_erasure is OnErasure.EMPTY:
        return _("Emptied.")
    if kind.emptied:
        return _("Stays; it is not about one person.")
    return _("Stays. %(why)s") % {"why": kind.kept_because}


def _labels(table, kind):
    names = [name for name, found in table.fields.items() if found is kind]
    return ", ".join(name_of(table.model._meta.get_field(name)) for name in names)


def _head(*titles):
    return ["| " + " | ".join(titles) + " |", "|---" * len(titles) + "|"]


def processing_record():
    """Return the record as Markdown in the active language: what is kept of whom, why, and what an erasure does to it."""
    lines = []
    for table in tables():
        lines += [
            f"### {table.title}",
            "",
            *([_("About: %(whom)s.") % {"whom": table.about}, ""] if table.about else []),
            *_head(
                _("What"),
                _("Fields"),
                _("Why"),
                _("How it ends") if table.ends else _("When somebody is erased"),
            ),
        ]
        for kind in dict.fromkeys(table.fields.values()):
            cells = (kind.label, _labels(table, kind), kind.why, _what_happens(table, kind))
            lines.append("| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |")
        lines += ["", _("How long: %(words)s") % {"words": how_long(table)}, ""]
    return "\n".join(lines)


def retention_record():
    """Return the rules of retention as a Markdown table."""
    lines = _head(_("What"), _("How long"), _("Why"))
    for rule in rules().values():
        count = rule.months_now
        months = ngettext("%(count)d month", "%(count)d months", count) % {"count": count}
        lines.append(f"| {capfirst(str(rule.label))} (`{rule.code}`) | {months} | {rule.why} |")
    return "\n".join(lines) + "\n"
