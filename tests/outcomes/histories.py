"""Random histories, written straight into the tables: changes at midnight and on the days the clock changes, pauses,
matches again and again, enrolments begun anew, people who were erased, and rows that no screen would make."""

import random
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from peer_support.courses.models import (
    Attendance,
    Enrolment,
    EnrolmentEvent,
    Facilitator,
    GroupCourse,
    IntroWorkshop,
    Session,
    SessionStandIn,
)
from peer_support.directory.models import Municipality, Postcode
from peer_support.followup.models_accompaniment import Accompaniment, AccompanimentOffer
from peer_support.followup.models_meeting import Meeting
from peer_support.followup.models_pause import Pause
from peer_support.matching.models import Match
from peer_support.matching.models_match import MatchEvent
from peer_support.people.models import Citizen, Conversation, PersonStep, Volunteer
from peer_support.testing.factories import InitiativeFactory

DENMARK = ZoneInfo("Europe/Copenhagen")
# Both days on which the clock changes lie in here.
FIRST, TODAY = date(2025, 3, 20), date(2025, 11, 5)
CLOCK_DAYS = (date(2025, 3, 30), date(2025, 10, 26))
TIMES = (time(0), time(0), time(0, 0, 1), time(12), time(23, 59, 59))
STEPS = ("enquiry", "booked", "held", "ready", "ready", "active", "active", "paused", "ended")
POSTCODES = ("3000", "3070", "6000", "", "9999")


def make(rows):
    """Insert ``rows`` of one model and return them with their keys."""
    return QuerySet(type(rows[0])).bulk_create(rows) if rows else []


