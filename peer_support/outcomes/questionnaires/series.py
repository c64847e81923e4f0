"""The numbers of groups: pairs of start and now, and how many answered; and what detaches a person from them.

When somebody is erased, or the months of keeping are over, the questionnaires become rows of :class:`SeriesScore`. What
is counted here reads both, by month, so that no figure changes on the day somebody is erased. Runs inside a scope.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from .models import Kind, Moment, Questionnaire, SeriesScore, State

_ORDER = {Moment.START: 0, Moment.EXTRA: 1, Moment.END: 2, Moment.FOLLOW_UP: 3}
O = SeriesScore.Outcome  # noqa: E741
_OUTCOMES = {
    State.ANSWERED: O.ANSWERED,
    State.SKIPPED: O.DECLINED,
    State.ASKED: O.MISSING,
    State.BEGUN: O.MISSING,
    State.EXPIRED: O.MISSING,
}


@dataclass(frozen=True)
class Asked:
    """How many questionnaires were due and what came of them; ``asked`` is the sum of the other three.

    ``missing``: not answered, also those who may answer yet and those whom nobody got round to asking. ``declined``: would
    rather not.
    """

    asked: int
    answered: int
    missing: int
    declined: int


@dataclass(frozen=True)
class _Point:
    """One questionnaire as a group is counted: ``order`` within ``key``, the first of its month, and what came of it."""

    key: object
    order: tuple
    moment: str
    month: date
    outcome: str
    score: object
    initiative: int = 0


def _belonging(row):
    person = ("citizen", row.citizen_id) if row.citizen_id else ("volunteer", row.volunteer_id)
    return (*person, row.match_id, row.enrolment_id)


def _in_order(row):
    return (row.due_on.replace(day=1), _ORDER[row.moment], row.due_on, row.pk)


def _live(initiative_ids, instrument, kind):
    rows = Questionnaire.objects.filter(initiative__in=initiative_ids, instrument=instrument)
    if kind == Kind.MATCH:
        rows = rows.filter(match__isnull=False)
    elif kind == Kind.COURSE:
        rows = rows.filter(enrolment__isnull=False)
    for row in rows.exclude(state=State.PLANNED):
        month = row.due_on.replace(day=1)
        outcome = _OUTCOMES[row.state]
        score = row.score if outcome == O.ANSWERED else None
        yield _Point(_belonging(row), _in_order(row), row.moment, month, outcome, score, row.initiative_id)


def _detached(initiative_ids, instrument, kind):
    rows = SeriesScore.objects.filter(initiative__in=initiative_ids, instrument=instrument)
    for row in rows.filter(kind=kind) if kind else rows:
        order = (row.month, _ORDER[row.moment], row.month, row.place)
        yield _Point(row.key, order, row.moment, row.month, row.outcome, row.score, row.initiative_id)


def _points(initiative_ids, instrument, kind):
    ids = list(initiative_ids)
    yield from _live(ids, instrument, kind)
    yield from _detached(ids, instrument, kind)


def _within(month, since, until):
    return since.replace(day=1) <= month <= until


def paired_scores(*, initiative_ids, instrument, since, until, kind=None):
    """Return ``[(start score, now score), …]`` of those who answered both, as ``Decimal``, sorted.

    One pair for each person and match, or person and course. "Now" is the last one answered after the start whose month
    lies from ``since`` to ``until`` (whole months; dates inclusive). ``kind``: "match", "course" or ``None`` for all.
    """
    return _pairs_of(_points(initiative_ids, instrument, kind), since, until)


def by_initiative(*, initiative_ids, instrument, since, until):
    """Return ``{initiative: (pairs, Asked)}`` as the two functions beside this one count them; one look at the tables."""
    apart = defaultdict(list)
    for point in _points(initiative_ids, instrument, None):
        apart[point.initiative].append(point)
    return {
        key: (_pairs_of(points, since, until), _asked_of(points, since, until))
        for key, points in apart.items()
    }


def _pairs_of(found, since, until):
    groups = defaultdict(list)
    for point in found:
        if point.score is not None:
            groups[point.key].append(point)
    pairs = []
    for points in groups.values():
        points.sort(key=lambda point: point.order)
        start = next((point for point in points if point.moment == Moment.START), None)
        later = [
            point
            for point in points
            if start and point.order > start.order and _within(point.month, since, until)
        ]
        if later:
            pairs.append((start.score, later[-1].score))
    return sorted(pairs)


def answer_counts(*, initiative_ids, instrument, since, until, kind=None, moment=None):
    """Return how many of those due from ``since`` to ``until`` (whole months) answered, as :class:`Asked`."""
    return _asked_of(_points(initiative_ids, instrument, kind), since, until, moment)


def _asked_of(found, since, until, moment=None):
    counts = dict.fromkeys(O, 0)
    for point in found:
        if _within(point.month, since, until) and moment in (None, point.moment):
            counts[point.outcome] += 1
    return Asked(sum(counts.values()), counts[O.ANSWERED], counts[O.MISSING], counts[O.DECLINED])


def detach(rows):
    """Write ``rows`` (questionnaires, read anew) into the series; the caller deletes them. Needs no key to be there.

    Call it inside a transaction. Those of one person and one match or course get one key, which is made here and kept
    nowhere else. What was only planned leaves nothing.
    """
    groups = defaultdict(list)
    for row in rows:
        if row.state != State.PLANNED:
            groups[_belonging(row)].append(row)
    for members in groups.values():
        key, places = SeriesScore().key, defaultdict(int)
        for row in sorted(members, key=_in_order):
            places[row.instrument] += 1
            outcome = _OUTCOMES[row.state]
            readable = outcome == O.ANSWERED and row.is_readable
            SeriesScore.objects.create(
                initiative_id=row.initiative_id,
                key=key,
                place=places[row.instrument],
                instrument=row.instrument,
                kind=row.kind,
                moment=row.moment,
                month=row.due_on.replace(day=1),
                outcome=outcome,
                score_text=row.score_text if readable else "",
            )
    return len(groups)
