"""The coordinator's screens of courses, as requests on real addresses."""

import datetime
import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from peer_support.access.models_link import AccessLink
from peer_support.access.roles import COORDINATOR, group_for
from peer_support.access.scopes import scope_of
from peer_support.courses.models import Enrolment, GroupCourse, GuidanceDate, IntroWorkshop, Session
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing.factories import (
    AssignmentFactory,
    CitizenFactory,
    DeputyFactory,
    MeetingPlaceFactory,
    VolunteerFactory,
)
from peer_support.testing.factories_courses import (
    CourseTemplateFactory,
    EnrolmentFactory,
    FacilitatorFactory,
    GroupCourseFactory,
    IntroWorkshopFactory,
)

pytestmark = pytest.mark.django_db
S = "peer_support_courses"


def days(number):
    return timezone.localdate() + datetime.timedelta(days=number)


def url(name, *args):
    return reverse(f"{S}:{name}", args=args)


@pytest.fixture
def course(initiative):
    """An open course of eight places with two who can lead it."""
    course = GroupCourseFactory(initiative=initiative, state="open", sessions=10)
    for __ in range(2):
        volunteer = VolunteerFactory(initiative=initiative)
        FacilitatorFactory(course=course, volunteer=volunteer, trained_on=days(-100))
    return course


def enrolled(course, state="interested", **kwargs):
    citizen = CitizenFactory(initiative=course.initiative)
    return EnrolmentFactory(course=course, citizen=citizen, state=state, **kwargs)


def now(obj):
    with scope_of(obj.initiative_id):
        return type(obj).objects.get(pk=obj.pk)


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code, answer.get("Location"))
    return answer.content.decode()


def said(answer):
    return " ".join(str(message) for message in answer.context["messages"])


class TestOverview:
    def test_it_says_what_presses_first(self, coordinator_client, course, initiative):
        late = GroupCourseFactory(
            initiative=initiative, state="open", title="Sen beslutning", sessions=3, go_no_go_on=days(-1),
            facilitators_needed=0, starts_on=days(3),
        )  # fmt: skip
        html = page(coordinator_client, url("overview"))
        assert html.index("Sen beslutning") < html.index(course.title)
        assert "Decide whether it starts" in html or "Beslut" in html
        assert url("course", late.pk) in html

    def test_it_costs_the_same_number_of_queries_however_many_courses(
        self, coordinator_client, initiative, django_assert_max_num_queries
    ):
        def fill(count):
            template = CourseTemplateFactory()
            with scope_of(initiative.pk):
                top = GroupCourse.objects.count()
                courses = GroupCourse.objects.bulk_create(
                    GroupCourse(
                        initiative=initiative, template=template, number=top + n + 1, title=f"Hold {top + n}",
                        start_time=datetime.time(19), starts_on=days(7), ends_on=days(70), state="open", capacity=50,
                    )
                    for n in range(count)
                )  # fmt: skip
                citizens = [CitizenFactory(initiative=initiative) for __ in range(5)]
                Session.objects.bulk_create(
                    Session(
                        initiative=initiative, course=c, number=1, date=days(7), start_time=datetime.time(19)
                    )
                    for c in courses
                )
                Enrolment.objects.bulk_create(
                    Enrolment(initiative=initiative, course=c, citizen=p) for c in courses for p in citizens
                )

        def queries():
            from django.db import connection
            from django.test.utils import CaptureQueriesContext

            with CaptureQueriesContext(connection) as captured:
                page(coordinator_client, url("overview"))
            return len(captured)

        fill(3)
        page(coordinator_client, url("overview"))
        few = queries()
        fill(20)
        assert queries() == few

    def test_empty_it_teaches(self, coordinator_client):
        assert url("new") in page(coordinator_client, url("overview"))


