"""No encrypted word is found readable anywhere: not in a dump, Wagtail's copies and logs, the index, the cache, sessions,
what is logged, or an address.

Every encrypted field of every table gets a word of its own; the fields are found by what they are, so that a new one
cannot be forgotten. Then a coordinator works: lists, searches, opens, saves. Error mails are in test_error_reports.
"""

import json
import logging
import re
import subprocess

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from peer_support.access.scopes import all_initiatives
from peer_support.people.models import Citizen
from peer_support.privacy.fields import EncryptedTextField
from peer_support.privacy.log_guard import renewing
from peer_support.privacy.rotation import encrypted_columns
from peer_support.testing.factories import CoordinatorFactory
from tests.postgres import _binaries
from tests.security.matrix import addresses, routes
from tests.security.world import KEY_A, build_side, build_story, canaries

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
# Kept readable on purpose, under other rules: where somebody has heard of us is counted, and suggestions are texts for
# a public page.
READABLE = {"heard_of_us"}
ADDRESS = re.compile(r"""(?:href|src|action|formaction|content)=["']([^"']*)["']""")


def plant(model, name, number):
    """Give every row of ``model`` a word of its own in the field ``name``; texts in JSON stay JSON."""
    word = f"zqplain{number}q"
    for row in model._base_manager.all():
        value = getattr(row, name)
        model._base_manager.filter(pk=row.pk).update(**{name: _with(word, value)})
    return word


def _with(word, value):
    try:
        held = json.loads(value or "")
    except ValueError:
        return word

    def worded(part):
        if isinstance(part, dict):
            return {key: worded(inner) for key, inner in part.items()}
        if isinstance(part, list):
            return [worded(inner) for inner in part]
        return f"{part} {word}" if isinstance(part, str) else part

    changed = json.dumps(worded(held))
    return changed if word in changed else json.dumps([word])


@pytest.fixture
def world(db):
    side = build_side(KEY_A)
    build_story(KEY_A)
    return side


@pytest.fixture
def planted(world):
    """The words in the encrypted fields of every table, ``{word: "Model.field"}``."""
    words = {}
    with all_initiatives("a test"):
        for model, columns in encrypted_columns():
            assert model._base_manager.exists(), f"{model.__name__} has no row in tests/security/world.py"
            fields = [f for f in model._meta.local_concrete_fields if f.column in columns]
            for found in fields:
                with renewing(connection, model):
                    word = plant(model, found.name, len(words) + 1000)
                words[word] = f"{model.__name__}.{found.name}"
    return words


def dump():
    """Return the database as its own tool writes it out."""
    if connection.vendor == "sqlite":
        return "\n".join(connection.connection.iterdump())
    held = connection.settings_dict
    command = [str(_binaries() / "pg_dump"), "-h", held["HOST"], "-p", str(held["PORT"]), "-U", held["USER"]]
    return subprocess.run([*command, held["NAME"]], check=True, capture_output=True, text=True).stdout


def rows_of_tables(*beginnings):
    texts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(beginnings):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                texts += [str(row) for row in cursor.fetchall()]
    return "\n".join(texts)


PLACES = {
    "dump": dump,
    "revisions": lambda: rows_of_tables("wagtailcore_revision"),
    "Wagtail's log": lambda: rows_of_tables("wagtailcore_modellogentry", "wagtailcore_pagelogentry"),
    "search index": lambda: rows_of_tables("wagtailsearch_"),
    "reference index": lambda: rows_of_tables("wagtailcore_referenceindex"),
    "access log": lambda: rows_of_tables("peer_support_accesslog", "peer_support_erasurerecord"),
    "cache": lambda: "\n".join(str(getattr(caches[name], "_cache", {})) for name in caches),
    "sessions": lambda: "\n".join(str(session.get_decoded()) for session in Session.objects.all()),
}


def found_in(words):
    """Return ``{place: {word, …}}`` of every place that holds one of ``words`` in readable letters."""
    found = {}
    for place, read in PLACES.items():
        text = read().casefold()
        if held := {word for word in words if word in text}:
            found[place] = held
    return found


