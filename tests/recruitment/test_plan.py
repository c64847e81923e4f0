"""The recruitment plan and the start-up steps, on real addresses: what they count, and who sees whom."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.followup.today.registry import sources
from peer_support.recruitment import services_plan, today_lines
from peer_support.recruitment.models_plan import RecruitmentPlan, StartUpStep
from peer_support.recruitment.plan_counts import Funnel, funnels_of
from peer_support.testing import factories as make
from peer_support.testing.factories_recruitment import (
    EnquirySourceFactory,
    RecruitmentPlanFactory,
    StartUpStepFactory,
)
from tests.public.pdf import assert_tagged, needs_pdf

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"peer_support_recruitment:{name}", args=args)


def ago(days):
    return timezone.localdate() - datetime.timedelta(days=days)


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def source(db):
    return EnquirySourceFactory(name="Plakat på skolen")


def row_values(**values):
    return {
        "seeks": "volunteers",
        "channel": "Biblioteket",
        "what": "Opslag",
        "starts_on": "24.12.2026",
        "cost": "250",
        "goal": "3",
        **values,
    }


def test_a_row_is_written_changed_ticked_and_taken_out(coordinator_client, initiative, source):
    coordinator_client.post(url("plan_new"), row_values(source=source.pk, who="Bodil"))
    row = RecruitmentPlan._base_manager.get()
    assert (row.initiative, row.starts_on, row.cost) == (initiative, datetime.date(2026, 12, 24), 250)
    page = text_of(coordinator_client.get(url("plan")))
    assert "Biblioteket" in page and "Bodil" in page and "0 af 3" in page
    coordinator_client.post(url("plan_row", row.pk), row_values(channel="Torvet", result="To kom forbi."))
    coordinator_client.post(url("plan_row", row.pk), {"do": "done"})
    row = RecruitmentPlan._base_manager.get()
    assert (row.channel, row.result, row.done_on) == ("Torvet", "To kom forbi.", timezone.localdate())
    coordinator_client.post(url("plan_row", row.pk), {"do": "reopen"})
    assert RecruitmentPlan._base_manager.get().done_on is None
    coordinator_client.post(url("plan_row", row.pk), {"do": "delete"})
    assert not RecruitmentPlan._base_manager.exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"channel": ""}, "Skriv hvor"),
        ({"starts_on": "i går"}, "Vi forstår ikke datoen"),
        ({"ends_on": "23.12.2026"}, "sidste dag"),
        ({"cost": "mange"}, "helt tal"),
        ({"result": "010190-1234"}, "CPR"),
    ],
)
def test_a_fault_is_said_at_its_field_and_what_was_typed_stays(coordinator_client, initiative, values, words):
    answer = coordinator_client.post(url("plan_new"), row_values(what="zqvskrevet", **values))
    assert words in text_of(answer) and "zqvskrevet" in text_of(answer)
    assert not RecruitmentPlan._base_manager.exists()


def test_a_row_counts_those_who_named_its_source_in_its_time_and_how_far_they_came(in_scope, source):
    own = {"initiative": in_scope, "heard_of_us": "plakat  på SKOLEN"}
    early = {**own, "approved_on": None}
    row = RecruitmentPlanFactory(initiative=in_scope, source=source, starts_on=ago(30), ends_on=ago(10))
    make.VolunteerFactory(**early, status="enquiry", enquired_on=ago(30))
    make.VolunteerFactory(**early, status="conversation", enquired_on=ago(20))
    started = make.VolunteerFactory(**own, status="approved", enquired_on=ago(10), approved_on=ago(5))
    left = make.VolunteerFactory(**early, status="ended", enquired_on=ago(15))
    make.ConversationFactory(citizen=None, volunteer=left)
    make.ConversationFactory(citizen=None, volunteer=left)
    make.MatchFactory(initiative=in_scope, volunteer=started, state="active")
    for outside in (ago(31), ago(9)):
        make.VolunteerFactory(**own, status="approved", enquired_on=outside)
    make.VolunteerFactory(initiative=in_scope, heard_of_us="Andre", enquired_on=ago(20))
    make.CitizenFactory(**own, status="waiting", enquired_on=ago(20), waiting_since=ago(10))
    assert funnels_of([row], in_scope) == {row.pk: Funnel(4, 3, 1, 1)}
    row.seeks = "citizens"
    assert funnels_of([row], in_scope)[row.pk] == Funnel(1, 1, 1, 0)
    row.seeks = "both"
    assert funnels_of([row], in_scope)[row.pk] == Funnel(5, 4, 2, 1)
    row.ends_on, row.seeks = None, "volunteers"
    assert funnels_of([row], in_scope)[row.pk].enquired == 5, "without an end it goes on until today"


def test_counting_costs_the_same_however_many_rows_and_people(in_scope, source, django_assert_num_queries):
    rows = [RecruitmentPlanFactory(initiative=in_scope, source=source) for __ in range(5)]
    for __ in range(4):
        make.VolunteerFactory(initiative=in_scope, heard_of_us=source.name)
    with django_assert_num_queries(2):
        funnels_of(rows, in_scope)


def test_nobody_of_another_initiative_is_counted_or_shown(
    coordinator_client, initiative, other_initiative, source
):
    foreign = RecruitmentPlanFactory(initiative=other_initiative, channel="zqvsted", source=source)
    RecruitmentPlanFactory(initiative=initiative, source=source, starts_on=ago(30))
    make.VolunteerFactory(initiative=other_initiative, heard_of_us=source.name)
    page = text_of(coordinator_client.get(url("plan")))
    assert "zqvsted" not in page and "Ingen har nævnt det endnu" in page
    assert coordinator_client.get(url("plan_row", foreign.pk)).status_code == 404
    assert coordinator_client.post(url("plan_row", foreign.pk), {"do": "delete"}).status_code == 404


def test_a_leader_sees_the_plan_and_the_steps_without_people(client_for, initiative, source):
    RecruitmentPlanFactory(
        initiative=initiative,
        channel="Torvet",
        who="zqvhvem",
        result="zqvresultat",
        source=source,
        goal=3,
        starts_on=ago(30),
    )
    make.VolunteerFactory(initiative=initiative, heard_of_us=source.name, enquired_on=ago(5))
    StartUpStepFactory(
        initiative=initiative, responsible="zqvansvar", note="zqvnote", next_step="zqvtrin", done_on=ago(1)
    )
    client = client_for(make.LeaderFactory(initiative=initiative))
    for name in ("plan", "plan_print", "startup"):
        page = client.get(url(name))
        assert page.status_code == 200 and "zqv" not in text_of(page), name
    plan = text_of(client.get(url("plan")))
    assert "Torvet" in plan and "1 henvendelse" not in plan and "Ny række" not in plan
    assert "1 af 5" in text_of(client.get(url("startup")))
    for name, args in (
        ("plan_new", ()),
        ("plan_row", (RecruitmentPlan._base_manager.get().pk,)),
        ("startup_save", ()),
    ):
        assert client.post(url(name, *args), {"step": "plan"}).status_code in (302, 403)
    assert RecruitmentPlan._base_manager.get().done_on is None
    assert StartUpStep._base_manager.get().note == "zqvnote"


def test_somebody_who_leads_here_and_coordinates_there_writes_only_there(
    client_for, initiative, other_initiative
):
    user = make.CoordinatorFactory(initiative=initiative)
    make.AssignmentFactory(user=user, initiative=other_initiative, role="leader")
    RecruitmentPlanFactory(initiative=other_initiative, channel="Torvet", who="zqvhvem")
    client = client_for(user)
    page = text_of(client.get(url("plan") + f"?initiative={other_initiative.pk}"))
    assert "Torvet" in page and "zqvhvem" not in page
    answer = client.post(url("plan_new"), row_values(initiative=other_initiative.pk))
    assert answer.status_code == 404
    assert RecruitmentPlan._base_manager.count() == 1


def test_the_plan_is_printed_blank_and_filled(coordinator_client, initiative):
    needs_pdf()
    RecruitmentPlanFactory(initiative=initiative, channel="Torvet", who="Bodil")
    assert "Bodil" in text_of(coordinator_client.get(url("plan_print")))
    assert "Torvet" not in text_of(coordinator_client.get(url("plan_print") + "?blank"))
    sheet = coordinator_client.get(url("plan_pdf") + "?blank")
    assert_tagged(sheet.content)
    assert "no-store" in sheet.headers["Cache-Control"]


def test_a_start_up_step_is_written_and_ticked(coordinator_client, initiative):
    sent = {
        "step": "papers",
        "papers-done": "on",
        "papers-responsible": "Kim",
        "papers-note": "Kontrakten er klar.",
    }
    answer = coordinator_client.post(url("startup_save"), sent)
    assert answer.headers["Location"].endswith("#papers")
    step = StartUpStep._base_manager.get()
    assert (step.step, step.done_on, step.responsible) == ("papers", timezone.localdate(), "Kim")
    page = text_of(coordinator_client.get(url("startup")))
    assert "1 af 5" in page and "Kontrakten er klar." in page
    faulty = coordinator_client.post(url("startup_save"), {**sent, "papers-next_on": "snart"})
    assert "Vi forstår ikke datoen" in text_of(faulty) and "Kontrakten er klar." in text_of(faulty)


def test_there_is_a_warning_when_more_wait_than_there_are_places(coordinator_client, initiative):
    make.CitizenFactory(initiative=initiative, status="waiting", waiting_since=ago(3))
    words = "de frivillige har 0 ledige pladser"
    for name in ("plan", "startup"):
        assert words in text_of(coordinator_client.get(url(name)))
    make.VolunteerFactory(initiative=initiative, status="approved", capacity=1)
    words = "de frivillige har"
    for name in ("plan", "startup"):
        assert words not in text_of(coordinator_client.get(url(name)))


def test_the_boards_search_comes_as_a_row_that_is_filled_in_and_not_saved(coordinator_client, initiative):
    citizen = make.CitizenFactory(
        initiative=initiative, status="waiting", waiting_since=ago(3), first_name="Zqvnavn"
    )
    ranking = text_of(coordinator_client.get(reverse("peer_support_matching:ranking", args=[citizen.pk])))
    assert f'action="{url("plan_new")}"' in ranking
    wish = ranking.split('name="wish" value="')[1].split('"')[0]
    assert "Zqvnavn" not in wish
    answer = coordinator_client.post(
        url("plan_new"), {"initiative": initiative.pk, "wish": "Ved Helsingør, tirsdag aften"}
    )
    assert answer.status_code == 200 and "Ved Helsingør, tirsdag aften</textarea>" in text_of(answer)
    assert not RecruitmentPlan._base_manager.exists()


# Today's list


def test_the_next_step_that_is_due_stands_on_todays_list(in_scope):
    StartUpStepFactory(initiative=in_scope, step="plan", next_on=ago(1), next_step="Ring til kommunen")
    StartUpStepFactory(initiative=in_scope, step="papers", next_on=ago(-1))
    StartUpStepFactory(initiative=in_scope, step="involve", next_on=ago(1), done_on=ago(1))
    lines = today_lines.start_up_due(timezone.localdate())
    assert [line.due for line in lines] == [ago(1)] and "Ring til kommunen" in lines[0].sentence
    assert "recruitment" in {source.code for source in sources()}


def test_a_row_that_is_over_asks_what_came_of_it(in_scope):
    RecruitmentPlanFactory(initiative=in_scope, starts_on=ago(9), ends_on=ago(1), channel="Torvet")
    RecruitmentPlanFactory(initiative=in_scope, starts_on=ago(9), ends_on=ago(1), done_on=ago(1))
    RecruitmentPlanFactory(initiative=in_scope, starts_on=ago(9), ends_on=timezone.localdate())
    lines = today_lines.rows_without_result(timezone.localdate())
    assert len(lines) == 1 and "Torvet" in lines[0].sentence


def test_too_few_volunteers_are_a_line_and_the_queries_are_constant(in_scope, django_assert_num_queries):
    make.CitizenFactory(initiative=in_scope, status="waiting", waiting_since=ago(3))
    with django_assert_num_queries(4):
        lines = today_lines.lines(timezone.localdate())
    assert [line.key for line in lines] == ["volunteers-first"]


def test_a_service_writes_in_the_open_scope_only(initiative, other_initiative, coordinator):
    with scope_of(initiative.pk), pytest.raises(PermissionError):
        services_plan.save_row(initiative=other_initiative, values={"channel": "x"}, user=coordinator)