class TestMaking:
    @pytest.fixture
    def template(self, db):
        return CourseTemplateFactory(plans=10)

    def data(self, template, **more):
        return {
            "template": template.pk, "when": "date", "first_day": "2027-02-02", "start_time": "19:00", **more
        }  # fmt: skip

    def test_one_looks_before_anything_is_saved_and_makes_what_was_shown(
        self, coordinator_client, template, initiative
    ):
        look = coordinator_client.post(url("new"), self.data(template, action="look"))
        shown = re.findall(r'<tr><th scope="row">(\d+)</th><td>([^<]+)</td>', look.content.decode())
        with scope_of(initiative.pk):
            assert GroupCourse.objects.count() == 0
        assert len(shown) == 10
        made = coordinator_client.post(url("new"), self.data(template, action="make"))
        with scope_of(initiative.pk):
            course = GroupCourse.objects.get()
            assert course.sessions.count() == 10 and course.state == "planned"
        assert made["Location"] == url("team", course.pk)

    def test_a_week_and_a_weekday_are_enough(self, coordinator_client, template, initiative):
        coordinator_client.post(
            url("new"),
            self.data(template, when="week", first_day="", week=32, year=2026, weekday=0, action="make"),
        )
        with scope_of(initiative.pk):
            assert GroupCourse.objects.get().starts_on == datetime.date(2026, 8, 3)

    def test_skipped_days_are_said_and_can_be_kept(self, coordinator_client, template, initiative):
        # Thursday 13 May 2027 would be a week before; Ascension Day 2027 is Thursday 6 May.
        data = self.data(template, first_day="2027-04-22", action="look")
        html = coordinator_client.post(url("new"), data).content.decode()
        assert "Kristi himmelfartsdag" in html and 'value="2027-05-06"' in html
        coordinator_client.post(url("new"), {**data, "action": "make", "kept": ["2027-05-06"]})
        with scope_of(initiative.pk):
            assert Session.objects.filter(date=datetime.date(2027, 5, 6)).exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"first_day": "i morgen"},
            {"first_day": ""},
            {"start_time": "kl. syv"},
            {"template": "999999"},
            {"when": "week", "week": "54", "year": "2026", "weekday": "0"},
            {"when": "week", "week": "53", "year": "2027", "weekday": "0"},
            {"session_count": "-3"},
            {"kept": ["not a day", "9999-99-99"], "first_day": ""},
        ],
    )
    def test_what_is_wrong_gets_a_sentence_and_loses_nothing(
        self, coordinator_client, template, initiative, wrong
    ):
        data = self.data(template, title="Mit hold", action="make", **wrong) if "template" not in wrong else {
            **self.data(template, title="Mit hold", action="make"), **wrong
        }  # fmt: skip
        answer = coordinator_client.post(
            url("new"), {**self.data(template, title="Mit hold", action="make"), **wrong}
        )
        html = answer.content.decode()
        assert answer.status_code == 200 and 'value="Mit hold"' in html
        assert "board-fault" in html and data
        with scope_of(initiative.pk):
            assert GroupCourse.objects.count() == 0

    def test_a_course_is_changed_and_two_who_change_it_are_told(self, coordinator_client, course):
        address = url("change", course.pk)
        form = coordinator_client.get(address).context["form"]
        data = {
            name: value for name, value in form.initial.items() if value is not None and value is not False
        }
        data |= {"start_time": "18.30", "go_no_go_on": ""}
        answer = coordinator_client.post(address, {**data, "title": "Nyt navn"})
        assert answer.status_code == 302, answer.context["form"].errors
        assert now(course).title == "Nyt navn" and now(course).start_time == datetime.time(18, 30)
        stale = coordinator_client.post(address, {**data, "title": "Andet navn"})
        assert stale.status_code == 200 and "Andet navn" in stale.content.decode()
        assert now(course).title == "Nyt navn"


