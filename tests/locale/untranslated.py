"""Record every string that a screen asks the catalogues for and that has no Danish."""

from contextlib import contextmanager

from django.utils import translation
from django.utils.translation import trans_real

CONTEXT_SEPARATOR = "\x04"


def has_danish(message, context=None):
    """Whether one of the merged catalogues of all apps holds ``message`` in Danish."""
    catalogue = trans_real.translation("da")._catalog
    key = f"{context}{CONTEXT_SEPARATOR}{message}" if context else message
    for candidate in (key, (key, 1), (key, 0)):
        if catalogue.get(candidate) is not None:
            return True
    return False


@contextmanager
def recording():
    """Yield a set that fills with what was asked for in Danish and not found, while the block runs."""
    missing = set()
    active = translation._trans
    originals = {name: getattr(trans_real, name) for name in ("gettext", "pgettext", "ngettext", "npgettext")}

    def note(message, context=None):
        if (
            translation.get_language() == "da"
            and str(message).strip()
            and not has_danish(str(message), context)
        ):
            missing.add(str(message))

    def gettext(message):
        note(message)
        return originals["gettext"](message)

    def pgettext(context, message):
        note(message, context)
        return originals["pgettext"](context, message)

    def ngettext(singular, plural, number):
        note(singular)
        return originals["ngettext"](singular, plural, number)

    def npgettext(context, singular, plural, number):
        note(singular, context)
        return originals["npgettext"](context, singular, plural, number)

    wrapped = {"gettext": gettext, "pgettext": pgettext, "ngettext": ngettext, "npgettext": npgettext}
    before = {name: active.__dict__.get(name) for name in wrapped}
    for name, function in wrapped.items():
        setattr(active, name, function)
    try:
        yield missing
    finally:
        for name, function in before.items():
            if function is None:
                delattr(active, name)
            else:
                setattr(active, name, function)
