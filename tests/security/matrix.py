"""The permission matrix: every address × a role, judged by secret words and by what became of foreign rows.

Status codes are not trusted: a page that answers 200 is fine if it says nothing of others' people, and one that
redirects is not if the address says it.
"""

import io
import itertools
import re
import traceback
import zipfile
from collections import Counter
from dataclasses import dataclass, field

import wagtail
from django.core.signing import BadSignature
from django.db import connection, models, transaction
from django.db.models import F
from wagtail.models import Page

from peer_support.agreements.models import Certificate, Paper, Thanks
from peer_support.courses.models import (
    Attendance,
    CaringCall,
    Enrolment,
    Facilitator,
    GroupCourse,
    GuidanceDate,
    IntroWorkshop,
    Session,
    SessionStandIn,
)
from peer_support.matching.board.match_steps import STEPS
from peer_support.matching.models import Exclusion, Match
from peer_support.people.models import Citizen, Conversation, Volunteer
from peer_support.recruitment.models_consent import Consent

from .site_routes import routes
from .world import KEY_A, KEY_B, person_models, rows_of

# Wagtail's own page that fails on purpose, and the one that signs out.
SKIPPED = {"wagtailadmin_error_test", "wagtailadmin_logout"}
# Wagtail's own import of redirects fails where the signature of its file is not its own.
FAILS_UPSTREAM = "wagtailredirects:process_import"
# Before 8.0 Wagtail also asks whatever it is told to preview as a new page for what only pages have.
PREVIEW = "wagtailadmin_pages:preview_on_add"
ONLY_PAGES_HAVE = {"_get_path", "get_edit_handler", "set_url_path"}


def fails_upstream(name, error):
    """Whether an answer of 500 at the route ``name``, made of ``error``, is a fault of Wagtail's own that we know."""
    if name == FAILS_UPSTREAM:
        return isinstance(error, AttributeError) and isinstance(error.obj, BadSignature)
    return (
        wagtail.VERSION < (8, 0)
        and name == PREVIEW
        and isinstance(error, AttributeError)
        and error.name in ONLY_PAGES_HAVE
        and isinstance(error.obj, models.Model)
        and not isinstance(error.obj, Page)
        and traceback.extract_tb(error.__traceback__)[-1].filename.endswith(
            "wagtail/admin/views/pages/preview.py"
        )
    )


PERSON_NAMES = ["citizen", "volunteer", "match", "conversation", "meetingplace", "initiative"]
# Parameters that are no keys. A name that is not here and not a number is filled with the key.
PARAMETERS = {
    # Pages share one table, and the key of a side is a page of another kind there.
    "story": [900501, 900502],
    "app_label": ["peer_support"],
    "app_name": ["peer_support"],
    "content_type_app_name": ["peer_support"],
    "model_name": PERSON_NAMES,
    "content_type_model_name": PERSON_NAMES,
    "action_name": ["approve"],
    "filter_spec": ["original"],
    "revision_id_a": ["earliest"],
    "revision_id_b": ["latest"],
    "uidb64": ["MQ"],
    "token": ["x-y"],
    "kind": ["citizen", "volunteer"],
    "form": ["csv", "xlsx"],
    "year": ["2026"],
    "number": ["32"],
    "side": ["citizen", "volunteer"],
    "paper_kind": ["contract"],
    # The key of somebody ready for the draw comes second, and the draw is pressed for both.
    "participant": [900001, 900101, 900002, 900102],
    "code": ["allocate", "withdraw", "link"],
    "step": ["answered", "agreed", "declined"],
}
ACTIONS = {
    "wagtail_bulk_action": ["delete", "publish", "move"],
    "match_action": sorted(STEPS),
    # One of each kind: the rest go through the same door.
    "step": ["open", "cancel", "delete"],
    "enrolment_step": ["leave", "enrol"],
    "session_step": ["move", "cancel"],
    "team_step": ["add", "remove_stand_in"],
    "paper_step": ["link", "signed", "withdraw"],
}
PARAMETER = re.compile(
    r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>(?:\[[^\]]*\]|\\.|[^()])*\)|\((?:\?:|[^?])[^()]*(?:\([^()]*\))?[^()]*\)"
)

# Django 6.1 gave it a new name.
open_savepoint = getattr(transaction, "savepoint_create", None) or transaction.savepoint


