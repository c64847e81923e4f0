"""Matches in every state, made step by step with the package's own services."""

from datetime import timedelta

from django.utils import timezone

from ..access.decisions import NotAllowed
from ..matching import services
from ..matching.models import Match
from ..matching.people_queries import waiting
from ..matching.presenting import ranking_for
from .clock import days_ago

# How far each match has come, and how many days ago it was proposed.
STORIES = (
    ("proposed", 1),
    ("proposed", 6),
    ("one_yes", 3),
    ("accepted", 7),
    ("met", 11),
    ("active", 150),
    ("active", 95),
    ("active", 61),
    ("paused", 88),
    ("ended", 210),
    ("ended", 190),
    ("declined", 30),
    ("declined_after", 45),
    ("withdrawn", 52),
)
SHORT_STORIES = (
    ("active", 120),
    ("one_yes", 5),
    ("accepted", 9),
    ("declined", 25),
    ("ended", 200),
    ("active", 40),
)


def make_matches(initiative, user):
    """Make the matches of one initiative inside its scope; return how many."""
    stories = STORIES if initiative.volunteers.count() > 30 else SHORT_STORIES
    queue = list(waiting().order_by("waiting_since"))
    made = 0
    # Every other one in the queue, those who have waited longest among them, then the rest.
    for citizen in queue[1::2] + queue[::2]:
        if made < len(stories):
            made += _tell(*stories[made], citizen, user)
    return made


def _tell(outcome, ago, citizen, user):
    """Propose the best volunteer to ``citizen`` as of ``ago`` days back and go on to ``outcome``."""
    for candidate in ranking_for(citizen).candidates[:5]:
        try:
            with days_ago(ago):
                match = services.propose(citizen=citizen, volunteer=candidate.volunteer, user=user)
        except NotAllowed:
            continue
        Match.objects.filter(pk=match.pk).update(proposed_at=timezone.now() - timedelta(days=ago))
        match.refresh_from_db()
        _Story(match, ago, user).go_to(outcome)
        return 1
    return 0


class _Story:
    """Takes the steps of one match, a day or so apart."""

    def __init__(self, match, ago, user):
        self.match, self.ago, self.user = match, ago, user

    def step(self, service, after, **kwargs):
        with days_ago(max(self.ago - after, 0)) as moment:
            kwargs = {
                name: value(moment.date()) if callable(value) else value for name, value in kwargs.items()
            }
            self.match = service(match=self.match, user=self.user, **kwargs) or self.match
        self.match.refresh_from_db()

    def go_to(self, outcome):
        if outcome == "proposed":
            return
        if outcome == "withdrawn":
            return self.step(services.withdraw, 3)
        if outcome == "declined":
            self.step(services.record_answer, 1, side="citizen", answer="yes")
            return self.step(services.record_answer, 2, side="volunteer", answer="no")
        self.step(services.record_answer, 1, side="volunteer", answer="yes")
        if outcome == "one_yes":
            return
        self.step(services.record_answer, 2, side="citizen", answer="yes")
        if outcome == "accepted":
            return
        self.step(services.record_first_meeting, 6, on=lambda day: day, place="Biblioteket")
        if outcome == "met":
            return self.step(services.record_day_after, 7, side="volunteer", answer="yes")
        self.step(services.record_day_after, 7, side="citizen", answer="yes")
        if outcome == "declined_after":
            return self.step(services.record_day_after, 8, side="volunteer", answer="no")
        self.step(services.record_day_after, 8, side="volunteer", answer="yes")
        self.step(
            services.start_match,
            9,
            active_from=lambda day: day,
            hours_a_week=1,
            place="Biblioteket og byen omkring",
            goals="Komme ud hver uge og prøve noget nyt.",
        )
        if outcome == "paused":
            self.step(services.pause_match, 70, paused_from=lambda day: day, reason="Rejse")
        if outcome == "ended":
            self.step(
                services.end_match,
                165,
                on=lambda day: day,
                by="both",
                reasons=["goal", "time"],
                note="En god afslutning over kaffe.",
                citizen_then="ended",
            )
