"""Figures about enquiries, conversations and waiting."""

from django.utils.translation import gettext_lazy as _

from ...people.models import Citizen
from ...people.models_conversation_kind import Kind
from . import sources_people as people
from .behind import define, define_parts, on_the, picking, with_days
from .counting import (
    VOLUNTEER,
    Counting,
    different,
    longest,
    middle,
    on_last_day,
    on_some_day,
    waited_by_last_day,
)
from .registry import DAYS, PEOPLE, TIMES

CameBy = Citizen.CameBy

# Enquiries

_enquiries = Counting(people.enquiries)
_asked = on_the(_("First contact on %(day)s."))
_whole = define(
    "enquiries",
    "enquiries",
    _("Enquiries"),
    _(
        "Citizens and volunteers whose first contact lies in the period. Each person counts once, also if they were "
        "erased since, or came to nothing."
    ),
    PEOPLE,
    _enquiries,
    _asked,
)


def _came_by(*codes):
    return picking(_enquiries, lambda item: item.fact in codes)


define_parts(
    _whole,
    {
        "enquiries_self": (
            _("Citizens who came by themselves"),
            _("Citizens who made the first contact themselves."),
            _came_by(CameBy.SELF),
            _asked,
        ),
        "enquiries_professional": (
            _("Citizens through a professional"),
            _("Citizens for whom a professional made the first contact, with the citizen's consent."),
            _came_by(CameBy.PROFESSIONAL),
            _asked,
        ),
        "enquiries_relative": (
            _("Citizens through a relative"),
            _("Citizens for whom a relative made the first contact, with the citizen's consent."),
            _came_by(CameBy.RELATIVE),
            _asked,
        ),
        "enquiries_volunteers": (
            _("Volunteers who enquired"),
            _("People who made the first contact because they would like to be volunteers."),
            _came_by(VOLUNTEER),
            _asked,
        ),
    },
)
define(
    "came_back",
    "enquiries",
    _("Came back"),
    _("Times somebody whose record was closed came back and began again with a conversation."),
    TIMES,
    Counting(people.returns),
    on_the(_("Came back on %(day)s.")),
)

# Conversations

_conversations = Counting(people.conversations)
_talked = on_the(_("Conversation on %(day)s."))
_whole = define(
    "conversations",
    "enquiries",
    _("Conversations"),
    _("Conversations that were held in the period and written down, with citizens and with volunteers."),
    TIMES,
    _conversations,
    _talked,
)


def _kind(kind):
    return picking(_conversations, lambda item: item.fact == kind)


define_parts(
    _whole,
    {
        "conversations_initial": (
            _("Initial conversations"),
            _("The first talk with a person, before they are on the waiting list or approved."),
            _kind(Kind.INITIAL),
            _talked,
        ),
        "conversations_follow_up": (
            _("Follow-up conversations"),
            _("Talks about how it goes, with those who are on the way or in a match."),
            _kind(Kind.FOLLOW_UP),
            _talked,
        ),
        "conversations_closing": (
            _("Closing conversations"),
            _("Talks when a match or a person's time with us ends."),
            _kind(Kind.CLOSING),
            _talked,
        ),
    },
)

# Waiting

define(
    "listed",
    "waiting",
    _("Came onto the waiting list"),
    _("Times a citizen came onto the list to wait for a match, or came onto it again."),
    TIMES,
    Counting(people.listings),
    on_the(_("Came onto the list on %(day)s.")),
)
define(
    "waiting",
    "waiting",
    _("Wait on the last day"),
    _(
        "Citizens who wait for a match on the last day of the period, or today if the period is not over. Somebody who "
        "has a break while waiting still waits."
    ),
    PEOPLE,
    Counting(people.waits, on_last_day, different),
    on_the(_("Waits since %(day)s.")),
    additive=False,
)
define(
    "waiting_median",
    "waiting",
    _("How long they have waited, half of them"),
    _("Of those who wait on the last day: half of them have waited so many days or fewer."),
    DAYS,
    Counting(people.waits, waited_by_last_day, middle),
    with_days(_("Waits since %(day)s: %(days)s days.")),
    additive=False,
)
define(
    "waiting_longest",
    "waiting",
    _("How long they have waited, the longest"),
    _("The one who has waited longest on the last day, in days."),
    DAYS,
    Counting(people.waits, waited_by_last_day, longest),
    with_days(_("Waits since %(day)s: %(days)s days.")),
    additive=False,
)
_matched = with_days(_("The match began on %(day)s, after %(days)s days."))
define(
    "wait_median",
    "waiting",
    _("Days until a match, half of them"),
    _(
        "Of the matches that began in the period: half of the citizens had waited so many days or fewer since they came "
        "onto the list, or came onto it again."
    ),
    DAYS,
    Counting(people.waits_over, put_together=middle),
    _matched,
    additive=False,
)
define(
    "wait_longest",
    "waiting",
    _("Days until a match, the longest"),
    _("The longest wait of those whose match began in the period, in days."),
    DAYS,
    Counting(people.waits_over, put_together=longest),
    _matched,
    additive=False,
)
define(
    "waited",
    "waiting",
    _("Have waited in the period"),
    _("Citizens who waited for a match on one day of the period or more. Each counts once."),
    PEOPLE,
    Counting(people.waits, on_some_day, different),
    on_the(_("On the list since %(day)s.")),
    additive=False,
)
