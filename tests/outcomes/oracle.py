"""A slow, simple count of the same figures: day by day, in plain Python, by a reading of the rows of its own.

Shares no line with the package's counting: it asks for every day, of everybody, what was true on it.
"""

from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import QuerySet

DENMARK = ZoneInfo("Europe/Copenhagen")
TABLES = (
    "Citizen Volunteer PersonStep Conversation Match MatchEvent Pause Meeting GroupCourse Session IntroWorkshop "
    "Facilitator SessionStandIn Enrolment EnrolmentEvent Attendance Accompaniment AccompanimentOffer"
)


def local(moment):
    return moment.astimezone(DENMARK).date()


def in_the_middle(numbers):
    numbers = sorted(numbers)
    half = len(numbers) // 2
    if not numbers:
        return None
    return Decimal(numbers[half]) if len(numbers) % 2 else Decimal(numbers[half - 1] + numbers[half]) / 2


def percent(hits, of):
    return Decimal(100) * hits / of if of else None


class Oracle:
    """Everything of ``initiative_ids``, as dictionaries. ``today`` is the last day that counts."""

    def __init__(self, initiative_ids, today):
        self.today = today
        for name in TABLES.split():
            model = apps.get_model("peer_support", name)
            rows = QuerySet(model).filter(initiative_id__in=initiative_ids).values()
            setattr(self, name, {row["id"]: row for row in rows})
        postcodes = apps.get_model("peer_support", "Postcode").objects.exclude(municipality=None)
        self.town_by_postcode = dict(postcodes.values_list("number", "municipality_id"))
        self._tell_lives()

    # Where things are

    def town(self, person):
        return self.town_by_postcode.get(person["postcode"]) or "?"

    def course_town(self, course):
        return course["town_id"] or self.town_by_postcode.get(course["postcode"]) or "?"

    # What each day was like

    def _tell_lives(self):
        days = [self.today]
        for table, names in (
            ("Citizen", ("waiting_since", "enquired_on")),
            ("Volunteer", ("approved_on", "enquired_on")),
            ("Match", ("active_from",)),
        ):
            for row in getattr(self, table).values():
                days += [row[name] for name in names if row[name]]
        days += [local(row["at"]) for row in self.PersonStep.values()]
        first = min(days)
        self.calendar = [first + timedelta(n) for n in range((self.today - first).days + 1)]
        self.steps = {}
        for row in sorted(self.PersonStep.values(), key=lambda row: (row["at"], row["id"])):
            key = ("c", row["citizen_id"]) if row["citizen_id"] else ("v", row["volunteer_id"])
            self.steps.setdefault(key, {}).setdefault(local(row["at"]), []).append(row["step"])
        self.starts_of = {}
        for pk, row in self.Match.items():
            if self.begun(row):
                self.starts_of.setdefault((row["citizen_id"], row["active_from"]), []).append(pk)
        self.waits = {pk: self._waits_of(pk) for pk in self.Citizen}
        self.approved = {pk: self._approved_days(pk) for pk in self.Volunteer}
        self.pauses = {}
        for row in self.Pause.values():
            for kind in ("match", "citizen", "volunteer"):
                if row[f"{kind}_id"]:
                    self.pauses.setdefault((kind, row[f"{kind}_id"]), []).append(row)

    def begun(self, match):
        return match["state"] in ("active", "paused", "ended") and match["active_from"] is not None

    def runs(self, match, day):
        return (
            self.begun(match)
            and match["active_from"] <= day
            and not (match["state"] == "ended" and match["ended_on"] <= day)
        )

    def _waits_of(self, pk):
        """``(begun, over or None, whether by a match)`` of each wait of a citizen."""
        citizen = self.Citizen[pk]
        since = citizen["waiting_since"]
        rows = [
            (day, step) for day in sorted(self.steps.get(("c", pk), {})) for step in self.steps["c", pk][day]
        ]
        rows = [row for row in rows if row[1] != "paused"]
        spans = []
        for number, (day, step) in enumerate(rows):
            if step == "waiting" and (number == 0 or rows[number - 1][1] != "waiting"):
                after = [later for later, other in rows[number:] if other != "waiting"]
                spans.append([day, after[0] if after else None])
        if spans and since and since < spans[0][0]:
            spans[0][0] = since
        if not spans and since:
            after = [day for day, __ in rows if day >= since]
            ended = citizen["ended_on"] if citizen["status"] == "ended" else None
            stands = None if citizen["status"] == "waiting" else max(since, ended or since)
            spans = [[since, after[0] if after else stands]]
        taken, waits = set(), []
        for begun, over in spans:
            for day in self.calendar:
                if not begun <= day <= (over or self.today):
                    continue
                free = [match for match in self.starts_of.get((pk, day), ()) if match not in taken]
                if free:
                    taken.add(free[0])
                    waits.append((begun, day, True))
                    break
            else:
                waits.append((begun, over, False))
        return waits

    def _approved_days(self, pk):
        volunteer, steps = self.Volunteer[pk], self.steps.get(("v", pk), {})
        last = None
        closed = None
        for day in sorted(steps):
            last = steps[day][-1]
            closed = day if last == "ended" else None
        end = volunteer["ended_on"] or closed or volunteer["erased_on"] or volunteer["approved_on"]
        found, serves = set(), False
        for day in self.calendar:
            for step in steps.get(day, ()):
                if step != "paused":
                    serves = step in ("approved", "active")
            own = volunteer["approved_on"] and volunteer["approved_on"] <= day
            if volunteer["status"] == "ended":
                own = own and day < end
            elif volunteer["status"] != "approved":
                own = False
            if serves or own:
                found.add(day)
        return found

    def paused(self, match, day):
        own = self.pauses.get(("match", match["id"]), [])
        real = [
            row
            for row in own
            if (row["until"] is None or row["until"] >= row["starts"])
            and (row["over_on"] is None or row["over_on"] > row["starts"])
        ]
        rows = own + self.pauses.get(("citizen", match["citizen_id"]), [])
        rows = rows + self.pauses.get(("volunteer", match["volunteer_id"]), [])
        for row in rows:
            if row["starts"] <= day and (row["until"] is None or day <= row["until"]):
                if row["over_on"] is None or day < row["over_on"]:
                    return True
        if not real and match["state"] == "paused" and match["paused_from"]:
            return match["paused_from"] <= day and (
                match["paused_until"] is None or day <= match["paused_until"]
            )
        return False

    # The figures

    def value(self, code, days, row=""):
        """Return the figure ``code`` of ``days`` (those that have come), for everything, an initiative or a town."""
        self.row = row
        self.days = {day for day in days if day <= self.today}
        self.last = max(self.days) if self.days else None
        for name in ("enquiries", "conversations", "endings_by", "endings_reason"):
            if code.startswith(f"{name}_"):
                return getattr(self, f"count_{name}")(code.removeprefix(f"{name}_"))
        return getattr(self, f"count_{code}")()

    def here(self, initiative, town):
        return self.row in ("", initiative, town)

    def own(self, table):
        """The rows of people, matches and the like that the asked row holds."""
        for row in getattr(self, table).values():
            if table in ("Citizen", "Volunteer"):
                town = self.town(row)
            elif table == "GroupCourse":
                town = self.course_town(row)
            elif row.get("citizen_id"):
                town = self.town(self.Citizen[row["citizen_id"]])
            else:
                town = self.town(self.Volunteer[row["volunteer_id"]])
            if self.here(row["initiative_id"], town):
                yield row

    def on_days(self, rows, name):
        return sum(row[name] in self.days for row in rows)

    def count_enquiries(self, by=""):
        citizens = [row for row in self.own("Citizen") if by in ("", row["came_by"])]
        volunteers = list(self.own("Volunteer")) if by in ("", "volunteers") else []
        return self.on_days(citizens + volunteers, "enquired_on")

    def count_came_back(self):
        rows = [row for row in self.own("PersonStep") if (row["from_step"], row["step"]) == ("ended", "held")]
        return sum(local(row["at"]) in self.days for row in rows)

    def count_conversations(self, kind=""):
        return self.on_days([row for row in self.own("Conversation") if kind in ("", row["kind"])], "held_on")

    def own_waits(self):
        return [wait for row in self.own("Citizen") for wait in self.waits[row["id"]]]

    def count_listed(self):
        return sum(begun in self.days for begun, __, __ in self.own_waits())

    def still(self):
        if self.last is None:
            return []
        return [
            (self.last - begun).days
            for begun, over, __ in self.own_waits()
            if begun <= self.last and (over is None or self.last < over)
        ]

    def count_waiting(self):
        return len(self.still())

    def count_waiting_median(self):
        return in_the_middle(self.still())

    def count_waiting_longest(self):
        return max(self.still(), default=None)

    def waited(self):
        return [
            (over - begun).days
            for day in self.days
            for begun, over, match in self.own_waits()
            if match and over == day
        ]

    def count_wait_median(self):
        return in_the_middle(self.waited())

    def count_wait_longest(self):
        return max(self.waited(), default=None)

    def count_waited(self):
        return sum(
            any(
                begun == day or (begun <= day and (over is None or day < over))
                for day in self.days
                for begun, over, __ in self.waits[row["id"]]
            )
            for row in self.own("Citizen")
        )

    # Matches

    def count_proposals(self):
        return sum(local(row["proposed_at"]) in self.days for row in self.own("Match"))

    def count_proposals_closed(self, *states):
        count = 0
        for match in self.own("Match"):
            if match["state"] in (states or ("declined", "withdrawn")):
                events = [row for row in self.MatchEvent.values() if row["match_id"] == match["id"]]
                events = [row for row in events if row["to_state"] == match["state"]]
                if events:
                    last = max(events, key=lambda row: (row["at"], row["id"]))
                    count += local(last["at"]) in self.days
        return count

    def count_proposals_declined(self):
        return self.count_proposals_closed("declined")

    def count_proposals_withdrawn(self):
        return self.count_proposals_closed("withdrawn")

    def count_matches_started(self):
        return self.on_days([row for row in self.own("Match") if self.begun(row)], "active_from")

    def count_matches_active(self):
        return sum(self.runs(row, self.last) for row in self.own("Match")) if self.last else 0

    def any_day(self, match):
        return any(
            self.runs(match, day) or (self.begun(match) and match["active_from"] == day) for day in self.days
        )

    def count_matches_any(self):
        return sum(self.any_day(row) for row in self.own("Match"))

    def over(self):
        rows = [row for row in self.own("Match") if self.begun(row) and row["state"] == "ended"]
        return [row for row in rows if row["ended_on"] in self.days]

    def count_endings(self):
        return len(self.over())

    def count_endings_by(self, who):
        return sum(row["ended_by"] == ("" if who == "nobody" else who) for row in self.over())

    def count_endings_reason(self, reason):
        return sum(reason in row["ending_reasons"] for row in self.over())

    def lasted(self):
        return [(row["ended_on"] - row["active_from"]).days for row in self.over()]

    def count_length_median(self):
        return in_the_middle(self.lasted())

    def count_length_longest(self):
        return max(self.lasted(), default=None)

    def count_meetings(self):
        seen = set()
        for row in self.Meeting.values():
            match = self.Match[row["match_id"]]
            if row["outcome"] == "met" and row["on"] in self.days:
                if self.here(match["initiative_id"], self.town(self.Citizen[match["citizen_id"]])):
                    seen.add((match["id"], row["on"]))
        return len(seen)

    def count_hours_matches(self):
        a_week = sum(
            Decimal(row["hours_a_week"])
            for row in self.own("Match")
            if row["hours_a_week"] and self.begun(row)
            for day in self.days
            if self.runs(row, day) and not self.paused(row, day)
        )
        return Decimal(a_week) / 7

    # Courses

    def for_citizens(self):
        return [row for row in self.own("GroupCourse") if row["for_whom"] == "citizens"]

    def count_courses_begun(self):
        return self.on_days(self.for_citizens(), "started_on")

    def count_courses_any(self):
        return sum(
            any(
                row["started_on"] == day
                or (row["started_on"] < day and (not row["ended_on"] or day < row["ended_on"]))
                for day in self.days
            )
            for row in self.for_citizens()
            if row["started_on"]
        )

    def count_courses_completed(self):
        return self.on_days([row for row in self.for_citizens() if row["state"] == "completed"], "ended_on")

    def count_courses_cancelled(self):
        return self.on_days([row for row in self.for_citizens() if row["state"] == "cancelled"], "ended_on")

    def held(self):
        courses = {row["id"]: row for row in self.own("GroupCourse")}
        rows = [row for row in self.Session.values() if row["state"] == "held" and row["date"] in self.days]
        return [(row, courses[row["course_id"]]) for row in rows if row["course_id"] in courses]

    def count_sessions(self):
        return sum(course["for_whom"] == "citizens" for __, course in self.held())

    def count_volunteer_sessions(self):
        return sum(course["for_whom"] == "volunteers" for __, course in self.held())

    def count_workshops(self):
        rows = [row for row in self.IntroWorkshop.values() if row["state"] == "held"]
        return self.on_days([r for r in rows if self.here(r["initiative_id"], self.course_town(r))], "date")

    def enrolled(self):
        courses = {row["id"] for row in self.for_citizens()}
        return [row for row in self.Enrolment.values() if row["course_id"] in courses and row["citizen_id"]]

    def changes(self, enrolment):
        if not hasattr(self, "changes_of"):
            self.changes_of = {}
            for row in sorted(self.EnrolmentEvent.values(), key=lambda row: (row["at"], row["id"])):
                if row["from_state"] != row["to_state"]:
                    self.changes_of.setdefault(row["enrolment_id"], []).append(row)
        return self.changes_of.get(enrolment["id"], [])

    def count_places(self):
        count = 0
        for enrolment in self.enrolled():
            got = [
                local(row["at"])
                for row in self.changes(enrolment)
                if row["to_state"] == "enrolled" and row["from_state"] not in ("enrolled", "completed")
            ]
            if not got and enrolment["enrolled_on"]:
                got = [enrolment["enrolled_on"]]
            count += sum(day in self.days for day in got)
        return count

    def count_completed(self):
        return self.on_days([row for row in self.enrolled() if row["state"] == "completed"], "completed_on")

    def count_dropped_out(self):
        count = 0
        for enrolment in self.enrolled():
            changes = self.changes(enrolment)
            for row in changes:
                if (row["from_state"], row["to_state"]) == ("enrolled", "left") and row["action"] != "move":
                    day = row["facts"].get("on") or local(row["at"]).isoformat()
                    if not {"other_course", "cancelled"} & set(row["facts"].get("why", [])):
                        count += day in {known.isoformat() for known in self.days}
            if not changes and enrolment["state"] == "left" and enrolment["enrolled_on"]:
                if not {"other_course", "cancelled"} & set(enrolment["left_reasons"]):
                    count += enrolment["left_on"] in self.days
        return count

    def count_drop_out(self):
        dropped = self.count_dropped_out()
        return percent(dropped, dropped + self.count_completed())

    def marks(self):
        held = {session["id"] for session, course in self.held() if course["for_whom"] == "citizens"}
        known = {row["id"]: row["citizen_id"] for row in self.enrolled()}
        rows = [row for row in self.Attendance.values() if row["session_id"] in held]
        return [
            (known[row["enrolment_id"]], row["mark"] in ("present", "late"))
            for row in rows
            if row["enrolment_id"] in known
        ]

    def count_attendance(self):
        return percent(sum(came for __, came in self.marks()), len(self.marks()))

    def count_participants(self):
        return len({citizen for citizen, came in self.marks() if came})

    def leaders(self, session, course):
        away = [row for row in self.SessionStandIn.values() if row["session_id"] == session["id"]]
        absent = {self.Facilitator[row["facilitator_id"]]["volunteer_id"] for row in away}
        team = {
            row["volunteer_id"]
            for row in self.Facilitator.values()
            if row["course_id"] == course["id"]
            and row["from_on"] <= session["date"]
            and (row["until_on"] is None or session["date"] <= row["until_on"])
        }
        return (team - absent) | {row["volunteer_id"] for row in away if row["volunteer_id"]}

    def count_hours_courses(self):
        return sum(
            Decimal(session["minutes"]) / 60 * len(self.leaders(session, course))
            for session, course in self.held()
        )

    # Accompaniment

    def count_trips_asked(self):
        return sum(local(row["created_at"]) in self.days for row in self.own("Accompaniment"))

    def count_trips(self, *states):
        rows = [row for row in self.own("Accompaniment") if row["state"] in (states or ("done",))]
        return self.on_days(rows, "day")

    def count_trips_not(self):
        return self.count_trips("not_done", "cancelled")

    def went_along(self):
        for trip in self.own("Accompaniment"):
            if trip["state"] == "done" and trip["day"] in self.days:
                for row in self.AccompanimentOffer.values():
                    if row["accompaniment_id"] == trip["id"] and row["state"] == "accepted":
                        yield row["volunteer_id"], trip["minutes"]

    def count_hours_along(self):
        return sum((Decimal(minutes) / 60 for __, minutes in self.went_along()), Decimal(0))

    def count_hours(self):
        return self.count_hours_matches() + self.count_hours_courses() + self.count_hours_along()

    # Volunteers

    def approved_on(self, pk, day):
        return day in self.approved[pk]

    def begins(self, pk):
        one = timedelta(1)
        return [day for day in sorted(self.approved[pk]) if day - one not in self.approved[pk]]

    def count_approvals(self):
        return sum(day in self.days for row in self.own("Volunteer") for day in self.begins(row["id"]))

    def count_volunteers_new(self):
        return sum(day in self.days for row in self.own("Volunteer") for day in self.begins(row["id"])[:1])

    def count_volunteers_again(self):
        return sum(day in self.days for row in self.own("Volunteer") for day in self.begins(row["id"])[1:])

    def count_volunteers(self):
        return (
            sum(self.approved_on(row["id"], self.last) for row in self.own("Volunteer")) if self.last else 0
        )

    def count_volunteers_any(self):
        return sum(
            any(self.approved_on(row["id"], day) for day in self.days) for row in self.own("Volunteer")
        )

    def count_volunteers_stopped(self):
        one = timedelta(1)
        return sum(
            day not in self.approved[row["id"]] and day - one in self.approved[row["id"]]
            for row in self.own("Volunteer")
            for day in self.days
        )

    def count_volunteer_years(self):
        days = sum(self.approved_on(row["id"], day) for row in self.own("Volunteer") for day in self.days)
        return days / Decimal("365.25")

    def count_volunteers_active(self):
        found = {volunteer for volunteer, __ in self.went_along()}
        for session, course in self.held():
            found |= self.leaders(session, course)
        for match in self.Match.values():
            town = self.town(self.Volunteer[match["volunteer_id"]])
            if self.here(match["initiative_id"], town) and self.any_day(match):
                found.add(match["volunteer_id"])
        return len(found)
