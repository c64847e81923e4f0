"""The screens of a study, one's own page, the flow, the export; and that nothing anywhere says what is drawn next."""

import csv
import io
import logging
import re
import zipfile
from collections import Counter

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse
from openpyxl import load_workbook

from peer_support.access.models import Assignment
from peer_support.access.roles import ANALYST, ensure_roles, group_for
from peer_support.access.scopes import scope_of
from peer_support.outcomes.study import flow, links, services, services_allocation, services_participants
from peer_support.outcomes.study.allocation import Arm, Seed, blocks_of
from peer_support.outcomes.study.flow_drawing import draw
from peer_support.outcomes.study.models import Allocation, Study, StudyEvent, StudyParticipant, StudySeal
from peer_support.outcomes.study.verify_allocation import faults
from peer_support.privacy.models import AccessLogEntry
from peer_support.recruitment.readability import measure
from peer_support.testing.factories import (
    AnalystFactory,
    CitizenFactory,
    DeputyFactory,
    LeaderFactory,
    UserFactory,
)
from tests.links.test_pages import faults_of_words, prose_of
from tests.security.matrix import text_of

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"peer_support_study:{name}", args=args)


def said(answer):
    return text_of(answer)


@pytest.fixture
def drawn(initiative, ready, coordinator):
    """Return a function that draws for ``n`` new people."""

    def draw_for(n, **values):
        made = []
        with scope_of(initiative.pk):
            for __ in range(n):
                participant = ready(**values)
                services_allocation.allocate(participant=participant, user=coordinator)
                made.append(participant)
        return made

    return draw_for


def fresh(participant):
    with scope_of(participant.initiative_id):
        return StudyParticipant.objects.select_related("study", "allocation").get(pk=participant.pk)


def test_a_coordinator_makes_a_study_step_by_step_and_it_begins(coordinator_client, initiative, course):
    client = coordinator_client
    assert "Begin" in said(client.get(at("studies"))) or "begynd" in said(client.get(at("studies")))
    form = {
        "title": "Gør gruppen en forskel?",
        "question": "Giver ti uger mere håb?",
        "template": course.template_id,
        "population": "signed_up",
        "control_may_have_place": "on",
        "control_weeks": "12",
    }
    broken = client.post(at("new"), {**form, "control_weeks": "mange", "question": "Mere håb"})
    assert broken.status_code == 200 and "Mere håb" in broken.content.decode(), "nothing is lost"
    client.post(at("new"), form)
    study = Study._base_manager.get(title="Gør gruppen en forskel?")
    client.post(at("step", study.pk), {"do": "seal", "sure": "yes"})
    study.refresh_from_db()
    assert study.state == "draft", "not whole yet"

    def lines(prefix, *rows):
        data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        return data | {
            f"{prefix}-{n}-{key}": value for n, row in enumerate(rows) for key, value in row.items()
        }

    town = {"initiative": initiative.pk, "town": "Helsingør"}
    wrong = client.post(at("towns", study.pk), lines("town", {**town, "planned": ""}))
    assert wrong.status_code == 200 and "Helsingør" in wrong.content.decode()
    client.post(
        at("towns", study.pk), lines("town", {**town, "planned": "40"}, {**town, "town": "", "planned": ""})
    )
    who5 = {"instrument": "who5"}
    client.post(
        at("measures", study.pk),
        lines("measure", {**who5, "week": "0"}, {**who5, "week": "12", "is_primary": "on"}),
    )
    client.post(at("text", study.pk), {"text": "Vi trækker lod. Du kan altid sige nej."})
    client.post(at("step", study.pk), {"do": "seal"})
    study.refresh_from_db()
    assert study.state == "draft", "not without the tick"
    client.post(at("step", study.pk), {"do": "seal", "sure": "yes"})
    study.refresh_from_db()
    assert study.state == "sealed"
    paper = client.get(at("paper", study.pk))
    seal = StudySeal._base_manager.get(study=study)
    assert seal.commitment in paper.content.decode() and "no-store" in paper.headers["Cache-Control"]
    again = client.get(at("change", study.pk))
    assert again.status_code == 302, "sealed: nothing is changed"
    client.post(at("step", study.pk), {"do": "begin", "sure": "yes"})
    study.refresh_from_db()
    assert study.state == "recruiting"


