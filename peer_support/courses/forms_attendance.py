"""What the attendance screen sends: read by hand, because its rows are people and its words must survive every fault."""

import re
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from .models import Attendance
from .rules_attendance import counts_guests
from .services_attendance import Base, base_of, save_session

NOTE_LENGTH = 5000
GUESTS_MOST = 1000
_ROW = re.compile(r"(m|was)-(\d{1,18})")
# What the buttons say; short enough for four in a row on a telephone.
CHOICES = (
    (Attendance.Mark.PRESENT.value, pgettext_lazy("attendance", "Came")),
    (Attendance.Mark.LATE.value, pgettext_lazy("attendance", "Late")),
    (Attendance.Mark.APOLOGIES.value, pgettext_lazy("attendance", "Sent word")),
    (Attendance.Mark.ABSENT.value, pgettext_lazy("attendance", "Did not come")),
)


class SheetForm:
    """Marks, ticks, note and guests of one session, and what the screen showed when it was opened.

    ``errors`` is ``{field: sentence}``. Names and values that no screen of ours sends are left out.
    """

    def __init__(self, data, session):
        self.session, self.errors = session, {}
        rows = {"m": {}, "was": {}}
        for name, value in data.items():
            found = _ROW.fullmatch(name)
            if found and value in ("", *Attendance.Mark.values):
                rows[found[1]][int(found[2])] = value
        self.marks = rows["m"]
        self.note = data.get("note", "").replace("\r\n", "\n").strip()
        self.guests = self._guests(data.get("guests", "")) if counts_guests(session) else session.guests
        self.checklist = _positions(data.getlist("done"))
        self.base = Base(
            marks=rows["was"],
            checklist=tuple(_positions(data.getlist("was-done"))),
            guests=_number(data.get("was-guests", "")),
            note=data.get("was-note", "")[:24],
        )
        if len(self.note) > NOTE_LENGTH:
            self.errors["note"] = _("The note is very long. Make it shorter, to %(most)s characters.") % {
                "most": NOTE_LENGTH
            }

    def _guests(self, text):
        number = _number(text)
        if text.strip() and (number is None or number > GUESTS_MOST):
            self.errors["guests"] = _(
                "We do not understand the number of guests. Write it in digits, such as 3."
            )
        return number

    def is_valid(self):
        return not self.errors

    def save(self, *, way, user=None, route=""):
        """Write it all; see :func:`~.services_attendance.save_session`."""
        return save_session(
            session=self.session,
            marks=self.marks,
            note=self.note,
            checklist=self.checklist,
            guests=self.guests,
            base=self.base,
            way=way,
            user=user,
            route=route,
        )


def _number(text):
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _positions(values):
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 6]


def screen_of(sheet, form=None, saved=None):
    """Return what the template ``courses/attendance/_sheet.html`` draws: the sheet, with what was typed on top.

    After a clash the screen shows what the person chose and knows what stands now, so that the next save decides.
    """
    base = base_of(sheet.session)
    rows = sheet.rows
    clashes = {key: _words_of(stands) for key, stands, __ in saved.clashes} if saved else {}
    typed = form if form is not None and (form.errors or saved is None or saved.clashes) else None
    if typed:
        rows = [replace(row, mark=typed.marks.get(row.enrolment.pk, row.mark)) for row in rows]
        if saved is None:
            base = typed.base
    checklist = sheet.checklist
    if typed and saved is None:
        checklist = [(place, words, place in typed.checklist) for place, words, __ in checklist]
    session = sheet.session
    return {
        "sheet": sheet,
        "session": session,
        "decision": sheet.decision,
        "rows": [
            {
                "key": row.enrolment.pk,
                "name": row.name,
                "sent_word": row.sent_word,
                "was": base.marks.get(row.enrolment.pk, ""),
                "clash": clashes.get(row.enrolment.pk, ""),
                "choices": [(value, label, value == row.mark) for value, label in CHOICES],
            }
            for row in rows
        ],
        "checklist": checklist,
        "base": base,
        "note": typed.note if typed and saved is None else session.note,
        "note_length": NOTE_LENGTH,
        "guests": typed.guests if typed and saved is None else session.guests,
        "counts_guests": counts_guests(session),
        "errors": form.errors if form else {},
    }


def _words_of(mark):
    return str(dict(CHOICES).get(mark) or _("nothing"))
