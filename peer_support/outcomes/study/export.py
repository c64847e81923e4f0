"""What an analyst gets: codes, groups, weeks and scores in a zip of plain tables, with a code book. No name, no date.

A row of the tables is known by a code that is random and of this study alone. Towns are "S1", "S2"; every day is told as
whole weeks from the person's own draw, and the rows stand in the order of the codes, which says nothing.
"""

import csv
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from ...access.exporting import harmless
from ...access.scopes import scope_of
from ...privacy.access_log import Action, log_access
from ..questionnaires.models import State as AnswerState
from .allocation import Arm
from .flow import first_seats
from .models import Allocation, Left, ParticipantState, StudyAsk, StudyConsent, StudyEvent, StudyParticipant
from .sight import initiatives_of
from .writing import known

SKIPPED, NOT_DRAWN, WITHDRAWN, UNKNOWN = -1, -7, -8, -9
ANSWER_CODES = {
    AnswerState.ANSWERED: 1,
    AnswerState.SKIPPED: 2,
    AnswerState.EXPIRED: 3,
    AnswerState.PLANNED: 4,
    AnswerState.ASKED: 4,
    AnswerState.BEGUN: 4,
}
LEFT_CODES = {Left.NOTHING: 0, Left.MEASUREMENT: 1, Left.EVERYTHING: 2}


@dataclass(frozen=True)
class Table:
    """One table of the export: its file's name, its columns, its rows."""

    name: str
    columns: tuple
    rows: list


def weeks_between(day, other):
    """Return the whole weeks from ``day`` to ``other``, rounded down; negative before it."""
    return (other - day).days // 7


def tables_of(study):
    """Return the tables of ``study``, inside the scope of all its initiatives."""
    people = list(
        StudyParticipant.objects.filter(
            study=study, state__in=(ParticipantState.CONSENTED, ParticipantState.ALLOCATED)
        )
        .select_related("site", "allocation")
        .order_by("code")
    )
    return [_participants(study, people), *_measurements(study, people), _allocations(study), _codebook()]


def _drawn_on(one):
    return timezone.localdate(one.allocation.at) if one.arm else None


def _participants(study, people):
    seats = first_seats(study, people)
    consents = {
        row.participant_id: row
        for row in StudyConsent.objects.filter(participant__study=study).order_by("pk")
    }
    rows = []
    for one in people:
        if one.left == Left.EVERYTHING:
            rows.append((one.code, *[WITHDRAWN] * 3, LEFT_CODES[Left.EVERYTHING], *[WITHDRAWN] * 4))
            continue
        day, consent, seat = _drawn_on(one), consents.get(one.pk), seats.get(one.citizen_id)
        left = Left(one.left)
        rows.append(
            (
                one.code,
                one.site.code,
                one.arm.value if one.arm else NOT_DRAWN,
                NOT_DRAWN if day is None else int(bool(seat)) if one.citizen_id else UNKNOWN,
                LEFT_CODES[left],
                one.left_why or "",
                weeks_between(day, one.left_on) if left and day else NOT_DRAWN if left else "",
                consent.text_version if consent else UNKNOWN,
                consent.how if consent else UNKNOWN,
            )
        )
    columns = ("code", "stratum", "arm", "got_place", "withdrawn", "withdrawn_why", "withdrawn_week")
    return Table("participants", (*columns, "consent_version", "consent_way"), rows)


def _measurements(study, people):
    asks = {}
    found = StudyAsk.objects.filter(participant__study=study).select_related("measure", "questionnaire")
    for ask in found.order_by("measure__week", "measure__instrument"):
        asks.setdefault(ask.participant_id, []).append(ask)
    measured, items = [], []
    for one in people:
        if one.left == Left.EVERYTHING:
            continue
        day = _drawn_on(one)
        for ask in asks.get(one.pk, ()):
            measure, form = ask.measure, ask.questionnaire
            answered = form.state == AnswerState.ANSWERED
            week = weeks_between(day, form.answered_on) if day and answered else NOT_DRAWN if answered else ""
            score = "" if not answered else UNKNOWN if form.score is None else form.score
            key = (one.code, measure.instrument, measure.week)
            measured.append(
                (*key, int(measure.is_primary), ANSWER_CODES[AnswerState(form.state)], week, score)
            )
            if answered:
                items += [
                    (*key, number, SKIPPED if value is None else value)
                    for number, value in sorted(form.answers.items())
                ]
    key = ("code", "instrument", "week")
    return (
        Table("measurements", (*key, "primary", "answered", "week_answered", "score"), measured),
        Table("items", (*key, "item", "value"), items),
    )


def allocation_rows(study):
    """Return ``[(stratum, slot, arm)]`` of every draw: what a check of the list needs, and no code."""
    rows = Allocation._base_manager.filter(study=study).order_by("site__pk", "slot")
    return list(rows.values_list("site__code", "slot", "arm"))


