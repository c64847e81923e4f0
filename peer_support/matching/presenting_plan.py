"""Plans for all who wait, and what differs between two of them."""

from django.utils.translation import gettext

from ..directory.models import Postcode
from ..people.models import Citizen, Volunteer
from . import adapter, sentences_lack
from .engine import compare, plan
from .models_policy import Aim, MatchingPolicy, MatchRun
from .presenting_parts import Teller, people_by_id
from .presenting_ranking import changes_of
from .presenting_types import DifferenceRow, PlanRow, PlanView
from .sentences import named

# Each price is the plan solved again: a few milliseconds for a centre, too much for all of a country's.
PRICES_SHOWN = 200
CHANGES_SHOWN = 3


def plans_for(initiative, policy=None):
    """Return ``{aim: PlanView}`` with both aims for all who wait in ``initiative``, the policy's own aim first.

    ``policy`` may be an unsaved :class:`MatchingPolicy` (weights being tried). Pairs of the last saved plan get the
    policy's points for staying. The same people give the same plan, whatever the order of the rows.
    """
    policy = policy or MatchingPolicy.current(initiative)
    table = adapter.load(initiative.pk, policy=policy)
    last = MatchRun.objects.filter(initiative=initiative).order_by("-made_at", "-pk").first()
    previous = adapter.run_pairs(last) if last else ()
    aims = sorted(Aim.values, key=lambda aim: aim != policy.aim)
    plans = {
        aim: plan(table.requests, table.offers, adapter.aimed(table.settings, aim), table.excluded, previous)
        for aim in aims
    }
    writer = _Writer(table, plans.values())
    return {aim: writer.view(found) for aim, found in plans.items()}


