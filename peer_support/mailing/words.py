"""Words that a mail must not hold, in one place: who looks over a shoulder, or shares the inbox, learns nothing.

``NOWHERE`` is kept out of the whole mail, ``NOT_IN_A_SUBJECT`` out of the line that a locked telephone shows.
"""

import re

# The beginning of a word, in small letters; "$" ends it. Danish first, then English.
NOWHERE = (
    "peer", "psyk", "sygdom", "syg$", "syge$", "sindslid", "diagnos", "angst", "depress", "selvmord", "selvskad", "ptsd",
    "skizofren", "bipolar", "borderline", "stress", "krise", "sårbar", "recovery", "misbrug", "behandling", "terapi",
    "indlagt", "indlæg", "medicin", "illness", "mental", "disorder", "suicid", "anxiet", "crisis", "vulnerab", "therap",
    "patient", "treatment",
)  # fmt: skip
NOT_IN_A_SUBJECT = (
    *NOWHERE, "støtte", "borger", "frivillig", "match", "samtaleforløb", "gruppeforløb", "pårørende", "kommune",
    "visit", "hjælp", "støt", "support", "citizen", "volunteer", "help", "følgeskab", "forløb", "supervision",
)  # fmt: skip


# Letters only, so that "syg" is found in "Syg?" and not in "sygeplejerske".
_WHOLE = r"(?![^\W_])"


def _pattern(words):
    bodies = [re.escape(word.removesuffix("$")) + (_WHOLE if word.endswith("$") else "") for word in words]
    inside = r"[^\W_]+(?:psyk|sygdom|støtte)[^\W_]*"
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(bodies)})[^\W_]*|{inside}", re.IGNORECASE)


_NOWHERE, _SUBJECT = _pattern(NOWHERE), _pattern(NOT_IN_A_SUBJECT)


def telling_words(subject, body=""):
    """Return the words in ``subject`` and ``body`` that say what the mail is about, in the order they stand."""
    return [found.group() for found in (*_SUBJECT.finditer(subject), *_NOWHERE.finditer(body))]


def names_of(target):
    """Return the names that hang on ``target``: its own, its citizen's and its volunteer's."""
    people = [target, *(getattr(target, role, None) for role in ("citizen", "volunteer", "talk"))]
    names = {
        name.strip()
        for person in filter(None, people)
        for field in ("first_name", "last_name", "contact_name")
        for name in str(getattr(person, field, "") or "").split()
    }
    return {name for name in names if len(name) > 1}


def names_somebody(subject, target):
    """Whether ``subject`` holds a name of somebody whom ``target`` is about."""
    words = {word.casefold() for word in re.findall(r"[^\W_]+", subject)}
    return any(name.casefold() in words for name in names_of(target))
