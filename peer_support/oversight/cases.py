"""From rows of the access log to people, as case numbers: the one place in this room that looks at tables of people.

The data officer has no scope and works with nobody's name. What is read here is keys and numbers of the initiatives that
are named each time, and never a field that says something about a person.
"""

from functools import cache

from django.apps import apps
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..access.scopes import is_scoped
from ..people.models import Citizen, LegalHold, Volunteer
from ..people.models_hold import LegalHoldQuerySet
from ..privacy.models import AccessLogEntry
from ..privacy.registry import tables

KINDS = (Citizen, Volunteer)
_TARGET = {"target_model", "target_id"}
_BY_LABEL = {model._meta.label_lower: model for model in KINDS}


def model_of(label):
    """Return the model called ``label`` ("peer_support.citizen"), or ``None`` where there is none any more."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def kind_title(label):
    """Return what records of this kind are called, in the plural: "Citizens"."""
    model = model_of(label)
    if model is AccessLogEntry:
        return _("The log and the review list")
    return capfirst(model._meta.verbose_name_plural) if model else label


@cache
def ways_to_people(model):
    """Return ``{(person model, look-up)}``: how a row of ``model`` leads to the people it is about.

    What the registry says, and beyond it every key to a person, of the row itself and of the record that it belongs to:
    a call is about both of a match. Where there is doubt, somebody counts as affected.
    """
    if model in KINDS:
        return frozenset({(model, "pk")})
    own = next((table.paths for table in tables() if table.model is model), {})
    ways = {(_BY_LABEL[label], path) for label, path in own.items() if label in _BY_LABEL}
    for key in _keys(model):
        if key.related_model in KINDS:
            ways.add((key.related_model, key.name))
        elif is_scoped(key.related_model):
            ways |= {
                (further.related_model, f"{key.name}__{further.name}")
                for further in _keys(key.related_model)
                if further.related_model in KINDS
            }
    return frozenset(ways)


def _keys(model):
    return [one for one in model._meta.concrete_fields if one.many_to_one or one.one_to_one]


def people_of(label, ids, initiative_ids):
    """Return ``{record's key: {(person model, key)}}`` for the records ``ids`` of the kind ``label``.

    ``ids`` is a list or a query of keys. Records that are gone, and those of other initiatives, are not in it.
    """
    model = model_of(label)
    if model is None or not is_scoped(model):
        return {}
    ways = sorted(ways_to_people(model), key=lambda way: (way[0].__name__, way[1]))
    found = {}
    rows = _own(model, initiative_ids).filter(pk__in=ids)
    if not ways:
        return _of_targets(model, rows, initiative_ids)
    for pk, *keys in rows.values_list("pk", *(path for __, path in ways)):
        people = {(kind, key) for (kind, __), key in zip(ways, keys, strict=True) if key is not None}
        found.setdefault(pk, set()).update(people)
    return found


def _of_targets(model, rows, initiative_ids):
    """Links and mails name what they are about by its kind and key."""
    if not _TARGET <= {one.name for one in model._meta.concrete_fields}:
        return {pk: set() for pk in rows.values_list("pk", flat=True)}
    targets = list(rows.values_list("pk", "target_model", "target_id"))
    by_kind = {}
    for __, label, key in targets:
        if label != model._meta.label_lower:
            by_kind.setdefault(label, set()).add(key)
    known = {label: people_of(label, list(keys), initiative_ids) for label, keys in by_kind.items()}
    return {pk: set(known.get(label, {}).get(key, ())) for pk, label, key in targets}


def people_in_log(log, initiative_ids):
    """Return ``{(label, record's key): {(person model, key)}}`` of every record in the rows ``log``: a query for each kind."""
    labels = log.order_by().values_list("model", flat=True).distinct()
    return {
        (label, pk): people
        for label in sorted(labels)
        for pk, people in people_of(
            label, log.filter(model=label).order_by().values("object_id"), initiative_ids
        ).items()
    }


def numbers_of(people, initiative_ids):
    """Return ``{(person model, key): case number}`` of ``people``."""
    found = {}
    for model in KINDS:
        keys = [key for kind, key in people if kind is model]
        if keys:
            rows = _own(model, initiative_ids).filter(pk__in=keys)
            found |= {(model, pk): number for pk, number in rows.values_list("pk", "number")}
    return found


def case_label(model, number):
    """Return "Citizen 17": what a person is called where nobody is named."""
    texts = {Citizen: _("Citizen %(number)s"), Volunteer: _("Volunteer %(number)s")}
    return texts[model] % {"number": number}


def labels_of(people, initiative_ids):
    """Return ``{(person model, key): "Citizen 17"}`` of ``people``."""
    return {who: case_label(who[0], number) for who, number in numbers_of(people, initiative_ids).items()}


def held_cases(initiative_ids):
    """Return ``[(case number in words, day until which it is held)]`` of those under a legal hold; not why."""
    holds = LegalHoldQuerySet(LegalHold).filter(initiative_id__in=initiative_ids).current()
    rows = holds.order_by("until", "pk").values_list("citizen__number", "volunteer__number", "until")
    return [
        (
            case_label(Volunteer if citizen is None else Citizen, volunteer if citizen is None else citizen),
            until,
        )
        for citizen, volunteer, until in rows
    ]


def rows_about_number(log, number, initiative_ids):
    """Return the rows of ``log`` about the case with this number: the person's own, and of all that is about them."""
    people = {}
    for model in KINDS:
        rows = _own(model, initiative_ids).filter(number=number)
        people[model] = list(rows.values_list("pk", flat=True))
    wanted = Q(pk__in=[])
    for label in log.order_by().values_list("model", flat=True).distinct():
        model = model_of(label)
        if model is not None and is_scoped(model):
            about = _own(model, initiative_ids).filter(_leads_to(model, people)).values("pk")
            wanted |= Q(model=label, object_id__in=about)
    return log.filter(wanted)


def _leads_to(model, people):
    """Return the condition under which a row of ``model`` is about one of ``people``, ``{person model: [key, …]}``."""
    found = Q(pk__in=[])
    for kind, path in ways_to_people(model):
        found |= Q(**{f"{path}__in": people[kind]})
    if _TARGET <= {one.name for one in model._meta.concrete_fields}:
        for kind in KINDS:
            found |= Q(target_model=kind._meta.label_lower, target_id__in=people[kind])
    return found


def _own(model, initiative_ids):
    return model._base_manager.filter(initiative_id__in=initiative_ids)
