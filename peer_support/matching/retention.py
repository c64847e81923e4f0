"""Whom this room holds on to, and what it forgets about matches that are over."""

from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..people.models import Conversation
from ..people.personal_data import CITIZEN, VOLUNTEER
from ..privacy.forgetting import register_words_rule
from ..privacy.retention import register_reason_to_keep
from .models_match import OPEN_STATES, Match, MatchEvent, State

MONTHS_AFTER_MATCH = 6


def _needed(link, people, before):
    """Those with a proposal or a match, and those whose match ended since ``before``."""
    kept = Match.objects.filter(Q(state__in=OPEN_STATES) | Q(ended_on__gte=before.date()))
    return Q(pk__in=kept.values(link))


register_reason_to_keep(CITIZEN, partial(_needed, "citizen"))
register_reason_to_keep(VOLUNTEER, partial(_needed, "volunteer"))


def matches_over(before):
    """Return the matches that were over before that moment: ended, or said no to, or taken back."""
    lately = MatchEvent.objects.filter(at__gte=before).values("match")
    never = Match.objects.filter(state__in=(State.DECLINED, State.WITHDRAWN), proposed_at__lt=before)
    return Match.objects.filter(
        Q(state=State.ENDED, ended_on__lt=before.date()) | Q(pk__in=never.exclude(pk__in=lately).values("pk"))
    )


def _talks_of_pairs(before):
    """Conversations from before that moment with people whose last match was over by then, and who have no new one."""
    found = Q()
    for side in ("citizen", "volunteer"):
        over = Match.objects.filter(state=State.ENDED, ended_on__lt=before.date()).values(side)
        busy = Match.objects.filter(Q(state__in=OPEN_STATES) | Q(ended_on__gte=before.date())).values(side)
        found |= Q(**{f"{side}__in": over}) & ~Q(**{f"{side}__in": busy})
    return Conversation.objects.filter(found, held_on__lt=before.date())


register_words_rule(
    "match_words",
    label=_("What was written about a match that is over"),
    months=MONTHS_AFTER_MATCH,
    why=_("The match is over. That there was one, for how long and why it ended, stays for the numbers."),
    find=matches_over,
)
register_words_rule(
    "conversation_words_match",
    label=_("What was said in conversations, when the last match is over"),
    months=MONTHS_AFTER_MATCH,
    why=_("It was for the match. That there was a conversation, and when, stays."),
    find=_talks_of_pairs,
)