class _Writer:
    """Writes the views of several plans for the same people; names are read once for all of them."""

    def __init__(self, table, plans):
        self.table = table
        self.teller = Teller(table, table.settings.total)
        named = {pk for one in plans for pair in one.pairs for pk in (pair.offer_id, pair.first_offer_id)}
        self.volunteers = people_by_id(Volunteer, named)
        self.citizens = people_by_id(Citizen, table.requests.ids.tolist())
        self.days = dict(zip(table.requests.ids.tolist(), table.requests.waiting_days.tolist(), strict=True))
        self._postcodes = None

    def view(self, found):
        prices = iter(range(PRICES_SHOWN))
        pairs = sorted(found.pairs, key=lambda pair: self._place(pair.request_id))
        rows = [self._matched(found, pair, prices) for pair in pairs]
        crowds = found.crowds()
        shared = {pk: self._crowd(crowd) for crowd in crowds for pk in crowd.unmatched}
        unmatched = [self._unmatched(found, pk, shared) for pk in sorted(found.unmatched, key=self._place)]
        percents = [row.candidate.percent for row in rows]
        return PlanView(
            aim=found.settings.aim,
            rows=rows,
            unmatched=unmatched,
            count=len(rows),
            mean_percent=round(sum(percents) / len(percents)) if percents else 0,
            longest_wait_days_matched=max((self.days[row.citizen.pk] for row in rows), default=0),
            crowded=[self._crowd(crowd) for crowd in crowds],
            plan=found,
        )

    def _place(self, pk):
        """The longest wait first."""
        return -self.days[pk], self.citizens[pk].number

    def _matched(self, found, pair, prices):
        sentence, cost = gettext("First choice."), None
        if not pair.first_choice:
            sentence, cost = self._other_choice(found, pair, next(prices, None) is not None)
        parts = found.parts(pair.request_id, pair.offer_id)
        volunteer = self.volunteers[pair.offer_id]
        return PlanRow(
            citizen=self.citizens[pair.request_id],
            volunteer=volunteer,
            candidate=self.teller.candidate(pair.request_id, volunteer, parts),
            first_choice=pair.first_choice,
            sentence=sentence,
            cost=cost,
            reasons=[],
            first=None if pair.first_choice else self.volunteers[pair.first_offer_id],
        )

    def _other_choice(self, found, pair, priced):
        first = named(self.volunteers[pair.first_offer_id])
        holders = [
            named(self.citizens[one.request_id]) for one in found.pairs if one.offer_id == pair.first_offer_id
        ]
        if not priced:
            return sentences_lack.other_choice(first, holders, None, None), None
        forced = found.forced_cost(pair.request_id, pair.first_offer_id)
        return sentences_lack.other_choice(first, holders, forced.people, forced.total), forced.total

    def _unmatched(self, found, pk, shared):
        sentence, reasons = self._why(found, pk, shared)
        return PlanRow(
            citizen=self.citizens[pk],
            volunteer=None,
            candidate=None,
            first_choice=False,
            sentence=sentence,
            cost=None,
            reasons=reasons,
        )

    def _why(self, found, pk, shared):
        row = found.problem.requests.row_of(pk)
        if found.problem.requests.paused[row]:
            return gettext("On pause; keeps the place in the queue."), []
        if pk in shared:
            return gettext("No place in this plan."), [shared[pk]]
        if found.problem.first_edge(row) >= 0:
            return gettext("No place in this plan."), [
                gettext("A match is possible, but then the matches as a whole would fit less well.")
            ]
        if not len(self.table.offers):
            return gettext("No volunteer is possible now."), [gettext("No volunteer is approved yet.")]
        why = found.explain(pk)
        if why.kind == "below_threshold":
            return gettext("No place in this plan."), [
                gettext("Nobody fits at least %(least)s %%. The other aim takes weaker matches too.")
                % {"least": adapter.BEST_FIT_LEAST}
            ]
        groups = sorted(why.first_failing.items(), key=lambda group: (-group[1], group[0]))
        reasons = [sentences_lack.impossible(code, count) for code, count in groups]
        changes = changes_of(why.changes, self.teller.words.languages, CHANGES_SHOWN)
        return gettext("No volunteer is possible now."), reasons + [one.sentence for one in changes]

    def _crowd(self, crowd):
        requests = self.table.requests
        at = [requests.row_of(pk) for pk in crowd.requests]
        known = [(requests.x[i], requests.y[i]) for i in at if requests.x[i] == requests.x[i]]
        place = ""
        if known:
            middle = [sum(values) / len(known) for values in zip(*known, strict=True)]
            place = sentences_lack.around(*middle, self.postcodes)
        times = sentences_lack.usual_times([requests.availability[i] for i in at])
        return sentences_lack.crowd(len(crowd.requests), crowd.places, place, times)

    @property
    def postcodes(self):
        if self._postcodes is None:
            self._postcodes = list(Postcode.objects.order_by("number").values_list("place", "x", "y"))
        return self._postcodes


def differences(a, b):
    """Return a :class:`DifferenceRow` for everybody to whom plan view ``b`` gives something else than ``a``.

    Those who gain come first, then those who lose, then those who get another volunteer who fits as well.
    """
    found = compare(a.plan, b.plan)
    rows = [{row.citizen.pk: row for row in (*view.rows, *view.unmatched)} for view in (a, b)]
    kinds = (("gains", found.gains), ("loses", found.loses), ("moves", found.moved))
    return [
        DifferenceRow(
            citizen=rows[1][one.request_id].citizen,
            kind=kind,
            sentence=_difference(rows[0][one.request_id], rows[1][one.request_id]),
        )
        for kind, group in kinds
        for one in group
        if one.request_id in rows[0] and one.request_id in rows[1]
    ]


def _difference(before, after):
    was, now = (named(row.volunteer) if row.volunteer else None for row in (before, after))
    values = {"citizen": named(after.citizen), "was": was, "now": now}
    if before.volunteer is None:
        values["percent"] = after.candidate.percent
        return gettext("%(citizen)s gets %(now)s, who fits %(percent)s %%, instead of nobody.") % values
    values["percent_was"] = before.candidate.percent
    if after.volunteer is None:
        return gettext("%(citizen)s gets nobody instead of %(was)s, who fits %(percent_was)s %%.") % values
    values["percent"] = after.candidate.percent
    return (
        gettext(
            "%(citizen)s gets %(now)s instead of %(was)s: "
            "the fit is %(percent)s %% instead of %(percent_was)s %%."
        )
        % values
    )