class TestBoard:
    def test_each_stands_in_the_column_of_their_state_with_one_thing_to_do(self, coordinator_client, course):
        enrolled(course)
        enrolled(course, "waiting")
        answer = coordinator_client.get(url("course", course.pk))
        columns = {column.code: column for column in answer.context["columns"]}
        assert [len(columns[c].cards) for c in ("interested", "waiting", "enrolled")] == [1, 1, 0]
        assert columns["interested"].cards[0].main is not None

    def test_the_board_costs_the_same_number_of_queries_however_many_people(self, coordinator_client, course):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        def queries():
            with CaptureQueriesContext(connection) as captured:
                page(coordinator_client, url("course", course.pk))
            return len(captured)

        enrolled(course)
        queries()
        few = queries()
        for __ in range(15):
            enrolled(course)
        assert queries() == few

    def test_another_initiatives_course_is_not_there(self, coordinator_client, other_initiative):
        other = GroupCourseFactory(initiative=other_initiative, sessions=2)
        for name in ("course", "change", "add", "sessions", "team"):
            page(coordinator_client, url(name, other.pk), 404)
        assert (
            coordinator_client.post(url("step", other.pk, "cancel"), {"reason": "other"}).status_code == 404
        )
        assert now(other).state == "planned"

    def test_a_course_is_opened_begun_and_called_off_with_buttons(self, coordinator_client, initiative):
        planned = GroupCourseFactory(initiative=initiative, sessions=4, minimum=1)
        step = lambda code, **data: coordinator_client.post(url("step", planned.pk, code), data, follow=True)  # noqa: E731
        step("open")
        assert now(planned).state == "planned", "a course without leaders does not open"
        for __ in range(2):
            FacilitatorFactory(
                course=planned, volunteer=VolunteerFactory(initiative=initiative), trained_on=days(-9)
            )
        step("open")
        assert now(planned).state == "open"
        step("start")
        assert now(planned).state == "open", "too few"
        step("start_anyway")
        assert now(planned).state == "running"
        step("cancel")
        assert now(planned).state == "running", "it asks why"
        step("cancel", reason="too_few")
        assert now(planned).state == "cancelled"

    def test_a_plan_is_deleted_and_leads_back_to_the_overview(self, coordinator_client, initiative):
        planned = GroupCourseFactory(initiative=initiative, sessions=1)
        assert coordinator_client.post(url("step", planned.pk, "delete"))["Location"] == url("overview")
        assert coordinator_client.post(url("step", planned.pk, "nonsense")).status_code == 404

    @pytest.mark.parametrize("also_coordinates", [False, True])
    def test_whoever_stands_in_deletes_no_plan(
        self, initiative, other_initiative, client_for, also_coordinates
    ):
        user = DeputyFactory(initiative=initiative)
        planned = GroupCourseFactory(initiative=initiative, sessions=1)
        if also_coordinates:
            AssignmentFactory(user=user, initiative=other_initiative)
            user.groups.add(group_for(COORDINATOR))
        client, address = client_for(user), url("step", planned.pk, "delete")
        board = page(client, url("course", planned.pk))
        assert address not in board and url("step", planned.pk, "cancel") in board
        assert client.post(address).status_code in (302, 403)
        assert now(planned).state == "planned"
        # Control: with the right, the same two do.
        user.user_permissions.add(Permission.objects.get(codename="delete_groupcourse"))
        assert address in page(client, url("course", planned.pk))
        client.post(address)
        with scope_of(initiative.pk):
            assert not GroupCourse.objects.filter(pk=planned.pk).exists()

    def test_somebody_is_added_on_the_way_in_or_straight_to_a_place(
        self, coordinator_client, course, initiative
    ):
        first, second = CitizenFactory(initiative=initiative), CitizenFactory(initiative=initiative)
        address = url("add", course.pk)
        coordinator_client.post(address, {"person": first.pk, "how": "interest"})
        coordinator_client.post(address, {"person": second.pk, "how": "place", "reason": "Kender gruppen"})
        with scope_of(initiative.pk):
            states = dict(Enrolment.objects.values_list("citizen_id", "state"))
        assert states == {first.pk: "interested", second.pk: "enrolled"}

    def test_a_place_without_a_workshop_asks_why_and_keeps_what_was_typed(
        self, coordinator_client, course, initiative
    ):
        citizen = CitizenFactory(initiative=initiative)
        answer = coordinator_client.post(
            url("add", course.pk), {"person": citizen.pk, "how": "place", "note": "Ring om aftenen"}
        )
        assert answer.status_code == 200 and "Ring om aftenen" in answer.content.decode()

    def test_nobody_of_another_initiative_can_be_added(self, coordinator_client, course, other_initiative):
        stranger = CitizenFactory(initiative=other_initiative, first_name="Fremmed")
        answer = coordinator_client.post(url("add", course.pk), {"person": stranger.pk, "how": "interest"})
        assert answer.status_code == 200 and "Fremmed" not in answer.content.decode()


