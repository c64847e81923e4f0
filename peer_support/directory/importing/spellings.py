"""A label as people may write it in a file: in English or Danish, whatever language is on while the file is read."""

from django.utils.translation import override

# ``None`` is the source language: the words as they stand in the code.
LANGUAGES = (None, "da")


def spellings(label):
    """Return the set of ways a translatable ``label`` may be written."""
    found = {str(label)}
    for language in LANGUAGES:
        with override(language):
            found.add(str(label))
    return found