def _allocations(study):
    return Table("allocations", ("stratum", "slot", "arm"), allocation_rows(study))


def _codebook():
    """Return what every column means, which values it takes, and the codes for what is missing."""
    missing = {
        SKIPPED: _("the person skipped the question"),
        NOT_DRAWN: _("not drawn, so there is no week to count from"),
        WITHDRAWN: _("withdrew with all data"),
        UNKNOWN: _("not known"),
    }

    def told(*codes):
        return "; ".join(f"{code} = {missing[code]}" for code in codes)

    code = _("six signs at random, of this study alone")
    yes_no = _("1 = yes, 0 = no")
    week = _(
        "whole weeks from the person's own draw, rounded down; 0 is the week of the draw, negative before it"
    )
    planned = _("the week by the plan; 0 is before the draw")
    rows = [
        ("participants", "code", _("the person, under a code"), code, ""),
        ("participants", "stratum", _("the town, under a code"), "S1, S2, …", told(WITHDRAWN)),
        ("participants", "arm", _("the group that was drawn"), ", ".join(Arm), told(NOT_DRAWN, WITHDRAWN)),
        ("participants", "got_place", _("has had a place in the course"), yes_no, told(NOT_DRAWN, WITHDRAWN, UNKNOWN)),
        ("participants", "withdrawn", _("has withdrawn"),
         _("0 = no, 1 = answers no more questions, 2 = with all data"), ""),
        ("participants", "withdrawn_why", _("why"), "not_said, wish, health, no_contact, moved, other", told(WITHDRAWN)),
        ("participants", "withdrawn_week", _("when"), week, told(NOT_DRAWN, WITHDRAWN)),
        ("participants", "consent_version", _("version of the text they said yes to"), "1, 2, …", told(WITHDRAWN)),
        ("participants", "consent_way", _("how they said yes"), "link, paper, meeting, phone", told(WITHDRAWN)),
        ("measurements, items", "code", _("the person, under a code"), code, ""),
        ("measurements, items", "instrument", _("the questionnaire"), _("the code of the instrument"), ""),
        ("measurements, items", "week", _("when it was to be answered"), planned, ""),
        ("measurements", "primary", _("the measurement that answers the question"), yes_no, ""),
        ("measurements", "answered", _("was it answered"),
         _("1 = yes, 2 = would rather not, 3 = not in time, 4 = not yet"), ""),
        ("measurements", "week_answered", _("when it was answered"), week, told(NOT_DRAWN)),
        ("measurements", "score", _("the sum by the instrument's own rule"), _("a number; see the instrument"), told(UNKNOWN)),
        ("items", "item", _("the number of the question"), "1, 2, …", ""),
        ("items", "value", _("the answer"), _("a number; see the instrument"), told(SKIPPED)),
        ("allocations", "stratum", _("the town, under a code"), "S1, S2, …", ""),
        ("allocations", "slot", _("the place in the town's list"), _("1, 2, … in the order of the draws"), ""),
        ("allocations", "arm", _("the group that was drawn"), ", ".join(Arm), ""),
    ]  # fmt: skip
    return Table("codebook", ("table", "variable", "meaning", "values", "missing"), rows)


def csv_of(table):
    """Return ``table`` as the bytes of a CSV file that a spreadsheet opens with its letters right."""
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(table.columns)
    writer.writerows([harmless(value) for value in row] for row in table.rows)
    return output.getvalue().encode("utf-8-sig")


def workbook_of(tables):
    """Return the tables as the bytes of one workbook, a sheet each."""
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.name)
        sheet.append(list(table.columns))
        for row in table.rows:
            sheet.append([harmless(value) for value in row])
        sheet.freeze_panes = "A2"
    # A workbook tells when it was made; a study's export has no such day in it.
    book.properties.creator = ""
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


@transaction.atomic
def export_zip(*, study, user, route=""):
    """Return the whole export as the bytes of a zip, and write down who took it: an event, and a line in the log."""
    with scope_of(*initiatives_of(study)):
        tables = tables_of(study)
        people = list(StudyParticipant.objects.filter(study=study))
    StudyEvent.objects.create(
        initiative_id=study.initiative_id,
        study=study,
        user=known(user),
        action="export",
        from_state=study.state,
        to_state=study.state,
        facts={"people": len(people)},
    )
    log_access(user=user, action=Action.EXPORT, objects=[study, *people], route=route)
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            archive.writestr(zipfile.ZipInfo(f"{table.name}.csv"), csv_of(table))
        archive.writestr(zipfile.ZipInfo("study.xlsx"), workbook_of(tables))
        script = (Path(__file__).parent / "verify_allocation.py").read_bytes()
        archive.writestr(zipfile.ZipInfo("verify_allocation.py"), script)
    return output.getvalue()
