"""Tables that come with the package and are kept up to date after every migration."""

import csv
from importlib.resources import files

from django.apps import apps as installed_apps
from django.db import router, transaction

from .geo import project

APP = "peer_support"


def read_table(name):
    """Return the rows of ``directory/data/<name>.csv`` as dictionaries."""
    text = files("peer_support.directory").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def load_builtin_tables(sender=None, using="default", apps=None, **kwargs):
    """Fill municipalities, the postcodes of their seats, and the built-in directory terms; safe to run again.

    What editors or ``load_postcodes`` changed stays: a postcode that is there keeps its place, and a kind of
    term that has words already is left alone, so that a word an editor renamed or deleted does not come back.
    """
    apps = apps or installed_apps
    try:
        models = [apps.get_model(APP, name) for name in ("Municipality", "Postcode", "DirectoryTerm")]
    except LookupError:
        return  # the package's tables are not made yet, or were just removed
    if not all(router.allow_migrate_model(using, model) for model in models):
        return
    municipality, postcode, term = (model._default_manager.using(using) for model in models)
    rows = read_table("municipalities")
    with transaction.atomic(using=using):
        _load_municipalities(municipality, rows)
        _load_seats(postcode, rows)
        _load_terms(term)


def _load_municipalities(manager, rows):
    fields = ["name", "region", "seat", "seat_postcode", "latitude", "longitude"]
    wanted = {
        row["code"]: {
            **{field: row[field] for field in fields},
            "latitude": float(row["latitude"]),
            "longitude": float(row["longitude"]),
        }
        for row in rows
    }
    stored = {row.pop("code"): row for row in manager.values("code", *fields)}
    new = [manager.model(code=code, **values) for code, values in wanted.items() if code not in stored]
    changed = [
        manager.model(code=code, **values)
        for code, values in wanted.items()
        if code in stored and stored[code] != values
    ]
    if new:
        manager.bulk_create(new)
    if changed:
        manager.bulk_update(changed, fields)


def _load_seats(manager, rows):
    stored = set(manager.values_list("number", flat=True))
    new = []
    for row in rows:
        if row["seat_postcode"] in stored:
            continue
        x, y = project(float(row["latitude"]), float(row["longitude"]))
        new.append(
            manager.model(
                number=row["seat_postcode"],
                place=row["seat_place"],
                municipality_id=row["code"],
                x=x,
                y=y,
            )
        )
    if new:
        manager.bulk_create(new)


def _load_terms(manager):
    kinds = set(manager.values_list("kind", flat=True))
    counts, new = {}, []
    for row in read_table("terms"):
        counts[row["kind"]] = counts.get(row["kind"], 0) + 10
        if row["kind"] not in kinds:
            new.append(manager.model(order=counts[row["kind"]], **row))
    if new:
        manager.bulk_create(new)
