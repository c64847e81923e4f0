"""Writing down who came: one service for the phone of a facilitator and the coordinator's screen, and people's own word.

Two who write at once are merged: each says what the screen showed when it was opened (:class:`Base`), and only what
they changed themselves is written. Where both changed the same thing to something else, nothing is overwritten: the
answer says so, and the next save decides.
"""

import hashlib
import hmac
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from ..access.decisions import Decision, NotAllowed
from ..privacy.access_log import Action, log_access
from ..privacy.cpr import strip_cpr
from ..privacy.keys import index_key
from .attendance_sheet import expected
from .models import Attendance, By, Enrolment, Session, SessionState
from .rules_attendance import may_mark, may_save, may_say_apologies, may_take_back_apologies
from .services_seats import by_of

ROUTE = "courses.attendance"
MARKS = Attendance.Mark


@dataclass(frozen=True)
class Base:
    """What a screen showed when it was opened: marks by enrolment, positions ticked, guests, and the note's digest."""

    marks: dict = field(default_factory=dict)
    checklist: tuple = ()
    guests: int | None = None
    note: str = ""


@dataclass
class Saved:
    """What came of a save. ``clashes`` are ``(enrolment id, mark that stands, mark that was asked for)``."""

    session: Session
    changed: list = field(default_factory=list)
    clashes: list = field(default_factory=list)
    notes_joined: bool = False
    cpr_removed: bool = False


def note_digest(text):
    """Return a keyed digest of a note: a screen can carry it without carrying the note twice."""
    return hmac.new(index_key(), f"note:{text}".encode(), hashlib.sha256).hexdigest()[:24] if text else ""


def base_of(session):
    """Return the :class:`Base` of ``session`` as it stands."""
    return Base(
        marks=dict(session.attendance.values_list("enrolment_id", "mark")),
        checklist=tuple(session.checklist_done),
        guests=session.guests,
        note=note_digest(session.note),
    )


def _locked(session):
    rows = Session.objects.select_related("course").select_for_update(no_key=True, of=("self",))
    return rows.get(pk=session.pk)


def _require(decision):
    if not decision:
        raise NotAllowed(decision)


def _write(session, enrolment, mark, by, user):
    """Write one mark, or take it away where ``mark`` is empty."""
    rows = Attendance.objects.filter(session=session, enrolment=enrolment)
    if not mark:
        rows.delete()
        return
    values = {"mark": MARKS(mark).value, "by": by, "at": timezone.now()}
    values["user"] = user if getattr(user, "pk", None) else None
    if not rows.update(**values):
        Attendance.objects.create(
            initiative_id=session.initiative_id, session=session, enrolment=enrolment, **values
        )


def _log(user, enrolments, route):
    log_access(user=user, action=Action.CHANGE, objects=enrolments, route=route or ROUTE)


def without_cpr(text):
    """Return ``(text, found)`` with everything that looks like a CPR number taken out."""
    cleaned, count = strip_cpr(text or "", gettext("(number taken out)"))
    return cleaned.strip(), bool(count)


@transaction.atomic
def mark(*, session, enrolment, mark, way, user=None, route=""):
    """Write whether ``enrolment`` came to ``session``: a value of ``Attendance.Mark``, or "" to take it away."""
    session = _locked(session)
    enrolment = Enrolment.objects.select_related("joined_from_session").get(pk=enrolment.pk)
    _require(may_mark(session, enrolment))
    _write(session, enrolment, mark, by_of(way, user), user)
    _hold(session, user)
    _log(user, [enrolment], route)
    return session


def _hold(session, user):
    """Note on the session that it was held and written down, with a new version."""
    if session.state == SessionState.PLANNED:
        session.state = SessionState.HELD
    session.saved_by = user if getattr(user, "pk", None) else None
    session.saved_at = timezone.now()
    session.version += 1
    session.save()


@transaction.atomic
def save_session(
    *, session, marks, way, note=None, checklist=None, guests=None, base=None, user=None, route=""
):
    """Write the whole sheet of ``session`` and return what came of it, a :class:`Saved`.

    ``marks`` is ``{enrolment id: mark or ""}``, ``checklist`` the positions that were done, ``note`` free text (CPR
    numbers are taken out). ``base`` is what the screen showed; without it everything is written as it comes. Marks of
    people who are not in the group are refused with :class:`NotAllowed`, and then nothing is written.
    """
    session = _locked(session)
    _require(may_save(session))
    saved = Saved(session)
    _save_marks(saved, marks, base, by_of(way, user), user)
    touched = _save_rest(saved, note, checklist, guests, base)
    if touched or saved.changed or session.saved_at is None:
        _hold(session, user)
    if saved.changed:
        _log(user, saved.changed, route)
    return saved


def _save_marks(saved, marks, base, by, user):
    session = saved.session
    people = {enrolment.pk: enrolment for enrolment in expected(session)}
    stored = dict(session.attendance.values_list("enrolment_id", "mark"))
    for key, asked in marks.items():
        if key not in people:
            raise NotAllowed(Decision.no("not_expected", gettext("This person is not in this group.")))
        now, seen = stored.get(key, ""), (base.marks.get(key, "") if base else stored.get(key, ""))
        if asked == now or (base and asked == seen):
            continue
        if base and now != seen:
            saved.clashes.append((key, now, asked))
            continue
        _write(session, people[key], asked, by, user)
        saved.changed.append(people[key])


def _save_rest(saved, note, checklist, guests, base):
    """Set note, checklist and guests on the session; returns whether anything is new."""
    session, touched = saved.session, False
    if checklist is not None:
        done = _merged_ticks(session, checklist, base)
        touched |= done != session.checklist_done
        session.checklist_done = done
    if guests != session.guests and (base is None or guests != base.guests):
        session.guests, touched = guests, True
    if note is not None:
        text, saved.cpr_removed = without_cpr(note)
        joined = _merged_note(saved, text, base)
        touched |= joined != session.note
        session.note = joined
    return touched


def _merged_ticks(session, asked, base):
    asked = {place for place in asked if 0 <= place < len(session.checklist)}
    if base is None:
        return sorted(asked)
    seen, stored = set(base.checklist), set(session.checklist_done)
    return sorted((stored | (asked - seen)) - (seen - asked))


def _merged_note(saved, text, base):
    stored = saved.session.note
    if base is None or note_digest(stored) == base.note:
        return text
    if note_digest(text) == base.note or text in stored:
        return stored
    if stored in text:
        return text
    saved.notes_joined = True
    return f"{stored}\n\n{text}"


def _own_mark(session, enrolment):
    return Attendance.objects.filter(session=session, enrolment=enrolment).first()


def _own(session, enrolment):
    """Return session, enrolment and mark, read anew with the session locked."""
    session = _locked(session)
    enrolment = Enrolment.objects.select_related("joined_from_session").get(pk=enrolment.pk)
    return session, enrolment, _own_mark(session, enrolment)


@transaction.atomic
def say_apologies(*, session, enrolment, way=By.PARTICIPANT, user=None, route=""):
    """Write that the person cannot come to ``session``. Twice is the same as once."""
    session, enrolment, written = _own(session, enrolment)
    _require(may_say_apologies(session, enrolment, written))
    if written is None:
        _write(session, enrolment, MARKS.APOLOGIES, by_of(way, user), user)
        _log(user, [enrolment], route)
    return session


@transaction.atomic
def take_back_apologies(*, session, enrolment, route=""):
    """Write that the person can come after all; nothing of their word is kept."""
    session, enrolment, written = _own(session, enrolment)
    _require(may_take_back_apologies(session, enrolment, written))
    written.delete()
    _log(None, [enrolment], route)
    return session
