"""The numbers of a year's report, counted for the whole house and hidden there, whoever asks for which part of it.

Counting only what one coordinator may see would hide too little: the numbers of one initiative and the house's total
give the others away. So everything is counted, hidden together, and only then is the part taken that was asked for.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from ...access.scopes import scope_of
from ...directory.models import Initiative
from ...people.models import Citizen, Volunteer
from ..numbers.registry import ALL, INITIATIVE, TOWN, Period, Question, answer, figures
from .hiding import ONE_PERSON, hidden_in

YEARS_SHOWN = 5
# Where no number is printed because it could give somebody away.
HIDDEN = object()


@dataclass
class Numbers:
    """What was counted in ``periods``, and what of it may be printed.

    ``initiatives`` and ``towns`` are ``[(key, name)]``; ``answers`` is ``{code: Answered}`` by initiative, ``by_town``
    the same by town. Read with :meth:`at`.
    """

    periods: tuple
    initiatives: list = field(default_factory=list)
    towns: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)
    by_town: dict = field(default_factory=dict)
    hidden: frozenset = frozenset()
    ids: tuple = ()

    def at(self, code, row=ALL, period=-1):
        """Return the value of a cell, :data:`HIDDEN`, or None where it is not known; the last period, if none is given."""
        period %= len(self.periods)
        if (code, row, period) in self.hidden:
            return HIDDEN
        source = self.by_town if isinstance(row, str) and row != ALL else self.answers
        return source[code].counted.at(row, period)

    @property
    def figures(self):
        """Return the figures in order, without those that are one person's own number."""
        return [answered.figure for code, answered in self.answers.items() if code not in ONE_PERSON]


def house_ids():
    """Return the ids of the initiatives whose people are kept here, also of those that no longer run."""
    ids = set(Initiative.objects.filter(runs_here=True).values_list("pk", flat=True))
    for model in (Citizen, Volunteer):
        # Which initiatives have people at all, and nothing about any of them.
        ids |= set(QuerySet(model).order_by().values_list("initiative_id", flat=True).distinct())
    return tuple(sorted(ids))


def years_until(year, count=YEARS_SHOWN):
    """Return the periods of ``year`` and of the years before it."""
    return tuple(Period(date(y, 1, 1), date(y, 12, 31), str(y)) for y in range(year - count + 1, year + 1))


def count_house(periods, *, today=None, codes=None):
    """Return the :class:`Numbers` of all initiatives in ``periods``; the queries are as many for one as for a hundred."""
    ids = house_ids()
    codes = list(figures()) if codes is None else list(codes)
    with scope_of(*ids):
        question = Question(
            periods, by=INITIATIVE, initiative_ids=ids, today=today or timezone.localdate(), cache={}
        )
        answers = answer(question, codes)
        by_town = answer(replace(question, by=TOWN), codes)
    return Numbers(
        periods,
        [row for row in answers[0].rows if row[0] != ALL] if answers else [],
        [row for row in by_town[0].rows if row[0] != ALL] if by_town else [],
        {answered.figure.code: answered for answered in answers},
        {answered.figure.code: answered for answered in by_town},
        hidden_in([answers, by_town], range(len(periods))),
        ids,
    )
