"""Text from outside, made harmless and plain before anybody reads it."""

import hashlib
import unicodedata

from .document import natural_key, split_contact

LONGEST_TEXT = 20_000
LONGEST_KEY = 200
# Characters that turn the direction of the text around them, and so can hide what is written.
_INVISIBLE = {
    chr(n) for n in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0xFEFF)
}


def clean(text):
    """Return ``text`` composed (NFC), with plain newlines, without control and direction characters, trimmed."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = (
        c for c in text if c in "\n\t" or not (unicodedata.category(c) in ("Cc", "Cs") or c in _INVISIBLE)
    )
    return "".join(kept).strip()


def key_of(title, chapter):
    """Return the natural key of an entry, at most 200 characters: the end of a longer one is hashed."""
    key = natural_key(title, chapter)
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[:160]}#{hashlib.sha256(key.encode()).hexdigest()[:24]}"


def move_contacts(values, names):
    """Take personal names, telephone numbers and e-mail addresses out of the texts called ``names``.

    Changes ``values`` and returns ``(contact, moved)``: the restricted text, and the fields it came from.
    """
    contact, moved = [], []
    for name in names:
        value = values.get(name)
        text = value[1] if isinstance(value, list) else value
        if not text:
            continue
        public, restricted, findings = split_contact(text)
        if not findings:
            continue
        values[name] = [value[0], public] if isinstance(value, list) else public
        contact.append(restricted)
        moved.append(name)
    return "\n".join(part for part in contact if part), moved
