"""Find an initiative by words, the same way on every database.

The text of an entry is kept in one normalised column. Danish spelling variants are one word there: å and aa, ø
and oe, æ and ae, with and without accents, and peer-støtte, peerstøtte and peer støtte. After the words the
column holds all letters in one run, so that a compound is found however it was split.
"""

import re
import unicodedata

_LETTERS = str.maketrans(
    {"å": "aa", "ø": "oe", "æ": "ae", "ö": "oe", "ä": "ae", "ß": "ss", "ð": "d", "þ": "th"}
)
# Shorter words are looked for at the start of words only: "ung" should not find "Kalundborg".
LONG_WORD = 4
LONGEST_QUERY = 200


def words_of(text):
    """Return the normalised words of ``text``: lower case, plain letters; a hyphen between letters is left out."""
    text = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = re.sub(r"(?<=[^\W\d_])[-\u2010\u2011\u00ad](?=[^\W\d_])", "", text)
    return re.findall(r"[^\W_]+", text)


def search_text(*texts):
    """Return what the search column holds for these texts: the words with spaces, then the letters in one run."""
    words = [word for text in texts if text for word in words_of(text)]
    return f" {' '.join(words)}\n{''.join(words)}" if words else ""


def narrow(queryset, typed, field="search_text"):
    """Return ``queryset`` narrowed to rows that hold every word in ``typed``; empty where no letter was typed."""
    words = words_of(typed[:LONGEST_QUERY])
    if not words:
        return queryset.none() if typed.strip() else queryset
    for word in words:
        queryset = queryset.filter(**{f"{field}__contains": word if len(word) >= LONG_WORD else f" {word}"})
    return queryset
