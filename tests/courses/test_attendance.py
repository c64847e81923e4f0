"""Who may be marked, what a save writes, and that two who save at once lose nothing."""

import datetime

import pytest
from django.db import connection

from peer_support.access.decisions import NotAllowed
from peer_support.courses.attendance_sheet import call_names, sheet_of
from peer_support.courses.models import Attendance, Session
from peer_support.courses.services_attendance import (
    base_of,
    mark,
    save_session,
    say_apologies,
    take_back_apologies,
)
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_scope")]


def marks_of(session):
    return dict(session.attendance.values_list("enrolment_id", "mark"))


def save(group, marks, by=None, base=None, note="", **more):
    keys = {group.people[number].pk: value for number, value in marks.items()}
    return save_session(
        session=group.today, marks=keys, note=note, base=base, way=by or "facilitator", **more
    )


def refused(code):
    return pytest.raises(NotAllowed, check=lambda refusal: refusal.decision.code == code)


def test_a_save_writes_marks_note_ticks_and_that_the_session_was_held(group):
    save(group, {0: "present", 1: "absent"}, note="God aften.", checklist=[0, 2, 99])
    session = Session.objects.get(pk=group.today.pk)
    assert marks_of(session) == {group.people[0].pk: "present", group.people[1].pk: "absent"}
    assert (session.state, session.note, session.checklist_done) == ("held", "God aften.", [0, 2])
    assert AccessLogEntry.objects.filter(model="peer_support.enrolment", action="change").count() == 2


def test_the_note_lies_encrypted(group):
    save(group, {}, note="Vi talte om kaffe.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM peer_support_session WHERE id = %s", [group.today.pk])
        assert "kaffe" not in cursor.fetchone()[0]


def test_a_cpr_number_is_taken_out_of_a_note_and_the_rest_is_kept(group):
    saved = save(group, {}, note="Ring til 010203-1234 i morgen")
    assert saved.cpr_removed
    note = Session.objects.get(pk=group.today.pk).note
    assert "1234" not in note and note.startswith("Ring til") and note.endswith("i morgen")


def test_nobody_is_marked_before_the_day(group):
    with refused("session_to_come"):
        mark(session=group.sessions[-1], enrolment=group.people[0], mark="present", way="facilitator")


def test_nobody_is_marked_at_a_session_that_was_called_off(group):
    Session.objects.filter(pk=group.today.pk).update(state="cancelled", number=None, cancel_reason="other")
    with refused("session_cancelled"):
        save(group, {0: "absent"})


def test_somebody_of_another_course_is_refused_and_nothing_is_written(group):
    from .attendance import Group

    stranger = Group(group.initiative).people[0]
    with refused("not_expected"):
        save_session(
            session=group.today,
            marks={group.people[0].pk: "present", stranger.pk: "present"},
            way="facilitator",
        )
    assert not Attendance.objects.exists()


def test_late_joiners_have_no_absences_before_they_joined(group):
    late = group.join(from_session=group.today)
    assert late not in [row.enrolment for row in sheet_of(group.sessions[0]).rows]
    assert late in [row.enrolment for row in sheet_of(group.today).rows]
    with refused("not_expected"):
        mark(session=group.sessions[0], enrolment=late, mark="absent", way="coordinator")


def test_who_left_is_not_expected_afterwards_and_what_was_written_stays(group):
    gone = group.join("Frida", state="left", left_on=group.sessions[1].date)
    assert gone in [row.enrolment for row in sheet_of(group.sessions[1]).rows]
    assert gone not in [row.enrolment for row in sheet_of(group.today).rows]


def test_people_are_called_by_first_name_and_by_number_where_two_share_it(group):
    names = [row.name for row in sheet_of(group.today).rows]
    numbers = [person.citizen.number for person in group.people]
    assert names == [f"Amina (no. {numbers[0]})", f"Amina (no. {numbers[2]})", "Bo", "Dorte"]
    nameless = make.CitizenFactory.build(first_name="", number=7)
    assert call_names([nameless]) == ["No. 7"]


# Two at once


def test_two_who_save_different_rows_are_both_kept(group):
    both = base_of(group.today)
    save(group, {0: "present", 1: ""}, base=both)
    saved = save(group, {0: "", 1: "late"}, base=both)
    assert saved.clashes == []
    assert marks_of(group.today) == {group.people[0].pk: "present", group.people[1].pk: "late"}


def test_two_who_say_different_things_of_one_person_overwrite_nothing(group):
    both = base_of(group.today)
    save(group, {0: "present"}, base=both)
    saved = save(group, {0: "absent", 1: "late"}, base=both)
    assert saved.clashes == [(group.people[0].pk, "present", "absent")]
    assert marks_of(group.today) == {group.people[0].pk: "present", group.people[1].pk: "late"}
    assert save(group, {0: "absent"}, base=base_of(group.today)).clashes == []
    assert marks_of(group.today)[group.people[0].pk] == "absent"


def test_two_notes_are_joined_and_a_repeat_adds_nothing(group):
    both = base_of(group.today)
    save(group, {}, base=both, note="Min note")
    saved = save(group, {}, base=both, note="Din note")
    assert saved.notes_joined and saved.session.note == "Min note\n\nDin note"
    assert save(group, {}, base=both, note="Din note").session.note == "Min note\n\nDin note"


def test_ticks_of_two_are_joined(group):
    save(group, {}, checklist=[0], base=base_of(group.today))
    group.today.refresh_from_db()
    both = base_of(group.today)
    save(group, {}, checklist=[0, 1], base=both)
    assert save(group, {}, checklist=[2], base=both).session.checklist_done == [1, 2]


def test_a_save_that_is_sent_twice_is_the_same_as_once(group):
    base = base_of(group.today)
    first = save(group, {0: "present"}, base=base, note="Tak", checklist=[1]).session.version
    again = save(group, {0: "present"}, base=base, note="Tak", checklist=[1])
    assert (again.clashes, again.session.version) == ([], first)


# Sending word


def test_apologies_are_sent_in_advance_and_taken_back(group):
    coming = group.sessions[-1]
    for __ in range(2):
        say_apologies(session=coming, enrolment=group.people[0])
    row = coming.attendance.get()
    assert (row.mark, row.by) == ("apologies", "participant")
    take_back_apologies(session=coming, enrolment=group.people[0])
    assert not coming.attendance.exists()


def test_word_is_not_sent_for_what_is_over(group):
    with refused("session_over"):
        say_apologies(session=group.sessions[0], enrolment=group.people[0])


def test_word_does_not_change_what_a_facilitator_wrote(group):
    save(group, {0: "present"})
    with refused("marked"):
        say_apologies(session=group.today, enrolment=group.people[0])


def test_what_a_facilitator_wrote_is_not_taken_back_by_link(group):
    save(group, {0: "apologies"})
    with refused("no_apologies"):
        take_back_apologies(session=group.today, enrolment=group.people[0])


def test_word_is_sent_by_those_with_a_place_only(group):
    waiting = group.join(state="waiting")
    with refused("not_enrolled"):
        say_apologies(session=group.sessions[-1], enrolment=waiting)


def test_a_session_ends_by_the_clock_on_the_wall(group):
    from peer_support.courses.rules_attendance import ends_at

    for month, offset in ((1, 1), (7, 2)):
        group.today.date = datetime.date(2027, month, 5)
        group.today.start_time, group.today.minutes = datetime.time(19), 120
        assert ends_at(group.today).isoformat() == f"2027-0{month}-05T21:00:00+0{offset}:00"
