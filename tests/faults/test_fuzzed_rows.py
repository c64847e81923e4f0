"""Hostile spreadsheets: each goes in whole or not at all, and whoever sent it is told why in plain Danish."""

from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.utils.translation import override

from peer_support.access.scopes import scope_of
from peer_support.courses.importing.kinds import KINDS, PARTICIPANTS
from peer_support.courses.models import Enrolment
from peer_support.directory.importing.notices import Refused
from peer_support.directory.importing.reading import read
from peer_support.directory.models import Initiative, InitiativeContact
from peer_support.directory.services import import_initiatives
from peer_support.people.importing.applying import apply_import
from peer_support.people.importing.columns import guess
from peer_support.people.importing.planning import LEAVE_OUT, plan_import
from peer_support.people.importing.reading import read_table
from peer_support.people.models import Citizen, PersonStep, Volunteer
from peer_support.privacy.cpr import strip_cpr
from peer_support.testing.factories import EditorFactory
from peer_support.testing.factories_courses import GroupCourseFactory
from tests.soak import both_runs, longer

from .fuzzed_files import Fuzzer

pytestmark = pytest.mark.django_db
ROWS_A_FILE = 10
# One in so many files is sent through the browser's steps too.
BY_BROWSER = 4
KIND_OF = ("people", "participants", "initiatives")
LONGEST_SENTENCE = 500


def held():
    models = (Citizen, Volunteer, PersonStep, Enrolment, Initiative, InitiativeContact)
    counts = ", ".join(f"(SELECT count(*) FROM {model._meta.db_table})" for model in models)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return cursor.fetchone()


class Sender:
    """Sends files of each kind the way the commands do."""

    def __init__(self, initiative):
        self.initiative = initiative
        with scope_of(initiative.pk):
            self.course = GroupCourseFactory(
                initiative=initiative, state="open", capacity=None, sessions=3, wants_intro=False
            )

    def people(self, name, content):
        table = read_table(content)
        values = {
            "table": table,
            "mapping": guess(table.headings, "citizen"),
            "kind": "citizen",
            "initiative": self.initiative,
        }
        plan = plan_import(**values)
        words = {word.key: LEAVE_OUT for word in plan.unknown}
        done = apply_import(**values, words=words, user=None, route="a_test")
        return done.created, len(table.rows)

    def participants(self, name, content):
        kind = KINDS[PARTICIPANTS]
        table = read_table(content)
        done = kind.write(
            table=table,
            mapping=guess(table.headings, columns=kind.columns),
            course=self.course,
            user=None,
            route="a_test",
        )
        return done.new_people, len(table.rows)

    def initiatives(self, name, content):
        entries = read(name, content).entries
        done = import_initiatives(entries=entries, route="a_test")
        return len(done.created), len(entries)


def fuzz(initiative, rows):
    """Send files with ``rows`` rows in all. Returns the figures."""
    fuzzer, sender, figures = Fuzzer(), Sender(initiative), Counter()
    clients = {"people": coordinator_of(initiative), "initiatives": editor()}
    for number in range(rows // ROWS_A_FILE):
        kind = KIND_OF[number % len(KIND_OF)]
        name, content = fuzzer.file(kind, ROWS_A_FILE)
        figures[f"{kind} files"] += 1
        with transaction.atomic(), scope_of(initiative.pk), override("da"):
            before = held()
            try:
                created, wanted = getattr(sender, kind)(name, content)
            except Refused as refusal:
                figures[f"{kind} refused"] += 1
                assert held() == before, (number, "something was written by a file that was refused")
                judge_sentences(number, refusal.notices)
            else:
                figures[f"{kind} taken in"] += 1
                figures["rows taken in"] += created
                place = 4 if kind == "initiatives" else 0
                assert held()[place] - before[place] == created <= wanted, number
                no_cpr_is_kept(initiative)
            # Each file meets the same people: none.
            transaction.set_rollback(True)
        if number % BY_BROWSER == 0 and kind in clients:
            judge_answers(number, kind, clients[kind], initiative, name, content, figures)
    return figures


def judge_sentences(number, notices):
    assert notices, number
    for notice in notices:
        text = str(notice)
        assert text.strip() and len(text) < LONGEST_SENTENCE, (number, len(text), text[:200])
        assert "Traceback" not in text and "Error" not in text and "Exception" not in text, (number, text)
        assert "\x00" not in text


def no_cpr_is_kept(initiative):
    for person in Citizen.objects.order_by("-pk")[:ROWS_A_FILE]:
        for name in ("first_name", "last_name", "phone", "notes", "wish"):
            assert not strip_cpr(getattr(person, name))[1], name


def judge_answers(number, kind, client, initiative, name, content, figures):
    """Send the file as a person does, step by step: never an error of ours, and a page that says something."""
    file = SimpleUploadedFile(name, content)
    before = held()
    with transaction.atomic():
        if kind == "people":
            data = {"initiative": initiative.pk, "kind": "citizen", "file": file}
            answers = [client.post("/admin/people/import/", data)]
            if answers[0].status_code == 302:
                columns = answers[0]["Location"]
                page = client.get(columns)
                answers.append(page)
                form = page.context["form"]
                chosen = {field: form.fields[field].initial or "" for field in form.fields}
                answers.append(client.post(columns, chosen))
                answers.append(client.get(columns.replace("columns", "check")))
        else:
            answers = [client.post("/admin/initiatives/import/", {"file": file})]
        assert held() == before, (number, "a dry run has written")
        transaction.set_rollback(True)
    for answer in answers:
        figures[f"answers {answer.status_code}"] += 1
        assert answer.status_code in (200, 302), (
            number,
            answer.status_code,
            getattr(answer, "exc_info", None),
        )
        assert "<script>alert(1)" not in answer.content.decode(errors="replace"), number


def coordinator_of(initiative):
    from peer_support.testing.factories import CoordinatorFactory

    client = Client(raise_request_exception=False, HTTP_ACCEPT_LANGUAGE="da")
    client.force_login(CoordinatorFactory(initiative=initiative))
    return client


def editor():
    client = Client(raise_request_exception=False, HTTP_ACCEPT_LANGUAGE="da")
    client.force_login(EditorFactory())
    return client


@both_runs
def test_hostile_rows_go_in_whole_or_not_at_all(initiative):
    figures = fuzz(initiative, longer(300, 10_000))
    print(dict(figures))
    # A fuzz that everything bounced off would say nothing.
    for kind in KIND_OF:
        assert figures[f"{kind} taken in"] and figures[f"{kind} refused"], figures
    assert not any(name.startswith("answers 5") for name in figures)


def test_control_a_half_is_seen(initiative, monkeypatch):
    """The same eyes on an import that writes its first person and then refuses the file."""

    def writes_and_refuses(self, name, content):
        Citizen.objects.create(initiative=initiative, first_name="Alma", phone="20202020")
        raise Refused([])

    monkeypatch.setattr(Sender, "people", writes_and_refuses)
    with pytest.raises(AssertionError, match="something was written"):
        fuzz(initiative, ROWS_A_FILE)
