"""Whether the words that were pasted in fit the instrument; what to say where they do not."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# A line longer than this is not an item, but a page that was pasted as one.
LONGEST_ITEM, LONGEST_WORD = 300, 80


def lines_of(text):
    """Return the lines of ``text`` that say something, each without spaces around it."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def check_words(instrument, items_text, words_text):
    """Raise ``ValidationError``, by field, unless the words fit ``instrument``: as many items and answers as it has,
    none of them twice, and none too long to be one."""
    if instrument is None or not instrument.items:
        raise ValidationError({"instrument": _("Choose which questionnaire it is.")})
    faults = {
        "items_text": _fault(items_text, instrument.items, LONGEST_ITEM, _count_of_items),
        "words_text": _fault(words_text, instrument.words_needed, LONGEST_WORD, _count_of_words),
    }
    if faults := {field: fault for field, fault in faults.items() if fault}:
        raise ValidationError(faults)


def _fault(text, wanted, longest, count_sentence):
    if not text:
        return ""  # an empty field has its own sentence
    lines = lines_of(text)
    if len(lines) != wanted:
        return count_sentence(wanted, len(lines))
    seen = set()
    for line in lines:
        if len(line) > longest:
            return _("“%(line)s …” is too long for one line. Is there a line break missing?") % {
                "line": line[:30]
            }
        if line.casefold() in seen:
            return _("“%(line)s” is there twice.") % {"line": line[:60]}
        seen.add(line.casefold())
    return ""


def _count_of_items(wanted, found):
    return ngettext(
        "This questionnaire has %(wanted)d items, and there is %(found)d line. Write one item a line.",
        "This questionnaire has %(wanted)d items, and there are %(found)d lines. Write one item a line.",
        found,
    ) % {"wanted": wanted, "found": found}


def _count_of_words(wanted, found):
    return ngettext(
        "One answers with one of %(wanted)d answers, and there is %(found)d line. Write one answer a line.",
        "One answers with one of %(wanted)d answers, and there are %(found)d lines. Write one answer a line.",
        found,
    ) % {"wanted": wanted, "found": found}
