"""The rules of the review list: what is worth a question. Each says what was done, and what is usual."""

from collections import defaultdict
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..conf import peer_settings
from ..privacy.access_log import CHOICE
from ..privacy.blind_index import SHORTEST_PREFIX, normalise, query_tokens
from .cases import KINDS
from .review import OPENED, Action, Finding, register_review_rule

HOUR = timedelta(hours=1)
# Far above one's own usual, also where it is no large number: so many times the median, and at least so many records.
TIMES_USUAL, LEAST = 4, 20
# With fewer hours at work behind somebody there is no usual.
HOURS_OF_HABIT = 10
# Lists show fifty at a time: somebody who leafs through everything shows itself at another number.
LIST_TIMES = 4


def _day(day):
    return date_format(day, "j. F")


def _clock(at):
    return time_format(timezone.localtime(at), "H.i")


def _by(rows, *names):
    found = defaultdict(list)
    for row in rows:
        found[tuple(getattr(row, name) for name in names)].append(row)
    return found


def busiest_hour(rows):
    """Return ``(records, first row, last row)`` of the sixty minutes with the most different records; rows by time."""
    best, first, inside = (0, None, None), 0, defaultdict(int)
    for row in rows:
        inside[row.record] += 1
        while row.at - rows[first].at > HOUR:
            inside[rows[first].record] -= 1
            if not inside[rows[first].record]:
                del inside[rows[first].record]
            first += 1
        if len(inside) > best[0]:
            best = (len(inside), rows[first], row)
    return best


@register_review_rule("elsewhere", title=gettext_lazy("Another initiative’s records"), order=10)
def asked_elsewhere(week):
    """Somebody asked for a record of another initiative. They were told that there is no such record."""
    findings = []
    for (user, day), rows in _by(week.attempts, "user", "day").items():
        values = {"who": week.names[user], "day": _day(day)}
        for initiative in week.initiative_ids:
            ours = [row for row in rows if row.initiative == initiative]
            if ours:
                text = ngettext(
                    "%(who)s, who may not, asked for %(count)d of your records on %(day)s. They did not see it.",
                    "%(who)s, who may not, asked for %(count)d of your records on %(day)s. They did not see them.",
                    len({row.record for row in ours}),
                )
                records = frozenset(row.record for row in ours)
                said = text % {**values, "count": len(records)}
                findings.append(Finding("elsewhere", initiative, user, day, len(ours), said, records, "ours"))
            others = [row for row in rows if row.initiative != initiative]
            if others and user in week.colleagues[initiative]:
                text = ngettext(
                    "%(who)s asked for %(count)d record of another initiative on %(day)s. They did not see it.",
                    "%(who)s asked for %(count)d records of another initiative on %(day)s. They did not see them.",
                    len({row.record for row in others}),
                )
                said = text % {**values, "count": len({row.record for row in others})}
                findings.append(Finding("elsewhere", initiative, user, day, len(others), said, mark="others"))
    return findings


@register_review_rule("own_name", title=gettext_lazy("Same last name"), order=20)
def same_last_name(week):
    """A colleague opened somebody with the colleague's own last name. Compared through the index of names."""
    tokens = {}
    for user, last_name in week.last_names.items():
        words = [word for word in normalise(last_name) if len(word) >= SHORTEST_PREFIX]
        tokens[user] = [f" {token} " for word in words for token in query_tokens(word)]
    opened = [row for row in week.rows if row.action in OPENED and tokens.get(row.user)]
    people = {who for row in opened for who in week.people.get(row.record, ())}
    index = {}
    for model in KINDS:
        keys = [key for kind, key in people if kind is model]
        rows = model._base_manager.filter(pk__in=keys, initiative_id__in=week.initiative_ids)
        index |= {(model, pk): text for pk, text in rows.values_list("pk", "name_index")}
    findings = []
    for (initiative, user, day), rows in _by(opened, "initiative", "user", "day").items():
        # Somebody's own record, and not a match whose other side has the name.
        records = {row.record for row in rows if _only_about(week, row, index, tokens[user])}
        if records:
            who = {one for record in records for one in week.people[record]}
            text = ngettext(
                "%(who)s opened a record on %(day)s whose last name may be their own.",
                "%(who)s opened the records of %(count)d people on %(day)s whose last name may be their own.",
                len(who),
            )
            said = text % {"who": week.names[user], "day": _day(day), "count": len(who)}
            findings.append(
                Finding("own_name", initiative, user, day, len(records), said, frozenset(records))
            )
    return findings


def _only_about(week, row, index, tokens):
    people = week.people.get(row.record, set())
    return bool(people) and all(any(token in (index.get(who) or "") for token in tokens) for who in people)


