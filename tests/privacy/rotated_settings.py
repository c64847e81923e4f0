"""Settings of a process of its own that writes values anew and is killed meanwhile: the test's database and keys."""

import os

from tests.settings import *  # noqa: F403

DATABASES["default"]["NAME"] = os.environ["PEER_KILL_DB"]  # noqa: F405
PEER_SUPPORT = {**PEER_SUPPORT, "KEYS": os.environ["PEER_KILL_KEYS"].split()}  # noqa: F405
