"""A change in words, in a table and as a drawing; all three say the same numbers.

Knows no questionnaire: whoever shows a change hands over what was answered, as :class:`Answer`, or the pairs of a group.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .change import BETTER, FEWEST, NO_CLEAR_CHANGE, UNKNOWN, Change, Paired, change, paired
from .drawing import MOST_POINTS, Drawing, draw_group, draw_person


@dataclass(frozen=True)
class Answer:
    """One time somebody answered: ``moment`` in words, the day, and the score, or ``None`` where it has no number.

    ``is_start``: it is what later ones are compared with.
    """

    moment: str
    on: object
    score: object
    is_start: bool = False


@dataclass(frozen=True)
class ChangePicture:
    """What a page or a sheet shows of one person and one instrument."""

    instrument: object
    rows: tuple  # of (moment, day, number or words, whether it is a number)
    change: Change
    drawing: Drawing
    sentence: str
    scale: str
    limit: str
    source: str
    description: str

    @property
    def has_two(self):
        return self.change.kind != UNKNOWN


@dataclass(frozen=True)
class GroupPicture:
    """What a page or a report shows of a group and one instrument. Where ``hidden``, it holds no number at all."""

    instrument: object
    hidden: bool
    sentence: str
    scale: str
    limit: str = ""
    n: int | None = None
    rows: tuple = ()  # of (label, mean, spread)
    counts: tuple = ()  # of (label, how many)
    counts_note: str = ""
    asked: tuple = ()  # of (label, how many)
    drawing: Drawing = Drawing()
    description: str = ""


def _rounded(value, decimals):
    """Round half up, as people do; Django's own formatting cuts off."""
    value = Decimal(value)
    if decimals is None:
        decimals = 0 if value == value.to_integral_value() else 1
    # Adding nought takes the sign off a nought.
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0, decimals


def number(value, decimals=None):
    """Return ``value`` as Danish readers write it; "–" where there is none. A whole number has no decimals."""
    if value is None:
        return "–"
    return number_format(*_rounded(value, decimals), use_l10n=True)


def signed(value, decimals=None):
    """Return a difference with its sign, which is a minus and no hyphen; what rounds to nought has none."""
    rounded, decimals = _rounded(value, decimals)
    text = number_format(abs(rounded), decimals, use_l10n=True)
    return f"+{text}" if rounded > 0 else f"−{text}" if rounded < 0 else text


def scale_of(instrument):
    """Return one sentence on how to read the numbers of ``instrument``."""
    ends = {"low": instrument.low, "high": instrument.high}
    if instrument.higher_is_better:
        return _("The number goes from %(low)d to %(high)d. A high number is good.") % ends
    return _("The number goes from %(low)d to %(high)d. A low number is good.") % ends


def limit_of(instrument):
    """Return one sentence on when a change is clear."""
    if instrument.change_limit is None:
        return _("Nobody has published how large a difference must be before it is a clear change.")
    return _("A difference of less than %(limit)s points is no clear change.") % {
        "limit": number(instrument.change_limit)
    }


def picture_of(instrument, answers):
    """Return the :class:`ChangePicture` of ``answers``, :class:`Answer` in order of time.

    The first number from a start is compared with the last one after it. Where there is none from the start, nothing is
    compared: an end is no beginning.
    """
    answers = list(answers)
    counted = [answer for answer in answers if answer.score is not None]
    begun = next((place for place, answer in enumerate(counted) if answer.is_start), None)
    start = None if begun is None else counted[begun].score
    now = counted[-1].score if counted and begun != len(counted) - 1 else None
    found = change(instrument, start, now)
    drawn = counted if len(counted) <= MOST_POINTS else [counted[0], *counted[1 - MOST_POINTS :]]
    points = [(a.score, number(a.score), (a.moment, date_format(a.on, "j.n.y"))) for a in drawn]
    return ChangePicture(
        instrument,
        tuple(
            (a.moment, a.on, _("no number") if a.score is None else number(a.score), a.score is not None)
            for a in answers
        ),
        found,
        draw_person(instrument, points, compared=begun == 0),
        sentence_of(instrument, found, answers),
        scale_of(instrument),
        limit_of(instrument),
        instrument.change_source,
        ", ".join(f"{words[0]} {label}" for __, label, words in points),
    )


def sentence_of(instrument, found, answers):
    """Return what the numbers say to the one they belong to, in plain words that praise nobody and blame nobody."""
    if not answers:
        return _("There are no numbers yet.")
    if found.kind == UNKNOWN:
        if found.start is None and found.now is None:
            return _("Something was skipped, so there is no number. That is quite all right.")
        if found.start is None:
            return _("There is no number from when you began, so there is nothing to compare with.")
        return _("There is one number so far. When you answer again, you can see whether anything has moved.")
    return f"{_moved(instrument, found)} {_('A number is only a picture of one moment.')}"


