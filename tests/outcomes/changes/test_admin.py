"""The coordinator's page of one person, the page of a group, and what a match shows."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from peer_support.access.scopes import scope_of
from peer_support.outcomes.changes import services
from peer_support.outcomes.changes.collecting import group_pictures
from peer_support.outcomes.changes.groups import GroupForm, groups_in_scope
from peer_support.outcomes.questionnaires.models import Questionnaire
from peer_support.outcomes.questionnaires.series import detach
from peer_support.testing.factories import CoordinatorFactory, UserFactory
from peer_support.testing.factories_courses import GroupCourseFactory
from peer_support.testing.factories_outcomes import ProgressStarFactory

from .answered import active_match, course_answers, match_answers

pytestmark = pytest.mark.django_db
GROUP = reverse("peer_support_changes:group")
FIVE = [(20, 60), (40, 60), (40, 44), (60, 40), (40, 60)]


def page_of(person, name="person"):
    return reverse(f"peer_support_changes:{name}", args=[person._meta.model_name, person.pk])


def text_of(response):
    return response.content.decode()


def main_of(page):
    """The room's own part of a screen, without Wagtail's frame, which is never twice the same."""
    return re.search(r'<div class="board change-admin">.*</main>', page, re.DOTALL)[0]


@pytest.fixture
def match(initiative):
    return active_match(initiative)


@pytest.fixture
def course(initiative):
    return GroupCourseFactory(
        initiative=initiative, state="running", starts_on=timezone.localdate() - datetime.timedelta(75)
    )


# One person


def test_the_coordinator_sees_what_the_person_sees_and_where_it_comes_from(coordinator_client, match):
    match_answers(match, [36, 56])
    page = text_of(coordinator_client.get(page_of(match.citizen)))
    assert "WHO-5" in page and "fra 36 til 56" in page and "doi:10.1159/000376585" in page
    assert "op til 24 point" in page and "Spørg, før du tror" in page
    assert "Den frivillige ser det ikke" in page and "Åbn stjernen" not in page
    ProgressStarFactory(citizen=match.citizen)
    assert page_link(match.citizen) in text_of(coordinator_client.get(page_of(match.citizen)))


def page_link(person):
    return reverse("peer_support_outcomes:star", args=["citizen", person.pk])


def test_nothing_answered_says_what_will_come(coordinator_client, match):
    page = text_of(coordinator_client.get(page_of(match.citizen)))
    assert "Intet besvaret endnu" in page and 'class="change"' not in page


def test_what_the_citizen_decides_can_be_written_down(coordinator_client, match):
    match_answers(match, [36, 56])
    there = reverse("peer_support_matching:match", args=[match.pk])
    assert page_of(match.citizen, "print") not in text_of(coordinator_client.get(there))
    coordinator_client.post(page_of(match.citizen), {"do": "show"})
    assert page_of(match.citizen, "print") in text_of(coordinator_client.get(there))
    with scope_of(match.initiative_id):
        services.hide(person=match.citizen, hidden=True)
    assert page_of(match.citizen, "print") not in text_of(coordinator_client.get(there))
    assert "vil helst ikke se sine tal" in text_of(coordinator_client.get(page_of(match.citizen)))


def test_the_persons_page_leads_to_it_without_a_number(coordinator_client, match):
    inspect = reverse("people_citizen_modeladmin_inspect", args=[match.citizen.pk])
    assert page_of(match.citizen) not in text_of(coordinator_client.get(inspect))
    match_answers(match, [36, 96])
    page = text_of(coordinator_client.get(inspect))
    assert page_of(match.citizen) in page and "2 skemaer besvaret" in page
    # A token, or a key in an address, may hold any two digits.
    assert not re.search(r"(?<![\w/])96(?!\w)", page)


def test_somebody_elses_people_are_not_found(client_for, other_initiative, match, course):
    match_answers(match, [36, 56])
    stranger = client_for(CoordinatorFactory(initiative=other_initiative))
    for name in ("person", "print", "pdf"):
        assert stranger.get(page_of(match.citizen, name)).status_code == 404
    assert stranger.post(page_of(match.citizen), {"do": "show"}).status_code == 404
    assert f"course-{course.pk}" not in text_of(stranger.get(GROUP))
    assert "fra 36" not in text_of(stranger.get(GROUP, {"group": f"{match.initiative_id}-all"}))
    nobody = client_for(UserFactory())
    assert nobody.get(GROUP).status_code == 302


# Groups


def chosen(client, **query):
    return text_of(client.get(GROUP, query))


def test_whoever_comes_by_the_menu_sees_the_first_group_at_once(coordinator_client, initiative):
    page = text_of(coordinator_client.get(GROUP))
    assert f"<h2>{initiative}: alle" in page and "Ingen er spurgt endnu" in page


def test_a_course_is_told_in_means_of_those_who_answered_both_times(coordinator_client, course):
    course_answers(course, [*FIVE, (0, "asked"), (100, None)])
    page = chosen(coordinator_client, group=f"course-{course.pk}")
    # 20 40 40 60 40 and 60 60 44 40 60, by hand: 40 and 52.8; the spreads 14.1 and 10.0.
    assert "5 har svaret begge gange. I snit gik tallet fra 40,0 til 52,8." in page
    assert "<td>40,0</td><td>14,1</td>" in page and "<td>52,8</td><td>10,0</td>" in page
    assert "+12,8" in page and "kan have det anderledes" in page
    assert 'class="change__whisker"' in page and " style=" not in page.split("main")[1]
    assert "Vi viser ikke, hvor mange der fik det bedre" in page, "one alone got worse"
    rows = [
        f'<th scope="row">{label}</th><td>{n}</td>'
        for label, n in (("I alt", 14), ("Besvaret", 13), ("Ikke besvaret", 1))
    ]
    assert all(row in page for row in rows)


@pytest.mark.parametrize("pairs", [FIVE[:4], [*FIVE[:4], (40, "asked")], [*FIVE[:4], (40, None), (None, 60)]])
def test_below_five_pairs_there_is_not_one_number(coordinator_client, course, pairs):
    course_answers(course, pairs)
    page = chosen(coordinator_client, group=f"course-{course.pk}")
    section = page.split('<section class="change-one"')[1].split(">", 1)[1].split("</section>")[0]
    assert "Færre end 5 har svaret begge gange" in section
    assert "<svg" not in section and "<table" not in section
    words = re.sub(r"<[^>]+>", " ", section).replace("WHO-5", "")
    assert re.findall(r"\d+", words) == ["5"], "the only number is the limit"


def test_how_many_got_better_is_told_where_nobody_stands_alone(coordinator_client, course):
    course_answers(course, [(40, 60)] * 5)
    page = chosen(coordinator_client, group=f"course-{course.pk}")
    assert '<th scope="row">En klar forskel til det bedre</th><td>5</td>' in page


def test_an_initiative_counts_matches_and_courses_and_those_who_have_gone(
    coordinator_client, initiative, course
):
    course_answers(course, FIVE)
    gone = [active_match(initiative) for __ in range(5)]
    for match in gone:
        match_answers(match, [20, 80])
    values = {"group": f"{initiative.pk}-match"}
    before = main_of(chosen(coordinator_client, **values))
    assert "5 har svaret begge gange. I snit gik tallet fra 20,0 til 80,0." in before
    assert "10 har svaret" in chosen(coordinator_client, group=f"{initiative.pk}-all")
    with scope_of(initiative.pk):
        rows = Questionnaire.objects.filter(match__in=gone)
        detach(list(rows))
        rows.delete()
    assert main_of(chosen(coordinator_client, **values)) == before, "no figure moves when a name goes"
    assert "Ingen er spurgt endnu" in chosen(coordinator_client, **values, period="last")


def test_nothing_asked_and_nothing_known(coordinator_client, initiative):
    assert "Ingen er spurgt" not in chosen(coordinator_client, group="")
    assert "Ingen er spurgt endnu" in chosen(coordinator_client, group=f"{initiative.pk}-all")
    assert "Ingen er spurgt" not in chosen(coordinator_client, group="course-0", period="whenever")


def test_the_groups_cost_the_same_whatever_there_is(in_scope, django_assert_num_queries):
    courses = [GroupCourseFactory(initiative=in_scope, state="running") for __ in range(3)]
    with django_assert_num_queries(2):
        assert len(groups_in_scope()) == 3 + 3
    form = GroupForm({"group": f"course-{courses[0].pk}"})
    course_answers(courses[0], FIVE)
    with django_assert_num_queries(4):
        few = group_pictures(form.chosen())
    course_answers(courses[0], FIVE * 3)
    with django_assert_num_queries(4):
        many = group_pictures(form.chosen())
    assert few[0][1].n == 5 and many[0][1].n == 20


def test_the_picture_of_a_group_below_five_holds_no_number_for_anybody(in_scope):
    course = GroupCourseFactory(initiative=in_scope, state="running")
    course_answers(course, FIVE[:4])
    [(instrument, picture)] = group_pictures(groups_in_scope()[f"course-{course.pk}"])
    assert picture.hidden and (picture.n, picture.rows, picture.counts, picture.asked) == (None, (), (), ())
    assert instrument.code == "who5"
