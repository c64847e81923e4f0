"""Lines with lost letters.

Some fonts lose letter pairs ("tt", "ti", "ft", "fi") or single letters when a document is turned into text.
What is left is a hole in a word: a letter that stands alone, a word that begins with letters no Danish word
begins with, an ending without its word, or two spaces where a letter was.
"""

from __future__ import annotations

import re
from collections import Counter

from .lines import Line
from .patterns import EMAIL, LIST_MARK, URL

_TOKEN = re.compile(r"[A-Za-zÆØÅæøåéèüöä]+")
_ALONE_OK = frozenset("iåaoxøI")
_ONSETS = frozenset(
    """
    bl br bj dr dj dv fl fr fj gl gr gn gj kl kr kn kv kj pl pr pj ps pn sk sl sm sn sp st sv sj sc tr tv tj
    vr hj hv mj nj lj rj bh th ch ph gh rh wh wr kh sh ts tz xb dz zw schw cl cr sf kw sq fn mc cz qv
    """.split()
)
_ABBREVIATION = frozenset(
    """
    dvs mhp mhbp mht mfl ml mm mv mvh pga hhv vha vedr ift ifm jf jfr jvf fx tlf nr kr kl stk mdl mdr md hr
    fr ph cpr cvr pc tv dvd cd kbh www http https html pt ca bl kg km cm pct ltd phd fsv nb ps sms gps it dk
    vs vpi hf hh htx stx ngo lgbt mb mbere lgbtq frk afd str sdr skt ndr
    """.split()
)
_ENDINGS = frozenset(
    """
    onen onens oner onerne onel onelle onale viteter viteterne vitet vitets cere ceret cerede cerer ceres
    cering ceringen elser elsen delser lbud lbyde dligere dligt dspunkt klen kler klerne vere verer verede
    ekten ekter ekt gste gstes ghed gheden onsredskaber onsniveau ellement erfølgende
    """.split()
)
_LOST = ("tt", "ti", "ft", "fi", "ff", "fl", "tti", "ffi", "fj", "fh", "t", "f", "k", "d", "s")
_STUMPS = frozenset("ha stø sæ fortsæ dri udgi merudgi poten posi krea rela situa mo kombina informa".split())
_COMMON = frozenset(
    """
    og i at det en den til er som på de med han af for ikke der var mig sig men et har om vi min havde ham
    hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev kunne ind
    når være dog noget ville jo deres efter ned skulle denne end dette mit også under have dig anden hende
    mine alt meget sit sine vor mod disse hvis din nogle hos blive mange ad bliver hendes været thi jer
    sådan ved kan får så
    """.split()
)


class Vocabulary:
    """The words of the document itself, counted; the measure for what a whole word is."""

    def __init__(self, lines: list[Line]):
        self.count: Counter[str] = Counter()
        for line in lines:
            for word in _TOKEN.findall(URL.sub(" ", line.text)):
                self.count[word.casefold()] += 1
        self.starts = {word[:n] for word, times in self.count.items() for n in range(4, len(word)) if times}
        self.tails: dict[str, int] = Counter()
        for word, times in self.count.items():
            for cut in (1, 2):
                if len(word) - cut >= 4:
                    self.tails[word[cut:]] += times

    def headless(self, word: str) -> bool:
        """Whether the word only makes sense with a letter in front of it (“ommunes”)."""
        return len(word) >= 5 and self.count[word] <= 3 and self.tails.get(word, 0) > 2 * self.count[word]

    def whole(self, word: str) -> bool:
        return word in _COMMON or self.count[word] > 1


def is_damaged(text: str, words: Vocabulary) -> bool:
    """Whether letters are missing in a line."""
    text = EMAIL.sub(" ; ", URL.sub(" ; ", text))
    bare = LIST_MARK.sub("", text)
    if bare != text and text.startswith(("•", "→")) and re.match(r"[•→]\s{2,}[a-zæøå]", text):
        return True
    tokens = list(_TOKEN.finditer(bare))
    for index, match in enumerate(tokens):
        if _lonely(bare, match) or _headless(bare, match, words):
            return True
        if index and _holed(bare, tokens[index - 1], match, words):
            return True
    return bool(re.search(r"\(\w+ \)|[a-zæøå] {2,}[.](?:\s|$)|[a-zæøå] {3,5}[a-zæøå]", bare))


