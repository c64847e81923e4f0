"""Bringing people in from a spreadsheet, on the real addresses and by command."""

import io
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from peer_support.access.scopes import scope_of
from peer_support.people.models import Citizen, PeopleUpload
from peer_support.privacy.access_log import entries_for
from peer_support.testing.factories import (
    AssignmentFactory,
    CitizenFactory,
    CoordinatorFactory,
    EditorFactory,
)

from .importing import ALMA, HEAD, START, Importer, people, sentences

pytestmark = pytest.mark.django_db


class TestTheSteps:
    def test_a_file_goes_all_the_way(self, importer, initiative, coordinator):
        importer.upload(HEAD + ALMA)
        importer.columns()
        plan = importer.check().context["plan"]
        assert plan.possible and plan.count("create") == 1
        assert people(Citizen, initiative) == []
        assert importer.confirm().status_code == 200
        (alma,) = people(Citizen, initiative)
        assert (alma.first_name, alma.last_name, alma.phone, alma.postcode) == (
            "Alma",
            "Askholt",
            "12345678",
            "3000",
        )
        assert (alma.status, alma.waiting_since.isoformat()) == ("waiting", "2026-08-03")
        assert (float(alma.hours_min), float(alma.hours_max), alma.times) == (1, 2, "ti 17.00-20.00")
        with scope_of(initiative.pk):
            assert {i.name for i in alma.interests.all()} == {"Gåture", "Cykling"}
        assert [(e.action, e.user) for e in entries_for(alma)] == [("create", coordinator)]

    def test_a_dry_run_writes_nothing(self, importer, initiative):
        known = CitizenFactory(initiative=initiative, first_name="Alma", phone="12345678", postcode="")
        with scope_of(initiative.pk):
            before = list(Citizen.objects.values())
        importer.upload(HEAD + ALMA + ALMA.replace("Alma", "Bo").replace("12345678", "87654321"))
        importer.columns()
        for __ in range(2):
            plan = importer.check().context["plan"]
            assert (plan.count("create"), plan.count("fill")) == (1, 1)
        with scope_of(initiative.pk):
            assert list(Citizen.objects.values()) == before
            assert known.interests.count() == 0

    def test_a_bad_row_201_of_400_stops_all_of_it(self, importer, initiative):
        rows = [f"Navn{n};;{20000000 + n};3000;;;;\r\n" for n in range(1, 401)]
        rows[199] = "Navn200;;ring ikke;30;;;;\r\n"
        importer.upload(HEAD + "".join(rows))
        importer.columns()
        response = importer.check()
        assert {line for line, __ in sentences(response)} == {201}
        assert 'name="confirm"' not in response.content.decode()
        importer.confirm()
        assert people(Citizen, initiative) == []

    def test_four_hundred_right_rows_are_all_imported(self, importer, initiative):
        rows = [f"Navn{n};;{20000000 + n};3000;;;;\r\n" for n in range(400)]
        importer.run(HEAD + "".join(rows))
        assert [p.number for p in people(Citizen, initiative)] == list(range(1, 401))

    def test_confirming_twice_imports_once(self, importer, initiative):
        importer.run(HEAD + ALMA)
        again = importer.confirm()
        assert again.status_code == 200 and len(people(Citizen, initiative)) == 1
        assert again.redirect_chain[-1][0].endswith("/done/")

    def test_the_same_file_again_changes_nothing(self, importer, initiative):
        importer.run(HEAD + ALMA)
        with scope_of(initiative.pk):
            before = list(Citizen.objects.values())
        importer.upload(HEAD + ALMA)
        importer.columns()
        assert importer.check().context["plan"].count("same") == 1
        importer.confirm()
        with scope_of(initiative.pk):
            assert list(Citizen.objects.values()) == before

    def test_giving_up_throws_the_file_away(self, importer, initiative):
        importer.upload(HEAD + ALMA)
        importer.client.post(importer.columns_url.replace("columns", "give-up"))
        with scope_of(initiative.pk):
            assert PeopleUpload.objects.count() == 0
        assert importer.client.get(importer.check_url).status_code == 404

    def test_a_column_can_be_chosen_by_hand_or_left_out(self, importer, initiative):
        importer.upload("A;B;C\r\nAlma;12345678;hemmeligt\r\n")
        importer.columns(**{"column-0": "first_name", "column-1": "phone", "column-2": ""})
        importer.confirm()
        (alma,) = people(Citizen, initiative)
        assert alma.first_name == "Alma" and alma.notes == ""

    def test_without_a_name_or_a_way_to_reach_people_nothing_is_possible(self, importer):
        importer.upload("Postnr;By\r\n3000;Helsingør\r\n")
        importer.columns()
        assert len(sentences(importer.check())) == 2