class Histories:
    """``people`` citizens and half as many volunteers of three initiatives, and all that hangs on them."""

    def __init__(self, seed, people):
        self.random = random.Random(seed)
        self.initiatives = [InitiativeFactory() for __ in range(3)]
        self._towns()
        self.citizens = self._people(Citizen, people)
        self.volunteers = self._people(Volunteer, max(3, people // 2))
        for person in self.citizens + self.volunteers:
            self._steps(person)
        self._conversations()
        self._matches()
        self._pauses()
        self._courses()
        self._trips()

    @property
    def ids(self):
        return tuple(one.pk for one in self.initiatives)

    def _towns(self):
        towns = list(Municipality.objects.order_by("pk")[:3])
        for number, town in zip(POSTCODES, towns, strict=False):
            values = {"place": "Et sted", "municipality": town, "x": 0, "y": 0}
            Postcode.objects.update_or_create(number=number, defaults=values)
        Postcode.objects.filter(number="9999").delete()

    def chance(self, share):
        return self.random.random() < share

    def day(self, first=FIRST, last=TODAY):
        if self.chance(0.1) and first <= CLOCK_DAYS[1] <= last:
            return self.random.choice([day for day in CLOCK_DAYS if first <= day <= last])
        return first + timedelta(self.random.randint(0, max(0, (last - first).days)))

    def moment(self, day):
        return datetime.combine(day, self.random.choice(TIMES), DENMARK)

    def of(self, people, initiative_id):
        return [person for person in people if person.initiative_id == initiative_id]

    def _people(self, model, count):
        rows, is_citizen = [], model is Citizen
        for number in range(count):
            status = self.random.choice(model.Status.values)
            erased = status == "ended" and self.chance(0.4)
            ready = self.day() if self.chance(0.7) else None
            row = model(
                initiative=self.random.choice(self.initiatives),
                number=number + 1,
                status=status,
                postcode="" if erased else self.random.choice(POSTCODES),
                first_name="" if erased else "Alma",
                enquired_on=self.day(),
                ended_on=self.day() if status == "ended" and self.chance(0.8) else None,
                erased_on=self.day() if erased else None,
            )
            if is_citizen:
                row.waiting_since = ready
                row.came_by = self.random.choice(Citizen.CameBy.values)
            else:
                row.approved_on = ready
            rows.append(row)
        return make(rows)

    def _steps(self, person):
        is_citizen = isinstance(person, Citizen)
        days = sorted(self.day() for __ in range(self.random.choice((0, 0, 1, 2, 3, 4, 6, 8))))
        moments = sorted(self.moment(day) for day in days)
        before, rows = "", []
        for at in moments:
            step = self.random.choice(STEPS).replace("ready", "waiting" if is_citizen else "approved")
            if step != before:
                link = {"citizen" if is_citizen else "volunteer": person}
                rows.append(
                    PersonStep(initiative_id=person.initiative_id, **link, from_step=before, step=step, at=at)
                )
                before = step
        make(rows)

    def _conversations(self):
        rows = []
        for person in self.citizens + self.volunteers:
            for __ in range(self.random.choice((0, 1, 2))):
                link = {"citizen" if isinstance(person, Citizen) else "volunteer": person}
                kind = self.random.choice(Conversation.Kind.values)
                rows.append(
                    Conversation(initiative_id=person.initiative_id, **link, kind=kind, held_on=self.day())
                )
        make(rows)

    def _matches(self):
        rows, number = [], 0
        for citizen in self.citizens:
            choice = self.of(self.volunteers, citizen.initiative_id)
            start = self.day()
            for __ in range(self.random.choice((0, 0, 1, 1, 2, 3)) if choice else 0):
                number += 1
                closed = self.random.choice(("ended", "ended", "declined", "withdrawn"))
                row = Match(
                    initiative_id=citizen.initiative_id,
                    number=number,
                    citizen=citizen,
                    volunteer=self.random.choice(choice),
                    state=closed,
                    proposed_at=self.moment(start),
                )
                if closed == "ended":
                    row.active_from = self.day(start)
                    row.ended_on = start = self.day(row.active_from)
                    row.ended_by = self.random.choice(("citizen", "volunteer", "both", "coordinator", ""))
                    row.ending_reasons = self.random.sample(
                        ("goal", "time", "health", "other"), self.random.randint(0, 2)
                    )
                    row.hours_a_week = self.random.choice((None, "1.0", "2.5"))
                rows.append(row)
            if rows and rows[-1].citizen is citizen and self.chance(0.4):
                self._reopen(rows[-1], start)
        self.matches = make(rows)
        self._match_events()
        self._meetings()

    def _reopen(self, match, start):
        """The last one goes on, or is proposed."""
        match.state = self.random.choice(("active", "paused", "proposed", "met"))
        match.ended_on, match.ended_by, match.ending_reasons = None, "", []
        if match.state != "proposed":
            match.citizen_answer = match.volunteer_answer = "yes"
        if match.state in ("active", "paused"):
            match.active_from = match.active_from or self.day(start)
            match.hours_a_week = "2.0"
        if match.state == "paused":
            match.paused_from = self.day(match.active_from)
            match.paused_until = self.day(match.paused_from) if self.chance(0.5) else None

    def _match_events(self):
        rows = []
        for match in self.matches:
            for state in (match.state, "declined", "withdrawn")[: self.random.randint(1, 3)]:
                at = self.moment(self.day())
                rows.append(
                    MatchEvent(
                        initiative_id=match.initiative_id, match=match, at=at, action="answer", to_state=state
                    )
                )
        make(rows)

    def _meetings(self):
        rows = {}
        for match in self.matches:
            for __ in range(self.random.choice((0, 0, 2, 4))):
                on, side = self.day(), self.random.choice(("citizen", "volunteer", "coordinator"))
                outcome = self.random.choice(("met", "met", "moved", "not_met"))
                rows[match.pk, on, side] = Meeting(
                    initiative_id=match.initiative_id,
                    match=match,
                    on=on,
                    side=side,
                    outcome=outcome,
                    way="link",
                )
        make(list(rows.values()))

    def _pauses(self):
        rows = []
        for name, targets in (
            ("match", self.matches),
            ("citizen", self.citizens),
            ("volunteer", self.volunteers),
        ):
            for target in targets:
                for still in self.random.choice(((), (), (False,), (False, True), (True,))):
                    starts = self.day()
                    until = self.day(starts) if self.chance(0.5) else None
                    over = None if still else self.day(starts)
                    rows.append(
                        Pause(
                            initiative_id=target.initiative_id,
                            **{name: target},
                            starts=starts,
                            until=until,
                            ask_on=starts,
                            over_on=over,
                        )
                    )
        make(rows)

    def _courses(self):
        rows = []
        towns = list(Municipality.objects.order_by("pk")[:3])
        for number in range(9):
            state = self.random.choice(("planned", "running", "completed", "cancelled"))
            started = self.day() if state != "planned" else None
            over = state in ("completed", "cancelled")
            rows.append(
                GroupCourse(
                    initiative=self.random.choice(self.initiatives),
                    number=number + 1,
                    title="Et forløb",
                    for_whom="volunteers" if number % 4 == 3 else "citizens",
                    state=state,
                    start_time=time(19),
                    started_on=started,
                    ended_on=self.day(started) if over else None,
                    cancel_reason="other" if state == "cancelled" else "",
                    town=self.random.choice([None, *towns]),
                    postcode=self.random.choice(POSTCODES),
                    capacity=None,
                )
            )
        self.courses = make(rows)
        sessions = [
            Session(
                initiative_id=course.initiative_id,
                course=course,
                number=number + 1,
                date=self.day(),
                start_time=time(19),
                minutes=self.random.choice((60, 90, 120)),
                state=self.random.choice(("planned", "held", "held")),
            )
            for course in self.courses
            for number in range(5)
        ]
        self.sessions = make(sessions)
        make(
            [
                IntroWorkshop(
                    initiative=self.random.choice(self.initiatives),
                    number=number + 1,
                    date=self.day(),
                    start_time=time(17),
                    state=self.random.choice(("planned", "held")),
                    postcode=self.random.choice(POSTCODES),
                )
                for number in range(6)
            ]
        )
        self._team()
        self._enrolments()

    def _team(self):
        rows = []
        for course in self.courses:
            people = self.of(self.volunteers, course.initiative_id)
            for volunteer in self.random.sample(people, min(3, len(people))):
                first = self.day()
                until = self.day(first) if self.chance(0.4) else None
                rows.append(
                    Facilitator(
                        initiative_id=course.initiative_id,
                        course=course,
                        volunteer=volunteer,
                        from_on=first,
                        until_on=until,
                    )
                )
        team, rows = make(rows), {}
        for session in self.sessions:
            own = [one for one in team if one.course_id == session.course_id]
            people = self.of(self.volunteers, session.initiative_id)
            if own and people and self.chance(0.3):
                stand_in = self.random.choice([None, *people])
                rows[session.pk] = SessionStandIn(
                    initiative_id=session.initiative_id,
                    session=session,
                    facilitator=self.random.choice(own),
                    volunteer=stand_in,
                )
        make(list(rows.values()))

    def _enrolments(self):
        rows = []
        for citizen in self.citizens:
            courses = [c for c in self.of(self.courses, citizen.initiative_id) if c.for_whom == "citizens"]
            for course in self.random.sample(courses, min(len(courses), self.random.choice((0, 1, 1, 2)))):
                state = self.random.choice(("interested", "enrolled", "completed", "left", "declined"))
                row = Enrolment(
                    initiative_id=course.initiative_id, course=course, citizen=citizen, state=state
                )
                if state in ("enrolled", "completed") or (state == "left" and self.chance(0.7)):
                    row.enrolled_on = self.day()
                if state == "completed":
                    row.completed_on = self.day()
                if state == "left":
                    row.left_on = self.day()
                    row.left_reasons = self.random.choice(
                        ([], ["wish"], ["other_course"], ["cancelled", "wish"])
                    )
                rows.append(row)
        enrolments, events, marks = make(rows), [], {}
        for row in enrolments:
            before = ""
            for at in sorted(self.moment(self.day()) for __ in range(self.random.choice((0, 0, 2, 4, 6)))):
                after = self.random.choice(
                    ("interested", "enrolled", "enrolled", "left", "completed", "waiting")
                )
                action = self.random.choice(("leave", "move")) if after == "left" else "enrol"
                facts = {}
                if action == "leave":
                    facts = {
                        "on": self.day().isoformat(),
                        "why": self.random.choice(([], ["other_course"], ["time"])),
                    }
                events.append(
                    EnrolmentEvent(
                        initiative_id=row.initiative_id,
                        enrolment=row,
                        at=at,
                        action=action,
                        from_state=before,
                        to_state=after,
                        facts=facts,
                    )
                )
                before = after
            for session in self.sessions:
                if session.course_id == row.course_id and self.chance(0.6):
                    marks[row.pk, session.pk] = Attendance(
                        initiative_id=row.initiative_id,
                        session=session,
                        enrolment=row,
                        mark=self.random.choice(Attendance.Mark.values),
                    )
        make(events)
        make(list(marks.values()))

    def _trips(self):
        rows = []
        for number, citizen in enumerate(self.random.sample(self.citizens, len(self.citizens) // 3)):
            state = self.random.choice(("open", "accepted", "done", "done", "not_done", "cancelled"))
            rows.append(
                Accompaniment(
                    initiative_id=citizen.initiative_id,
                    number=number + 1,
                    citizen=citizen,
                    state=state,
                    day=self.day(),
                    start_time=time(9),
                    minutes=self.random.choice((30, 90, 200)),
                    closed_on=self.day() if state not in ("open", "accepted") else None,
                    ending="other" if state in ("not_done", "cancelled") else "",
                    created_at=self.moment(self.day()),
                )
            )
        offers = []
        for trip in make(rows):
            people = self.of(self.volunteers, trip.initiative_id)
            if people and self.chance(0.8):
                offers.append(
                    AccompanimentOffer(
                        initiative_id=trip.initiative_id,
                        accompaniment=trip,
                        volunteer=self.random.choice(people),
                        state=self.random.choice(("accepted", "accepted", "asked")),
                        answered_at=self.moment(trip.day),
                    )
                )
        make(offers)
