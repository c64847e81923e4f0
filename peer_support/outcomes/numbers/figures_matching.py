"""Figures about matches and how they ended."""

from django.utils.translation import gettext_lazy as _

from ...matching.models_match import EndingReason, State
from . import sources_matching as matches
from .behind import define, define_parts, on_the, picking, with_days
from .counting import Counting, longest, middle, on_last_day, on_some_day
from .registry import DAYS, TIMES

_since = on_the(_("Began on %(day)s."))
define(
    "proposals",
    "matches",
    _("Proposals"),
    _("Proposals of a match that were made in the period, whatever came of them."),
    TIMES,
    Counting(matches.proposals),
    on_the(_("Proposed on %(day)s.")),
)
_closed = Counting(matches.closed_proposals)
_whole = define(
    "proposals_closed",
    "matches",
    _("Proposals that came to nothing"),
    _(
        "Proposals that were closed in the period without a match: one said no, or the proposal was withdrawn."
    ),
    TIMES,
    _closed,
    on_the(_("Closed on %(day)s.")),
)
define_parts(
    _whole,
    {
        "proposals_declined": (
            _("One of them said no"),
            _("The citizen or the volunteer said no, to the proposal or after the first meeting."),
            picking(_closed, lambda item: item.fact == State.DECLINED),
            on_the(_("One of them said no on %(day)s.")),
        ),
        "proposals_withdrawn": (
            _("Withdrawn"),
            _("The coordinator withdrew the proposal before the match began."),
            picking(_closed, lambda item: item.fact == State.WITHDRAWN),
            on_the(_("Withdrawn on %(day)s.")),
        ),
    },
)
define(
    "matches_started",
    "matches",
    _("Matches that began"),
    _("Matches that began in the period: both said yes after the first meeting, and an agreement was made."),
    TIMES,
    Counting(matches.starts),
    _since,
)
define(
    "matches_active",
    "matches",
    _("Matches on the last day"),
    _(
        "Matches that go on, on the last day of the period, or today if the period is not over. One on pause counts too. "
        "One that ends that day does not."
    ),
    TIMES,
    Counting(matches.running, on_last_day),
    _since,
    additive=False,
)
define(
    "matches_any",
    "matches",
    _("Matches in the period"),
    _("Matches that went on for one day of the period or more. Each counts once."),
    TIMES,
    Counting(matches.running, on_some_day),
    _since,
    additive=False,
)

# Endings

_endings = Counting(matches.endings)
_ended = on_the(_("Ended on %(day)s."))
_whole = define(
    "endings",
    "endings",
    _("Matches that ended"),
    _("Matches that had begun, and ended in the period."),
    TIMES,
    _endings,
    _ended,
)


def _by(who):
    return picking(_endings, lambda item: item.fact[0] == who)


_ENDERS = {
    "citizen": (_("Ended by the citizen"), _("Matches of which it is written that the citizen ended them.")),
    "volunteer": (
        _("Ended by the volunteer"),
        _("Matches of which it is written that the volunteer ended them."),
    ),
    "both": (_("Ended by both"), _("Matches of which it is written that the two ended them together.")),
    "coordinator": (
        _("Ended by the coordinator"),
        _("Matches of which it is written that the coordinator ended them."),
    ),
    "": (_("Ended, by whom is not written"), _("Matches that ended without a note of who ended them.")),
}
define_parts(
    _whole,
    {f"endings_by_{who or 'nobody'}": (*texts, _by(who), _ended) for who, texts in _ENDERS.items()},
)


def _because(reason):
    return picking(_endings, lambda item: reason in item.fact[1])


_REASON = _(
    "Matches of which this is written as a reason. A match can have several reasons, and counts at each of them."
)
define_parts(
    _whole,
    {
        f"endings_reason_{reason.value}": (reason.label, _REASON, _because(reason.value), _ended)
        for reason in EndingReason
    },
    sums_up=False,
)
_lasted = with_days(_("Ended on %(day)s, after %(days)s days."))
define(
    "length_median",
    "endings",
    _("How long they lasted, half of them"),
    _(
        "Of the matches that ended in the period: half of them lasted so many days or fewer, pauses among them."
    ),
    DAYS,
    Counting(matches.lengths, put_together=middle),
    _lasted,
    additive=False,
)
define(
    "length_longest",
    "endings",
    _("How long they lasted, the longest"),
    _("The longest of the matches that ended in the period, in days, pauses among them."),
    DAYS,
    Counting(matches.lengths, put_together=longest),
    _lasted,
    additive=False,
)
