"""Settings of a process that is killed on purpose: the test's own database, and mails that are written to a file."""

import os

import django

from tests.settings import *  # noqa: F403

DATABASES["default"]["NAME"] = os.environ["PEER_KILL_DB"]  # noqa: F405
_BACKEND = "tests.faults.letter_box.LetterBox"
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": _BACKEND}}
else:
    EMAIL_BACKEND = _BACKEND