class TestWhatIsKeptBetween:
    def test_the_database_and_the_session_hold_no_plain_text(self, importer, coordinator_client):
        importer.upload(HEAD + ALMA)
        importer.columns()
        with connection.cursor() as cursor:
            cursor.execute("SELECT content, choices, result FROM peer_support_peopleupload")
            stored = str(cursor.fetchall())
        assert "Alma" not in stored and "12345678" not in stored and len(stored) > 200
        assert "Alma" not in str(dict(coordinator_client.session))

    def test_it_is_emptied_when_it_has_been_imported(self, importer, initiative):
        importer.run(HEAD + ALMA)
        with scope_of(initiative.pk):
            upload = PeopleUpload.objects.get()
        assert (upload.content, upload.choices) == ("", "") and upload.result["created"] == 1

    def test_it_is_over_after_two_hours(self, importer, initiative):
        importer.upload(HEAD + ALMA)
        with scope_of(initiative.pk):
            PeopleUpload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert importer.client.get(importer.check_url)["Location"] == START
        with scope_of(initiative.pk):
            assert PeopleUpload.objects.count() == 0

    def test_a_big_file_never_touches_the_disk(self, importer, settings, monkeypatch):
        written = []
        monkeypatch.setattr(TemporaryUploadedFile, "__init__", lambda *a, **k: written.append(1) or 1 / 0)
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
        assert importer.upload(HEAD + ALMA).status_code == 302 and not written
        # The control: any other view would have put the same file on the disk.
        data = {"file": SimpleUploadedFile("liste.csv", (HEAD + ALMA).encode())}
        with pytest.raises(ZeroDivisionError):
            RequestFactory().post("/", data).FILES  # noqa: B018

    def test_a_forged_request_is_refused(self, coordinator, initiative):
        client = Client(enforce_csrf_checks=True)
        client.force_login(coordinator)
        assert Importer(client, initiative).upload(HEAD + ALMA).status_code == 403

    def test_a_colleague_does_not_see_my_file(self, importer, initiative, client_for):
        importer.upload(HEAD + ALMA)
        colleague = client_for(CoordinatorFactory(initiative=initiative))
        for url in (importer.columns_url, importer.check_url):
            assert colleague.get(url).status_code == 404
        assert colleague.post(importer.check_url, {"confirm": "1"}).status_code == 404


