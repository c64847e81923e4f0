"""A stop (GDPR art. 18) and a yes that was taken back: whoever is left alone is in nothing, place by place.

Each place is asked three times: before the stop (the person has to be there, or the test sees nothing), during it, and
after it was lifted.
"""

import csv
import io
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peer_support.access.decisions import NotAllowed
from peer_support.access.links import LinkProblem, make_link, opened_link
from peer_support.courses.board.adding import AddForm
from peer_support.courses.models import Enrolment
from peer_support.courses.services_waiting import offer_next
from peer_support.followup.today.listing import todays_list
from peer_support.mailing.models import MailJob
from peer_support.mailing.services import queue_mail, send_job
from peer_support.matching import adapter, adapter_shortlist, people_queries
from peer_support.matching.rules import may_propose
from peer_support.outcomes.questionnaires.models import Questionnaire
from peer_support.outcomes.study.models import Study
from peer_support.outcomes.study.rules import may_ask
from peer_support.people import services, services_standing
from peer_support.people.models import Citizen, ConversationBooking, OwnChange, StillHereQuestion, Volunteer
from peer_support.privacy import retention
from peer_support.privacy.models import AccessLogEntry
from peer_support.recruitment import services_consent
from peer_support.testing import factories as make
from peer_support.testing import factories_courses as make_courses
from peer_support.testing import factories_questionnaires as make_questionnaires
from peer_support.testing.factories_study import recruiting_study

pytestmark = pytest.mark.django_db


@pytest.fixture
def citizen(initiative, in_scope):
    return make.CitizenFactory(
        initiative=initiative,
        status="waiting",
        waiting_since=timezone.localdate() - timedelta(days=400),
        phone="20304050",
        email="alma@example.com",
        channels=1,
    )


@pytest.fixture
def volunteer(initiative, in_scope):
    return make.VolunteerFactory(
        initiative=initiative,
        status="approved",
        phone="30405060",
        email="bo@example.com",
        channels=1,
        contract_on=timezone.localdate() - timedelta(days=30),
        certificate_seen_on=timezone.localdate() - timedelta(days=30),
    )


def anew(person):
    return type(person).objects.get(pk=person.pk)


# The places: each says whether the citizen, or the volunteer, can be met there.


def in_waiting(citizen, volunteer, client):
    return citizen in people_queries.waiting()


def among_the_free(citizen, volunteer, client):
    return volunteer in people_queries.free_volunteers()


def citizen_in_plan(citizen, volunteer, client):
    return citizen.pk in adapter.load(citizen.initiative_id).citizen_status


def volunteer_in_plan(citizen, volunteer, client):
    return volunteer.pk in adapter.load(citizen.initiative_id).volunteer_status


def on_shortlist(citizen, volunteer, client):
    try:
        return volunteer.pk in adapter_shortlist.shortlist(citizen.pk).volunteer_status
    except Citizen.DoesNotExist:
        return False


def among_everybody(citizen, volunteer, client):
    try:
        table = adapter_shortlist.shortlist(citizen.pk)
    except Citizen.DoesNotExist:
        return False
    return volunteer.pk in adapter_shortlist.everybody(citizen.pk, table).volunteer_status


def may_be_proposed(citizen, volunteer, client):
    return bool(may_propose(anew(citizen), anew(volunteer)))


def on_the_board(citizen, volunteer, client):
    return citizen.display_name in client.get(reverse("peer_support_matching:waiting")).content.decode()


def has_ranking(citizen, volunteer, client):
    return client.get(reverse("peer_support_matching:ranking", args=[citizen.pk])).status_code == 200


def in_the_list(citizen, volunteer, client):
    page = client.get(reverse("people_citizen_modeladmin_index")).content.decode()
    return citizen.display_name in page


