"""What questionnaires put on today's list. A line never says what somebody answered, and has no number."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...followup.today.registry import RING, SOON, Line, register_source
from ...mailing.services import goes_by_itself
from ..instruments.models import InstrumentText
from ..instruments.registry import instruments
from . import rules
from .mails import QUESTIONNAIRE, REMINDER
from .models import WAITING_STATES, Questionnaire, State, Way
from .planning import REMIND_DAYS
from .presenting import moment_text, person_page, url

# Somebody who felt low three months ago has been talked with since, one way or the other.
CARE_DAYS = 90
_WITH = ("citizen", "volunteer", "match", "enrolment__course")


def lines(day):
    """Return the lines of ``day``: who is to be rung, asked, reminded. A constant number of queries."""
    return [*care_lines(day), *due_lines(day), *reminder_lines(day)]


def care_lines(day):
    """Rule: somebody whose answers ask for it is here until a coordinator has rung. Why, stands in no line."""
    codes = [one.code for one in instruments().values() if one.asks_care_below is not None]
    rows = Questionnaire.objects.filter(
        state=State.ANSWERED, instrument__in=codes, answered_on__gte=day - timedelta(days=CARE_DAYS)
    )
    rows = [row for row in rows.select_related(*_WITH).order_by("answered_on", "pk") if row.care == "open"]
    return [
        Line(
            RING,
            _("%(person)s – ring and hear how things are") % {"person": row.person},
            _("I have rung"),
            url("care", row.pk),
            due=row.answered_on,
            order=15,
            post=True,
            hint=_("It is care, not an examination. Ask how things are, and listen."),
            person=row.person,
            initiative_id=row.initiative_id,
        )
        for row in rows
    ]


def _grouped(rows, day):
    """Return the rows by person, without those who are left in peace or on a pause of their own or their match's."""
    rows = list(rows.select_related(*_WITH).order_by("due_on", "pk"))
    peace = rules.left_in_peace([row.person for row in rows])
    found = {}
    for row in rows:
        person = row.person
        paused = person.is_paused(day) or (row.match_id and row.match.state == "paused")
        if not paused and (person._meta.model_name, person.pk) not in peace:
            found.setdefault(person, []).append(row)
    return found


def _sent_by_itself(code):
    known = {}

    def ask(person):
        if person.initiative_id not in known:
            known[person.initiative_id] = goes_by_itself(code, person.initiative_id)
        return bool(person.email) and known[person.initiative_id]

    return ask


def due_lines(day):
    """Rule: somebody who is to be asked is here from that day until they are, unless the mail goes by itself."""
    ready = set(InstrumentText.objects.filter(in_use=True).values_list("instrument", flat=True))
    rows = Questionnaire.objects.filter(state=State.PLANNED, due_on__lte=day, instrument__in=ready)
    by_itself = _sent_by_itself(QUESTIONNAIRE)
    found = []
    for person, those in _grouped(rows, day).items():
        if by_itself(person):
            continue
        text = ngettext(
            "%(person)s – %(count)d questionnaire, %(when)s",
            "%(person)s – %(count)d questionnaires, %(when)s",
            len(those),
        )
        found.append(
            _line(
                person,
                text % {"person": person, "count": len(those), "when": moment_text(those[0])},
                _("Send the link"),
                "send",
                those[0].due_on,
                65,
            )
        )
    return found


def reminder_lines(day):
    """Rule: somebody who was asked by link a week ago is here once: for the one reminder, or to be asked together."""
    rows = Questionnaire.objects.filter(
        state__in=WAITING_STATES,
        way=Way.LINK,
        reminded_at=None,
        asked_at__date__lte=day - timedelta(days=REMIND_DAYS),
    )
    by_itself = _sent_by_itself(REMINDER)
    return [
        _line(
            person,
            _("%(person)s – has not answered the questionnaire yet") % {"person": person},
            _("Send the one reminder"),
            "remind",
            None,
            85,
        )
        for person, __ in _grouped(rows, day).items()
        if not by_itself(person)
    ]


def _line(person, sentence, label, deed, due, order):
    """With an e-mail address the button writes; without one it leads to where one fills it in together."""
    args = (person._meta.model_name, person.pk)
    return Line(
        SOON,
        sentence,
        label if person.email else _("Fill it in together"),
        url(deed, *args) if person.email else person_page(person),
        due=due,
        order=order,
        post=bool(person.email),
        hint=_("They may say no, skip a question, or stop. It can be filled in together too.")
        if deed == "send"
        else _("There is one reminder, never more. After that they are left in peace."),
        person=person,
        initiative_id=person.initiative_id,
        key=f"questionnaire-{deed}",
    )


register_source("questionnaires", gettext_lazy("Questionnaires"), lines)
