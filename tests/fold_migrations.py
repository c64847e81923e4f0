"""Write the initial migrations anew with every table made in one step: ``python -m tests.fold_migrations``.

What ``makemigrations`` writes makes the tables first and then adds keys, indexes and constraints one by one, and Django
builds all its models anew for each of those steps: minutes instead of seconds. Here the tables are put in an order in
which each comes after those it points at, and all that belongs to a table is said where it is made. Only what goes in a
circle stays a step of its own. To be run after ``makemigrations``, until the first release.
"""

import os
from importlib import import_module
from pathlib import Path

import django
from django.db.migrations import operations as ops
from django.db.migrations.writer import MigrationWriter

APPS = {
    "peer_support": "peer_support.migrations.0001_initial",
    "pages": "peer_support.pages.migrations.0001_initial",
}


def folded(operations, app_label):
    """Return the same operations with everything that can be said in a ``CreateModel`` said there."""
    waiting = {
        operation.name_lower: operation for operation in operations if isinstance(operation, ops.CreateModel)
    }
    later = [operation for operation in operations if not isinstance(operation, ops.CreateModel)]
    for operation in [one for one in later if isinstance(one, ops.AddField)]:
        owner = waiting[operation.model_name_lower]
        if not _circular(operation, waiting, later, app_label):
            owner.fields.append((operation.name, operation.field))
            later.remove(operation)
    for operation in list(later):
        if _say_in(waiting, operation, later):
            later.remove(operation)
    return [*_in_order(waiting, app_label), *later]


def _needs(model, waiting, app_label):
    """Return the names of the models of this migration that must be there before ``model``."""
    found = {str(base).lower().rpartition(".")[2] for base in model.bases if isinstance(base, str)}
    for __, field in model.fields:
        found |= _targets(field, app_label)
    return (found & waiting.keys()) - {model.name_lower}


def _targets(field, app_label):
    remote = field.remote_field
    if remote is None:
        return set()
    through = getattr(remote, "through", None)
    named = [remote.model, *([through] if through else [])]
    own = [str(name).lower() for name in named if isinstance(name, str)]
    return {name.rpartition(".")[2] for name in own if name.startswith(f"{app_label}.") or "." not in name}


def _circular(operation, waiting, later, app_label):
    """Whether the model that ``operation`` points at needs the model it belongs to, by whatever way."""
    seen, todo = set(), list(_targets(operation.field, app_label))
    while todo:
        name = todo.pop()
        if name in seen or name not in waiting:
            continue
        seen.add(name)
        todo += _needs(waiting[name], waiting, app_label)
    return operation.model_name_lower in seen - _targets_self(operation, app_label)


def _targets_self(operation, app_label):
    own = operation.model_name_lower
    return {own} if _targets(operation.field, app_label) == {own} else set()


def _say_in(waiting, operation, later):
    """Put an index or a constraint in the options of its table; returns whether it could be."""
    if isinstance(operation, ops.AlterUniqueTogether):
        owner, key, value = waiting[operation.name_lower], "unique_together", operation.option_value
    elif isinstance(operation, ops.AddConstraint):
        owner, key, value = waiting[operation.model_name_lower], "constraints", operation.constraint
    elif isinstance(operation, ops.AddIndex):
        owner, key, value = waiting[operation.model_name_lower], "indexes", operation.index
    else:
        return False
    if any(isinstance(one, ops.AddField) and one.model_name_lower == owner.name_lower for one in later):
        return False
    if key == "unique_together":
        owner.options[key] = value
    else:
        owner.options.setdefault(key, []).append(value)
    return True


def _in_order(waiting, app_label):
    done, left = {}, dict(waiting)
    while left:
        ready = [name for name, model in left.items() if _needs(model, waiting, app_label) <= done.keys()]
        for name in ready:
            done[name] = left.pop(name)
        if not ready:
            raise ValueError(f"These go in a circle: {', '.join(sorted(left))}.")
    return list(done.values())


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    for label, path in APPS.items():
        module = import_module(path)
        migration = module.Migration("0001_initial", label)
        migration.operations = folded(
            migration.operations, label if label != "pages" else "peer_support_pages"
        )
        Path(module.__file__).write_text(MigrationWriter(migration).as_string())
        print(f"{path}: {len(migration.operations)} steps")


if __name__ == "__main__":
    main()
