"""Factories for the room of courses, on the same terms as :mod:`peer_support.testing.factories`."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from ..access.scopes import scope_of
from ..courses.models import (
    SEAT_STATES,
    Attendance,
    CaringCall,
    CourseEvent,
    CourseTemplate,
    Enrolment,
    EnrolmentEvent,
    Facilitator,
    GroupCourse,
    GuidanceDate,
    IntroWorkshop,
    SchoolHoliday,
    Session,
    SessionPlan,
    SessionStandIn,
)
from .factories import CitizenFactory, InitiativeFactory, InScopeFactory, VolunteerFactory, today


def _next_number(model):
    """Return a declaration that counts ``model`` up within the initiative."""

    def number(made):
        with scope_of(made.initiative.pk):
            return model.objects.count() + 1

    return factory.LazyAttribute(number)


class CourseTemplateFactory(DjangoModelFactory):
    """Ten weeks, eight places, two facilitators. ``plans=10`` gives it as many session plans."""

    class Meta:
        model = CourseTemplate
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Ti uger sammen {n}")
    about = "En lille gruppe, der mødes hver uge."
    group_rules = "Det, vi siger, bliver her.\nDu bestemmer selv, hvad du fortæller."

    @factory.post_generation
    def plans(self, create, count, **kwargs):
        for number in range(1, (count or 0) + 1):
            SessionPlan.objects.create(
                template=self,
                sort_order=number,
                title=f"Emne {number}",
                aim=f"Mål {number}",
                checklist="Velkomst\nRunde\nAfslutning",
            )


class SchoolHolidayFactory(DjangoModelFactory):
    class Meta:
        model = SchoolHoliday

    name = "Efterårsferie"
    first_day = datetime.date(2026, 10, 12)
    last_day = datetime.date(2026, 10, 18)


class GroupCourseFactory(InScopeFactory):
    """A planned course that begins in two weeks; the state's own dates are filled in for the later states.

    ``sessions=10`` gives it as many weekly sessions, and writes what follows from them.
    """

    class Meta:
        model = GroupCourse
        skip_postgeneration_save = True

    initiative = factory.SubFactory(InitiativeFactory)
    number = _next_number(GroupCourse)
    template = factory.SubFactory(CourseTemplateFactory)
    title = factory.SelfAttribute("template.title")
    about = factory.SelfAttribute("template.about")
    group_rules = factory.SelfAttribute("template.group_rules")
    starts_on = factory.LazyFunction(lambda: today() + datetime.timedelta(days=14))
    start_time = datetime.time(19)
    state = "planned"
    is_public = factory.LazyAttribute(lambda made: made.state != "planned")
    opened_on = factory.LazyAttribute(lambda made: None if made.state == "planned" else today())
    started_on = factory.LazyAttribute(
        lambda made: made.starts_on if made.state in {"running", "completed"} else None
    )
    ended_on = factory.LazyAttribute(
        lambda made: today() if made.state in {"completed", "cancelled"} else None
    )
    cancel_reason = factory.LazyAttribute(lambda made: "other" if made.state == "cancelled" else "")

    @factory.post_generation
    def sessions(self, create, count, **kwargs):
        if not count:
            return
        with scope_of(self.initiative_id):
            for number in range(1, count + 1):
                day = self.starts_on + datetime.timedelta(weeks=(number - 1) * self.interval_weeks)
                SessionFactory(course=self, number=number, date=day)
            days = list(self.sessions.values_list("date", flat=True))
            intake = self.intake_sessions and days[min(self.intake_sessions, count) - 1]
            self.ends_on, self.intake_until = days[-1], intake
            self.save()


class SessionFactory(InScopeFactory):
    class Meta:
        model = Session

    course = factory.SubFactory(GroupCourseFactory)
    initiative = factory.SelfAttribute("course.initiative")
    number = 1
    date = factory.SelfAttribute("course.starts_on")
    start_time = factory.SelfAttribute("course.start_time")
    minutes = factory.SelfAttribute("course.minutes")
    title = factory.LazyAttribute(lambda made: f"Emne {made.number}")
    checklist = factory.LazyFunction(lambda: ["Velkomst", "Runde", "Afslutning"])
    cancel_reason = factory.LazyAttribute(lambda made: "other" if made.state == "cancelled" else "")
    state = "planned"


class IntroWorkshopFactory(InScopeFactory):
    """A public workshop in a week; ``courses=[…]`` are those it leads to."""

    class Meta:
        model = IntroWorkshop
        skip_postgeneration_save = True

    initiative = factory.SubFactory(InitiativeFactory)
    number = _next_number(IntroWorkshop)
    date = factory.LazyFunction(lambda: today() + datetime.timedelta(days=7))
    start_time = datetime.time(16)
    capacity = 12

    @factory.post_generation
    def courses(self, create, courses, **kwargs):
        if courses:
            with scope_of(self.initiative_id):
                self.courses.set(courses)


class FacilitatorFactory(InScopeFactory):
    """A volunteer with a contract, trained a year ago, who leads the course."""

    class Meta:
        model = Facilitator

    course = factory.SubFactory(GroupCourseFactory)
    initiative = factory.SelfAttribute("course.initiative")
    volunteer = factory.SubFactory(VolunteerFactory, initiative=factory.SelfAttribute("..initiative"))
    trained_on = factory.LazyFunction(lambda: today() - datetime.timedelta(days=365))


class SessionStandInFactory(InScopeFactory):
    class Meta:
        model = SessionStandIn

    session = factory.SubFactory(SessionFactory)
    initiative = factory.SelfAttribute("session.initiative")
    facilitator = factory.SubFactory(FacilitatorFactory, course=factory.SelfAttribute("..session.course"))
    volunteer = factory.SubFactory(VolunteerFactory, initiative=factory.SelfAttribute("..initiative"))


class GuidanceDateFactory(InScopeFactory):
    class Meta:
        model = GuidanceDate

    course = factory.SubFactory(GroupCourseFactory)
    initiative = factory.SelfAttribute("course.initiative")
    date = factory.LazyFunction(today)


class EnrolmentFactory(InScopeFactory):
    """A citizen who is interested; the state's own dates, and the places taken, are filled in for the later states.

    Pass ``volunteer=…, citizen=None`` for a course for volunteers.
    """

    class Meta:
        model = Enrolment

    course = factory.SubFactory(GroupCourseFactory, state="open")
    initiative = factory.SelfAttribute("course.initiative")
    citizen = factory.SubFactory(CitizenFactory, initiative=factory.SelfAttribute("..initiative"))
    volunteer = None
    state = "interested"
    waiting_since = factory.LazyAttribute(lambda made: timezone.now() if made.state == "waiting" else None)
    waiting_order = factory.LazyAttributeSequence(
        lambda made, n: n * 1024 if made.state == "waiting" else None
    )
    waiting_why = factory.LazyAttribute(lambda made: "full" if made.state == "waiting" else "")
    offered_at = factory.LazyAttribute(lambda made: timezone.now() if made.state == "offered" else None)
    answer_by = factory.LazyAttribute(
        lambda made: today() + datetime.timedelta(days=7) if made.state == "offered" else None
    )
    enrolled_on = factory.LazyAttribute(
        lambda made: today() if made.state in {"enrolled", "completed", "left"} else None
    )
    completed_on = factory.LazyAttribute(lambda made: today() if made.state == "completed" else None)
    left_on = factory.LazyAttribute(lambda made: today() if made.state == "left" else None)
    left_reasons = factory.LazyAttribute(lambda made: ["wish"] if made.state == "left" else [])
    declined_on = factory.LazyAttribute(lambda made: today() if made.state == "declined" else None)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        enrolment = super()._create(model_class, *args, **kwargs)
        if enrolment.state in SEAT_STATES:
            with scope_of(enrolment.initiative_id):
                enrolment.course.seats_taken += 1
                GroupCourse.objects.filter(pk=enrolment.course_id).update(
                    seats_taken=enrolment.course.seats_taken
                )
        return enrolment


class AttendanceFactory(InScopeFactory):
    class Meta:
        model = Attendance

    session = factory.SubFactory(SessionFactory)
    initiative = factory.SelfAttribute("session.initiative")
    enrolment = factory.SubFactory(
        EnrolmentFactory, course=factory.SelfAttribute("..session.course"), state="enrolled"
    )
    mark = Attendance.Mark.PRESENT


class CourseEventFactory(InScopeFactory):
    class Meta:
        model = CourseEvent

    course = factory.SubFactory(GroupCourseFactory)
    initiative = factory.SelfAttribute("course.initiative")
    action = "create"
    to_state = "planned"


class EnrolmentEventFactory(InScopeFactory):
    class Meta:
        model = EnrolmentEvent

    enrolment = factory.SubFactory(EnrolmentFactory)
    initiative = factory.SelfAttribute("enrolment.initiative")
    action = "enrol"
    to_state = "interested"


class CaringCallFactory(InScopeFactory):
    class Meta:
        model = CaringCall

    enrolment = factory.SubFactory(EnrolmentFactory, state="enrolled")
    initiative = factory.SelfAttribute("enrolment.initiative")
    up_to = factory.SubFactory(SessionFactory, course=factory.SelfAttribute("..enrolment.course"))
    outcome = CaringCall.Outcome.TALKED
