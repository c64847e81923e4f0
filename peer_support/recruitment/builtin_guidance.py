"""Rules, words and ideas to begin with, in Danish, as data that editors own from then on.

The rules carry no date: nobody at the centre has checked them yet, and the page says so until somebody has.
"""

import json
from pathlib import Path

from django.apps import apps as installed_apps
from django.db import router, transaction

APP = "peer_support"
DATA = Path(__file__).parent / "data"
TABLES = {"BenefitRule": "benefit_rules.json", "GlossaryTerm": "glossary.json", "IdeaArea": "ideas.json"}


def entries(name):
    """Return the built-in rows of the model ``name`` as dictionaries."""
    return json.loads((DATA / TABLES[name]).read_text(encoding="utf-8"))


def load_guidance(sender=None, using="default", apps=None, **kwargs):
    """Fill empty tables of rules, words and ideas; safe to run again.

    A table that holds anything is left alone: what an editor rewrote stays, and what was deleted stays away.
    """
    apps = apps or installed_apps
    try:
        models = {name: apps.get_model(APP, name) for name in TABLES}
    except LookupError:
        return  # the package's tables are not made yet, or were just removed
    with transaction.atomic(using=using):
        for name, model in models.items():
            rows = model._default_manager.using(using)
            if router.allow_migrate_model(using, model) and not rows.exists():
                rows.bulk_create(model(**entry) for entry in entries(name))
