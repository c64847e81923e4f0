"""The front of the desk, the panel, the seals, and what other rooms put on it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from peer_support.privacy.models import AccessLogSeal
from peer_support.privacy.sealing import seal_log
from peer_support.testing import factories as make
from peer_support.testing.factories_oversight import seen

pytestmark = pytest.mark.django_db


def test_the_front_page_says_how_many_lines_wait(
    initiative, coordinator, officer_client, coordinator_client, noon
):
    assert "Gennemgang" in officer_client.get("/admin/").content.decode()
    seen(make.CitizenFactory(initiative=initiative), user=coordinator, action="export", at=noon())
    assert "1 linje fra den sidste uge" in officer_client.get("/admin/").content.decode()
    page = coordinator_client.get("/admin/").content.decode()
    assert "/admin/oversight/" not in page


def test_the_seals_are_whole_or_broken_and_where(initiative, coordinator, officer_client, noon):
    assert "ikke forseglet endnu" in officer_client.get("/admin/oversight/seals/").content.decode()
    seen(make.CitizenFactory(initiative=initiative), user=coordinator, at=noon(3))
    seal_log(now=timezone.now() + timedelta(hours=1))
    assert AccessLogSeal.objects.exists()
    assert "Alle segl er hele" in officer_client.get("/admin/oversight/seals/").content.decode()
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL itself refuses what is tried here.")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE peer_support_accesslogentry SET action = 'list' WHERE action = 'read'")
    page = officer_client.get("/admin/oversight/seals/").content.decode()
    assert "1 segl er brudt" in page and "er rettet, fjernet eller sat ind" in page


def test_who_is_under_a_hold_is_named_by_case_number_and_until_when(
    officer_client, initiative, other_initiative
):
    assert "Sager, der holder på oplysninger" not in officer_client.get("/admin/oversight/").content.decode()
    citizen = make.CitizenFactory(initiative=initiative, number=17, first_name="Zqvnavn")
    until = date(2027, 8, 3)
    make.LegalHoldFactory(citizen=citizen, reason="Zqvgrund", until=until)
    make.LegalHoldFactory(
        volunteer=make.VolunteerFactory(initiative=initiative, number=4), citizen=None, until=until
    )
    make.LegalHoldFactory(citizen=make.CitizenFactory(initiative=other_initiative, number=99), until=until)
    over = make.CitizenFactory(initiative=initiative, number=55)
    make.LegalHoldFactory(citizen=over, until=until)
    make.LegalHoldFactory(citizen=over, act="lifted", until=until)
    page = officer_client.get("/admin/oversight/").content.decode()
    assert "Borger 17: til 3. august 2027" in page and "Frivillig 4: til 3. august 2027" in page
    assert not [word for word in ("Zqvnavn", "Zqvgrund", "Borger 99", "Borger 55") if word in page]
