"""Words of illness that people need not write in a form. They are asked about once, and never stop anybody."""

import re

# Stems in Danish, with the English that is written in Denmark too. Everyday words for a mood ("trist", "ked af det",
# "nervøs", "stress") are none of them: those are what a person comes with.
STEMS = (
    "adhd",
    "angst",
    "anoreksi",
    "asperger",
    "autis",
    "bipolar",
    "borderline",
    "bulimi",
    "depress",
    "diagnos",
    "f20",
    "f31",
    "f32",
    "maniodepressiv",
    "ocd",
    "paranoi",
    "personlighedsforstyr",
    "psykose",
    "psykotisk",
    "ptsd",
    "selvskad",
    "skizo",
    "spiseforstyr",
)
_WORD = re.compile(rf"\b(?:{'|'.join(STEMS)})", re.IGNORECASE)


def names_illness(text):
    """Whether ``text`` names a diagnosis."""
    return bool(_WORD.search(text or ""))