class TestEnrolment:
    def step(self, client, enrolment, code, **data):
        data.setdefault("version", now(enrolment).version)
        return client.post(url("enrolment_step", enrolment.pk, code), data, follow=True)

    def test_the_way_from_interest_to_completed(self, coordinator_client, course, initiative):
        workshop = IntroWorkshopFactory(initiative=initiative, courses=[course])
        one = enrolled(course)
        self.step(coordinator_client, one, "invite", workshop=workshop.pk)
        assert now(one).state == "invited"
        with scope_of(initiative.pk):
            IntroWorkshop.objects.update(date=days(-1))
        self.step(coordinator_client, one, "workshop", attended="yes", on=days(-1).isoformat())
        assert now(one).state == "attended"
        self.step(coordinator_client, one, "offer")
        assert now(one).state == "offered"
        self.step(coordinator_client, one, "answer", answer="yes")
        assert now(one).state == "enrolled"
        html = page(coordinator_client, url("enrolment", one.pk))
        assert html.count("<li>") >= 4
        self.step(coordinator_client, one, "leave", why=["health"], on=days(0).isoformat())
        assert now(one).state == "left"
        self.step(coordinator_client, one, "register")
        assert now(one).state == "interested"

    def test_every_step_of_every_state_has_a_page_and_a_form(self, coordinator_client, course):
        from peer_support.courses.board.steps import STEPS
        from peer_support.courses.models import EnrolmentState

        dates = {
            "offered_at": timezone.now(),
            "answer_by": days(5),
            "enrolled_on": days(-5),
            "left_on": days(-1),
        }
        for state in EnrolmentState.values:
            one = enrolled(
                course, state, **(dates if state in ("offered", "enrolled", "completed", "left") else {})
            )
            page(coordinator_client, url("enrolment", one.pk))
            for code in STEPS:
                page(coordinator_client, url("enrolment_step", one.pk, code))

    def test_a_refusal_is_said_and_nothing_typed_is_lost(self, coordinator_client, course):
        one = enrolled(course)
        answer = self.step(coordinator_client, one, "excuse", reason="Har prøvet det før", version=99)
        assert answer.status_code == 200 and "Har prøvet det før" in answer.content.decode()
        assert now(one).exception_reason == ""

    def test_another_initiatives_enrolment_is_not_there(self, coordinator_client, other_initiative):
        other = enrolled(GroupCourseFactory(initiative=other_initiative, state="open", sessions=2))
        page(coordinator_client, url("enrolment", other.pk), 404)
        assert coordinator_client.post(url("enrolment_step", other.pk, "decline")).status_code == 404
        assert now(other).state == "interested"


class TestSessions:
    def first(self, course):
        with scope_of(course.initiative_id):
            return course.sessions.order_by("date").first()

    def step(self, client, course, session, code, **data):
        data.setdefault("version", now(session).version)
        return client.post(url("session_step", course.pk, session.pk, code), data, follow=True)

    def test_a_move_is_looked_at_first_and_the_tail_follows_when_asked(self, coordinator_client, course):
        first = self.first(course)
        to = (first.date + datetime.timedelta(days=2)).isoformat()
        data = {"to_date": to, "to_time": "19:00", "tail": "yes"}
        look = self.step(coordinator_client, course, first, "move", action="look", **data)
        assert len(look.context["days"]) == 10 and now(first).date == first.date
        self.step(coordinator_client, course, first, "move", action="do", **data)
        assert now(first).date.isoformat() == to
        with scope_of(course.initiative_id):
            second = course.sessions.order_by("date")[1]
        assert (second.date - now(first).date).days == 7

    def test_one_called_off_moves_the_last_one_and_can_be_taken_back(self, coordinator_client, course):
        first, end = self.first(course), now(course).ends_on
        self.step(coordinator_client, course, first, "cancel", reason="weather", tail="yes")
        assert now(first).state == "cancelled" and now(course).ends_on > end
        self.step(coordinator_client, course, first, "restore")
        assert now(first).state == "planned" and now(course).ends_on == end

    def test_a_session_is_changed_and_one_is_added(self, coordinator_client, course):
        first = self.first(course)
        self.step(
            coordinator_client, course, first, "change", title="Nyt emne", start_time="18:00", minutes=90,
            checklist="Kaffe\nRunde",
        )  # fmt: skip
        assert now(first).title == "Nyt emne" and now(first).checklist == ["Kaffe", "Runde"]
        coordinator_client.post(
            url("session_add", course.pk),
            {"date": days(200).isoformat(), "start_time": "19:00", "title": "Ekstra"},
        )
        with scope_of(course.initiative_id):
            assert course.sessions.count() == 11

    def test_a_session_of_another_course_is_not_there(self, coordinator_client, course, initiative):
        other = GroupCourseFactory(initiative=initiative, sessions=1)
        page(coordinator_client, url("session_step", course.pk, self.first(other).pk, "move"), 404)
        page(coordinator_client, url("session_step", course.pk, self.first(course).pk, "nonsense"), 404)


