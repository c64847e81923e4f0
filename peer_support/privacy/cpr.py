"""CPR numbers in free text: found however they are written, and taken out before anything is kept.

A person registration number is ten digits that begin with a date (day, month, year). The check digit says nothing
since 2007, and replacement numbers add 60 to the day (CPR-kontoret), so neither is asked for here: a number that only
looks like one is better taken out than kept.
"""

import re
import unicodedata

REPLACEMENT = "…"
# Between the parts people write a space, a dot, a dash or a slash, and sometimes the century.
_SEP = r"[ .\-/]{0,2}"
_ANY_CPR = re.compile(
    rf"(?<!\d)(0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01]){_SEP}(0[1-9]|1[0-2]){_SEP}(19|20)?\d{{2}}[ ]?[-/.]?[ ]?\d{{4}}(?!\d)"
)


def _plain(char):
    """Return what ``char`` looks like to a reader of numbers: one plain digit, space or dash, or itself."""
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd" or char == "\u2212":
        return "-"
    if category in ("Zs", "Zl", "Zp") or char in "\t\r\n":
        return " "
    return char


def strip_cpr(text):
    """Return ``(text, how many)``: ``text`` with everything that looks like a CPR number replaced by "…".

    Digits of other scripts, every kind of dash and space, and marks that take no room are seen through.
    """
    kept = [(place, char) for place, char in enumerate(text) if unicodedata.category(char) != "Cf"]
    shadow = "".join(_plain(char) for __, char in kept)
    found = list(_ANY_CPR.finditer(shadow))
    for match in reversed(found):
        first, last = kept[match.start()][0], kept[match.end() - 1][0]
        text = text[:first] + REPLACEMENT + text[last + 1 :]
    return text, len(found)
