"""The review list: each rule, and what must not set it off."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from peer_support.oversight.models import ReviewNote
from peer_support.oversight.review import review_list
from peer_support.oversight.services import purge_notes
from peer_support.privacy.access_log import CHOICE
from peer_support.privacy.models import AppendOnlyError
from peer_support.testing import factories as make
from peer_support.testing.factories_oversight import seen

pytestmark = pytest.mark.django_db


def lines(initiative, rule=None, **options):
    found = review_list([initiative.pk], **options)
    return [line for line in found if rule in (None, line.finding.rule)]


@pytest.fixture
def people(initiative):
    return make.CitizenFactory.create_batch(55, initiative=initiative, last_name="Fjeldgren")


def test_many__more_than_fifty_records_in_an_hour(initiative, coordinator, people, noon):
    seen(*people[:51], user=coordinator, at=noon(), apart=timedelta(seconds=60))
    line = lines(initiative, "many")[0]
    assert "51" in line.finding.sentence and "12" in line.finding.sentence and len(line.cases) == 51
    assert "Mette" in line.finding.sentence and "Fjeldgren" not in str(line)


def test_many__fifty_is_not_many_and_a_day_is_no_hour(initiative, coordinator, people, noon):
    seen(*people[:50], user=coordinator, at=noon(2), apart=timedelta(seconds=60))
    seen(*people, user=coordinator, at=noon(1), apart=timedelta(minutes=5))
    seen(*people[:1] * 60, user=coordinator, at=noon(3))
    assert lines(initiative, "many") == []


def test_many__the_hour_slides_over_the_clock(initiative, coordinator, people, noon):
    seen(*people[:52], user=coordinator, at=noon(hour=11, minute=40), apart=timedelta(seconds=60))
    assert len(lines(initiative, "many")) == 1


def test_many__far_more_than_the_colleagues_own_usual(initiative, coordinator, people, noon):
    for day in range(10, 22):
        seen(*people[:3], user=coordinator, at=noon(day))
    seen(*people[:22], user=coordinator, at=noon(1))
    seen(*people[:11], user=coordinator, at=noon(2))
    found = lines(initiative, "many")
    assert [line.finding.count for line in found] == [22] and "3" in found[0].finding.sentence
    other = make.CoordinatorFactory(initiative=initiative)
    seen(*people[:22], user=other, at=noon(1))
    assert len(lines(initiative, "many")) == 1, "without a usual there is only the limit"


def test_leafing__lists_have_a_limit_of_their_own(initiative, coordinator, people, noon, settings):
    seen(*people, user=coordinator, action="list", at=noon())
    assert lines(initiative) == []
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, "REVIEW_RECORDS_AN_HOUR": 10}
    assert [line.finding.rule for line in lines(initiative)] == ["leafing"]


def test_leafing__a_list_to_choose_from_shows_everybody_at_once_and_is_no_leafing(
    initiative, coordinator, people, noon, settings
):
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, "REVIEW_RECORDS_AN_HOUR": 10}
    route = f"peer_support_courses:add{CHOICE}"
    seen(*people, user=coordinator, action="list", at=noon(), route=route)
    assert lines(initiative) == []
    seen(*people, user=coordinator, action="list", at=noon(), route="peer_support_courses:add")
    assert [line.finding.rule for line in lines(initiative)] == ["leafing"]


def test_own_name__a_colleague_opens_somebody_with_their_own_last_name(initiative, noon):
    colleague = make.CoordinatorFactory(initiative=initiative, last_name="Ravnsborg")
    same = make.CitizenFactory(
        initiative=initiative, first_name="Zakarina", last_name="Ravnsborg", number=871
    )
    other = make.CitizenFactory(initiative=initiative, last_name="Fjeldgren")
    seen(other, user=colleague, at=noon())
    assert lines(initiative, "own_name") == []
    seen(same, user=colleague, at=noon(), action="list")
    assert lines(initiative, "own_name") == [], "a list shows everybody"
    seen(same, user=colleague, at=noon())
    line = lines(initiative, "own_name")[0]
    assert line.cases == ["Borger 871"]
    assert same.first_name not in str(line)


def test_own_name__what_is_about_the_person_counts_and_a_match_with_another_does_not(initiative, noon):
    colleague = make.CoordinatorFactory(initiative=initiative, last_name="Ravnsborg")
    same = make.CitizenFactory(initiative=initiative, last_name="Ravnsborg")
    match = make.MatchFactory(initiative=initiative, citizen=same)
    seen(match, user=colleague, at=noon())
    assert lines(initiative, "own_name") == []
    seen(make.ConversationFactory(citizen=same), user=colleague, at=noon())
    assert len(lines(initiative, "own_name")) == 1


def test_elsewhere__ones_own_colleague_asks_for_anothers_record(
    initiative, other_initiative, coordinator_client
):
    stranger = make.CitizenFactory(initiative=other_initiative, number=913)
    for __ in range(3):
        coordinator_client.get(f"/admin/people/citizen/inspect/{stranger.pk}/")
    mine, theirs = lines(initiative, "elsewhere"), lines(other_initiative, "elsewhere")
    assert mine[0].cases == [] and mine[0].finding.count == 3, "another's case number is not told"
    assert theirs[0].cases == ["Borger 913"] and "Mette" in theirs[0].finding.sentence


def test_elsewhere__what_a_rule_refused_is_no_attempt(initiative, coordinator, noon):
    seen(make.CitizenFactory(initiative=initiative), user=coordinator, action="refused", route="x:end:busy")
    assert lines(initiative) == []


def test_export__every_file_is_a_line(initiative, coordinator, people, noon):
    seen(*people[:4], user=coordinator, action="export", at=noon())
    seen(*people[:2], user=coordinator, action="export", at=noon(hour=13))
    assert sorted(line.finding.count for line in lines(initiative, "export")) == [2, 4]
    seen(people[0], user=None, action="export", at=noon(), route="peer_support:own_data_citizen_link")
    assert len(lines(initiative)) == 2, "a person takes their own data"


def test_night__what_is_opened_while_the_house_sleeps(initiative, coordinator, people, noon, settings):
    seen(people[0], user=coordinator, at=noon(2, hour=2, minute=30))
    seen(people[1], user=coordinator, at=noon(1, hour=21))
    assert [line.finding.count for line in lines(initiative, "night")] == [1]
    settings.PEER_SUPPORT = {**settings.PEER_SUPPORT, "REVIEW_NIGHT": (0, 0)}
    assert lines(initiative, "night") == []


def test_another_initiatives_week_is_not_on_the_list(initiative, other_initiative, coordinator, noon):
    seen(make.CitizenFactory(initiative=other_initiative), user=coordinator, action="export", at=noon())
    assert lines(initiative) == [] and len(lines(other_initiative)) == 1


def test_the_list_shows_a_week_and_earlier_ones_on_asking(initiative, coordinator, people, noon):
    seen(people[0], user=coordinator, action="export", at=noon(8))
    assert lines(initiative) == []
    assert len(lines(initiative, last=timezone.localdate() - timedelta(days=3))) == 1


def test_the_number_of_queries_does_not_grow_with_the_rows(initiative, coordinator, people, noon):
    seen(people[0], user=coordinator, action="export", at=noon())
    with CaptureQueriesContext(
        connection,
    ) as few:
        lines(initiative)
    for user in make.CoordinatorFactory.create_batch(4, initiative=initiative):
        seen(*people, user=user, action="export", at=noon())
        seen(*people, user=user, at=noon(3))
    with CaptureQueriesContext(connection) as many:
        assert len(lines(initiative)) > 8
    assert len(many) <= len(few) + 1


# Notes


def note(client, line, verdict="fine", text="Aftalt med Mette"):
    data = {"digest": line.finding.digest, "verdict": verdict, "note": text}
    return client.post("/admin/oversight/review/", data)


def test_a_note_is_kept_encrypted_and_closes_the_line(
    initiative, coordinator, people, noon, officer, officer_client
):
    seen(people[0], user=coordinator, action="export", at=noon())
    line = lines(initiative)[0]
    assert note(officer_client, line).status_code == 302
    row = ReviewNote.objects.get()
    assert (row.verdict, row.note, row.by_number, row.about_number) == (
        "fine",
        "Aftalt med Mette",
        officer.pk,
        coordinator.pk,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM peer_support_reviewnote")
        assert "Mette" not in cursor.fetchone()[0]
    assert not lines(initiative)[0].is_open
    assert note(officer_client, line, "talk", "Vi taler om det").status_code == 302
    assert [one.verdict for one in lines(initiative)[0].notes] == ["fine", "talk"]
    page = officer_client.get("/admin/oversight/review/").content.decode()
    assert "Aftalt med Mette" in page and "Vi taler om det" in page and "Dorte Dataholm" in page


def test_a_note_can_only_be_added(initiative, coordinator, people, noon, officer_client):
    seen(people[0], user=coordinator, action="export", at=noon())
    note(officer_client, lines(initiative)[0])
    row = ReviewNote.objects.get()
    for change in (row.save, row.delete, lambda: ReviewNote.objects.update(verdict="talk")):
        with pytest.raises(AppendOnlyError):
            change()


def test_a_line_that_grows_comes_back(initiative, other_initiative, coordinator_client, officer_client):
    stranger = make.CitizenFactory(initiative=other_initiative)
    coordinator_client.get(f"/admin/people/citizen/inspect/{stranger.pk}/")
    before = lines(initiative)[0]
    note(officer_client, before)
    assert not lines(initiative)[0].is_open
    coordinator_client.get(f"/admin/people/citizen/inspect/{stranger.pk}/")
    assert lines(initiative)[0].is_open
    answer = officer_client.get("/admin/oversight/review/")
    assert answer.status_code == 200
    stale = note(officer_client, before)
    assert stale.status_code == 302 and ReviewNote.objects.count() == 1


def test_a_note_that_is_too_long_or_without_a_verdict_loses_nothing(
    initiative, coordinator, people, noon, officer_client
):
    seen(people[0], user=coordinator, action="export", at=noon())
    line = lines(initiative)[0]
    for data in (
        {"verdict": "", "text": "zqvskrevet"},
        {"verdict": "fine", "text": "zqvskrevet" + "x" * 600},
    ):
        page = note(officer_client, line, **data)
        assert page.status_code == 200 and "zqvskrevet" in page.content.decode()
    assert not ReviewNote.objects.exists()
    assert officer_client.post("/admin/oversight/review/", {"digest": "x"}).status_code == 302


def test_nobody_closes_a_line_about_themselves(initiative, officer, officer_client, people, noon):
    seen(people[0], user=officer, action="export", at=noon())
    note(officer_client, lines(initiative)[0])
    assert not ReviewNote.objects.exists()
    assert "handler om dig" in officer_client.get("/admin/oversight/review/").content.decode()


def test_old_notes_go_with_the_log(initiative, coordinator, people, noon, officer_client):
    seen(people[0], user=coordinator, action="export", at=noon())
    note(officer_client, lines(initiative)[0])
    assert purge_notes() == 0
    assert purge_notes(now=timezone.now() + timedelta(days=400)) == 1