class TestTeam:
    def test_leaders_stand_ins_training_and_guidance(self, coordinator_client, initiative):
        course = GroupCourseFactory(initiative=initiative, sessions=4)
        volunteer, other = VolunteerFactory(initiative=initiative), VolunteerFactory(initiative=initiative)

        def post(code, **data):
            return coordinator_client.post(url("team_step", course.pk, code), data, follow=True)

        post("add", volunteer=volunteer.pk, trained_on=days(-50).isoformat())
        post("add", volunteer=other.pk)
        with scope_of(initiative.pk):
            first, second = course.facilitators.order_by("pk")
            session = course.sessions.first()
        assert first.trained_on == days(-50)
        page(coordinator_client, url("team", course.pk))
        post("training", facilitator=second.pk, trained_on=days(-5).isoformat())
        post("stand_in", facilitator=first.pk, session=session.pk)
        with scope_of(initiative.pk):
            assert session.stand_ins.count() == 1
            row = session.stand_ins.get()
        post("remove_stand_in", row=row.pk)
        post("guidance", kind="guidance", date=days(20).isoformat())
        with scope_of(initiative.pk):
            guidance = GuidanceDate.objects.get()
            assert session.stand_ins.count() == 0
        assert guidance.get_kind_display().lower() in page(coordinator_client, url("team", course.pk)).lower()
        post("remove_guidance", row=guidance.pk)
        post("end", facilitator=second.pk, until=days(30).isoformat())
        with scope_of(initiative.pk):
            assert not GuidanceDate.objects.exists()
            assert course.facilitators.get(pk=second.pk).until_on == days(30)

    def test_who_can_be_chosen_is_logged_each_once_and_a_session_is_nobody(
        self, coordinator_client, coordinator, course
    ):
        free = VolunteerFactory(initiative=course.initiative)
        assert free.display_name in page(coordinator_client, url("team", course.pk))
        rows = AccessLogEntry.objects.filter(user_number=coordinator.pk, route=f"{S}:team:choice")
        shown = list(rows.values_list("model", "object_id"))
        assert ("peer_support.volunteer", free.pk) in shown and len(shown) == len(set(shown))
        assert {model for model, __ in shown} == {"peer_support.volunteer", "peer_support.facilitator"}
        assert set(rows.values_list("action", "initiative_id_seen")) == {("list", course.initiative_id)}

    def test_a_list_to_choose_from_that_cannot_be_logged_is_not_shown(
        self, coordinator_client, course, monkeypatch
    ):
        def full(rows):
            raise OSError("no space")

        monkeypatch.setattr("peer_support.privacy.models.AccessLogEntry.objects.bulk_create", full)
        with pytest.raises(OSError, match="no space"):
            coordinator_client.get(url("add", course.pk))

    def test_a_volunteer_of_another_initiative_is_not_offered(
        self, coordinator_client, course, other_initiative
    ):
        stranger = VolunteerFactory(initiative=other_initiative)
        answer = coordinator_client.post(url("team_step", course.pk, "add"), {"volunteer": stranger.pk})
        assert answer.status_code == 200
        with scope_of(course.initiative_id):
            assert course.facilitators.count() == 2