def addresses(route, key):
    """Return the addresses of ``route`` with its parameters filled in, so that they point at records with ``key``."""
    if route.name == "wagtail_serve":
        return ["/", f"/side-{key}/"]
    names = [match.group(2) or match.group(3) or "" for match in PARAMETER.finditer(route.pattern)]
    choices = [_choices(route, name, key) for name in names]
    filled = set()
    for values in itertools.product(*choices):
        rest = iter(values)
        path = PARAMETER.sub(lambda match: str(next(rest)), route.pattern)  # noqa: B023
        filled.add("/" + re.sub(r"[\^$]|\\(?=[./-])", "", path).replace("\\", "").replace(".*", "x"))
    return sorted(filled)


def _choices(route, name, key):
    if name == "action":
        return ACTIONS.get(route.name.split(":")[-1], ["delete"])
    return PARAMETERS.get(name, [key])


def queries(route, key):
    """Return the query strings to try: others' ids, a search, and exports; on the package's own screens one by one."""
    ids = "&".join(
        f"{name}={key}" for name in ("id", "a", "b", "citizen", "volunteer", "initiative", "policy")
    )
    listing = not re.search(r"pk|_id>", route.pattern)
    if route.is_ours:
        return ["", f"?{ids}&q=zqv", *([f"?export=csv&initiative={key}", "?export=xlsx"] if listing else [])]
    exported = listing and re.search(r"(index|list|history|submissions)$", route.name)
    return [f"?{ids}&q=zqv&next=/admin/", *(["?export=csv", "?export=xlsx"] if exported else [])]


