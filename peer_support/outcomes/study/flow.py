"""The way from enquiry to analysis, counted: the boxes of the flow diagram of CONSORT 2010 and 2025 (participant flow).

Every number is counted from the rows of today. ``Flow.sums`` says which numbers add up to which, so that a small one
that is hidden cannot be worked out from its neighbours.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from ...courses.models import Enrolment
from ..questionnaires.models import State as AnswerState
from .allocation import Arm
from .baseline import measures_at_start
from .models import Left, ParticipantState, StudyAsk, StudyParticipant, WhyLeft, WhyNot
from .sight import measures_of, sites_of

HIDDEN_BELOW = 5
P = ParticipantState


@dataclass
class Flow:
    """``counts`` by name; ``sums`` as ``(total, parts)``; ``hidden`` the names of what is not to be shown."""

    counts: dict
    sums: list
    hidden: set = field(default_factory=set)

    def shown(self, name):
        """Return the number ``name``, or ``None`` where it is hidden."""
        return None if name in self.hidden else self.counts.get(name, 0)


def count_flow(study):
    """Return the :class:`Flow` of ``study`` over all its towns. A constant number of queries."""
    people = list(
        StudyParticipant._base_manager.filter(study=study).select_related("allocation").order_by("pk")
    )
    counts, drawn = Counter(), {Arm.PLACE: [], Arm.CONTROL: []}
    ready = _with_baseline(study)
    for one in people:
        counts["asked"] += 1
        if one.arm:
            drawn[one.arm].append(one)
        counts.update(_before_the_draw(one, ready))
    counts["enquired"] = _enquired(study, people)
    counts["not_asked"] = counts["enquired"] - counts["asked"]
    counts["drawn"] = len(drawn[Arm.PLACE]) + len(drawn[Arm.CONTROL])
    counts["consented"] = sum(counts[name] for name in ("gone", "no_baseline", "ready", "drawn"))
    counts["baseline"] = counts["ready"] + counts["drawn"]
    seats, answered = first_seats(study, people), _answered(study)
    for arm, rows in drawn.items():
        for name, number in _arm(arm, rows, study, seats, answered).items():
            counts[f"{arm}_{name}"] = number
    return Flow(dict(counts), _sums())


def _before_the_draw(one, ready):
    if one.state == P.ASKED:
        return ["thinking"]
    if one.state == P.EXCLUDED:
        return ["excluded", f"excluded_{one.excluded_why}"]
    if one.state == P.CONSENTED:
        return [
            "gone" if one.left else "ready" if one.pk in ready or one.paper_baseline_on else "no_baseline"
        ]
    return []


def _with_baseline(study):
    first = {measure.pk for measure in measures_at_start(study)}
    if not first:
        return set()
    rows = StudyAsk._base_manager.filter(measure__in=first, questionnaire__state=AnswerState.ANSWERED)
    answered = Counter(rows.values_list("participant_id", flat=True))
    return {pk for pk, number in answered.items() if number == len(first)}


def _enquired(study, people):
    """Whoever signed up for such a course in the study's towns while it took people in, and whoever was asked.

    Somebody who withdrew with all data may be among those who signed up; nobody can tell any more, so they are not
    counted twice.
    """
    known = {one.citizen_id for one in people if one.citizen_id}
    if study.recruiting_from is None or study.template_id is None:
        return len(people)
    sites = sites_of(study).values("initiative")
    rows = Enrolment._base_manager.filter(course__template=study.template_id, initiative__in=sites)
    rows = rows.filter(citizen__isnull=False, asked_at__date__gte=study.recruiting_from)
    if study.closed_on:
        rows = rows.filter(asked_at__date__lte=study.closed_on)
    return max(len(known.union(rows.values_list("citizen_id", flat=True))), len(people))


def first_seats(study, people):
    """Return ``{citizen: first day with a place}`` in courses of the study's kind."""
    citizens = [one.citizen_id for one in people if one.citizen_id and one.arm]
    rows = Enrolment._base_manager.filter(
        Q(enrolled_on__isnull=False), course__template=study.template_id, citizen__in=citizens
    )
    found = {}
    for citizen, day in rows.order_by("-enrolled_on").values_list("citizen_id", "enrolled_on"):
        found[citizen] = day
    return found


def _answered(study):
    """Return the participants who are in the analysis: the one measurement that answers the question, answered.

    ``None`` where the study measures with no instrument: then everybody is who has not withdrawn with all data.
    """
    main = next((measure.pk for measure in measures_of(study) if measure.is_primary), None)
    if main is None:
        return None
    rows = StudyAsk._base_manager.filter(measure=main, questionnaire__state=AnswerState.ANSWERED)
    return set(rows.values_list("participant_id", flat=True))


def _arm(arm, rows, study, seats, answered):
    counts = Counter(drawn=len(rows))
    for one in rows:
        day = seats.get(one.citizen_id)
        if arm is Arm.PLACE:
            counts["received" if day else "not_received"] += 1
        else:
            until = timezone.localdate(one.allocation.at) + timedelta(weeks=study.control_weeks)
            counts["not_received" if day and day < until else "received"] += 1
        if one.left:
            counts["lost"] += 1
            counts[f"lost_{one.left}"] += 1
            counts[f"why_{one.left_why}"] += 1
        else:
            counts["stayed"] += 1
        in_it = one.left != Left.EVERYTHING if answered is None else one.pk in answered
        counts["analysed" if in_it else "not_analysed"] += 1
    return counts


def _sums():
    sums = [
        ("enquired", ["not_asked", "asked"]),
        ("asked", ["thinking", "excluded", "consented"]),
        ("excluded", [f"excluded_{why.value}" for why in WhyNot]),
        ("consented", ["gone", "no_baseline", "baseline"]),
        ("consented", ["gone", "no_baseline", "ready", "drawn"]),
        ("baseline", ["ready", "drawn"]),
        ("drawn", [f"{arm}_drawn" for arm in Arm]),
    ]
    for arm in Arm:
        drawn = f"{arm}_drawn"
        sums += [
            (drawn, [f"{arm}_received", f"{arm}_not_received"]),
            (drawn, [f"{arm}_stayed", f"{arm}_lost"]),
            (drawn, [f"{arm}_analysed", f"{arm}_not_analysed"]),
            (f"{arm}_lost", [f"{arm}_lost_{left.value}" for left in Left if left]),
            (f"{arm}_lost", [f"{arm}_why_{why.value}" for why in WhyLeft]),
        ]
    return sums


def hide_small(flow):
    """Hide what is more than none and fewer than five, and whatever would give it away by a subtraction.

    Where one number alone is hidden in a sum, the smallest of its neighbours goes with it, until no sum has a single
    gap. Returns ``flow``.
    """
    counts = flow.counts
    flow.hidden = {name for name, number in counts.items() if 0 < number < HIDDEN_BELOW}
    changed = True
    while changed:
        changed = False
        for total, parts in flow.sums:
            members = [name for name in (total, *parts) if name in counts]
            gaps = [name for name in members if name in flow.hidden]
            if len(gaps) == 1:
                others = sorted(
                    (name for name in members if name not in flow.hidden and counts[name]),
                    key=lambda name: (name == total, counts[name]),
                )
                if others:
                    flow.hidden.add(others[0])
                    changed = True
    return flow
