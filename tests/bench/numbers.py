"""N1 and N2: the year's report over five years, twenty initiatives and twenty thousand people.

- N1: the report's numbers (counted, hidden, laid out) beside the bare SQL that counts the same dates: one ``GROUP BY``
  of year and initiative for each of ten tables' dates, which hides nothing, knows no towns and no medians;
- N2: how many more queries the report asks for twenty initiatives than for two. It should be none.
"""

import datetime
import json
import os
import random
import subprocess
import sys
import tempfile

from .clock import rounds
from .engine import goal

INITIATIVES, PEOPLE, YEARS = 20, 20_000, 5
LAST_YEAR = 2025
TODAY = datetime.date(2026, 2, 1)


def n1_n2(quick, peers, say):
    """The year's report: its time beside bare SQL, and its queries; in a process and a database of its own."""
    people = PEOPLE // 10 if quick else PEOPLE
    call = [sys.executable, "-m", "tests.bench.numbers", str(people), "1" if quick else "3"]
    found = json.loads(
        subprocess.run(call, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
    )
    say("  " + ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in found["best"].items()))
    text = f"report / bare SQL, {people} people, {INITIATIVES} initiatives, {YEARS} years"
    more = f"queries more for {INITIATIVES} initiatives and {people} people than for 2 (of {found['many']})"
    return [
        goal("N1", text, found["best"]["ours"] / found["best"]["raw"], None, "<=", detail=found),
        goal("N2", more, found["many"] - found["few"], 0, "<="),
    ]


GOALS = (n1_n2,)


def measured(people, times):
    """Return the queries with few and with many, and the best times, of a fresh database."""
    from .database import prepare

    with tempfile.TemporaryDirectory() as folder:
        prepare(os.path.join(folder, "numbers.sqlite3"))
        fill(people // 10, 2)
        few = len(queries(report))
        fill(people - people // 10, INITIATIVES - 2)
        many = len(queries(report))
        return {"few": few, "many": many, "best": rounds({"ours": report, "raw": raw}, times)}


def report():
    """What the button does before a template draws it."""
    from peer_support.outcomes.report.building import build

    return build(year=LAST_YEAR, today=TODAY)


def queries(call):
    """Return the queries of one call."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        call()
    return found.captured_queries


# Every table and date that a headline of the report is counted from.
DATES = (
    ("peer_support_citizen", "enquired_on"),
    ("peer_support_citizen", "waiting_since"),
    ("peer_support_citizen", "ended_on"),
    ("peer_support_volunteer", "enquired_on"),
    ("peer_support_volunteer", "approved_on"),
    ("peer_support_volunteer", "ended_on"),
    ("peer_support_match", "proposed_at"),
    ("peer_support_match", "active_from"),
    ("peer_support_match", "ended_on"),
    ("peer_support_conversation", "held_on"),
)


def raw():
    """Count every date by year and initiative, straight through the database's own cursor."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table, day in DATES:
            cursor.execute(
                f"SELECT initiative_id, substr({day}, 1, 4), count(*) FROM {table} "
                f"WHERE {day} IS NOT NULL GROUP BY 1, 2"
            )
            cursor.fetchall()


def fill(people, initiatives):
    """Write ``people`` (half of them volunteers) in new initiatives, with conversations and matches over the years."""
    from wagtail.models import Locale

    from peer_support.access.scopes import scope_of
    from peer_support.directory.models import Initiative

    locale, __ = Locale.objects.get_or_create(language_code="da")
    for number in range(initiatives):
        initiative = Initiative.objects.create(title=f"Bench {number}", runs_here=True, locale=locale)
        with scope_of(initiative.pk):
            _fill(initiative, people // initiatives // 2, random.Random(initiative.pk))


def _fill(initiative, count, chance):
    from peer_support.matching.models import Match
    from peer_support.people.models import Citizen, Conversation, Volunteer

    first = datetime.date(LAST_YEAR - YEARS + 1, 1, 1)

    def some_day():
        return first + datetime.timedelta(days=chance.randrange(365 * YEARS - 200))

    citizens, volunteers = [], []
    for number in range(1, count + 1):
        day = some_day()
        own = {"initiative": initiative, "number": number, "first_name": "Alma", "enquired_on": day}
        listed = day + datetime.timedelta(days=20)
        citizens.append(Citizen(**own, status="waiting", waiting_since=listed))
        volunteers.append(Volunteer(**own, status="approved", approved_on=listed))
    for model, rows in ((Citizen, citizens), (Volunteer, volunteers)):
        model.objects.bulk_create(rows, batch_size=500)
    citizens, volunteers = (list(model.objects.order_by("number")) for model in (Citizen, Volunteer))
    Conversation.objects.bulk_create(
        (
            Conversation(
                initiative=initiative,
                citizen=citizen,
                held_on=citizen.enquired_on + datetime.timedelta(days=10),
                kind="initial",
            )
            for citizen in citizens
        ),
        batch_size=500,
    )
    matches = []
    for number, (citizen, volunteer) in enumerate(zip(citizens[::2], volunteers[::2], strict=True), 1):
        start = citizen.waiting_since + datetime.timedelta(days=chance.randrange(10, 90))
        ended = start + datetime.timedelta(days=chance.randrange(30, 90)) if chance.random() < 0.5 else None
        matches.append(
            Match(
                initiative=initiative,
                number=number,
                citizen=citizen,
                volunteer=volunteer,
                state="ended" if ended else "active",
                citizen_answer="yes",
                volunteer_answer="yes",
                active_from=start,
                ended_on=ended,
            )
        )
    Match.objects.bulk_create(matches, batch_size=500)


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]), int(sys.argv[2]))))