def text_of(response):
    """Return everything a response says, in lower case: body, headers, cookies, and the messages that the next page
    would show; workbooks are unpacked."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    parts = [str(dict(response.headers)), str(response.cookies)]
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            parts += [book.read(name).decode(errors="replace") for name in book.namelist()]
    else:
        parts.append(body.decode(errors="replace"))
    queued = getattr(getattr(response.wsgi_request, "_messages", None), "_queued_messages", ())
    return "\n".join([*parts, *(str(message) for message in queued)]).lower()


def found_in(text, secrets):
    """Return the names of the secrets that ``text`` holds; telephone numbers however they are spaced."""
    digits = re.sub(r"(?<=\d)[\s\u00a0](?=\d)", "", text)
    return {name for name, secret in secrets.items() if secret in (digits if secret.isdigit() else text)}


class Writes:
    """Notes which tables of the package a request wrote to, so that only their rows are read again."""

    def __init__(self):
        self.tables = set()

    def __call__(self, execute, sql, params, many, context):
        written = re.match(
            r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(peer_support_(?!accesslogentry)\w+)", sql
        )
        if written:
            self.tables.add(written[1])
        return execute(sql, params, many, context)


def snapshot(keys, tables=None):
    """Return the rows of the initiatives with ``keys`` (of all tables, or of ``tables``), and the ties that cross from
    one initiative to another."""
    wanted = [model for model in person_models() if tables is None or model._meta.db_table in tables]
    rows = {(model.__name__, key): rows_of(model, key) for model in wanted for key in keys}
    return rows, [query.count() for query in crossing_ties()]


RECRUITMENT_TIES = {Consent: ["citizen", "volunteer", "talk"]}
PAPER_TIES = {
    Paper: ["volunteer", "citizen", "match"],
    Certificate: ["volunteer"],
    Thanks: ["volunteer"],
}
COURSE_TIES = {
    GroupCourse: ["place"],
    Session: ["course", "place"],
    Facilitator: ["course", "volunteer"],
    SessionStandIn: ["session", "facilitator", "volunteer"],
    GuidanceDate: ["course"],
    IntroWorkshop: ["place"],
    Enrolment: ["course", "citizen", "volunteer", "workshop"],
    Attendance: ["session", "enrolment"],
    CaringCall: ["enrolment", "up_to"],
}


def crossing_ties():
    """Yield queries of what ties a person of one initiative to a record of another; they must stay empty."""
    for model, name in itertools.product((Match, Exclusion, Conversation), ("citizen", "volunteer")):
        present = model._base_manager.filter(**{f"{name}__isnull": False})
        yield present.exclude(**{f"{name}__initiative_id": F("initiative_id")})
    for model, names in (COURSE_TIES | RECRUITMENT_TIES | PAPER_TIES).items():
        for name in names:
            present = model._base_manager.filter(**{f"{name}__isnull": False})
            yield present.exclude(**{f"{name}__initiative_id": F("initiative_id")})
    for model in (Citizen, Volunteer):
        through, person = model.meeting_places.through, model._meta.model_name
        yield through._base_manager.exclude(meetingplace__initiative_id=F(f"{person}__initiative_id"))


@dataclass
class Verdict:
    """What a walk through the site found."""

    requests: int = 0
    leaks: dict = field(default_factory=dict)
    writes: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    seen: Counter = field(default_factory=Counter)
    statuses: Counter = field(default_factory=Counter)

    def __str__(self):
        return (
            f"{self.requests} requests, statuses {dict(self.statuses)}, leaks {self.leaks}, "
            f"foreign writes {self.writes}, errors {self.errors}"
        )


class Walk:
    """One role's walk through every address."""

    def __init__(self, role, sides, only=lambda route: route.name not in SKIPPED):
        self.role = role
        self.only = only
        self.sides = sides
        self.client = role.client()
        self.verdict = Verdict()

    def ask(self, route, address, **data):
        post = data.pop("post", None)
        response = self.client.get(address) if post is None else self.client.post(address, post)
        # What is said on the next page is read here already, and not carried along from request to request.
        self.client.cookies.pop("messages", None)
        verdict = self.verdict
        verdict.requests += 1
        verdict.statuses[response.status_code] += 1
        text = text_of(response)
        leaked = found_in(text, self.role.unseen)
        method = "GET" if post is None else "POST"
        if leaked:
            verdict.leaks.setdefault(f"{method} {address} ({route.name})", sorted(leaked))
        error = (getattr(response, "exc_info", None) or (None, None))[1]
        if response.status_code >= 500 and not fails_upstream(route.name, error):
            verdict.errors.append((method, address, repr(error)[:200] if error else ""))
        return response, text

    def read_all(self):
        """GET every address with others' keys, with others' ids in the query, searched and exported."""
        for route in filter(self.only, routes()):
            for key in self.role.foreign[-1:]:
                for address in addresses(route, key):
                    for query in queries(route, key):
                        self.ask(route, address + query)

    def write_all(self):
        """POST to every address: others' records with own data, and own records with others' ids."""
        foreign = self.role.foreign[-1]
        own = self.role.own or (KEY_A if foreign == KEY_B else KEY_B)
        before = snapshot(self.role.foreign)
        for route in filter(self.only, routes()):
            tries = {(address, own) for address in addresses(route, foreign)}
            if route.is_ours:
                tries |= {(address, foreign) for address in addresses(route, own)}
            for address, named in sorted(tries):
                self._write(route, address, named, before)

    def _write(self, route, address, named, before):
        noted = Writes()
        with transaction.atomic():
            sid = open_savepoint()
            with connection.execute_wrapper(noted):
                self.ask(route, f"{address}?id={self.role.foreign[-1]}", post=form_data(named))
            if noted.tables and self._changed(noted.tables, before):
                self.verdict.writes.append((route.name, address))
            transaction.savepoint_rollback(sid)

    def _changed(self, tables, before):
        rows, crossing = snapshot(self.role.foreign, tables)
        return crossing != before[1] or any(before[0][name] != held for name, held in rows.items())


def form_data(key):
    """Return a post that many forms understand, whose ids all point at records with ``key``."""
    return {
        **dict.fromkeys(("initiative", "citizen", "volunteer", "policy", "run", "match", "user"), key),
        "citizen_ids": [key],
        "citizens": [key],
        "meeting_places": [key],
        "first_name": "Taget",
        "last_name": "Navn",
        "phone": "20202020",
        "name": "Taget navn",
        "title": "Taget titel",
        "text": "taget",
        "notes": "taget",
        "role": "coordinator",
        "kind": "initial",
        "status": "waiting",
        "answer": "yes",
        "on": "2026-08-03",
        "held_on": "2026-08-03",
        "hours_a_week": "2",
        "place": "biblioteket",
        "reasons": ["other"],
        "by": "coordinator",
        "action": "save",
        "confirm": "1",
        "aim": "most_people",
        # What Wagtail's own views read without asking whether it is there.
        "new_parent_page": key,
        "new_title": "Taget titel",
        "new_slug": "taget",
        "external-link-chooser-url": "/taget/",
        "external-link-chooser-link_text": "Taget",
        "import_file_name": "taget.csv",
        "input_format": "0",
    }