def in_the_export(citizen, volunteer, client):
    answer = client.get(reverse("people_citizen_modeladmin_index"), {"export": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    return str(citizen.number) in [
        row["number"] if "number" in row else next(iter(row.values())) for row in rows
    ]


def volunteer_in_the_export(citizen, volunteer, client):
    answer = client.get(reverse("people_volunteer_modeladmin_index"), {"export": "csv"})
    return "bo@example.com" in answer.content.decode()


def on_todays_list(citizen, volunteer, client):
    return any(citizen in item.line.people for item in todays_list().items)


def among_the_booked(citizen, volunteer, client):
    if not ConversationBooking.objects.filter(citizen=citizen).exists():
        make.ConversationBookingFactory(citizen=citizen, booked_for=timezone.now())
    return 'id="due"' in client.get(reverse("peer_support_people:way_in")).content.decode()


def asked_to_join_a_study(citizen, volunteer, client):
    study = Study.objects.first() or recruiting_study(initiative=citizen.initiative)
    if not Enrolment.objects.filter(citizen=citizen).exists():
        course = make_courses.GroupCourseFactory(
            initiative=citizen.initiative, template=study.template, state="open", wants_intro=False
        )
        make_courses.EnrolmentFactory(course=course, citizen=citizen)
    page = client.get(reverse("peer_support_study:people", args=[study.pk])).content.decode()
    found = citizen.display_name in page
    enrolment = Enrolment.objects.select_related("course").get(citizen=citizen)
    assert found == bool(may_ask(study, study.sites.get(), anew(citizen), enrolment))
    return found


def written_to(citizen, volunteer, client):
    mail.outbox.clear()
    make_link(purpose="own_profile_citizen", target=citizen)
    job = queue_mail("own_profile_citizen", citizen, f"test-{MailJob.objects.count()}")
    send_job(job.pk)
    return bool(mail.outbox)


def can_open_a_link(citizen, volunteer, client):
    link = make_link(purpose="own_profile_citizen", target=citizen)
    try:
        with opened_link("own_profile_citizen", link.token):
            return True
    except LinkProblem as problem:
        assert problem.kind == "resting"
        return False


def can_be_chosen_for_a_course(citizen, volunteer, client):
    course = make_courses.GroupCourseFactory(initiative=citizen.initiative, state="open")
    return citizen in AddForm(course=course).fields["person"].queryset


def is_offered_a_place(citizen, volunteer, client):
    course = make_courses.GroupCourseFactory(initiative=citizen.initiative, state="open", wants_intro=False)
    make_courses.SessionFactory(
        initiative=citizen.initiative, course=course, date=timezone.localdate() + timedelta(9)
    )
    make_courses.EnrolmentFactory(
        initiative=citizen.initiative,
        course=course,
        citizen=citizen,
        state="waiting",
        waiting_why="full",
        waiting_order=1,
        waiting_since=timezone.now(),
    )
    return offer_next(course=course) is not None


def can_be_changed(citizen, volunteer, client):
    try:
        services.update_person(
            person=citizen, values={"travel_km": citizen.pk % 50 + timezone.now().microsecond % 40}, user=None
        )
    except NotAllowed as refusal:
        assert refusal.decision.code == "restricted"
        return False
    return True


def can_be_talked_with(citizen, volunteer, client):
    address = reverse("peer_support_people:citizen_conversation", args=[citizen.pk])
    return client.get(address).status_code == 200


def can_be_saved_by_any_code(citizen, volunteer, client):
    try:
        anew(citizen).save()
    except NotAllowed:
        return False
    return True


PLACES = [
    in_waiting, among_the_free, citizen_in_plan, volunteer_in_plan, on_shortlist, among_everybody, may_be_proposed,
    on_the_board, has_ranking, in_the_list, in_the_export, volunteer_in_the_export, on_todays_list, among_the_booked, written_to,
    asked_to_join_a_study, can_open_a_link, can_be_chosen_for_a_course, is_offered_a_place, can_be_changed, can_be_talked_with,
    can_be_saved_by_any_code,
]  # fmt: skip
OF_VOLUNTEER = {among_the_free, volunteer_in_plan, volunteer_in_the_export}
# What a yes that was taken back stops; the person stays in the lists, and the record can be put right.
BY_CONSENT = [
    in_waiting, citizen_in_plan, on_shortlist, may_be_proposed, on_the_board, has_ranking, on_todays_list, among_the_booked, written_to,
    asked_to_join_a_study, can_open_a_link, can_be_chosen_for_a_course, is_offered_a_place,
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_whoever_is_left_alone_is_in_no(place, citizen, volunteer, coordinator, coordinator_client):
    who = volunteer if place in OF_VOLUNTEER else citizen
    assert place(citizen, volunteer, coordinator_client), "the control: the test sees it"
    services_standing.stop_use(person=who, user=coordinator)
    assert not place(anew(citizen), anew(volunteer), coordinator_client)
    services_standing.lift_stop(person=who, user=coordinator)
    assert place(anew(citizen), anew(volunteer), coordinator_client), "it works again at once"


@pytest.mark.parametrize("place", BY_CONSENT, ids=lambda place: place.__name__)
def test_a_yes_taken_back_stops_at_once(place, citizen, volunteer, coordinator, coordinator_client):
    consent = services_consent.record_consent(subject=citizen, purpose="support", how="form")
    assert place(citizen, volunteer, coordinator_client), "the control: the test sees it"
    services_consent.withdraw_consent(consent=consent, how="form", user=None)
    assert not place(anew(citizen), anew(volunteer), coordinator_client)
    services_consent.note_own_yes(person=anew(citizen), how="meeting", user=coordinator)
    services.resume_person(person=anew(citizen), user=coordinator)
    assert place(anew(citizen), anew(volunteer), coordinator_client), "a new yes opens the way again"


@pytest.mark.parametrize(
    ("given", "taken_back", "stopped"),
    [
        (["support"], [], ""),
        ([], [], ""),
        (["support"], ["support"], "match course"),
        (["support", "course"], ["support"], "match"),
        (["support", "course"], ["course"], "course"),
        (["course"], ["course"], "match course"),
        (["support", "course"], ["support", "course"], "match course"),
    ],
)
def test_each_purpose_stops_its_own(given, taken_back, stopped, citizen):
    rows = {
        purpose: services_consent.record_consent(subject=citizen, purpose=purpose, how="form")
        for purpose in given
    }
    for purpose in taken_back:
        services_consent.withdraw_consent(consent=rows[purpose], how="form", user=None)
    found = anew(citizen)
    assert bool(found.match_stopped_on) == ("match" in stopped.split())
    assert bool(found.course_stopped_on) == ("course" in stopped.split())


def test_a_mail_that_was_asked_for_before_the_stop_is_not_sent(citizen, coordinator):
    make_link(purpose="own_profile_citizen", target=citizen)
    job = queue_mail("own_profile_citizen", citizen, "before")
    services_standing.stop_use(person=citizen, user=coordinator)
    assert send_job(job.pk) == MailJob.State.DROPPED and mail.outbox == []
    job.refresh_from_db()
    assert job.fault == "left_alone"


def test_the_other_one_of_the_pair_is_not_reminded_either(citizen, volunteer, coordinator):
    match = make.MatchFactory(
        initiative=citizen.initiative, citizen=citizen, volunteer=volunteer, state="proposed"
    )
    link = make_link(purpose="proposal_volunteer", target=match)
    with opened_link("proposal_volunteer", link.token):
        pass
    services_standing.stop_use(person=citizen, user=coordinator)
    with pytest.raises(LinkProblem), opened_link("proposal_volunteer", link.token):
        pass
    assert Client().get(f"/peer/svar/f/{link.token}/").status_code == 409
    with pytest.raises(NotAllowed):
        anew(match).save()


def test_a_stop_is_one_press_and_one_back_and_shows_a_calm_banner(citizen, coordinator_client):
    page = reverse("people_citizen_modeladmin_inspect", args=[citizen.pk])
    assert "Lad oplysningerne ligge" in coordinator_client.get(page).content.decode()
    assert (
        coordinator_client.post(reverse("peer_support_people:citizen_stop", args=[citizen.pk])).status_code
        == 302
    )
    said = coordinator_client.get(page).content.decode()
    assert "Brug oplysningerne igen" in said and citizen.display_name in said
    assert (
        coordinator_client.get(reverse("people_citizen_modeladmin_index"), {"stopped": "yes"})
        .content.decode()
        .count(citizen.display_name)
    )
    assert (
        coordinator_client.post(reverse("peer_support_people:citizen_go_on", args=[citizen.pk])).status_code
        == 302
    )
    assert anew(citizen).restricted_on is None and anew(citizen).waiting_since == citizen.waiting_since
    changes = AccessLogEntry.objects.filter(
        model="peer_support.citizen", object_id=citizen.pk, action="change"
    )
    assert changes.count() == 2


def test_during_a_stop_everything_can_be_read_exported_and_erased(citizen, coordinator, coordinator_client):
    services_standing.stop_use(person=citizen, user=coordinator)
    for name in ("own_reading", "own_export"):
        answer = coordinator_client.get(reverse(f"peer_support_people:citizen_{name}", args=[citizen.pk]))
        assert answer.status_code == 200, name
    address = reverse("people_citizen_modeladmin_delete", args=[citizen.pk])
    assert coordinator_client.post(address).status_code == 302
    assert Citizen._base_manager.get(pk=citizen.pk).erased_on


@pytest.mark.parametrize("kind", ["citizen", "volunteer"])
def test_the_person_stops_and_takes_back_by_their_own_link(kind, citizen, volunteer):
    person = citizen if kind == "citizen" else volunteer
    purpose = "support" if kind == "citizen" else "volunteer"
    consent = services_consent.record_consent(subject=person, purpose=purpose, how="form")
    link = make_link(purpose=f"own_rights_{kind}", target=person)
    address = f"/peer/du-bestemmer/{'b' if kind == 'citizen' else 'f'}/{link.token}/"
    page = Client().get(address).content.decode()
    assert consent.text.paragraphs[0][:30] in page, "the words as they were"
    assert "sletter vi det, vi har om dig, inden 1 måned" in page
    for __ in range(2):
        assert Client().post(address, {"do": "stop"}).status_code == 302
    assert anew(person).restricted_on and Client().get(address).status_code == 200
    # A yes can be taken back during a stop.
    assert Client().post(address, {"do": f"take_back-{consent.pk}"}).status_code == 302
    assert Client().post(address, {"do": "go_on"}).status_code == 302
    assert anew(person).restricted_on is None and anew(person).match_stopped_on
    said = Client().get(address).content.decode()
    assert "Du tog det tilbage" in said and consent.text.paragraphs[0][:30] in said
    assert list(OwnChange.objects.order_by("pk").values_list("what", flat=True))[:1] == ["stop"]
    for wrong in ("take_back-0", "take_back-x", "take_back-", "for ever", ""):
        assert Client().post(address, {"do": wrong}).status_code == 404


def test_nobody_takes_back_somebody_elses_yes(citizen, volunteer):
    theirs = services_consent.record_consent(subject=volunteer, purpose="volunteer", how="form")
    link = make_link(purpose="own_rights_citizen", target=citizen)
    assert (
        Client().post(f"/peer/du-bestemmer/b/{link.token}/", {"do": f"take_back-{theirs.pk}"}).status_code
        == 404
    )
    assert Volunteer.objects.get(pk=volunteer.pk).match_stopped_on is None


NIGHTLY = "ask_still_here course_offers plan_questionnaires public_numbers purge_expired send_mails seal_log".split()


def written_about(person):
    """Return every row that a nightly job could make or change about ``person``."""
    own = Questionnaire.objects.filter(citizen=person).order_by("pk").values()
    return list(own), Citizen.objects.filter(pk=person.pk).values().get()


def test_the_jobs_of_the_night_write_nothing_about_them_and_go_on_for_the_rest(
    citizen, volunteer, coordinator, other_initiative
):
    today = timezone.localdate()
    make_questionnaires.QuestionnairePlanFactory(
        initiative=citizen.initiative, at_start=True, citizens=True, volunteers=True
    )
    match = make.MatchFactory(
        initiative=citizen.initiative, citizen=citizen, volunteer=volunteer, state="active", active_from=today
    )
    # One that would be closed, beside those that would be made.
    make_questionnaires.QuestionnaireFactory(citizen=citizen, match=match, due_on=today - timedelta(days=400))
    services_standing.stop_use(person=citizen, user=coordinator)
    before = written_about(citizen)
    for job in NIGHTLY:
        call_command(job, verbosity=0)
    call_command("purge", apply=True, verbosity=0)
    assert written_about(citizen) == before
    assert Questionnaire.objects.filter(volunteer=volunteer).exists(), "the other one is still asked"
    services_standing.lift_stop(person=citizen, user=coordinator)
    call_command("plan_questionnaires", verbosity=0)
    assert written_about(citizen) != before, "the control: without the stop they are written"


@pytest.mark.parametrize("kind", ["citizen", "volunteer"])
@pytest.mark.parametrize(
    ("values", "days", "goes"),
    [
        ({"status": "enquiry"}, 800, "enquiry"),
        ({"status": "conversation"}, 800, "enquiry"),
        ({}, 800, None),
        ({"status": "ended", "ended_on": "then"}, 800, "ended"),
        ({"match_stopped_on": "then", "course_stopped_on": "then"}, 45, "taken_back"),
        ({"asked_on": "then"}, 800, None),
    ],
    ids=["enquiry", "conversation", "ready", "ended", "taken_back", "no_answer"],
)
def test_what_a_stop_means_for_the_purge(kind, values, days, goes, citizen, volunteer, coordinator):
    """What docs/data-protection.md says of each: a stop keeps from being used; the purge goes on, but where an answer is waited for."""
    person = citizen if kind == "citizen" else volunteer
    then = timezone.now() - timedelta(days=days)
    values = {name: then.date() if value == "then" else value for name, value in values.items()}
    if asked_on := values.pop("asked_on", None):
        StillHereQuestion.objects.create(
            initiative=person.initiative, due_on=asked_on, asked_on=asked_on, **{kind: person}
        )
    services_standing.stop_use(person=person, user=coordinator)
    # As if the stop had been set then.
    values |= {"restricted_on": then.date(), "updated_at": then}
    type(person)._base_manager.filter(pk=person.pk).update(**values)
    found = {code for code, keys in retention.purge().items() if code.startswith(kind) and person.pk in keys}
    assert found == ({f"{kind}_{goes}"} if goes else set())