@register_review_rule("many", title=gettext_lazy("Many records in an hour"), order=30)
def many_in_an_hour(week):
    """More records in an hour than one works with; or far more than the colleague's own usual."""
    limit = peer_settings.REVIEW_RECORDS_AN_HOUR
    findings = []
    opened = [row for row in week.rows if row.action in OPENED and row.action != Action.EXPORT]
    for (initiative, user, day), rows in _by(opened, "initiative", "user", "day").items():
        count, first, last = busiest_hour(rows)
        usual, busiest, hours = week.habits.get((initiative, user), (0, 0, 0))
        known = hours >= HOURS_OF_HABIT
        if count <= limit and not (known and count >= LEAST and count > TIMES_USUAL * usual):
            continue
        values = {
            "who": week.names[user],
            "count": count,
            "day": _day(day),
            "from": _clock(first.at),
            "until": _clock(last.at),
            "usual": round(usual),
            "busiest": busiest,
        }
        said = _("%(who)s opened %(count)d records on %(day)s, from %(from)s to %(until)s.") % values
        if known:
            said += " " + _("Usually it is %(usual)d in an hour, and %(busiest)d at the most.") % values
        records = frozenset(row.record for row in rows if first.at <= row.at <= last.at)
        findings.append(Finding("many", initiative, user, day, count, said, records))
    return findings


@register_review_rule("leafing", title=gettext_lazy("Leafing through lists"), order=40)
def leafing_through(week):
    """So many records in lists within an hour that somebody has gone through them all.

    A list to choose from shows everybody in one go, to each who adds somebody to a course: it stands in the log, but
    a line that comes every day is one that nobody reads.
    """
    limit = LIST_TIMES * peer_settings.REVIEW_RECORDS_AN_HOUR
    findings = []
    listed = [row for row in week.rows if row.action == Action.LIST and not row.route.endswith(CHOICE)]
    for (initiative, user, day), rows in _by(listed, "initiative", "user", "day").items():
        count, first, last = busiest_hour(rows)
        if count > limit:
            values = {"who": week.names[user], "count": count, "day": _day(day)}
            values |= {"from": _clock(first.at), "until": _clock(last.at)}
            said = _(
                "%(who)s went through lists with %(count)d records on %(day)s, from %(from)s to %(until)s."
            )
            findings.append(Finding("leafing", initiative, user, day, count, said % values))
    return findings


@register_review_rule("export", title=gettext_lazy("Taken out of the house"), order=50)
def taken_out(week):
    """Every list or file that a colleague has taken out."""
    exported = [row for row in week.rows if row.action == Action.EXPORT]
    findings = []
    for (initiative, user, route), rows in _by(exported, "initiative", "user", "route").items():
        for act in _acts(rows):
            count = len({row.record for row in act})
            text = ngettext(
                "%(who)s took %(count)d record out as a file on %(day)s at %(from)s.",
                "%(who)s took %(count)d records out as a file on %(day)s at %(from)s.",
                count,
            )
            at = act[0].at
            values = {"who": week.names[user], "count": count, "day": _day(act[0].day), "from": _clock(at)}
            records = frozenset(row.record for row in act)
            mark = f"{route} {at.isoformat()}"
            findings.append(
                Finding("export", initiative, user, act[0].day, count, text % values, records, mark)
            )
    return findings


def _acts(rows, gap=timedelta(seconds=2)):
    """Divide rows of one screen into what was done at a time: the rows of one file are written at once."""
    acts = []
    for row in rows:
        if acts and row.at - acts[-1][-1].at <= gap:
            acts[-1].append(row)
        else:
            acts.append([row])
    return acts


@register_review_rule("night", title=gettext_lazy("At night"), order=60)
def at_night(week):
    """Records that were opened while the house sleeps."""
    first, until = peer_settings.REVIEW_NIGHT
    if first == until:
        return []
    opened = [row for row in week.rows if row.action in OPENED and _is_night(row.at, first, until)]
    findings = []
    for (initiative, user, day), rows in _by(opened, "initiative", "user", "day").items():
        records = frozenset(row.record for row in rows)
        text = ngettext(
            "%(who)s opened %(count)d record at night: %(day)s, from %(from)s to %(until)s.",
            "%(who)s opened %(count)d records at night: %(day)s, from %(from)s to %(until)s.",
            len(records),
        )
        values = {"who": week.names[user], "count": len(records), "day": _day(day)}
        values |= {"from": _clock(rows[0].at), "until": _clock(rows[-1].at)}
        findings.append(Finding("night", initiative, user, day, len(records), text % values, records))
    return findings


def _is_night(at, first, until):
    hour = timezone.localtime(at).hour
    return hour >= first or hour < until if first > until else first <= hour < until