class TestWeekAndWorkshops:
    def test_the_week_shows_what_is_in_it_by_iso_week(self, coordinator_client, initiative):
        place = MeetingPlaceFactory(initiative=initiative)
        for title in ("Formiddag", "Samtidig"):
            GroupCourseFactory(
                initiative=initiative,
                title=title,
                starts_on=datetime.date(2026, 12, 29),
                sessions=1,
                place=place,
            )
        html = page(coordinator_client, url("week_of", 2026, 53))
        assert "Formiddag" in html and html.count("Samtidig") >= 2, "two at one place are told"
        assert url("week_of", 2027, 1) in html and url("week_of", 2026, 52) in html
        page(coordinator_client, url("week"))
        for year, number in ((2027, 53), (2026, 0), (0, 1), (99999, 1), (2026, 99)):
            page(coordinator_client, url("week_of", year, number), 404)

    def test_a_workshop_is_made_changed_held_and_called_off(self, coordinator_client, course, initiative):
        data = {"date": days(3).isoformat(), "start_time": "16:00", "minutes": 120, "courses": [course.pk]}
        made = coordinator_client.post(url("workshop_new"), data)
        with scope_of(initiative.pk):
            workshop = IntroWorkshop.objects.get()
        assert made["Location"] == url("workshop", workshop.pk)
        coordinator_client.post(
            url("workshop_change", workshop.pk), {**data, "title": "Kom og hør", "version": 1}
        )
        assert now(workshop).title == "Kom og hør"
        yes, no, nothing = (enrolled(course, "invited", workshop=workshop) for __ in range(3))
        with scope_of(initiative.pk):
            IntroWorkshop.objects.update(date=days(-1))
        assert "came-" in page(coordinator_client, url("workshop", workshop.pk))
        coordinator_client.post(
            url("workshop_came", workshop.pk),
            {f"came-{yes.pk}": "yes", f"came-{no.pk}": "no", "came-999": "yes"},
        )
        assert now(yes).state == "attended" and now(nothing).state == "invited"
        assert now(workshop).state == "held"
        other = IntroWorkshopFactory(initiative=initiative)
        coordinator_client.post(url("workshop_cancel", other.pk), {"reason": "place"})
        assert now(other).state == "cancelled"
        page(coordinator_client, url("workshops"))

    def test_another_initiatives_workshop_is_not_there(self, coordinator_client, other_initiative):
        other = IntroWorkshopFactory(initiative=other_initiative)
        for name in ("workshop", "workshop_change"):
            page(coordinator_client, url(name, other.pk), 404)
        assert coordinator_client.post(url("workshop_came", other.pk)).status_code == 404


class TestLists:
    def test_lists_open_on_the_board_and_export_what_was_filtered(self, coordinator_client, course):
        one = enrolled(course)
        html = page(coordinator_client, "/admin/courses/all/")
        assert course.title in html
        inspect = reverse("courses_all_modeladmin_inspect", args=[course.pk])
        assert coordinator_client.get(inspect)["Location"] == url("course", course.pk)
        people = page(coordinator_client, "/admin/courses/enrolments/")
        assert one.citizen.display_name in people
        export = coordinator_client.get("/admin/courses/enrolments/?export=csv&state=interested")
        text = b"".join(export.streaming_content).decode() if export.streaming else export.content.decode()
        assert str(one.citizen) in text and one.citizen.first_name not in text.replace(str(one.citizen), "")

    def test_a_deputy_works_with_courses_and_exports_nothing(self, client_for, course, initiative):
        from peer_support.testing.factories import DeputyFactory

        client = client_for(DeputyFactory(initiative=initiative))
        page(client, url("course", course.pk))
        assert client.get("/admin/courses/all/?export=csv").status_code == 302

    def test_an_editor_and_a_leader_see_no_course(self, client_for, course, initiative):
        from peer_support.testing.factories import EditorFactory, LeaderFactory

        for user in (EditorFactory(), LeaderFactory(initiative=initiative)):
            for address in (url("overview"), url("course", course.pk), url("week"), "/admin/courses/all/"):
                assert client_for(user).get(address).status_code == 302


