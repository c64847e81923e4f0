"""How easy a Danish text is to read, and where it sounds like an authority. It advises; it stops nobody.

LIX is C. H. Björnsson's measure (*Läsbarhet*, Liber 1968): the average number of words in a sentence, plus the
percentage of words of more than six letters. The Danish bands are those commonly used (Jakobsen, *Dansk LIX 70*,
1971): up to 24 very easy, 25–34 easy, 35–44 middling, 45–54 hard, 55 and over very hard.

``static/peer_support/recruitment/readability.js`` counts in the same way, with the same lists; a test compares them.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from ..conf import peer_settings
from . import readability_words as words_of

# A shorter text has no figure: one long word would decide it.
FEWEST_WORDS = 10
LONG_WORD = 6
# A sentence of this many words that would be "very hard" alone is pointed at, however light the rest is.
HEAVY_SENTENCE_WORDS, HEAVY_SENTENCE_LIX = 12, 55
BANDS = ((25, "very_easy"), (35, "easy"), (45, "middling"), (55, "hard"))

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# A full stop ends a sentence unless a small letter or a digit follows ("kl. 10", "d. 3. maj", "bl.a. om").
_END = re.compile(r"[!?:…]+(?=\s|$)|\.+(?=[\"'”»)]*\s+[^\sa-zæøå0-9]|[\"'”»)]*\s*$)|\n+")


@dataclass(frozen=True)
class Measure:
    """What was counted in a text. ``lix`` is a whole number, or None in a text of fewer than ten words."""

    words: int
    sentences: int
    long_words: int
    lix: int | None
    band: str


@dataclass(frozen=True)
class Hint:
    """One place worth a second look. ``kind`` is "sentence", "authority", "passive" or "distance".

    ``found`` is what stands there (the first words of a sentence), ``instead`` may be empty, ``start`` counts characters.
    """

    kind: str
    found: str
    instead: str
    start: int


def measure(text):
    """Count ``text`` (plain, no markup; a line break ends a sentence) and return a :class:`Measure`."""
    words = long_words = sentences = 0
    for sentence in _END.split(text):
        found = _WORD.findall(sentence)
        if found:
            sentences += 1
            words += len(found)
            long_words += sum(map(_is_long, found))
    if words < FEWEST_WORDS:
        return Measure(words, sentences, long_words, None, "short")
    lix = int(words / sentences + 100 * long_words / words + 0.5)
    return Measure(words, sentences, long_words, lix, band_of(lix))


def band_of(lix):
    """Return the Danish band of a LIX figure: very_easy, easy, middling, hard or very_hard."""
    return next((name for limit, name in BANDS if lix < limit), "very_hard")


def authority_words():
    """Return the pairs (word, friendlier word): the built-in ones and the host's ``AUTHORITY_WORDS``.

    The setting is a dictionary; an empty friendlier word takes a built-in word out.
    """
    pairs = dict(words_of.AUTHORITY_WORDS) | dict(peer_settings.AUTHORITY_WORDS)
    return tuple((word, instead) for word, instead in pairs.items() if instead)


def rules():
    """Return the lists that hints are made from, as the browser needs them too."""
    return {
        "authority": [list(pair) for pair in authority_words()],
        "thirdPerson": [list(pair) for pair in words_of.THIRD_PERSON],
        "modals": list(words_of.MODALS),
        "passives": list(words_of.PASSIVES),
        "notPassive": list(words_of.NOT_PASSIVE),
        "participles": list(words_of.PARTICIPLES),
        "notParticiple": list(words_of.NOT_PARTICIPLE),
    }


@lru_cache(maxsize=512)
def _phrase(pattern):
    """Return a regular expression for a phrase in which a star stands for any ending."""
    body = re.escape(pattern).replace(r"\*", r"[^\W_]*").replace(r"\ ", r"\s+")
    return re.compile(rf"(?<![^\W_]){body}(?![^\W_])", re.IGNORECASE)


def hints(text):
    """Return the places in ``text`` that sound like an authority or keep a distance, in reading order."""
    found = []
    for pattern, instead in authority_words():
        found += [Hint("authority", m.group(), instead, m.start()) for m in _phrase(pattern).finditer(text)]
    for pattern, instead in words_of.THIRD_PERSON:
        found += [Hint("distance", m.group(), instead, m.start()) for m in _phrase(pattern).finditer(text)]
    found += _passives(text)
    return sorted(
        [*_heavy_sentences(text), *_without_overlaps(found)], key=lambda h: (h.start, h.kind != "sentence")
    )


def _heavy_sentences(text):
    start = 0
    for end in [*_END.finditer(text), None]:
        sentence = text[start : end.start() if end else len(text)]
        words = list(_WORD.finditer(sentence))
        if len(words) >= HEAVY_SENTENCE_WORDS:
            long_words = sum(_is_long(word.group()) for word in words)
            if len(words) + 100 * long_words / len(words) >= HEAVY_SENTENCE_LIX:
                opening = sentence[words[0].start() : words[3].end()]
                yield Hint("sentence", f"{opening} …", "", start + words[0].start())
        start = end.end() if end else start


def _is_long(word):
    return len(re.sub(r"[-'’]", "", word)) > LONG_WORD


def _passives(text):
    spots = list(_WORD.finditer(text))
    for place, spot in enumerate(spots):
        word = spot.group().casefold()
        before = [s.group().casefold() for s in spots[max(place - 2, 0) : place]]
        if _is_s_passive(word, before):
            yield Hint("passive", spot.group(), "", spot.start())
        elif _is_participle(word) and set(before) & {"blive", "bliver", "blev", "blevet"}:
            yield Hint("passive", spot.group(), "", spot.start())


def _is_s_passive(word, before):
    if word in words_of.PASSIVES:
        return True
    if not word.endswith("es") or len(word) < 5 or word in words_of.NOT_PASSIVE:
        return False
    return bool(before) and (
        before[-1] in words_of.MODALS or (before[-1] == "ikke" and before[0] in words_of.MODALS)
    )


def _is_participle(word):
    if word in words_of.PARTICIPLES:
        return True
    return word.endswith("et") and len(word) > 4 and word not in words_of.NOT_PARTICIPLE


def _without_overlaps(found):
    """Keep the longest of what lies on top of each other, in reading order."""
    kept = []
    for hint in sorted(found, key=lambda h: (h.start, -len(h.found), h.kind)):
        if not kept or hint.start >= kept[-1].start + len(kept[-1].found):
            kept.append(hint)
    return kept
