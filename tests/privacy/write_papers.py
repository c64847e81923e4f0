"""``python -m tests.privacy.write_papers``: write the papers of data protection in ``docs/papers`` anew."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.privacy.test_papers import write  # noqa: E402

write()