class TestWaysToWhatFollows:
    """What stands in other rooms' screens can be reached from where one needs it."""

    def test_the_import_stands_in_the_menu_and_on_the_overview(self, coordinator_client, course, client_for):
        from peer_support.testing.factories import EditorFactory

        address = reverse("peer_support_course_import:start")
        html = page(coordinator_client, url("overview"))
        assert html.count(address) >= 2
        assert address not in page(client_for(EditorFactory()), reverse("wagtailadmin_home"))

    def test_an_offer_gets_a_link_and_a_new_one_ends_the_old(self, coordinator_client, course, client):
        one = enrolled(course, "offered")
        address = url("enrolment", one.pk)
        assert not coordinator_client.get(address).context["offer_address"]
        coordinator_client.post(address, {"do": "link"})
        first = coordinator_client.get(address).context["offer_address"]
        assert client.get(first).status_code == 200
        coordinator_client.post(address, {"do": "link", "fresh": "1"})
        second = coordinator_client.get(address).context["offer_address"]
        assert second != first and client.get(first).status_code != 200
        assert client.get(second).status_code == 200

    def test_who_is_not_offered_a_place_gets_no_link(self, coordinator_client, course):
        one = enrolled(course)
        coordinator_client.post(url("enrolment", one.pk), {"do": "link"})
        with scope_of(course.initiative_id):
            assert not AccessLink.objects.exists()

    def test_who_has_been_in_it_has_a_way_to_what_comes_after(self, coordinator_client, course):
        for state, there in (("interested", False), ("enrolled", True), ("completed", True), ("left", True)):
            one = enrolled(course, state)
            html = page(coordinator_client, url("enrolment", one.pk))
            assert (url("after", one.pk) in html) is there, state

    def test_a_link_is_made_before_the_day_and_not_promised_long_after_it(
        self, coordinator_client, initiative
    ):
        course = GroupCourseFactory(
            initiative=initiative, state="running", starts_on=days(-10), sessions=3, intake_sessions=None
        )
        with scope_of(initiative.pk):
            past, __, ahead = course.sessions.order_by("date")
        html = page(coordinator_client, url("sessions", course.pk))
        assert url("attendance", ahead.pk) + "#link" in html
        assert url("attendance", past.pk) + "#link" not in html
        for session, there in ((past, False), (ahead, True)):
            coordinator_client.post(url("attendance", session.pk), {"do": "link"})
            link = coordinator_client.get(url("attendance", session.pk)).context["link"]
            assert bool(link) is there

    def test_people_are_chosen_by_name_as_danes_sort(self, coordinator_client, course, initiative):
        for name in ("Åse", "Ane", "Øjvind", "Ægir", "bo"):
            CitizenFactory(initiative=initiative, first_name=name, last_name="")
        form = coordinator_client.get(url("add", course.pk)).context["form"]
        names = [label.split(" ·")[0] for value, label in form.fields["person"].choices if value]
        assert names == ["Ane", "bo", "Ægir", "Øjvind", "Åse"]

    def test_a_card_asks_only_for_what_is_for_now(self, course):
        from peer_support.courses.board.cards import card_of

        with scope_of(course.initiative_id):
            rows = {state: enrolled(course, state) for state in ("interested", "enrolled", "waiting")}
            excused = enrolled(course, exception_reason="Har prøvet det før")
            for row in (*rows.values(), excused):
                row.course = course
            assert card_of(rows["enrolled"]).main is None
            assert card_of(rows["interested"]).main[0] == "invite"
            assert card_of(excused).main[0] == "offer"
            GroupCourse.objects.filter(pk=course.pk).update(capacity=1)
            course.refresh_from_db()
            assert card_of(rows["waiting"]).main is None, "no place is free: the line does not move"


def test_a_template_that_courses_were_made_from_is_kept(client_for, course):
    from peer_support.courses.models import CourseTemplate
    from peer_support.testing.factories import EditorFactory

    unused = CourseTemplateFactory()
    editor = client_for(EditorFactory())
    for template in (course.template, unused):
        editor.post(reverse("wagtailsnippets_peer_support_coursetemplate:delete", args=[template.pk]))
    assert list(CourseTemplate.objects.filter(pk__in=[course.template_id, unused.pk])) == [course.template]
