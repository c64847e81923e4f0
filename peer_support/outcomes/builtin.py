"""Areas to begin with, in everyday Danish and in words of our own, as data that editors own from then on."""

from django.apps import apps as installed_apps
from django.db import router

APP = "peer_support"
AREAS = (
    "Søvn",
    "Mad og måltider",
    "Min krop",
    "At komme ud ad døren",
    "Hjemmet",
    "Penge og papirer",
    "Familien",
    "Venner og selskab",
    "Noget at stå op til",
    "Humøret",
    "Troen på mig selv",
    "Håb for fremtiden",
)


def load_areas(sender=None, using="default", apps=None, **kwargs):
    """Fill an empty table of areas; safe to run again. A table that holds anything is left alone."""
    apps = apps or installed_apps
    try:
        model = apps.get_model(APP, "AreaSuggestion")
    except LookupError:
        return  # the package's tables are not made yet, or were just removed
    rows = model._default_manager.using(using)
    if router.allow_migrate_model(using, model) and not rows.exists():
        rows.bulk_create(model(name=name, sort_order=n) for n, name in enumerate(AREAS))