class TestWhoIsHereAlready:
    def test_unknown_answers_are_filled_in_and_others_kept(self, importer, initiative):
        known = CitizenFactory(initiative=initiative, first_name="Alma", phone="12 34 56 78", postcode="6000")
        importer.run(HEAD + ALMA)
        (alma,) = people(Citizen, initiative)
        assert alma.pk == known.pk and alma.postcode == "6000" and alma.times == "ti 17.00-20.00"

    def test_the_file_replaces_what_stands_when_asked_to(self, importer, initiative):
        CitizenFactory(initiative=initiative, first_name="Alma", phone="12345678", postcode="6000")
        importer.upload(HEAD + ALMA)
        importer.columns()
        importer.client.post(importer.check_url, {"again": "1", "overwrite": "on"})
        importer.confirm()
        assert people(Citizen, initiative)[0].postcode == "3000"

    def test_a_cpr_number_is_no_number_in_another_system(self, importer, initiative):
        importer.upload("Nr;Fornavn;Telefon\r\n010190-1234;Alma;12345678\r\n")
        importer.columns()
        page = importer.check()
        assert [line for line, __ in sentences(page)] == [2]
        assert "CPR number" in page.content.decode() and "010190" not in page.content.decode()
        importer.confirm()
        assert people(Citizen, initiative) == []

    def test_a_number_in_another_system_finds_the_person_again(self, importer, initiative):
        importer.run("Nr;Fornavn;Telefon\r\n17;Alma;12345678\r\n")
        importer.run("Nr;Fornavn;Telefon;Postnr\r\n17;Alma;87654321;3000\r\n")
        (alma,) = people(Citizen, initiative)
        assert (alma.phone, alma.postcode, alma.external_id) == ("12345678", "3000", "17")

    def test_the_same_number_but_another_name_is_asked_about(self, importer, initiative):
        CitizenFactory(initiative=initiative, first_name="Bo", phone="12345678")
        importer.upload(HEAD + ALMA)
        importer.columns()
        ((line, sentence),) = sentences(importer.check())
        assert line == 2 and "has the same" in sentence

    def test_two_others_with_the_same_number_are_spoken_of_as_two(self, importer, initiative):
        for name in ("Bo", "Cilje"):
            CitizenFactory(initiative=initiative, first_name=name, phone="12345678")
        importer.upload(HEAD + ALMA)
        importer.columns()
        ((__, sentence),) = sentences(importer.check())
        assert "Citizen 1, Citizen 2 have the same" in sentence

    def test_two_with_one_telephone_come_in_together_and_stay_two(self, importer, initiative):
        both = HEAD + ALMA + ALMA.replace("Alma", "Bo")
        importer.run(both)
        importer.run(both)
        assert [p.first_name for p in people(Citizen, initiative)] == ["Alma", "Bo"]

    def test_the_same_person_twice_in_a_file_is_a_fault(self, importer):
        importer.upload(HEAD + ALMA + ALMA)
        importer.columns()
        assert [line for line, __ in sentences(importer.check())] == [3]

    def test_two_initiatives_are_two_worlds(
        self, importer, coordinator_client, coordinator, initiative, other_initiative
    ):
        stranger = CitizenFactory(
            initiative=other_initiative, first_name="Alma", phone="12345678", postcode="6000"
        )
        importer.run(HEAD + ALMA)
        assert len(people(Citizen, initiative)) == 1
        (same,) = people(Citizen, other_initiative)
        assert (same.pk, same.postcode, same.times) == (stranger.pk, "6000", "")
        assert entries_for(stranger).count() == 0
        assert Importer(coordinator_client, other_initiative).upload(HEAD + ALMA).status_code == 200
        AssignmentFactory(user=coordinator, initiative=other_initiative)
        assert Importer(coordinator_client, other_initiative).upload(HEAD + ALMA).status_code == 302


class TestWords:
    @pytest.fixture
    def word(self, importer):
        importer.upload(HEAD + ALMA.replace("Cykling", "Cykeling"))
        importer.columns()
        (word,) = importer.check().context["plan"].unknown
        return word

    def test_a_word_in_no_list_is_shown_with_what_may_be_meant(self, importer, initiative, word):
        assert (word.word, word.rows) == ("Cykeling", (2,)) and "Cykling" in [n for __, n in word.suggestions]
        importer.confirm()
        assert people(Citizen, initiative) == []

    def test_it_can_be_given_its_meaning(self, importer, initiative, word):
        pk = next(pk for pk, name in word.suggestions if name == "Cykling")
        importer.client.post(importer.check_url, {"again": "1", "word-0": str(pk)})
        importer.confirm()
        (alma,) = people(Citizen, initiative)
        with scope_of(initiative.pk):
            assert {i.name for i in alma.interests.all()} == {"Gåture", "Cykling"}

    def test_it_can_be_left_out_on_purpose(self, importer, initiative, word):
        importer.client.post(importer.check_url, {"again": "1", "word-0": "leave_out"})
        importer.confirm()
        assert len(people(Citizen, initiative)) == 1


class TestWhoMay:
    def test_somebody_who_takes_nobody_in_imports_nobody(self, client_for):
        client = client_for(EditorFactory())
        assert client.get(START).status_code == 302
        assert client.get("/admin/people/import/example/citizen.csv").status_code == 302

    def test_a_visitor_is_sent_to_the_login_page(self, client):
        assert "login" in client.get(START)["Location"]


