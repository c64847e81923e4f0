"""What an import would do with each entry, decided before anything is written.

A field is written where it still holds what the last import wrote, or nothing. What an editor has changed is
left, and told.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Locale

from ..models import Initiative
from .entry import CHOICES, DATES, FLAGS, NUMBERS, TEXTS, ImportEntry, digest, is_blank, set_value, value_of
from .notices import Notice, Refused
from .text import key_of

CREATED, UPDATED, UNCHANGED, KEPT = "created", "updated", "unchanged", "kept"


@dataclass
class Planned:
    """One entry, its initiative in memory, and which fields are written and which an editor keeps."""

    entry: ImportEntry
    initiative: Initiative
    outcome: str = UNCHANGED
    written: list = field(default_factory=list)
    kept: list = field(default_factory=list)


def plan(entries, *, overwrite_edited=False):
    """Return ``(planned, notices)``. Raises ``Refused`` with every fault that would stop the writing."""
    locale = Locale.get_default()
    stored = _stored(locale, {entry.key for entry in entries})
    planned, notices, errors = [], [], []
    for entry in entries:
        initiative = stored.get(entry.key)
        if initiative is None:
            item = _create(entry, locale)
        else:
            item = _change(entry, initiative.get_latest_revision_as_object(), overwrite_edited, notices)
        if item.outcome in (CREATED, UPDATED):
            errors += _faults(item)
        planned.append(item)
    if errors:
        raise Refused(errors)
    return planned, notices


def _stored(locale, keys):
    """Initiatives by natural key: those imported before, and those that somebody wrote by hand under that name."""
    initiatives = Initiative.objects.filter(locale=locale)
    stored = {}
    for initiative in initiatives.filter(import_key="").order_by("-pk"):
        key = key_of(initiative.title, initiative.chapter)
        if key in keys:
            stored[key] = initiative
    stored.update({i.import_key: i for i in initiatives.filter(import_key__in=keys)})
    return stored


def _create(entry, locale):
    initiative = Initiative(locale=locale, live=False, import_key=entry.key)
    for name, value in entry.values.items():
        set_value(initiative, name, value)
    initiative.import_digests = {name: digest(value) for name, value in entry.values.items()}
    return Planned(entry, initiative, CREATED, written=list(entry.values))


def _change(entry, initiative, overwrite_edited, notices):
    item = Planned(entry, initiative)
    digests = dict(initiative.import_digests)
    for name, value in entry.values.items():
        current = value_of(initiative, name)
        if current == value:
            continue
        known = digests.get(name)
        edited = digest(current) != known if known else not is_blank(current)
        if edited and not overwrite_edited:
            item.kept.append(name)
        else:
            item.written.append(name)
    adopted = initiative.import_key != entry.key
    if (item.written or adopted) and (initiative.locked or initiative.workflow_in_progress):
        text = _("“%(title)s” is locked or under review, and was left as it is.")
        notices.append(Notice.warning(text % {"title": initiative.title}, entry.line, "locked"))
        item.outcome, item.written = KEPT, []
        return item
    if item.kept:
        text = _("“%(title)s”: left as an editor wrote it: %(fields)s.")
        values = {"title": initiative.title, "fields": ", ".join(label_of(name) for name in item.kept)}
        notices.append(Notice.warning(text % values, entry.line, "edited"))
    for name in item.written:
        set_value(initiative, name, entry.values[name])
        digests[name] = digest(entry.values[name])
    initiative.import_key, initiative.import_digests = entry.key, digests
    item.outcome = UPDATED if item.written or adopted else KEPT if item.kept else UNCHANGED
    return item


def label_of(name):
    """Return a field's name as editors know it."""
    if name.startswith("section_"):
        return _("section %(number)s") % {"number": name.removeprefix("section_")}
    field = Initiative._meta.get_field(name)
    return str(getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name_plural)


def _faults(item):
    """Return a notice per field that the model refuses."""
    initiative, entry = item.initiative, item.entry
    try:
        checked = {*TEXTS, *CHOICES, *FLAGS, *DATES, *NUMBERS}
        initiative.clean_fields(exclude={f.name for f in initiative._meta.fields} - checked)
    except ValidationError as error:
        text = _("Line %(line)d, “%(title)s”, %(field)s: %(reason)s")
        return [
            Notice.error(
                text
                % {
                    "line": entry.line,
                    "title": entry.title[:80],
                    "field": label_of(name),
                    "reason": " ".join(reasons),
                },
                entry.line,
                name,
            )
            for name, reasons in error.message_dict.items()
        ]
    return []
