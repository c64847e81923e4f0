"""How often a pair meets, measured against what it has agreed itself."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max, OuterRef, Prefetch, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext, ngettext_lazy

from ..matching.models import AgreedEvery, Match
from ..matching.models_match import State
from ..matching.sentences import number
from .models_follow_up import FollowUp
from .models_meeting import Meeting, Outcome
from .models_pause import Pause
from .planning import paused_days

# Days between two meetings as agreed, and after how many without one it is time to ask: two meetings left out, and a
# week for writing them down.
DAYS_BETWEEN = {AgreedEvery.WEEK: 7, AgreedEvery.FORTNIGHT: 14, AgreedEvery.MONTH: 31}
SILENT_AFTER = {every: 2 * days + 7 for every, days in DAYS_BETWEEN.items()}
# How many weeks the average time together looks back.
WEEKS_BACK = 6


@dataclass(frozen=True)
class Silence:
    """``days``: since the last meeting that is written down, or the start; days on pause do not count."""

    days: int
    every: str
    ever_met: bool
    asked: bool = False

    @property
    def is_long(self):
        """Whether it is time to ask: longer than the pair's own agreement, and nobody has been rung since."""
        return self.days > SILENT_AFTER[self.every] and not self.asked

    @property
    def sentence(self):
        """E.g. "The agreement is every week, and no meeting is written down for 24 days."."""
        return str(_SENTENCES[self.every] % {"days": self.days})


_SENTENCES = {
    AgreedEvery.WEEK: ngettext_lazy(
        "The agreement is every week, and no meeting is written down for %(days)s day.",
        "The agreement is every week, and no meeting is written down for %(days)s days.",
        "days",
    ),
    AgreedEvery.FORTNIGHT: ngettext_lazy(
        "The agreement is every other week, and no meeting is written down for %(days)s day.",
        "The agreement is every other week, and no meeting is written down for %(days)s days.",
        "days",
    ),
    AgreedEvery.MONTH: ngettext_lazy(
        "The agreement is every month, and no meeting is written down for %(days)s day.",
        "The agreement is every month, and no meeting is written down for %(days)s days.",
        "days",
    ),
}


def with_last_signs(matches):
    """Annotate ``last_met`` and ``last_heard`` (days) and fetch the pauses, with one query more."""
    met = Meeting.objects.filter(match=OuterRef("pk"), outcome=Outcome.MET).order_by().values("match")
    heard = FollowUp.objects.filter(match=OuterRef("pk"), state=FollowUp.State.DONE)
    heard = heard.exclude(outcome=FollowUp.Outcome.NOT_REACHED).order_by().values("match")
    return matches.annotate(
        last_met=Subquery(met.annotate(day=Max("on")).values("day")),
        last_heard=Subquery(heard.annotate(day=Max("done_on")).values("day")),
    ).prefetch_related(Prefetch("pauses", queryset=Pause.objects.order_by("starts")))


def silence_of(match, day=None):
    """Return the :class:`Silence` of an active match that comes from :func:`with_last_signs`."""
    day = day or localdate()
    since = max(filter(None, (match.last_met, match.active_from)))
    pauses = list(match.pauses.all())
    asked = bool(match.last_heard and (day - match.last_heard).days <= DAYS_BETWEEN[match.agreed_every] + 7)
    return Silence(
        max((day - since).days - paused_days(pauses, since, day), 0),
        match.agreed_every,
        match.last_met is not None,
        asked,
    )


def active_matches():
    """The active matches with all that silence needs."""
    rows = Match.objects.filter(state=State.ACTIVE).select_related("citizen", "volunteer")
    return with_last_signs(rows)


@dataclass(frozen=True)
class TimeTogether:
    """What a pair has agreed (hours a week), and what it had of late (minutes a week over ``weeks``)."""

    agreed: object
    minutes: float | None
    weeks: int
    meetings: int

    @property
    def sentence(self):
        """E.g. "Agreed: 1 hour a week. The last six weeks: 25 minutes a week on average."."""
        return " ".join(part for part in (self._agreed(), self._lately()) if part)

    def _agreed(self):
        if self.agreed is None:
            return gettext("No hours are agreed.")
        line = ngettext(
            "Agreed: %(hours)s hour a week.", "Agreed: %(hours)s hours a week.", 1 if self.agreed <= 1 else 2
        )
        return line % {"hours": number(self.agreed)}

    def _lately(self):
        if not self.weeks:
            return ""
        if not self.meetings:
            line = ngettext(
                "No meeting is written down for the last week.",
                "No meeting is written down for the last %(weeks)s weeks.",
                self.weeks,
            )
            return line % {"weeks": self.weeks}
        if self.minutes is None:
            line = ngettext(
                "They met %(count)s time in the last %(weeks)s weeks; how long is not written down.",
                "They met %(count)s times in the last %(weeks)s weeks; how long is not written down.",
                self.meetings,
            )
            return line % {"count": self.meetings, "weeks": self.weeks}
        line = ngettext(
            "The last week: %(minutes)s minutes.",
            "The last %(weeks)s weeks: %(minutes)s minutes a week on average.",
            self.weeks,
        )
        return line % {"weeks": self.weeks, "minutes": number(round(self.minutes))}


def time_together(matches, day=None):
    """Return ``{match.pk: TimeTogether}`` of matches that have begun, with two queries.

    Meetings that both sides have written down count once, with the longer time. Weeks on pause, and before the start,
    are left out of the average.
    """
    day = day or localdate()
    first = day - timedelta(weeks=WEEKS_BACK)
    ids = [match.pk for match in matches]
    rows = (
        Meeting.objects.filter(match__in=ids, outcome=Outcome.MET, on__gt=first, on__lte=day)
        .order_by()
        .values("match", "on")
        .annotate(longest=Max("minutes"))
    )
    lengths = defaultdict(list)
    for row in rows:
        lengths[row["match"]].append(row["longest"])
    pauses = defaultdict(list)
    for pause in Pause.objects.filter(match__in=ids):
        pauses[pause.match_id].append(pause)
    return {match.pk: _together(match, lengths[match.pk], pauses[match.pk], first, day) for match in matches}


def _together(match, lengths, pauses, first, day):
    begin = max(first, match.active_from or day)
    days = (day - begin).days - paused_days(pauses, begin, day)
    weeks = min(max(round(days / 7), 0), WEEKS_BACK)
    known = [length for length in lengths if length is not None]
    # A meeting whose length nobody wrote down is taken to be as long as the others.
    minutes = sum(known) / len(known) * len(lengths) / weeks if known and weeks else None
    return TimeTogether(match.hours_a_week, minutes, weeks, len(lengths))