def test_from_asking_to_the_talk_with_one_button_for_the_draw(coordinator_client, study, asked, initiative):
    client = coordinator_client
    participant = asked(first_name="Zqvalma")
    page = said(client.get(at("participant", study.pk, participant.pk)))
    assert "zqvalma" in page and "/consent/" in page and "/allocate/" not in page
    step = lambda code, **data: client.post(at("participant_step", study.pk, participant.pk, code), data)  # noqa: E731
    step("allocate")
    assert not Allocation._base_manager.exists()
    assert step("consent", how="paper", signed_on="i går").status_code == 200, "what was typed is shown again"
    step("consent", how="paper", signed_on=study.recruiting_from.isoformat())
    assert fresh(participant).state == "consented"
    step("baseline", on=study.recruiting_from.isoformat())
    step("allocate")
    step("allocate")
    assert Allocation._base_manager.count() == 1
    arm = fresh(participant).arm
    page = client.get(at("participant", study.pk, participant.pk)).content.decode()
    heading = "De trak en plads" if arm is Arm.PLACE else "De trak kontrolgruppen"
    assert heading in page
    talk = " ".join(re.findall(r"<li>“(.*?)”</li>", page))
    assert measure(talk).lix <= 30 and len(talk) > 60
    step("told")
    assert fresh(participant).told_on
    people = said(client.get(at("people", study.pk)))
    assert "zqvalma" in people


def test_a_deputy_draws_and_a_leader_and_an_analyst_see_nobody(client_for, study, drawn, initiative):
    drawn(6, first_name="Zqvhemmelig")
    deputy = client_for(DeputyFactory(initiative=initiative))
    assert "zqvhemmelig" in said(deputy.get(at("people", study.pk)))
    for user in (LeaderFactory(initiative=initiative), AnalystFactory(initiative=initiative)):
        client = client_for(user)
        for name in ("people", "change", "towns", "text"):
            answer = client.get(at(name, study.pk))
            assert answer.status_code in (302, 403), (name, user)
        for name in ("studies",):
            assert client.get(at(name)).status_code == 200
        for name in ("study", "flow", "paper"):
            answer = client.get(at(name, study.pk))
            assert answer.status_code == 200 and "zqvhemmelig" not in said(answer)
    other = client_for(LeaderFactory())
    assert other.get(at("study", study.pk)).status_code in (302, 404) or "hjælper gruppen" not in said(
        other.get(at("study", study.pk))
    )


# One's own page


def own(participant, initiative):
    with scope_of(initiative.pk):
        return links.address_of(links.study_link(participant))


def test_the_person_says_yes_to_the_words_on_the_page_and_withdraws_at_once(
    client, asked, initiative, study, coordinator
):
    participant = asked(first_name="Zqvnavn")
    address = own(participant, initiative)
    page = client.get(address).content.decode()
    text = re.search(r'name="text" value="(\d+)"', page)[1]
    assert "Zqvnavn" not in page and "Vi trækker lod" in page
    unsure = client.post(address, {"do": "yes", "text": text})
    assert unsure.status_code == 200 and "Sæt hak først" in unsure.content.decode()
    with scope_of(initiative.pk):
        services.write_text(study=study, text="Helt andre ord.", user=coordinator)
    # Nobody had said yes, so the same version has other words; the page says what it says now.
    assert "Helt andre ord" in client.get(address).content.decode()
    client.post(address, {"do": "yes", "text": text, "sure": "yes"})
    assert fresh(participant).state == "consented"
    with scope_of(initiative.pk):
        consent = participant.consents.get()
        assert (consent.how, consent.recorded_by, consent.text.text) == ("link", None, "Helt andre ord.")
    answer = client.post(address, {"do": "stop_all", "sure": "yes"})
    assert answer.status_code == 200 and fresh(participant).citizen_id is None
    assert client.get(address).status_code == 410, "the link closes behind them"