def _moved(instrument, found):
    values = {"start": number(found.start), "now": number(found.now)}
    if not found.difference:
        return _("The number is the same as when you began: %(now)s.") % values
    if found.kind == NO_CLEAR_CHANGE:
        return (
            _(
                "The number has gone from %(start)s to %(now)s. The difference is so small that we cannot say whether "
                "anything has changed."
            )
            % values
        )
    if found.limit is None:
        told = _("The number has gone from %(start)s to %(now)s.") % values
        return f"{told} {_direction(instrument, found)}"
    if found.kind == BETTER:
        return (
            _("The number has gone from %(start)s to %(now)s. It is a clear change for the better.") % values
        )
    return (
        _(
            "The number has gone from %(start)s to %(now)s. It is a clear change, and the wrong way. It is nobody's "
            "fault. You are welcome to ring the coordinator and talk about it."
        )
        % values
    )


def _direction(instrument, found):
    way = _("That is the good way.") if found.kind == BETTER else _("That is the wrong way.")
    return way + " " + _("Nobody knows how large the difference must be before it is certain.")


# Groups


def group_of(instrument, pairs, asked=None):
    """Return the :class:`GroupPicture` of ``pairs``, ``(start, now)`` with a number or ``None`` each.

    ``asked`` has ``asked``, ``answered``, ``missing`` and ``declined``, questionnaires each. Below five pairs nothing is told
    but that there are fewer than five.
    """
    found = paired(instrument, pairs)
    if not found.is_shown:
        return GroupPicture(
            instrument,
            True,
            _(
                "Fewer than %(fewest)d have answered both times. Then we show nothing, to protect each of them."
            )
            % {"fewest": FEWEST},
            scale_of(instrument),
        )
    points = [
        (found.mean_start, number(found.mean_start, 1), (_("start"),)),
        (found.mean_now, number(found.mean_now, 1), (_("now"),)),
    ]
    counts = _counts(found) if found.counts_are_shown else ()
    return GroupPicture(
        instrument,
        False,
        group_sentence(instrument, found),
        scale_of(instrument),
        limit_of(instrument),
        found.n,
        (
            (_("Start"), number(found.mean_start, 1), number(found.sd_start, 1)),
            (_("Now"), number(found.mean_now, 1), number(found.sd_now, 1)),
            (_("Difference"), signed(found.mean_difference, 1), number(found.sd_difference, 1)),
        ),
        counts,
        "" if counts else _counts_note(instrument),
        _asked(asked) if asked else (),
        draw_group(instrument, points, [found.sd_start, found.sd_now]),
        ", ".join(f"{words[0]} {label}" for __, label, words in points),
    )


def _counts(found: Paired):
    return (
        (_("A clear change for the better"), found.better),
        (_("No clear change"), found.unchanged),
        (_("A clear change for the worse"), found.worse),
    )


def _counts_note(instrument):
    if instrument.change_limit is None:
        return _("How many got better is not counted: nobody has published how large a difference must be.")
    return _(
        "How many got better, worse or neither is not shown: one of the groups is smaller than %(fewest)d."
    ) % {"fewest": FEWEST}


def _asked(asked):
    return (
        (_("In all"), asked.asked),
        (_("Answered"), asked.answered),
        (_("Not answered"), asked.missing),
        (_("Would rather not"), asked.declined),
    )


def group_sentence(instrument, found):
    """Return what the means say, without saying more than they can."""
    values = {
        "n": found.n,
        "start": number(found.mean_start, 1),
        "now": number(found.mean_now, 1),
    }
    told = (
        ngettext(
            "%(n)d person has answered both times. On average the number went from %(start)s to %(now)s.",
            "%(n)d people have answered both times. On average the number went from %(start)s to %(now)s.",
            found.n,
        )
        % values
    )
    return f"{told} {_group_meaning(instrument, found)} " + _(
        "It does not say why: there was nobody to compare with, and those who did not answer may feel otherwise."
    )


def _group_meaning(instrument, found):
    difference, limit = found.mean_difference, instrument.change_limit
    if not difference:
        return _("That is no change.")
    way = (
        _("That is the good way.")
        if (difference > 0) == instrument.higher_is_better
        else _("That is the wrong way.")
    )
    if limit is None:
        return way
    if abs(difference) < limit:
        return _("On average that is less than the limit for a clear change in one person.")
    return way