class Told(logging.Handler):
    """Keeps everything that anybody logs, down to the smallest thing."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def told():
    handler, root = Told(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(level)


def test_every_encrypted_field_is_nowhere_readable(planted):
    fields = [
        f
        for model in apps.get_models()
        for f in model._meta.local_fields
        if isinstance(f, EncryptedTextField)
    ]
    assert len(planted) == len(fields) > 50
    assert found_in(planted) == {}
    for word, name in planted.items():
        model = apps.get_model("peer_support", name.split(".")[0])
        with all_initiatives("a test"):
            held = [getattr(row, name.split(".")[1]) for row in model._base_manager.all()]
        assert held and all(word in value for value in held), "the words are there, for whoever has the key"


def test_a_coordinators_work_leaves_no_readable_word_behind(world, told, client_for):
    words = {word for name, word in canaries(KEY_A).items() if name not in READABLE}
    client = client_for(CoordinatorFactory(initiative=world.initiative))
    links, answered = set(), 0
    first = canaries(KEY_A)["first_name"]
    tried = [address for route in routes() if route.is_ours for address in addresses(route, KEY_A)[:1]]
    for address in [*tried, f"{reverse('people_citizen_modeladmin_index')}?q={first}"]:
        answer = client.get(address)
        answered += answer.status_code == 200
        links.add(answer.get("Location", ""))
        if not answer.streaming and "html" in answer.get("Content-Type", ""):
            links.update(ADDRESS.findall(answer.content.decode()))
    assert answered > 60
    edit = reverse("people_citizen_modeladmin_edit", args=[KEY_A])
    form = client.get(edit).context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    saved = client.post(edit, {**values, "notes": canaries(KEY_A)["notes"]})
    assert saved.status_code == 302, saved.context["form"].errors
    links.add(saved["Location"])
    with all_initiatives("a test"):
        assert Citizen.objects.get(pk=KEY_A).updated_at.date() == timezone.now().date()
    places = found_in(words)
    # What the centre's own tables hold readable is on the list of the registry, and is no encrypted field.
    encrypted = {word for word in words if word not in readable_columns(words)}
    assert {place: held & encrypted for place, held in places.items() if held & encrypted} == {}
    # A search is typed, and stands in the address of that one list; the page says it back in its own links.
    told_words = {word for word in words if any(word in line.casefold() for line in told)}
    assert told_words <= {first}
    elsewhere = {link for link in links if not link.startswith(("tel:", "mailto:", "sms:"))}
    assert not {word for word in encrypted - {first} if any(word in link.casefold() for link in elsewhere)}
    assert all(first not in link or "q=" in link for link in elsewhere)


def readable_columns(words):
    """Return those of ``words`` that stand in a column which is not encrypted."""
    held = rows_of_tables("peer_support_").casefold()
    return {word for word in words if word in held}


def test_what_is_readable_in_our_own_tables_is_no_encrypted_field(world):
    readable = {
        name for name, word in canaries(KEY_A).items() if word in readable_columns(canaries(KEY_A).values())
    }
    # Places, skills, and a suggestion for a public page say nothing about a person; which course a certificate is of
    # stands beside no name.
    assert readable <= {
        "heard_of_us",
        "place_name",
        "skill",
        "suggestion",
        "suggested",
        "paper_work",
        "certificate",
        "token",
    }


# Controls: each place is really looked into.


def plant_in_dump(world, word):
    with all_initiatives("a control"):
        Citizen.objects.update(heard_of_us=word)


def plant_in_revision(world, word):
    Revision.objects.create(
        content_type=ContentType.objects.get_for_model(Citizen),
        base_content_type=ContentType.objects.get_for_model(Citizen),
        object_id="1",
        content={"notes": word},
        object_str="x",
    )


def plant_in_log(world, word):
    ModelLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(Citizen),
        object_id="1",
        label=word,
        action="wagtail.edit",
        timestamp=timezone.now(),
    )


def plant_in_index(world, word):
    from wagtail.search import index

    world.initiative.title = word
    world.initiative.live = True
    world.initiative.save()
    index.insert_or_update_object(world.initiative)


def plant_in_session(world, word):
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session["note"] = word
    session.save()


def plant_in_cache(world, word):
    caches["default"].set("note", word)


CONTROLS = {
    "dump": plant_in_dump,
    "revisions": plant_in_revision,
    "Wagtail's log": plant_in_log,
    "search index": plant_in_index,
    "sessions": plant_in_session,
    "cache": plant_in_cache,
}


@pytest.mark.parametrize("place", CONTROLS)
def test_control_a_word_in_the_open_is_found(place, world):
    # A word of its own each: SQLite's index keeps what is deleted from it until it tidies up.
    word = "zqcontrol" + "".join(filter(str.isalpha, place.casefold()))
    try:
        assert found_in({word}) == {}
        CONTROLS[place](world, word)
        assert place in found_in({word})
    finally:
        caches["default"].delete("note")


def test_control_what_is_logged_is_seen(told):
    logging.getLogger("peer_support.anything").debug("called %s", "zqcontrol")
    assert any("zqcontrol" in line for line in told)


def test_control_a_word_in_an_address_is_seen():
    assert ADDRESS.findall('<a class="x" href="/a/?q=zqcontrol">') == ["/a/?q=zqcontrol"]
