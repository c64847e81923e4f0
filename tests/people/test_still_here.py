"""Do you still want to be registered? Who is asked when, how often, and what the answer does."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peer_support.access.links import make_link
from peer_support.followup.today.listing import todays_list
from peer_support.mailing.models import MailJob, MailText
from peer_support.mailing.registry import kind_of
from peer_support.mailing.services import send_job
from peer_support.people import services, services_standing, still_here
from peer_support.people.models import Citizen, StillHereQuestion, Volunteer
from peer_support.people.staleness import months_before
from peer_support.privacy import retention
from peer_support.testing import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def citizen(initiative, months, **values):
    values = {"status": "waiting", "email": "alma@example.com", "waiting_since": TODAY(), **values}
    return make.CitizenFactory(initiative=initiative, enquired_on=months_before(TODAY(), months), **values)


@pytest.fixture
def mails_on(db):
    """An editor has switched the mail on."""
    for side in ("citizen", "volunteer"):
        kind = kind_of(f"own_still_{side}")
        MailText.objects.create(
            code=kind.code, subject=str(kind.subject), body=str(kind.body), by_itself=True
        )


def question(person):
    return StillHereQuestion.objects.filter(**{person._meta.model_name: person}).first()


def test_who_is_asked(initiative, in_scope, coordinator):
    old = citizen(initiative, 6)
    paused = citizen(initiative, 6, paused_from=TODAY())
    citizen(initiative, 4)
    citizen(initiative, 6, status="ended")
    stopped = citizen(initiative, 6)
    services_standing.stop_use(person=stopped, user=coordinator)
    matched = citizen(initiative, 6)
    partner = make.VolunteerFactory(initiative=initiative, enquired_on=months_before(TODAY(), 11))
    make.MatchFactory(initiative=initiative, citizen=matched, volunteer=partner, state="active")
    # A pause stops the matching, not this clock; with a match it is asked once a year.
    assert still_here.people_to_ask(Citizen) == [old, paused]
    assert still_here.people_to_ask(Volunteer) == []
    veteran = make.VolunteerFactory(initiative=initiative, enquired_on=months_before(TODAY(), 12))
    assert still_here.people_to_ask(Volunteer) == [veteran]
    make.StillHereQuestionFactory(
        citizen=None, volunteer=veteran, answer="yes", answered_on=months_before(TODAY(), 3)
    )
    assert still_here.people_to_ask(Volunteer) == [], "a yes counts from its day"


def test_without_the_mail_it_is_a_line_to_ring_and_nobody_is_purged(initiative, in_scope):
    person = citizen(initiative, 6)
    for __ in range(2):
        call_command("ask_still_here", verbosity=0)
    assert StillHereQuestion.objects.count() == 1 and not MailJob.objects.exists()
    lines = [item.line for item in todays_list().items if person in item.line.people]
    assert any(line.url.endswith("#still") for line in lines)
    StillHereQuestion.objects.update(due_on=months_before(TODAY(), 9))
    assert retention.purge()["citizen_no_answer"] == [], "nobody goes who was never asked"


def test_one_mail_and_one_reminder_at_most(initiative, in_scope, mails_on):
    person = citizen(initiative, 6)
    for days in (0, 1, 13, 14, 15, 40, 80):
        still_here.ask_due(TODAY() + timedelta(days=days))
    jobs = MailJob.objects.filter(code="own_still_citizen")
    assert jobs.count() == 2
    for job in jobs:
        send_job(job.pk)
    assert len(mail.outbox) == 2 and "/peer/bliv-ved/b/" in mail.outbox[0].body
    found = question(person)
    assert found.asked_on == TODAY() and found.reminded_on == TODAY() + timedelta(days=14)
    # It is quiet while there is time to answer, and a line afterwards.
    assert still_here.to_ring(TODAY() + timedelta(days=20)) == []
    assert still_here.to_ring(TODAY() + timedelta(days=29)) == [found]


def test_a_citizen_who_does_not_answer_goes_after_six_months_in_all(initiative, in_scope, mails_on):
    person, silent = citizen(initiative, 6), citizen(initiative, 6, email="bo@example.com")
    still_here.ask_due()
    still_here.answer(person=person, answer="yes")
    StillHereQuestion.objects.filter(citizen=silent).update(asked_on=TODAY() - timedelta(days=32))
    assert retention.purge(apply=True)["citizen_no_answer"] == [silent.pk]
    assert Citizen._base_manager.get(pk=silent.pk).erased_on
    assert still_here.people_to_ask(Citizen) == []


def test_who_is_left_alone_does_not_go_for_being_silent_and_using_it_again_is_a_yes(
    initiative, in_scope, mails_on, coordinator
):
    """During a stop the link rests, so that nobody can answer on it (GDPR art. 18)."""
    person, other = citizen(initiative, 6), citizen(initiative, 6, email="bo@example.com")
    still_here.ask_due()
    StillHereQuestion.objects.update(asked_on=TODAY() - timedelta(days=32))
    services_standing.stop_use(person=person, user=coordinator)
    assert retention.purge()["citizen_no_answer"] == [other.pk], "the control: who can answer and does not"
    services_standing.lift_stop(person=person, user=coordinator)
    found = question(person)
    assert (found.answer, found.answered_on) == ("yes", TODAY())
    assert retention.purge()["citizen_no_answer"] == [other.pk]
    assert question(other).answer == ""


def test_who_asked_for_a_call_before_a_stop_still_gets_it(initiative, in_scope, mails_on, coordinator):
    person = citizen(initiative, 6)
    still_here.ask_due()
    still_here.answer(person=person, answer="ring")
    services_standing.stop_use(person=person, user=coordinator)
    services_standing.lift_stop(person=person, user=coordinator)
    assert question(person).answer == "ring"


def test_somebody_with_a_match_does_not_go_for_being_silent(initiative, in_scope, mails_on):
    person = citizen(initiative, 13)
    make.MatchFactory(
        initiative=initiative,
        citizen=person,
        volunteer=make.VolunteerFactory(initiative=initiative),
        state="active",
    )
    still_here.ask_due()
    StillHereQuestion.objects.update(asked_on=months_before(TODAY(), 5))
    assert retention.purge()["citizen_no_answer"] == []


@pytest.mark.parametrize(
    ("pressed", "said"), [("yes", "Vi bliver ved"), ("no", "Vi er stoppet"), ("ring", "Vi ringer til dig")]
)
def test_the_page_has_two_big_buttons_and_a_third(pressed, said, initiative, in_scope):
    person = citizen(initiative, 6)
    make.StillHereQuestionFactory(citizen=person)
    link = make_link(purpose="own_still_citizen", target=person)
    address = f"/peer/bliv-ved/b/{link.token}/"
    page = Client().get(address).content.decode()
    for button in ("Ja, bliv ved", "Nej, slet mig", "Ring til mig"):
        assert button in page
    assert question(person).answer == "", "a look answers nothing"
    for __ in range(2):
        assert Client().post(address, {"do": pressed}).status_code == 302
    assert said in Client().get(address).content.decode()
    assert question(person).answer == pressed and question(person).answered_on == TODAY()
    assert Client().post(address, {"do": "maybe"}).status_code == 404


def test_a_no_closes_at_once_is_erased_within_a_month_and_can_be_regretted(initiative, in_scope, coordinator):
    goes, regrets = citizen(initiative, 6), citizen(initiative, 6)
    for person in (goes, regrets):
        make.StillHereQuestionFactory(citizen=person)
        still_here.answer(person=person, answer="no")
        assert Citizen.objects.get(pk=person.pk).status == "ended"
    assert retention.purge()["citizen_said_no"] == []
    services.welcome_back(person=regrets, user=coordinator)
    StillHereQuestion.objects.filter(answer="no").update(answered_on=TODAY() - timedelta(days=32))
    assert retention.purge(apply=True)["citizen_said_no"] == [goes.pk]


def test_a_no_from_somebody_in_a_match_is_a_line_until_it_has_ended(initiative, in_scope):
    person = citizen(initiative, 13)
    make.MatchFactory(
        initiative=initiative,
        citizen=person,
        volunteer=make.VolunteerFactory(initiative=initiative),
        state="active",
    )
    make.StillHereQuestionFactory(citizen=person)
    still_here.answer(person=person, answer="no")
    assert Citizen.objects.get(pk=person.pk).status == "waiting"
    assert [row.citizen for row in still_here.wishes_to_go()] == [person]
    assert any("wants to be erased" in item.line.sentence for item in todays_list().items)


def test_the_coordinator_writes_what_was_said_on_the_telephone(initiative, in_scope, coordinator_client):
    person = citizen(initiative, 6)
    make.StillHereQuestionFactory(citizen=person)
    page = reverse("people_citizen_modeladmin_inspect", args=[person.pk])
    assert "Personen sagde ja" in coordinator_client.get(page).content.decode()
    address = reverse("peer_support_people:citizen_still", args=[person.pk])
    assert coordinator_client.post(address, {"do": "ring"}).status_code == 404
    assert coordinator_client.post(address, {"do": "yes"}).status_code == 302
    assert question(person).answer == "yes"
    assert "Personen sagde ja" not in coordinator_client.get(page).content.decode()
    assert coordinator_client.post(address, {"do": "no"}).status_code == 302
    assert question(person).answer == "yes", "answered once"


@pytest.mark.parametrize(("who", "months"), [("citizen", 5), ("citizen with a match", 12), ("volunteer", 12)])
def test_the_coordinator_is_told_when_it_is_asked_again(
    who, months, initiative, in_scope, coordinator_client
):
    person = (
        make.VolunteerFactory(initiative=initiative, enquired_on=months_before(TODAY(), 13))
        if who == "volunteer"
        else citizen(initiative, 13)
    )
    if who == "citizen with a match":
        make.MatchFactory(
            initiative=initiative,
            citizen=person,
            volunteer=make.VolunteerFactory(initiative=initiative),
            state="active",
        )
    kind = person._meta.model_name
    make.StillHereQuestionFactory(**{"citizen": None, "volunteer": None, kind: person}, initiative=initiative)
    address = reverse(f"peer_support_people:{kind}_still", args=[person.pk])
    said = coordinator_client.post(address, {"do": "yes"}, follow=True).content.decode()
    assert f"{person} bliver. I spørger igen om {months} måneder." in said
    # And it is what happens.
    day = months_before(TODAY(), -months)
    assert person in still_here.people_to_ask(type(person), day)
    assert person not in still_here.people_to_ask(type(person), day - timedelta(days=1))


@pytest.mark.parametrize("kind", ["citizen", "volunteer"])
def test_each_answer_leads_where_it_says_and_nowhere_else(initiative, in_scope, kind):
    """Asked a year ago: only who was silent goes by the one rule, and only who said no and has ended by the other."""
    factory, status = (
        (make.CitizenFactory, "waiting") if kind == "citizen" else (make.VolunteerFactory, "approved")
    )
    then = TODAY() - timedelta(days=400)

    def asked(answer, status):
        person = factory(initiative=initiative, status=status)
        side = {"citizen": None, "volunteer": None, kind: person}
        answered = {"answer": answer, "answered_on": then if answer else None}
        row = make.StillHereQuestionFactory(**side)
        StillHereQuestion._base_manager.filter(pk=row.pk).update(asked_on=then, **answered)
        return person.pk

    silent = asked("", status)
    said_no = asked("no", "ended")
    for other in (("yes", status), ("ring", status), ("no", status), ("", "ended"), ("yes", "ended")):
        asked(*other)
    due = {code: {row.pk for row in rule.due(timezone.now())} for code, rule in retention.rules().items()}
    assert due[f"{kind}_no_answer"] == {silent}
    assert due[f"{kind}_said_no"] == {said_no}
