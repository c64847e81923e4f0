"""What has been answered, put together so that it can be shown: one person's, and those of a group."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ..instruments.presenting import Answer, group_of, picture_of
from ..instruments.registry import instrument_of, instruments
from ..questionnaires.models import Moment, Questionnaire, State
from ..questionnaires.series import Asked, answer_counts, paired_scores

_ORDER = {Moment.START: 0, Moment.EXTRA: 1, Moment.END: 2, Moment.FOLLOW_UP: 3}
# Series begin no earlier; used where all years are asked for.
FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Shown:
    """One instrument of one person, within one match or course: what the person knows it as, and its picture."""

    title: str
    belongs: str
    picture: object


def answered_by(person):
    """Return the questionnaires that ``person`` has answered, in the order they were meant."""
    rows = Questionnaire.objects.filter(**{person._meta.model_name: person}, state=State.ANSWERED)
    rows = rows.select_related("text", "match", "enrolment__course")
    return sorted(rows, key=_in_order)


def _in_order(row):
    """The start first, and after it what was due first; as the series of groups has it."""
    return (row.moment != Moment.START, row.due_on, _ORDER[row.moment], row.pk)


def are_readable(rows):
    """Whether the keys to all ``rows`` are there; a picture of half of them would say something wrong."""
    return all(row.is_readable for row in rows)


def shown_of(rows):
    """Return ``[Shown, …]`` of one person's answered questionnaires, those that were answered last first."""
    groups = defaultdict(list)
    for row in rows:
        if instrument_of(row.instrument) is not None:
            groups[row.instrument, row.match_id, row.enrolment_id].append(row)
    several = len({key[1:] for key in groups}) > 1
    found = []
    for members in groups.values():
        answers = [
            Answer(_moment(row.moment), row.answered_on, row.score, is_start=_begins(row, members))
            for row in members
        ]
        picture = picture_of(instrument_of(members[0].instrument), answers)
        last = max(row.answered_on for row in members)
        belongs = _belongs(members[0]) if several else ""
        found.append((last, Shown(members[-1].text.title, belongs, picture)))
    return [shown for __, shown in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _begins(row, members):
    """Whether ``row`` is what the others are compared with; what belongs to no match or course begins with the first."""
    return row.moment == Moment.START or (not row.kind and row is members[0])


def _moment(moment):
    return {
        Moment.START: _("start"),
        Moment.EXTRA: _("in between"),
        Moment.END: _("end"),
        Moment.FOLLOW_UP: _("later"),
    }[moment]


def _belongs(row):
    if row.match_id:
        return (
            _("While you had a volunteer")
            if row.citizen_id
            else _("While you were a volunteer for one person")
        )
    if row.enrolment_id:
        return _("On a group course")
    return _("Besides")


# Groups


@dataclass(frozen=True)
class Group:
    """Those who are looked at together: a course, or what an initiative has of ``kind`` ("match", "course", "")."""

    key: str
    name: str
    initiative_id: int
    kind: str = ""
    course: object = None


def group_pictures(group, since=None, until=None):
    """Return ``[(instrument, GroupPicture), …]`` of every instrument that the ``group`` was asked with."""
    found = []
    for code, instrument in instruments().items():
        if not instrument.is_counted:
            continue
        pairs, asked = _of_course(group, code) if group.course else _of_series(group, code, since, until)
        if asked.asked:
            found.append((instrument, group_of(instrument, pairs, asked)))
    return found


def _of_series(group, code, since, until):
    values = {
        "initiative_ids": [group.initiative_id],
        "instrument": code,
        "since": since or FIRST_DAY,
        "until": until or date.max,
        "kind": group.kind or None,
    }
    return paired_scores(**values), answer_counts(**values)


def _of_course(group, code):
    """Return the pairs and the counts of one course's participants; who has been erased is in the initiative's only."""
    rows = Questionnaire.objects.filter(enrolment__course=group.course, instrument=code)
    people, states = defaultdict(list), []
    for row in rows.exclude(state=State.PLANNED):
        people[row.enrolment_id].append(row)
        states.append(row.state)
    pairs = []
    for members in people.values():
        members.sort(key=_in_order)
        start = next((row for row in members if row.moment == Moment.START and row.score is not None), None)
        later = [row for row in members if row.moment != Moment.START and row.score is not None]
        if start and later:
            pairs.append((start.score, later[-1].score))
    answered, declined = states.count(State.ANSWERED), states.count(State.SKIPPED)
    return pairs, Asked(len(states), answered, len(states) - answered - declined, declined)
