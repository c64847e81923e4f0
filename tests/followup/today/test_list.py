"""The order of the list, putting off, who sees whose list, and what it costs."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from peer_support.access.models import Assignment
from peer_support.access.scopes import scope_of
from peer_support.followup.today import registry
from peer_support.followup.today.covering import desks_of, shown_of, stands_in
from peer_support.followup.today.models import PutOff
from peer_support.followup.today.registry import Line, register_source, sources
from peer_support.followup.today.services import forget_old
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing import factories as make

pytestmark = pytest.mark.django_db
TODAY = reverse("peer_support_today:today")
PUT_OFF = reverse("peer_support_today:put_off")
AWAY = reverse("peer_support_today:away")


@pytest.fixture
def only_source(monkeypatch):
    """Return a function that leaves one source: the lines that a test gives it."""

    def use(*lines):
        monkeypatch.setattr(registry, "_sources", {})
        register_source("test", "Test", lambda day: list(lines))

    return use


def line(sentence, due=None, kind="ring", **more):
    return Line(kind, sentence, "Åbn", f"/admin/{sentence}/", due=due, **more)


def sentences(html):
    page = BeautifulSoup(html, "html.parser")
    return [found.get_text(strip=True) for found in page.select(".today-line__sentence")]


def test_overdue_comes_first_then_today_then_soon(only_source, the_list, day, ago):
    later = day + datetime.timedelta(days=3)
    only_source(
        line("snart", later),
        line("i dag", day, order=60),
        line("uden dag", None, order=40),
        line("længe siden", ago(9)),
        line("i går", ago(1), order=1),
        line("svar", ago(90), kind="answer"),
    )
    found = the_list()
    assert [item.line.sentence for item in found.items] == [
        "længe siden", "i går", "uden dag", "i dag", "snart", "svar",
    ]  # fmt: skip
    assert [item.when for item in found.items] == [
        "for 9 dage siden",
        "i går",
        "",
        "i dag",
        "om 3 dage",
        found.items[-1].when,
    ]
    assert found.overdue == 3


def test_each_line_has_exactly_one_button_and_says_why(only_source, coordinator_client, ago):
    only_source(line("ring til nogen", ago(2), hint="fordi"), line("send", post=True))
    page = BeautifulSoup(coordinator_client.get(TODAY).content, "html.parser")
    assert [len(row.select(".today-line__go .button")) for row in page.select(".today-line")] == [1, 1]
    assert page.select_one("form[action='/admin/send/'] input[name=csrfmiddlewaretoken]")
    assert "Rækkefølgen: overskredet først, så i dag, så snart." in page.get_text()


def test_an_unknown_group_is_refused():
    with pytest.raises(ValueError):
        Line("other", "x", "x", "/x/")


def test_a_source_that_fails_is_said_and_hides_nothing_else(only_source, coordinator_client, caplog):
    only_source(line("det andet"))
    register_source("broken", "Kurser", lambda day: 1 / 0)
    for address in (TODAY, "/admin/"):
        html = coordinator_client.get(address).content.decode()
        assert "Vi kunne ikke hente ”Kurser”" in html and sentences(html) == ["det andet"]


def test_an_empty_list_teaches(coordinator_client, only_source):
    only_source()
    html = coordinator_client.get(TODAY).content.decode()
    assert "Linjerne kommer af sig selv" in html
    assert "Intet venter på dig." in coordinator_client.get("/admin/").content.decode()


def test_whom_the_list_shows_is_logged(only_source, coordinator_client, initiative):
    citizen = make.CitizenFactory(initiative=initiative)
    only_source(line("ring", person=(citizen,)))
    coordinator_client.get(TODAY)
    entry = AccessLogEntry.objects.get(model="peer_support.citizen", action="list")
    assert entry.object_id == citizen.pk and entry.route == "peer_support_today:today"


def test_a_long_group_is_cut_and_can_be_opened(only_source, coordinator_client):
    only_source(*[line(f"linje {n:02}") for n in range(20)], line("svar", kind="answer"))
    html = coordinator_client.get(TODAY).content.decode()
    assert len(sentences(html)) == 13 and "?group=ring" in html
    assert len(sentences(coordinator_client.get(f"{TODAY}?group=ring").content.decode())) == 20


# Not today


def put_off(client, initiative, digest, until, **more):
    data = {"initiative": initiative.pk, "digest": digest, "until": until, **more}
    return client.post(PUT_OFF, data, follow=True).content.decode()


def test_a_line_can_be_put_off_and_comes_back(only_source, coordinator_client, the_list, initiative, day):
    until = day + datetime.timedelta(days=3)
    only_source(line("ring", initiative_id=initiative.pk))
    digest = the_list().items[0].digest
    html = put_off(coordinator_client, initiative, digest, until.isoformat())
    assert "Udskudt. Den kommer igen" in html and "har udskudt den til" in html and "Mette" in html
    assert the_list().items == [] and len(the_list().put_off) == 1
    assert len(the_list(until).items) == 1
    assert len(the_list(until=until).items) == 1  # the list one hands over holds it
    put_off(coordinator_client, initiative, digest, "", back="1")
    assert len(the_list().items) == 1


@pytest.mark.parametrize("days", [0, -1, 61, 4000])
def test_nothing_is_put_off_to_the_past_or_into_oblivion(
    only_source, coordinator_client, the_list, initiative, day, days
):
    only_source(line("ring", initiative_id=initiative.pk))
    until = day + datetime.timedelta(days=days)
    put_off(coordinator_client, initiative, the_list().items[0].digest, until.isoformat())
    assert len(the_list().items) == 1


def test_two_lines_with_the_same_button_are_put_off_one_by_one(only_source, the_list, initiative, day):
    only_source(line("x", key="a"), line("x", key="b"))
    first, second = the_list().items
    assert first.digest != second.digest


def test_another_initiatives_line_cannot_be_put_off(coordinator_client, other_initiative, day):
    data = {"initiative": other_initiative.pk, "digest": "a" * 40, "until": day + datetime.timedelta(days=2)}
    assert coordinator_client.post(PUT_OFF, data).status_code == 404
    assert not PutOff._base_manager.exists()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/admin/people/"])
def test_one_comes_back_to_the_list_and_nowhere_else(coordinator_client, initiative, day, target):
    data = {
        "initiative": initiative.pk,
        "digest": "a" * 40,
        "until": day + datetime.timedelta(days=2),
        "next": target,
    }
    assert coordinator_client.post(PUT_OFF, data).url == TODAY


def test_what_came_back_long_ago_is_forgotten(initiative, ago, day):
    for until in (ago(31), ago(29), day):
        with scope_of(initiative.pk):
            PutOff.objects.create(initiative=initiative, digest=until.isoformat(), until=until)
    assert forget_old() == 1


# Whose list


def assign(user, initiative, role, **values):
    return Assignment.objects.create(user=user, initiative=initiative, role=role, **values)


@pytest.fixture
def deputy(initiative):
    return make.DeputyFactory(initiative=initiative, username="dan")


def away(coordinator, day, days=5, **more):
    until = day + datetime.timedelta(days=days)
    return Assignment.objects.filter(user=coordinator).update(away_from=day, away_until=until, **more)


def test_stands_in_only_while_no_coordinator_is_there(coordinator, deputy, initiative, day):
    def decide():
        return stands_in(deputy, list(Assignment.objects.filter(role="coordinator")), day)

    assert not decide()
    away(coordinator, day)
    assert decide()
    another = make.CoordinatorFactory(initiative=initiative)
    assert not decide()
    away(another, day, covered_by=another)
    assert not decide()  # somebody else was named
    away(another, day, covered_by=deputy)
    assert decide()


def test_a_deputy_sees_the_list_while_the_coordinator_is_away(
    only_source, client_for, coordinator, deputy, initiative, day
):
    only_source(line("ring", initiative_id=initiative.pk))
    client = client_for(deputy)
    html = client.get(TODAY).content.decode()
    assert sentences(html) == [] and "Dine kolleger er her i dag" in html and "Vis kollegas" in html
    assert sentences(client.get(f"{TODAY}?colleagues=1").content.decode()) == ["ring"]
    away(coordinator, day)
    html = client.get(TODAY).content.decode()
    assert sentences(html) == ["ring"] and "(væk til" in html
    assert sentences(client.get("/admin/").content.decode()) == ["ring"]
    assert sentences(client.get(f"{TODAY}?colleagues=0").content.decode()) == []


def test_a_filter_shows_one_initiative_and_no_strangers(
    only_source, client_for, coordinator, initiative, other_initiative
):
    assign(coordinator, other_initiative, "coordinator")
    desks = desks_of(coordinator)
    assert len(shown_of(desks)) == 2
    assert [desk.initiative for desk in shown_of(desks, initiative=str(initiative.pk))] == [initiative]
    foreign = make.InitiativeFactory()
    assert client_for(coordinator).get(f"{TODAY}?initiative={foreign.pk}").status_code == 404


def test_a_colleague_writes_when_they_are_away_and_who_stands_in(
    coordinator_client, coordinator, deputy, initiative, day, only_source
):
    only_source(line("ring i ferien", day + datetime.timedelta(days=4), initiative_id=initiative.pk))
    row = Assignment.objects.get(user=coordinator)
    values = {
        "assignment": row.pk,
        f"a{row.pk}-away_from": day.isoformat(),
        f"a{row.pk}-away_until": (day + datetime.timedelta(days=7)).isoformat(),
        f"a{row.pk}-covered_by": deputy.pk,
    }
    html = coordinator_client.post(AWAY, values, follow=True).content.decode()
    row.refresh_from_db()
    assert row.covered_by == deputy and "ring i ferien" in html and "Noteret" in html
    back = {"assignment": row.pk}
    coordinator_client.post(AWAY, back)
    row.refresh_from_db()
    assert row.away_from is None and row.covered_by is None


def test_days_the_wrong_way_round_are_refused_and_kept(coordinator_client, coordinator, day):
    row = Assignment.objects.get(user=coordinator)
    values = {
        "assignment": row.pk,
        f"a{row.pk}-away_from": day.isoformat(),
        f"a{row.pk}-away_until": "2020-01-01",
    }
    html = coordinator_client.post(AWAY, values).content.decode()
    assert "2020-01-01" in html and "Den sidste dag ligger før den første" in html
    row.refresh_from_db()
    assert row.away_from is None


def test_nobody_writes_somebody_elses_holiday(coordinator_client, deputy, day):
    row = Assignment.objects.get(user=deputy)
    assert coordinator_client.post(AWAY, {"assignment": row.pk}).status_code == 404


def test_who_stands_in_needs_a_task_of_their_own_in_that_time(initiative, coordinator, day):
    stranger = make.CoordinatorFactory()
    row = Assignment.objects.get(user=coordinator)
    row.away_from, row.away_until, row.covered_by = day, day + datetime.timedelta(days=9), stranger
    with pytest.raises(Exception, match="ingen opgave"):
        row.clean()
    assign(stranger, initiative, "deputy", valid_until=day + datetime.timedelta(days=3))
    with pytest.raises(Exception, match="ingen opgave"):
        row.clean()
    Assignment.objects.filter(user=stranger).update(valid_until=None)
    row.clean()


def test_an_editor_sees_no_list(client_for):
    client = client_for(make.EditorFactory())
    assert "today-panel" not in client.get("/admin/").content.decode()
    assert client.get(TODAY).status_code == 302


def test_the_menu_begins_with_today(coordinator_client):
    assert TODAY in coordinator_client.get("/admin/").content.decode()


def test_a_form_on_the_front_page_can_be_sent_as_it_stands_there(only_source, coordinator):
    only_source(line("send", post=True))
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(coordinator)
    page = BeautifulSoup(browser.get("/admin/").content, "html.parser")
    assert page.select_one("form[action='/admin/send/'] input[name=csrfmiddlewaretoken]")["value"]


def test_every_room_is_on_the_list():
    assert {source.code for source in sources()} >= {
        "new_enquiries", "conversations", "to_finish", "old_conversations", "people_who_wait", "proposals",
        "first_meetings", "day_after", "to_start", "calls_at_meetings", "calls_by_link", "follow_ups", "silent_pairs",
        "pauses", "endings", "caring_calls", "course_needs", "course_steps", "mails", "expiring", "unsigned",
        "supervision", "accompaniments", "talks", "recruitment", "long_stops",
    }  # fmt: skip