def test_a_newer_text_is_read_before_the_yes(client, asked, initiative, study, coordinator):
    first, other = asked(), asked()
    with scope_of(initiative.pk):
        services_participants.consent(participant=other, how="paper", user=coordinator)
    address = own(first, initiative)
    text = re.search(r'name="text" value="(\d+)"', client.get(address).content.decode())[1]
    with scope_of(initiative.pk):
        services.write_text(study=study, text="Nye ord.", user=coordinator)
    answer = client.post(address, {"do": "yes", "text": text, "sure": "yes"})
    assert "Vi har rettet teksten" in answer.content.decode() and fresh(first).state == "asked"
    for junk in ("", "x", "9" * 40, "²"):
        answer = client.post(address, {"do": "yes", "text": junk, "sure": "yes"})
        assert answer.status_code == 200 and "Sæt hak først" in answer.content.decode()


def test_a_no_costs_nothing_and_the_draw_is_on_the_page_only_after_the_talk(
    client, asked, drawn, initiative, coordinator
):
    no = asked()
    client.post(own(no, initiative), {"do": "no"})
    assert (fresh(no).state, fresh(no).excluded_why) == ("excluded", "said_no")
    [one] = drawn(1)
    before = client.get(own(one, initiative)).content.decode()
    assert "Lodtrækningen" not in before
    with scope_of(initiative.pk):
        services_participants.note_told(participant=one, user=coordinator)
    after = client.get(own(one, initiative)).content.decode()
    assert "Lodtrækningen" in after


def test_the_pages_read_easily(client, front_of_states):
    for name, address in front_of_states.items():
        text = client.get(address).content.decode()
        assert list(faults_of_words(text)) == [], (name, prose_of(text))


@pytest.fixture
def front_of_states(db):
    from tests.pages.states import STATES, load_all

    load_all()
    return {name: str(build(None)) for name, build in STATES.items() if name.startswith("study: ")}


# Nothing says what comes next


def secrets_of(study):
    """Return what nobody may see: the seed however it is written, and the sizes of the blocks to come, as a list."""
    seed = StudySeal._base_manager.get(study=study).box
    sizes = [len(block) for block in blocks_of(Seed.of_hex(seed), "S1", 60)]
    written = (seed, seed.upper(), str(bytes.fromhex(seed)), str(list(bytes.fromhex(seed)))[1:-1])
    return [*(text.lower() for text in written), str(sizes)[1:-1]]