class TestCommand:
    def call(self, path, initiative, *args):
        output = io.StringIO()
        call_command(
            "import_people",
            str(path),
            "--initiative",
            str(initiative.pk),
            "--kind",
            "citizen",
            *args,
            stdout=output,
        )
        return output.getvalue()

    def test_it_only_says_what_would_happen_until_told_otherwise(self, tmp_path, initiative):
        path = tmp_path / "liste.csv"
        path.write_text(HEAD + ALMA, encoding="cp1252")
        assert "--apply" in self.call(path, initiative)
        assert people(Citizen, initiative) == []
        self.call(path, initiative, "--apply")
        self.call(path, initiative, "--apply")
        assert len(people(Citizen, initiative)) == 1

    def test_a_folder_gets_a_sentence_of_our_own(self, tmp_path, initiative):
        with pytest.raises(CommandError, match="is a folder"):
            self.call(tmp_path, initiative)

    def test_an_unknown_word_stops_it_unless_it_is_to_be_left_out(self, tmp_path, initiative):
        path = tmp_path / "liste.csv"
        path.write_text(HEAD + ALMA.replace("Cykling", "Cykeling"))
        with pytest.raises(CommandError):
            self.call(path, initiative, "--apply")
        assert people(Citizen, initiative) == []
        self.call(path, initiative, "--apply", "--leave-out-unknown")
        assert len(people(Citizen, initiative)) == 1

    def test_a_missing_file_and_an_unknown_initiative_get_a_sentence(self, tmp_path, initiative):
        with pytest.raises(CommandError):
            self.call(tmp_path / "nope.csv", initiative)
        initiative.pk = 99999
        with pytest.raises(CommandError):
            self.call(tmp_path / "nope.csv", initiative)

    def test_the_log_shows_in_whose_name(self, tmp_path, initiative, coordinator):
        path = tmp_path / "liste.csv"
        path.write_text(HEAD + ALMA)
        self.call(path, initiative, "--apply", "--user", coordinator.username)
        assert entries_for(people(Citizen, initiative)[0]).get().user == coordinator


class TestPurging:
    def test_what_is_over_is_deleted_in_every_initiative_and_the_rest_kept(
        self, importer, coordinator_client, coordinator, initiative, other_initiative
    ):
        importer.upload(HEAD + ALMA)
        AssignmentFactory(user=coordinator, initiative=other_initiative)
        Importer(coordinator_client, other_initiative).upload(HEAD + ALMA)
        with scope_of(initiative.pk, other_initiative.pk):
            PeopleUpload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        importer.upload(HEAD + ALMA)  # throws the old ones away itself, so they are put back as they were
        with scope_of(initiative.pk, other_initiative.pk):
            (kept,) = PeopleUpload.objects.all()
            for owner in (initiative, other_initiative):
                PeopleUpload.objects.create(
                    initiative=owner, user=coordinator, kind="citizen", expires_at=timezone.now()
                )
        output = io.StringIO()
        with translation.override("en"):
            call_command("purge_expired", stdout=output)
            call_command("purge_expired", stdout=output)
        said = [line for line in output.getvalue().splitlines() if "upload" in line]
        assert said == ["2 old uploads deleted.", "0 old uploads deleted."]
        with scope_of(initiative.pk, other_initiative.pk):
            assert list(PeopleUpload.objects.all()) == [kept]

    @pytest.mark.parametrize("broken", [False, True], ids=["", "while mails cannot be sent"])
    def test_the_job_that_runs_every_five_minutes_takes_it_after_two_hours(
        self, broken, importer, initiative, monkeypatch
    ):
        """Nobody has to upload anew for it, and nobody has to wait for the night."""

        def fails():
            raise RuntimeError("no mail to-day")

        if broken:
            monkeypatch.setattr("peer_support.management.commands.send_mails.send_due", fails)
        importer.upload(HEAD + ALMA)
        for minutes, left in ((-1, 1), (1, 0)):
            with scope_of(initiative.pk):
                PeopleUpload.objects.update(expires_at=timezone.now() - timedelta(minutes=minutes))
            with pytest.raises(RuntimeError) if broken else nullcontext():
                call_command("send_mails", verbosity=0)
            with scope_of(initiative.pk):
                assert PeopleUpload.objects.count() == left