def _lonely(text: str, match: re.Match) -> bool:
    """A single letter that is no word: “stø e”, “ bidrager  l ”."""
    word = match.group()
    if len(word) != 1:
        return False
    before, after = text[: match.start()], text[match.end() :]
    if before and not before[-1].isspace() or after[:1] not in ("", " ", ",", ".", "-"):
        return False
    if word.isupper():
        if (
            word not in "IAÅØX"
            and re.search(r"(?:^|[.!?:]\s+)$", before)
            and re.match(r" [a-zæøå]{2,3}\b", after)
        ):
            return True
        wide = before.endswith("  ") or after.startswith("  ")
        return wide and bool(re.search(r"[A-ZÆØÅ]\s+$", before))
    if word in "iå" and after[:2] == " .":
        return True
    english = re.search(r"\b(?:the|that|of|and|with)\b", text)
    if word == "a" and not english and re.match(r" (?!la\b|priori\b|conto\b|jour\b)[a-zæøå]", after):
        return True
    if word in _ALONE_OK:
        return False
    return not (
        after[:1] == "." or re.search(r"\b(?:punkt|pkt|litra|gruppe|bilag|type|skema|del)\s$", before, re.I)
    )


def _headless(text: str, match: re.Match, words: Vocabulary) -> bool:
    """A word whose first letters are gone: “ dligere”, “ ommunes”."""
    word = match.group()
    if len(word) < 3 or word.isupper() or word.casefold() in _ABBREVIATION:
        return False
    before = text[: match.start()]
    if before and not before[-1].isspace():
        return False
    low = word.casefold()
    if word[0].islower() and text[match.end() : match.end() + 1] != ".":
        if low in _ENDINGS:
            return True
        vowel = re.search("[aeiouyæøåéèüöä]", low)
        onset = low[: vowel.start()] if vowel else ""
        if len(onset) >= 2 and onset[:2] not in _ONSETS and not words.count[low] > 3:
            return True
    wide = before.endswith("  ") or before == " "
    opens = not before.strip() or bool(re.search(r"[.!?:”]\s+$", before))
    return word[0].islower() and (wide or opens and before.endswith("  ")) and words.headless(low)


def _holed(text: str, left: re.Match, right: re.Match, words: Vocabulary) -> bool:
    """Two pieces of one word (“rekru eres”), or a hole of two spaces inside a sentence."""
    gap = text[left.end() : right.start()]
    if gap.strip() or not gap:
        return False
    first, second = left.group().casefold(), right.group().casefold()
    small = right.group()[0].islower()
    if small and len(first) >= 2 and not (words.whole(first) and words.whole(second)):
        if any(words.count[first + lost + second] for lost in _LOST[:10]):
            return True
        if len(first) >= 4 and not words.whole(second):
            if any(first + lost + second[:2] in words.starts for lost in _LOST[:10]):
                return True
    if (
        second == "er"
        and first in _STUMPS
        or first in _STUMPS
        and small
        and len(gap) == 1
        and len(second) <= 4
    ):
        return True
    if len(gap) == 2 and small:
        known = words.whole(second) or second in words.starts or len(second) > 6
        stump = first in _STUMPS
        return stump or (not known and not words.tails.get(second)) or words.headless(second)
    return False


def damaged_lines(lines: list[Line], words: Vocabulary) -> list[int]:
    """The numbers of the lines with lost letters."""
    return [line.no for line in lines if is_damaged(_untrimmed(line), words)]


def _untrimmed(line: Line) -> str:
    """The text with the space that stood before its first letter."""
    lead = " " if re.match(r"\s", line.raw) else ""
    return lead + line.text