def walked(user, study, participant):
    """Yield what every screen of the study says to ``user``, with the messages and what is kept in the session."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    for name in (
        "study",
        "change",
        "towns",
        "measures",
        "text",
        "paper",
        "people",
        "flow",
        "export",
        "check",
    ):
        yield said(client.get(at(name, study.pk)))
    yield said(client.get(at("participant", study.pk, participant.pk)))
    for code in ("allocate", "told", "withdraw"):
        yield said(client.get(at("participant_step", study.pk, participant.pk, code)))
    for address in ("/admin/today/", f"/admin/people/citizen/inspect/{participant.citizen_id}/", "/admin/"):
        yield said(client.get(address))
    yield str(dict(client.session)).lower()


def test_no_page_export_log_or_session_says_the_seed_or_the_sizes_of_blocks(
    study, drawn, ready, coordinator, initiative, caplog
):
    caplog.set_level(logging.DEBUG)
    drawn(5)
    participant = ready()
    users = [coordinator, LeaderFactory(initiative=initiative), AnalystFactory(initiative=initiative)]
    users.append(UserFactory(is_superuser=True, initiative=initiative))
    said_by_all = "\n".join(text for user in users for text in walked(user, study, participant))
    logged = str(list(AccessLogEntry.objects.values())) + str(list(StudyEvent._base_manager.values()))
    everything = (said_by_all + logged + caplog.text).lower()
    assert [secret for secret in secrets_of(study) if secret in everything] == []
    assert StudySeal._base_manager.get(study=study).commitment in everything, (
        "control: the eyes see a page's numbers"
    )


def test_an_error_in_the_middle_of_a_draw_says_neither_seed_nor_arm_in_its_report(
    study, ready, coordinator, initiative, monkeypatch
):
    participant = ready()

    def broken(self, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(type(Allocation._base_manager.all()), "create", broken)
    client = Client(raise_request_exception=False)
    client.force_login(coordinator)
    with override_settings(ADMINS=[("Drift", "drift@example.com")], DEBUG=False):
        from django.utils.log import AdminEmailHandler

        handler = AdminEmailHandler(include_html=True)
        logger = logging.getLogger("django.request")
        logger.addHandler(handler)
        try:
            answer = client.post(at("participant_step", study.pk, participant.pk, "allocate"))
        finally:
            logger.removeHandler(handler)
    assert answer.status_code == 500 and mail.outbox
    report = " ".join(sent.body + str(sent.alternatives) for sent in mail.outbox).lower()
    assert "the disk is full" in report and "services_allocation" in report
    assert [secret for secret in secrets_of(study) if secret in report] == []
    frame = report[report.index("services_allocation") :]
    assert not re.search(r"'arm': '(place|control)'|arm = '(place|control)'", frame)
    assert not Allocation._base_manager.exists()


# The flow and the export


def test_the_flow_counts_everybody_and_hides_small_numbers_from_others(
    client_for, coordinator_client, study, asked, drawn, initiative, coordinator
):
    people = drawn(9)
    with scope_of(initiative.pk):
        services_participants.exclude(participant=asked(), why="said_no", user=coordinator)
        services_participants.withdraw(participant=people[0], what="measurement", how="phone", why="health")
        services_participants.withdraw(participant=people[1], what="everything", how="phone")
        counted = Counter(flow.count_flow(study).counts)
    place = sum(arm == "place" for arm in Allocation._base_manager.values_list("arm", flat=True))
    assert (counted["enquired"], counted["asked"], counted["excluded"], counted["drawn"]) == (10, 10, 1, 9)
    assert counted["place_drawn"] == place and counted["control_drawn"] == 9 - place
    assert counted["place_lost"] + counted["control_lost"] == 2
    assert counted["place_analysed"] + counted["control_analysed"] == 8
    for total, parts in flow._sums():
        assert counted.get(total, 0) == sum(counted.get(part, 0) for part in parts), total
    page = coordinator_client.get(at("flow", study.pk)).content.decode()
    assert "skjult" not in page and f"kontrolgruppe {9 - place}" in page
    hidden = client_for(LeaderFactory(initiative=initiative)).get(at("flow", study.pk)).content.decode()
    assert "skjult" in hidden and "<svg" in hidden


def test_what_is_hidden_cannot_be_worked_out_by_a_subtraction():
    counts = {"total": 12, "a": 9, "b": 3, "c": 0}
    hidden = flow.hide_small(flow.Flow(dict(counts), [("total", ["a", "b", "c"])]))
    assert hidden.hidden == {"a", "b"} and hidden.shown("b") is None and hidden.shown("c") == 0
    plain = flow.hide_small(flow.Flow({"total": 12, "a": 7, "b": 5}, [("total", ["a", "b"])]))
    assert plain.hidden == set()


def test_every_box_of_the_picture_holds_its_words(in_scope, study):
    picture = draw(flow.count_flow(study))
    assert picture.sentence and len(picture.boxes) == 5 + 4 + 2 - 0
    for box in picture.boxes:
        assert box.x >= 0 and box.x + box.width <= picture.width and box.bottom <= picture.height
        assert all(box.y < y < box.bottom for __, y, *__ in box.lines)


def unzipped(answer):
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows_in(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_an_analyst_gets_codes_and_weeks_and_nothing_that_says_who(
    client_for, study, drawn, initiative, coordinator, tmp_path
):
    people = drawn(8, first_name="Zqvnavn", last_name="Zqvefter", phone="51626364", email="zqv@example.com")
    with scope_of(initiative.pk):
        services_participants.withdraw(participant=people[2], what="everything", how="phone")
    analyst = AnalystFactory(initiative=initiative)
    files = unzipped(client_for(analyst).get(at("export", study.pk)))
    assert set(files) == {
        "participants.csv", "measurements.csv", "items.csv", "allocations.csv", "codebook.csv", "study.xlsx",
        "verify_allocation.py",
    }  # fmt: skip
    rows = rows_in(files["participants.csv"])
    assert len(rows) == 8 and [row["code"] for row in rows] == sorted(row["code"] for row in rows)
    gone = [row for row in rows if row["withdrawn"] == "2"]
    assert len(gone) == 1 and {gone[0][name] for name in ("stratum", "arm", "got_place")} == {"-8"}
    book = load_workbook(io.BytesIO(files["study.xlsx"]))
    cells = [
        str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row if c is not None
    ]
    plain = " ".join([*(content.decode() for name, content in files.items() if name.endswith("csv")), *cells])
    for secret in (
        "zqv",
        "51626364",
        "Helsingør",
        *(str(one.citizen_id) for one in people if one.citizen_id > 9999),
    ):
        assert secret.lower() not in plain.lower()
    assert not re.search(r"\d{4}-\d\d-\d\d|\d\d?\.\d\d?\.\d{4}", plain), "no date anywhere"
    # Every column of every table is in the code book.
    known = {
        (table, row["variable"])
        for row in rows_in(files["codebook.csv"])
        for table in row["table"].split(", ")
    }
    for name in ("participants", "measurements", "items", "allocations"):
        header = files[f"{name}.csv"].decode("utf-8-sig").splitlines()[0].split(",")
        assert {(name, column) for column in header} <= known
    logged = AccessLogEntry.objects.filter(user=analyst, action="export")
    assert logged.count() == 1 + 8 and StudyEvent._base_manager.filter(action="export", user=analyst).exists()
    # With the seed, at the end, the list in the export can be checked.
    with scope_of(initiative.pk):
        services.close_study(study=study, user=coordinator)
        closed = services.unseal_study(study=study, user=coordinator)
    seal = StudySeal._base_manager.get(study=closed)
    listed = [(row["stratum"], row["slot"], row["arm"]) for row in rows_in(files["allocations.csv"])]
    assert len(listed) == 8 and faults(seal.commitment, seal.box, listed) == []
    checked = client_for(analyst).get(at("check", study.pk)).content.decode()
    assert seal.box in checked and "Alle 8 lodtrækninger" in checked


def test_the_command_checks_a_study_that_is_opened_up_and_no_other(
    study, drawn, initiative, coordinator, capsys
):
    drawn(3)
    with pytest.raises(CommandError, match="sealed"):
        call_command("verify_allocation", study.pk)
    with pytest.raises(CommandError, match="no study"):
        call_command("verify_allocation", 987654)
    with scope_of(initiative.pk):
        services.close_study(study=study, user=coordinator)
        services.unseal_study(study=study, user=coordinator)
    call_command("verify_allocation", study.pk)
    assert "All 3 allocations" in capsys.readouterr().out


def test_whoever_knows_the_people_is_never_the_analyst(client_for, study, drawn, initiative, coordinator):
    drawn(1)
    ensure_roles()
    coordinator.groups.add(group_for(ANALYST))
    answer = client_for(coordinator).get(at("export", study.pk))
    assert answer.status_code == 302 and answer.headers["Location"] == at("flow", study.pk)
    for user in (LeaderFactory(initiative=initiative), DeputyFactory(initiative=initiative)):
        assert client_for(user).get(at("export", study.pk)).status_code in (302, 403)
    stranger = AnalystFactory(initiative=CitizenFactory().initiative)
    assert client_for(stranger).get(at("export", study.pk)).status_code == 404
    assert Assignment.objects.filter(user=stranger, role="analyst").count() == 1


def test_the_list_of_people_asks_the_same_of_the_database_however_many_they_are(
    coordinator_client, study, drawn, ready, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    drawn(2), ready()
    coordinator_client.get(at("people", study.pk))
    with CaptureQueriesContext(connection) as few:
        coordinator_client.get(at("people", study.pk))
    drawn(4), ready(), ready()
    with CaptureQueriesContext(connection) as many:
        coordinator_client.get(at("people", study.pk))
    assert len(many) == len(few)
