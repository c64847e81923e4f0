"""The standard conversation guides, in Danish, as data that editors own from then on."""

import json
from pathlib import Path

from django.apps import apps as installed_apps
from django.db import router, transaction

APP = "peer_support"
FILE = Path(__file__).parent / "data" / "conversation_guides.json"


def entries():
    """Return the standard guides as dictionaries."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def load_guides(sender=None, using="default", apps=None, **kwargs):
    """Make the standard guides where there is none at all; safe to run again. What an editor rewrote stays."""
    apps = apps or installed_apps
    try:
        guide, version = (apps.get_model(APP, name) for name in ("ConversationGuide", "GuideVersion"))
    except LookupError:
        return  # the package's tables are not made yet, or were just removed
    if not all(router.allow_migrate_model(using, model) for model in (guide, version)):
        return
    guides, versions = guide._default_manager.using(using), version._default_manager.using(using)
    with transaction.atomic(using=using):
        if guides.filter(initiative=None).exists():
            return
        for entry in entries():
            made = guides.create(who=entry["who"], kind=entry["kind"])
            versions.create(guide=made, number=1, questions=entry["questions"])
