"""One citizen's volunteers: who fits, who is not possible and why, and what small change would help."""

from collections import defaultdict
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from ..people.models import Citizen, Volunteer
from ..people.rules import missing_for_a_match
from . import adapter_shortlist as shortlists
from . import sentences, sentences_lack
from .engine import rank
from .models_match import OPEN_STATES, Match
from .presenting_parts import Teller, people_by_id
from .presenting_types import Change, ImpossibleGroup, RankingView

SHOWN_IN_A_GROUP = 100
CHANGES_SHOWN = 6
# How much further than said is still a small change, in metres.
A_LITTLE_FURTHER = 15_000


def ranking_for(citizen, policy=None, limit=None):
    """Return the :class:`RankingView` of ``citizen``, with all candidates or the ``limit`` best.

    ``policy`` defaults to the initiative's current one. The citizen's own pause does not empty the list; it is what
    ``blocked`` says. A constant number of queries.
    """
    day = timezone.localdate()
    table = shortlists.shortlist(citizen.pk, policy=policy, day=day)
    ranking = rank(table.requests, table.offers, table.settings, table.excluded)
    best = ranking.possible[:limit]
    everybody = shortlists.everybody(citizen.pk, table, day)
    all_of_them = rank(everybody.requests, everybody.offers, everybody.settings, everybody.excluded)
    groups = _groups(all_of_them.impossible)
    shown = [pk for __, ids in groups for pk in ids[:SHOWN_IN_A_GROUP]]
    volunteers = people_by_id(Volunteer, [one.offer_id for one in best] + shown)
    teller = Teller(table, table.settings.total)
    return RankingView(
        citizen=citizen,
        missing=[str(label) for label in missing_for_a_match(citizen)],
        candidates=[
            teller.candidate(citizen.pk, volunteers[one.offer_id], one.parts)
            for one in best
            if one.offer_id in volunteers
        ],
        impossible=[
            ImpossibleGroup(
                code=code,
                sentence=sentences_lack.impossible(code, len(ids)),
                volunteers=[volunteers[pk] for pk in ids[:SHOWN_IN_A_GROUP] if pk in volunteers],
                count=len(ids),
            )
            for code, ids in groups
        ],
        changes=changes_of(all_of_them.changes, teller.words.languages),
        impossible_summary=_summary(len(all_of_them.impossible)),
        blocked=_blocked(citizen, day),
        possible_count=len(ranking.possible),
    )


def _groups(impossible):
    """[(code of the first rule that stops them, ids)], the largest group first."""
    found = defaultdict(list)
    for one in impossible:
        found[one.first].append(one.offer_id)
    return sorted(found.items(), key=lambda group: (-len(group[1]), group[0]))


def _summary(count):
    if not count:
        return ""
    return ngettext(
        "%(count)s volunteer is not possible now", "%(count)s volunteers are not possible now", count
    ) % {"count": count}


def _blocked(citizen, day):
    match = Match.objects.filter(citizen=citizen.pk, state__in=OPEN_STATES).first()
    names = {"citizen": citizen}
    if match:
        return gettext("%(citizen)s already has a proposal or a match (match %(number)s).") % {
            **names,
            "number": match.number,
        }
    if citizen.status == Citizen.Status.ENDED:
        return gettext("%(citizen)s has ended.") % names
    if citizen.status != Citizen.Status.WAITING:
        return gettext("%(citizen)s is not on the waiting list.") % names
    if citizen.is_paused(day):
        return sentences.rule_for_pair("pause_citizen", citizen, "")
    return ""


def changes_of(changes, languages, most=CHANGES_SHOWN):
    """The small changes that are worth saying: what the citizen can change first, then what volunteers can.

    Of the distances, the nearest that helps at all, and the one that helps most without being far more.
    """
    found = []
    ordered = sorted(changes, key=lambda one: (one.side != "request", one.rule))
    for (rule, side), group in groupby(ordered, key=lambda one: (one.rule, one.side)):
        group = list(group)
        if (rule, side) == ("distance", "request"):
            group = _distances(group)
        for one in group:
            sentence = sentences_lack.change(rule, side, one.facts, len(one.opens), languages)
            if sentence:
                found.append((side != "request", -len(one.opens), Change(rule, sentence, len(one.opens))))
    return [one for *__, one in sorted(found, key=lambda one: one[:2])[:most]]


def _distances(changes):
    steps = sorted(changes, key=lambda one: one.facts["to"])
    near = [one for one in steps if one.facts["to"] - one.facts["from"] <= A_LITTLE_FURTHER]
    return [steps[0]] if len(near) < 2 else [near[0], near[-1]]
