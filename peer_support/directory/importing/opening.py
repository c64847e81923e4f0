"""Why a file or an address could not be opened, in a sentence of our own: the system's reasons are in English."""

from urllib.error import HTTPError

from django.utils.translation import gettext as _


def why_not(source, error):
    """Return the sentence for ``error``, raised when ``source`` (a path or an address) was opened."""
    return _sentence(source, error) % {"source": source}


def _sentence(source, error):
    if "://" in str(source):
        if isinstance(error, HTTPError):
            return _("There is nothing to fetch at %(source)s. Is the address right?")
        return _("%(source)s does not answer. Is the address right, and is there a connection?")
    if isinstance(error, FileNotFoundError):
        return _("There is no file called %(source)s. Is the name right?")
    if isinstance(error, PermissionError):
        return _("You are not allowed to read %(source)s. Ask the owner of the file.")
    if isinstance(error, IsADirectoryError):
        return _("%(source)s is a folder. Write the name of a file in it.")
    return _("%(source)s could not be read.")
