"""How the way goes for many: who stands where, how long a step takes, and where people stop.

From the rows of :class:`~.models_steps.PersonStep` and where people stand now; four queries, whatever the number of people.
"""

from dataclasses import dataclass
from datetime import datetime, time
from itertools import pairwise
from statistics import median

from django.db.models import Count
from django.utils import timezone

from .models import PersonStep, Step
from .pipeline import steps_of, with_step

# The drawing of one bar is this many units wide.
WIDTH = 1000


@dataclass(frozen=True)
class StepFigure:
    """One step in one period. ``median_days`` (whole days) is of those who have left it; ``None`` where nobody has.

    ``came`` is how often somebody came to the step in the period; each of them ``went_on``, ``stopped`` (the record was
    closed from here) or is ``still`` there.
    """

    step: Step
    now: int
    came: int
    went_on: int
    stopped: int
    still: int
    median_days: int | None
    scale: int

    @property
    def label(self):
        return self.step.label

    @property
    def bars(self):
        """``[(name, x, width)]`` of the bar, in units of the drawing; the widest bar of the page fills it."""
        parts, x = [], 0
        for name, number in (("on", self.went_on), ("still", self.still), ("stopped", self.stopped)):
            width = WIDTH * number // self.scale if self.scale else 0
            if width:
                parts.append((name, x, width))
            x += width
        return parts

    @property
    def stopped_percent(self):
        """How many in a hundred of those who came to the step stopped at it; ``None`` where nobody came."""
        return round(100 * self.stopped / self.came) if self.came else None


def now_on_steps(model, initiative):
    """Return ``{step: how many stand there today}``."""
    people = with_step(model.objects.filter(initiative=initiative))
    rows = people.order_by().values("step_now").annotate(n=Count("pk")).values_list("step_now", "n")
    return {Step(step): n for step, n in rows}


def _stays(model, initiative):
    """Yield ``(step, came at, left at or None, the step after or None)`` of every stay."""
    link = f"{model._meta.model_name}_id"
    rows = PersonStep.objects.filter(initiative=initiative, **{f"{link}__isnull": False})
    rows = list(rows.order_by(link, "at", "pk").values_list(link, "step", "at"))
    for (person, step, at), (other, following, left) in pairwise([*rows, (None, None, None)]):
        if other == person:
            yield Step(step), at, left, Step(following)
        else:
            yield Step(step), at, None, None


def _days(came, left):
    return (timezone.localtime(left).date() - timezone.localtime(came).date()).days


def figures(model, initiative, since=None):
    """Return a :class:`StepFigure` per step of ``model``, of those who came to it on or after the day ``since``."""
    first = timezone.make_aware(datetime.combine(since, time.min)) if since else None
    now = now_on_steps(model, initiative)
    counted = {step: {"came": 0, "went_on": 0, "stopped": 0, "still": 0} for step in steps_of(model)}
    lasted = {step: [] for step in counted}
    for step, came, left, following in _stays(model, initiative):
        if step not in counted or (first and came < first):
            continue
        numbers = counted[step]
        numbers["came"] += 1
        if left is None:
            numbers["still"] += 1
            continue
        numbers["stopped" if following == Step.ENDED else "went_on"] += 1
        lasted[step].append(_days(came, left))
    scale = max((numbers["came"] for numbers in counted.values()), default=0)
    return [
        StepFigure(
            step=step,
            now=now.get(step, 0),
            median_days=round(median(lasted[step])) if lasted[step] else None,
            scale=scale,
            **numbers,
        )
        for step, numbers in counted.items()
    ]
