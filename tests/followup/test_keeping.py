"""Keeping volunteers: each sign has a test named after its rule, and the screen costs the same however many there are."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from peer_support.access.scopes import scope_of
from peer_support.agreements.models import Thanks
from peer_support.courses.models import Enrolment
from peer_support.followup import keeping
from peer_support.followup import keeping_rows as rules
from peer_support.followup import services_keeping as services
from peer_support.followup.keeping_rows import rows_of
from peer_support.followup.models_keeping import VolunteerSkill
from peer_support.testing.factories import MatchFactory, VolunteerFactory
from peer_support.testing.factories_courses import (
    AttendanceFactory,
    CourseTemplateFactory,
    EnrolmentFactory,
    FacilitatorFactory,
    GroupCourseFactory,
    SessionFactory,
)
from peer_support.testing.factories_followup_trips import SkillFactory, VolunteerSkillFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 9, 15)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def ago(days):
    return DAY - datetime.timedelta(days=days)


def volunteer(initiative, **values):
    return VolunteerFactory(initiative=initiative, **{"approved_on": ago(300)} | values)


def gathering(initiative, kind, days_ago, people=()):
    """A gathering of volunteers ``days_ago``, where ``people`` came."""
    course = GroupCourseFactory(
        initiative=initiative,
        kind=kind,
        for_whom="volunteers",
        state="running",
        capacity=None,
        wants_intro=False,
        intake_sessions=None,
        starts_on=ago(days_ago),
    )
    session = SessionFactory(course=course, date=ago(days_ago), state="held")
    for person in people:
        enrolment = EnrolmentFactory(course=course, citizen=None, volunteer=person, state="enrolled")
        AttendanceFactory(session=session, enrolment=enrolment)
    return course


def codes(person):
    """The signs about one volunteer, ``{code: sentence}``."""
    with scope_of(person.initiative_id):
        (row,) = rows_of(day=DAY, volunteers=[person])
        return {sign.code: sign.sentence for sign in row.signs}


def test_supervision_sign(initiative):
    person, fresh, paused, idle = (
        volunteer(initiative),
        volunteer(initiative, approved_on=ago(20)),
        volunteer(initiative, paused_from=ago(3)),
        volunteer(initiative),
    )
    for one in (person, fresh, paused):
        MatchFactory(initiative=initiative, volunteer=one, state="active")
    assert "supervision" not in codes(person)  # none has been held: nobody could come
    gathering(initiative, "supervision", 130, [person, paused])
    gathering(initiative, "supervision", 10)
    assert codes(person)["supervision"] == f"{person} has not been seen at supervision for 4 months."
    assert not {"supervision"} & {*codes(fresh), *codes(paused), *codes(idle)}
    with scope_of(initiative.pk):
        (sign,) = keeping.not_seen_at_supervision(DAY)
        assert (sign.volunteer_id, sign.since) == (person.pk, ago(130))
        assert str(person.pk) in sign.url
    gathering(initiative, "supervision", 5, [person])
    assert "supervision" not in codes(person)


def test_those_who_lead_a_course_need_supervision_too(initiative):
    person = volunteer(initiative)
    gathering(initiative, "supervision", 10)
    FacilitatorFactory(course=GroupCourseFactory(initiative=initiative, state="running"), volunteer=person)
    assert codes(person)["supervision"].endswith("not been at supervision yet, after 9 months.")


def test_together_sign(initiative):
    person = volunteer(initiative)
    assert codes(person)["together"].endswith("for 9 months.")
    gathering(initiative, "social", 40, [person])
    assert "together" not in codes(person)


def test_no_match_sign(initiative):
    person, recent = volunteer(initiative), volunteer(initiative)
    MatchFactory(initiative=initiative, volunteer=recent, state="ended", ended_on=ago(30))
    assert codes(person)["no_match"].endswith("has had nobody to support for 9 months.")
    assert "no_match" not in codes(recent)
    MatchFactory(initiative=initiative, volunteer=person, state="active")
    assert "no_match" not in codes(person)


def test_thanks_sign(initiative):
    person = volunteer(initiative, approved_on=ago(800))
    assert codes(person)["thanks"] == f"No thank-you to {person} is written down yet."
    with scope_of(initiative.pk):
        thanks = Thanks.objects.create(initiative=initiative, volunteer=person, on=ago(400), words="Tak")
        assert codes(person)["thanks"].endswith("was last thanked 13 months ago.")
        thanks.on = ago(30)
        thanks.save()
    assert "thanks" not in codes(person)


def test_wish_sign(initiative):
    person, template = volunteer(initiative), CourseTemplateFactory()
    skill = SkillFactory(initiative=initiative, name="Førstehjælp")
    with scope_of(initiative.pk):
        skill.templates.add(template)
    VolunteerSkillFactory(skill=skill, volunteer=person, wished_on=ago(120))
    assert codes(person)["wish"] == f"{person} has wished to learn førstehjælp for 3 months."
    GroupCourseFactory(initiative=initiative, template=template, kind="training", state="open")
    assert "wish" not in codes(person)


def test_expiry_sign(initiative):
    person, skill = volunteer(initiative), SkillFactory(initiative=initiative, name="Førstehjælp", months=24)
    row = VolunteerSkillFactory(
        skill=skill,
        volunteer=person,
        wished_on=None,
        held_on=ago(700),
        held_until=DAY + datetime.timedelta(days=30),
    )
    assert "runs out on" in codes(person)["expiry"]
    with scope_of(initiative.pk):
        VolunteerSkill.objects.filter(pk=row.pk).update(held_until=DAY + datetime.timedelta(days=90))
    assert "expiry" not in codes(person)


def test_a_completed_course_gives_the_skill_for_as_long_as_the_list_says(initiative):
    person, template = volunteer(initiative), CourseTemplateFactory()
    skill = SkillFactory(initiative=initiative, months=12)
    with scope_of(initiative.pk):
        skill.templates.add(template)
    course = GroupCourseFactory(initiative=initiative, template=template, kind="training", state="completed")
    VolunteerSkillFactory(skill=skill, volunteer=person, wished_on=ago(200))
    EnrolmentFactory(course=course, citizen=None, volunteer=person, state="completed", completed_on=ago(100))
    with scope_of(initiative.pk):
        (row,) = rows_of(day=DAY, volunteers=[person])
        assert [(held.name, held.since, held.through_course) for held in row.held] == [
            (skill.name, ago(100), True)
        ]
        assert row.wishes == []
        (row,) = rows_of(day=DAY + datetime.timedelta(days=300), volunteers=[person])
        assert [wish.name for wish in row.wishes] == [skill.name]


@pytest.mark.parametrize(
    ("held_on", "months", "until"),
    [
        (datetime.date(2024, 2, 29), 12, datetime.date(2025, 2, 28)),
        (datetime.date(2026, 8, 31), 6, datetime.date(2027, 2, 28)),
        (datetime.date(2026, 11, 30), 1, datetime.date(2026, 12, 30)),
        (datetime.date(2026, 12, 1), None, None),
    ],
)
def test_a_skill_is_good_until_the_same_day_or_the_last_of_the_month(held_on, months, until):
    assert rules.until_of(SkillFactory.build(initiative=None, months=months), held_on) == until


def test_two_social_events_a_year_are_a_fact_and_no_threat(initiative):
    with scope_of(initiative.pk):
        none = keeping.social_events_this_year(initiative, DAY)
        assert not none.enough and "0 held, 0 planned" in none.sentence and "Two a year" in none.sentence
        gathering(initiative, "social", 20)
        gathering(initiative, "social", -20)
        gathering(initiative, "social", 400)
        both = keeping.social_events_this_year(initiative, DAY)
        assert (both.held, both.planned, both.enough) == (1, 1, True) and "Two a year" not in both.sentence


def test_everybody_is_put_on_the_list_once_and_who_left_is_left_in_peace(initiative, coordinator_client):
    here, paused, left = (
        volunteer(initiative),
        volunteer(initiative, paused_from=ago(1)),
        volunteer(initiative),
    )
    course = gathering(initiative, "meeting", -7)
    SessionFactory(course=course, number=2, date=timezone.localdate() + datetime.timedelta(days=7))
    EnrolmentFactory(course=course, citizen=None, volunteer=left, state="left")
    VolunteerFactory()  # of another initiative
    address = reverse("peer_support_keeping:everybody", args=[course.pk])
    for __ in range(2):
        assert coordinator_client.post(address).status_code == 302
    with scope_of(initiative.pk):
        on = set(
            Enrolment.objects.filter(course=course, state="enrolled").values_list("volunteer_id", flat=True)
        )
    assert on == {here.pk} and paused.pk not in on


def test_what_is_said_of_a_skill_is_checked_and_replaced(initiative, coordinator):
    person, skill = volunteer(initiative), SkillFactory(initiative=initiative, months=24)
    with scope_of(initiative.pk):
        services.save_skill(volunteer=person, skill=skill, user=coordinator, wished=True)
        row = services.save_skill(volunteer=person, skill=skill, user=coordinator, held_on=DAY)
        assert (row.wished_on, row.held_until) == (None, datetime.date(2028, 9, 15))
        with pytest.raises(services.ValidationError):
            services.save_skill(volunteer=person, skill=skill, user=coordinator)
        with pytest.raises(services.ValidationError):
            services.save_skill(
                volunteer=person, skill=skill, user=coordinator, held_on=DAY, held_until=ago(1)
            )
        with pytest.raises(PermissionError):
            services.save_skill(volunteer=person, skill=SkillFactory(), user=coordinator, wished=True)
        services.remove_skill(row=row, user=coordinator)
        assert not VolunteerSkill.objects.exists()


def test_the_screen_has_a_row_for_each_and_costs_the_same_for_many(
    initiative, coordinator_client, django_assert_max_num_queries
):
    board = reverse("peer_support_keeping:board")
    skill = SkillFactory(initiative=initiative)

    def more(count):
        for __ in range(count):
            person = VolunteerFactory(
                initiative=initiative, approved_on=timezone.localdate() - datetime.timedelta(days=400)
            )
            VolunteerSkillFactory(skill=skill, volunteer=person)

    more(2)
    coordinator_client.get(board)  # what is asked once for each process
    with django_assert_max_num_queries(60) as few:
        assert coordinator_client.get(board).content.decode().count("keep-table__signs") == 2
    more(10)
    with django_assert_max_num_queries(len(few.captured_queries)):
        page = coordinator_client.get(board, {"sort": "-service"})
    assert page.content.decode().count("keep-table__signs") == 12
    assert coordinator_client.get(board, {"sort": "notes"}).status_code == 404


def test_a_volunteer_s_page_tells_what_they_can_and_when_they_were_last_seen(initiative, coordinator_client):
    person = volunteer(initiative)
    VolunteerSkillFactory(skill=SkillFactory(initiative=initiative, name="Bisidning"), volunteer=person)
    page = coordinator_client.get(
        reverse("people_volunteer_modeladmin_inspect", args=[person.pk]), headers={"accept-language": "en"}
    ).content.decode()
    assert "bisidning" in page and reverse("peer_support_keeping:skills", args=[person.pk]) in page
    form = reverse("peer_support_keeping:skills", args=[person.pk])
    assert coordinator_client.post(form, {"skill": ""}).status_code == 200
    assert "Bisidning" in coordinator_client.get(form).content.decode()


def test_a_social_event_opens_with_those_who_plan_it_untrained(initiative, coordinator):
    from peer_support.courses import rules as course_rules

    course = GroupCourseFactory(initiative=initiative, kind="social", for_whom="volunteers", sessions=1)
    for __ in range(2):
        FacilitatorFactory(course=course, volunteer=VolunteerFactory(initiative=initiative), trained_on=None)
    with scope_of(initiative.pk):
        assert course_rules.may_open(course)
        course.kind = "course"
        assert not course_rules.may_open(course)
