"""Certificates, what ends, years of service, thanks and the reference letter."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from peer_support.access.decisions import NotAllowed
from peer_support.agreements import queries, services, services_service, text_format
from peer_support.agreements.models import Certificate, Thanks
from peer_support.agreements.records import records_of
from peer_support.agreements.service_time import length_in_words, service_of
from peer_support.followup.models import Meeting
from peer_support.matching.models import MatchingPolicy
from peer_support.people import services as people
from peer_support.people.models import PersonStep, Volunteer
from peer_support.people.own_data import own_data_of
from peer_support.testing import factories as make
from peer_support.testing import factories_courses as make_courses
from peer_support.testing import factories_papers as make_papers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_scope")]
TODAY = timezone.localdate
DAY = datetime.timedelta(days=1)


def seen(volunteer, kind="criminal", **values):
    return services_service.note_seen(volunteer=volunteer, kind=kind, **values)


def dates(volunteer):
    volunteer.refresh_from_db()
    return volunteer.certificate_seen_on, volunteer.certificate_until


def test_a_certificate_that_was_seen_is_what_the_matching_rule_reads(volunteer, coordinator):
    until = TODAY() + 100 * DAY
    row = seen(volunteer, seen_on=TODAY(), valid_to=until, user=coordinator)
    assert dates(volunteer) == (TODAY(), until) and row.seen_by == coordinator
    services_service.take_out(certificate=row, user=coordinator)
    assert dates(volunteer) == (None, None)


def test_where_several_are_asked_for_all_must_hold_and_the_first_to_end_counts(volunteer, initiative):
    services_service.save_policy(initiative=initiative, values={"certificates": ["criminal", "children"]})
    seen(volunteer, seen_on=TODAY() - 5 * DAY, valid_to=TODAY() + 50 * DAY)
    assert dates(volunteer) == (None, None)
    seen(volunteer, "children", seen_on=TODAY() - 3 * DAY, valid_to=TODAY() + 20 * DAY)
    assert dates(volunteer) == (TODAY() - 3 * DAY, TODAY() + 20 * DAY)
    services_service.save_policy(initiative=initiative, values={"certificates": ["criminal"]})
    assert dates(volunteer) == (TODAY() - 5 * DAY, TODAY() + 50 * DAY)


def test_a_newer_one_renews_and_a_first_aid_course_is_no_clearance(volunteer):
    seen(volunteer, seen_on=TODAY() - 300 * DAY, valid_to=TODAY() + 10 * DAY)
    seen(volunteer, "first_aid", valid_to=TODAY() + 5 * DAY)
    assert dates(volunteer) == (TODAY() - 300 * DAY, TODAY() + 10 * DAY)
    seen(volunteer, valid_to=TODAY() + 400 * DAY)
    assert dates(volunteer) == (TODAY(), TODAY() + 400 * DAY)


def test_dates_typed_on_the_volunteer_stand_until_the_list_says_something(volunteer):
    Volunteer.objects.filter(pk=volunteer.pk).update(certificate_seen_on=TODAY() - DAY)
    seen(volunteer, "first_aid")
    assert dates(volunteer)[0] == TODAY() - DAY


def test_only_a_course_or_another_has_a_name_and_no_number_is_kept_in_it(volunteer):
    assert seen(volunteer, about="plettet").about == ""
    assert "1234" not in seen(volunteer, "course", about="Lytte 010190-1234").about
    with pytest.raises(NotAllowed):
        seen(volunteer, seen_on=TODAY() + DAY)
    with pytest.raises(NotAllowed):
        seen(volunteer, valid_to=TODAY() - DAY)
    names = {field.name for field in Certificate._meta.get_fields()}
    assert not names & {"file", "document", "content", "result", "note"}


# What ends and what is missing


def ending():
    return [(due.kind, due.person.pk, due.due) for due in queries.expiring(TODAY())]


def test_contracts_and_certificates_that_end_within_thirty_days_are_told_the_first_first(initiative):
    soon, later, over, stopped = (make.VolunteerFactory(initiative=initiative) for __ in range(4))
    for person, days in ((soon, 30), (later, 31), (over, -3), (stopped, 5)):
        Volunteer.objects.filter(pk=person.pk).update(contract_until=TODAY() + days * DAY)
    Volunteer.objects.filter(pk=stopped.pk).update(status="ended", ended_on=TODAY())
    seen(soon, valid_to=TODAY() + 7 * DAY)
    assert ending() == [
        ("contract", over.pk, TODAY() - 3 * DAY),
        ("certificate", soon.pk, TODAY() + 7 * DAY),
        ("contract", soon.pk, TODAY() + 30 * DAY),
    ]
    first = queries.expiring(TODAY())[0]
    assert str(over) in first.sentence and over.last_name not in first.sentence
    assert first.url.endswith(f"/{over.pk}/")


def test_a_renewed_certificate_does_not_end(volunteer):
    seen(volunteer, seen_on=TODAY() - 300 * DAY, valid_to=TODAY() + DAY)
    seen(volunteer, valid_to=TODAY() + 300 * DAY)
    assert ending() == []


def test_certificates_are_asked_for_only_where_the_initiative_does(volunteer, initiative):
    Volunteer.objects.filter(pk=volunteer.pk).update(contract_on=TODAY())
    assert queries.missing() == []
    MatchingPolicy.objects.create(initiative=initiative, certificate_required=True)
    assert [due.kind for due in queries.missing()] == ["certificate"]
    services_service.save_policy(initiative=initiative, values={"certificates": ["children", "first_aid"]})
    seen(volunteer, "children")
    assert len(queries.missing()) == 1
    seen(volunteer, "first_aid")
    assert queries.missing() == []


def test_a_missing_contract_is_told_only_where_one_is_asked_for(volunteer, initiative):
    assert [due.kind for due in queries.missing()] == ["contract"]
    MatchingPolicy.objects.create(initiative=initiative, contract_required=False)
    assert queries.missing() == []


def test_a_paper_that_waits_is_told_after_a_week(contract):
    assert queries.unsigned(TODAY() + 6 * DAY) == []
    (due,) = queries.unsigned(TODAY() + 7 * DAY)
    assert due.due == TODAY() + 7 * DAY and "7" in due.sentence and f"/{contract.pk}/" in due.url


def test_what_today_asks_costs_the_same_for_two_as_for_twenty(initiative):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            queries.expiring(TODAY())
            queries.missing()
            queries.unsigned(TODAY() + 30 * DAY)
            queries.services_of(Volunteer.objects.all())
            queries.last_thanks(Volunteer.objects.all())
        return len(asked)

    def grow(count):
        for __ in range(count):
            person = make.VolunteerFactory(initiative=initiative, contract_until=TODAY() + DAY)
            make_papers.CertificateFactory(volunteer=person, valid_to=TODAY() + DAY)
            make_papers.PaperFactory(volunteer=person)
            make_papers.ThanksFactory(volunteer=person)

    grow(2)
    few = cost()
    grow(18)
    assert cost() == few <= 13


# Years of service


def test_years_of_service_are_whole_years_by_the_calendar(volunteer):
    day = datetime.date(2026, 11, 24)
    for since, years in (
        (datetime.date(2025, 11, 24), 1),
        (datetime.date(2025, 11, 25), 0),
        (datetime.date(2016, 2, 29), 10),
        (datetime.date(2026, 12, 1), 0),
    ):
        volunteer.approved_on = since
        assert queries.years_of_service(volunteer, day) == years, since
    volunteer.approved_on = None
    assert service_of(volunteer, day).since is None and queries.years_of_service(volunteer, day) == 0


def test_the_time_after_the_end_does_not_count_and_a_pause_does(volunteer):
    volunteer.approved_on, volunteer.paused_from = datetime.date(2020, 1, 1), datetime.date(2021, 1, 1)
    volunteer.status, volunteer.ended_on = "ended", datetime.date(2023, 1, 1)
    assert queries.years_of_service(volunteer, datetime.date(2026, 1, 1)) == 3


def test_a_pause_before_the_approval_is_no_service(volunteer):
    """Somebody paused while we got to know each other, and was approved half a year later; then they stopped and came back."""
    start = datetime.datetime(2020, 1, 1, 12, tzinfo=datetime.UTC)
    for days, step in ((0, "paused"), (182, "approved"), (200, "paused"), (300, "active"), (547, "ended")):
        make.PersonStepFactory(volunteer=volunteer, citizen=None, step=step, at=start + days * DAY)
    volunteer.approved_on = datetime.date(2024, 1, 1)
    assert service_of(volunteer, datetime.date(2024, 1, 11)).days == 365 + 10


def test_lengths_are_said_as_people_say_them():
    day = datetime.date(2026, 11, 24)
    assert [
        length_in_words((day - start).days, day)
        for start in (
            datetime.date(2026, 11, 1),
            datetime.date(2026, 10, 24),
            datetime.date(2024, 11, 24),
            datetime.date(2024, 8, 24),
        )
    ] == ["under en måned", "1 måned", "2 år", "2 år og 3 måneder"]


def test_thanks_are_kept_without_numbers_and_the_last_is_known(volunteer, coordinator):
    with pytest.raises(NotAllowed):
        services_service.thank(volunteer=volunteer, words="  ", user=coordinator)
    services_service.thank(volunteer=volunteer, words="Tak", on=TODAY() - 9 * DAY, user=coordinator)
    row = services_service.thank(volunteer=volunteer, words="Tak, 010190-1234", user=coordinator)
    assert "1234" not in row.words and Thanks.objects.count() == 2
    assert queries.last_thanks([volunteer]) == {volunteer.pk: TODAY()}


# The reference letter


def test_the_letter_is_drafted_from_real_records_and_tells_nothing_of_citizens(match, coordinator):
    volunteer = match.volunteer
    blocks = services.drafted(kind="reference", person=volunteer, typed={}, user=coordinator)
    said = text_format.to_plain(blocks)
    assert volunteer.display_name in said and "Mette" in said
    for secret in ("Cilje", "Hemmelig", "61626364", match.goals, match.place):
        assert secret not in said


def test_the_letter_is_what_the_coordinator_wrote(match, coordinator):
    words = "# Udtalelse\n\nBirk lytter.\n\n- møder til tiden\n- 010190-1234"
    paper = services.save_reference(volunteer=match.volunteer, words=words, user=coordinator)
    said = text_format.to_plain(paper.blocks)
    assert "Birk lytter." in said and "1234" not in said
    again = services.save_reference(volunteer=match.volunteer, words="Ny.", user=coordinator)
    paper.refresh_from_db()
    assert (paper.state, again.state) == ("replaced", "ready")
    with pytest.raises(NotAllowed):
        services.sign_on_paper(paper=again, user=coordinator)


def test_whoever_was_never_approved_gets_no_letter_and_who_has_stopped_does(
    volunteer, coordinator, initiative
):
    with pytest.raises(NotAllowed):
        services.save_reference(
            volunteer=make.VolunteerFactory(initiative=initiative, status="conversation", approved_on=None),
            words="x",
            user=coordinator,
        )
    people.end_person(person=volunteer, user=coordinator)
    assert services.save_reference(volunteer=volunteer, words="Tak.", user=coordinator)
    with pytest.raises(NotAllowed):
        services.make_ready(volunteer=volunteer, kind="contract", user=coordinator)


# What other rooms add


def test_the_letter_counts_meetings_evenings_and_courses_once(match, initiative):
    volunteer = match.volunteer
    for side, minutes in (("citizen", 60), ("volunteer", 90)):
        Meeting.objects.create(
            initiative=initiative,
            match=match,
            on=TODAY() - DAY,
            outcome="met",
            minutes=minutes,
            side=side,
            way="link",
        )
    Meeting.objects.create(
        initiative=initiative, match=match, on=TODAY(), outcome="moved", side="volunteer", way="link"
    )
    course = make_courses.GroupCourseFactory(initiative=initiative, state="running")
    make_courses.FacilitatorFactory(course=course, volunteer=volunteer, from_on=TODAY() - 30 * DAY)
    for number, days in enumerate((40, 20, 10), 1):
        make_courses.SessionFactory(course=course, date=TODAY() - days * DAY, state="held", number=number)
    said = records_of(volunteer, TODAY())
    assert any("1 møde (mindst 1 time)" in phrase for phrase in said), said
    assert any("2 mødegange" in phrase for phrase in said), said
    assert not any("Cilje" in phrase for phrase in said)


def test_earlier_periods_count_from_the_history_and_the_gap_does_not(volunteer, coordinator):
    def at(year):
        return timezone.make_aware(datetime.datetime(year, 1, 1, 12))

    for from_step, step, year in (
        ("", "approved", 2015),
        ("approved", "active", 2016),
        ("active", "ended", 2018),
        ("ended", "held", 2023),
        ("held", "approved", 2024),
    ):
        PersonStep.objects.create(
            initiative=volunteer.initiative, volunteer=volunteer, from_step=from_step, step=step, at=at(year)
        )
    volunteer.approved_on = datetime.date(2024, 1, 1)
    found = service_of(volunteer, datetime.date(2026, 1, 1))
    assert (found.since, found.years) == (datetime.date(2015, 1, 1), 5)


# A person's own data


def test_ones_own_papers_are_told_in_their_words_until_the_match_is_over(match, coordinator):
    services.make_match_papers(match=match, share_contact=True, user=coordinator)

    def told(person):
        return str(own_data_of(person))

    assert "51525354" in told(match.citizen) and "Hemmelig" not in told(match.volunteer)
    type(match).objects.filter(pk=match.pk).update(state="ended", ended_on=TODAY())
    assert "51525354" not in told(match.citizen) and "61626364" not in told(match.volunteer)
