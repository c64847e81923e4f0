"""A study from its first word to the check at the end: what can be changed when, and who is drawn how."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from peer_support.access.decisions import NotAllowed
from peer_support.access.scopes import scope_of
from peer_support.courses import services_enrolment as enrolments
from peer_support.courses.attention import needs
from peer_support.courses.models import Enrolment, WayIn
from peer_support.followup.today.registry import sources
from peer_support.outcomes.questionnaires.models import Questionnaire
from peer_support.outcomes.study import rules, seals, services, services_allocation, services_participants
from peer_support.outcomes.study.allocation import Arm, Seed, arms_of
from peer_support.outcomes.study.baseline import baseline_is_in
from peer_support.outcomes.study.export import allocation_rows
from peer_support.outcomes.study.models import (
    Allocation,
    StudyAsk,
    StudyConsent,
    StudyEvent,
    StudyParticipant,
    StudySeal,
)
from peer_support.outcomes.study.verify_allocation import faults
from peer_support.people.models import Citizen
from peer_support.privacy.erasure import erase
from peer_support.privacy.models import AccessLogEntry, AppendOnlyError
from peer_support.privacy.retention import not_needed, purge
from peer_support.testing.factories import CitizenFactory, InitiativeFactory
from peer_support.testing.factories_courses import EnrolmentFactory
from peer_support.testing.factories_study import (
    StudyParticipantFactory,
    StudySiteFactory,
    recruiting_study,
)

pytestmark = pytest.mark.django_db


def refused(code, service, **kwargs):
    with pytest.raises(NotAllowed) as caught:
        service(**kwargs)
    assert caught.value.decision.code == code, caught.value.decision
    assert caught.value.decision.reason


def draw(participant, user):
    return services_allocation.allocate(participant=participant, user=user)


# The study


def test_a_study_is_sealed_only_when_it_is_whole_and_stays_as_it_was(in_scope, coordinator):
    study = services.make_study(initiative=in_scope, values={"title": "Hjælper det?"}, user=coordinator)
    decision = rules.may_seal(study)
    assert decision.code == "incomplete" and len(rules.missing(study)) == 4
    with pytest.raises(ValidationError, match="to gange|twice"):
        services.set_sites(
            study=study, sites=[(in_scope, "Ribe", 8), (in_scope, " ribe ", 9)], user=coordinator
        )
    services.set_measures(
        study=study, measures=[("who5", 12, False), ("inspire_o", 12, False)], user=coordinator
    )
    said = " ".join(rules.missing(study))
    assert len(rules.missing(study)) == 6 and ("uge 0" in said or "week 0" in said)
    whole = recruiting_study(
        initiative=in_scope, user=coordinator, measures=[("who5", 0, False), ("who5", 12, True)]
    )
    text = StudyEvent.objects.filter(study=whole).values_list("action", flat=True)
    assert list(text) == ["begin", "seal", "text", "plan", "towns", "make"]
    for service, values in (
        (services.change_study, {"values": {"title": "Noget andet"}}),
        (services.set_sites, {"sites": [(in_scope, "Ribe", 8)]}),
        (services.set_measures, {"measures": []}),
    ):
        refused("sealed", service, study=whole, user=coordinator, **values)
    # Not one step out of its order.
    refused("study_recruiting", services.seal_study, study=whole, user=coordinator)
    refused("study_recruiting", services.begin_recruiting, study=whole, user=coordinator)
    refused("study_recruiting", services.unseal_study, study=whole, user=coordinator)
    services.close_study(study=whole, user=coordinator)
    refused("study_closed", services.close_study, study=whole, user=coordinator)
    services.unseal_study(study=whole, user=coordinator)
    refused("study_unsealed", services.unseal_study, study=whole, user=coordinator)


def test_the_control_group_waits_at_least_until_the_last_measurement(in_scope, coordinator):
    study = services.make_study(
        initiative=in_scope, values={"title": "x", "control_weeks": 8}, user=coordinator
    )
    services.set_measures(study=study, measures=[("who5", 0, False), ("who5", 9, True)], user=coordinator)
    before = len(rules.missing(study))
    study = services.change_study(study=study, values={"control_weeks": 9}, user=coordinator)
    assert len(rules.missing(study)) == before - 1


def test_the_seal_is_a_hash_of_what_is_locked_away_and_the_key_opens_it_only_at_the_end(
    in_scope, study, coordinator
):
    seal = StudySeal.objects.get(study=study)
    assert Seed.of_hex(seal.box).commitment == seal.commitment
    stored = (
        StudySeal._base_manager.filter(pk=seal.pk).extra(select={"raw": "box"}).values_list("raw", flat=True)
    )
    assert seal.box not in str(list(stored.values_list("raw", flat=True))), "encrypted at rest"
    assert seals.revealed_seed(study) == ""
    with pytest.raises(AppendOnlyError):
        StudySeal.objects.filter(study=study).update(commitment="0" * 64)
    with pytest.raises(AppendOnlyError):
        seal.save()
    study = services.close_study(study=study, user=coordinator)
    assert seals.revealed_seed(study) == ""
    study = services.unseal_study(study=study, user=coordinator)
    assert seals.revealed_seed(study) == seal.box


def test_a_text_somebody_said_yes_to_stays_and_a_change_is_a_new_version(in_scope, study, asked, coordinator):
    first = study.texts.get()
    assert services.write_text(study=study, text="Andre ord.", user=coordinator).version == 1
    participant = services_participants.consent(participant=asked(), how="paper", user=coordinator)
    second = services.write_text(study=study, text="Nye ord.", user=coordinator)
    assert second.version == 2 and study.texts.count() == 2
    first.refresh_from_db()
    with pytest.raises(AppendOnlyError):
        first.save()
    consent = StudyConsent.objects.get(participant=participant)
    assert (consent.text, consent.text_version, consent.text_hash) == (first, 1, first.text_hash)
    assert services.write_text(study=study, text=" Nye ord.\r\n", user=coordinator) == second
    with pytest.raises(AppendOnlyError):
        StudyConsent.objects.update(how="phone")


# The draw


def test_nothing_is_drawn_before_the_yes_and_the_first_questions(in_scope, asked, coordinator):
    participant = asked()
    refused("not_consented", draw, participant=participant, user=coordinator)
    participant = services_participants.consent(participant=participant, how="meeting", user=coordinator)
    assert not baseline_is_in(participant)
    refused("no_baseline", draw, participant=participant, user=coordinator)
    assert not Allocation.objects.exists()
    participant = services_participants.tick_baseline(participant=participant, user=coordinator)
    assert draw(participant, coordinator).slot == 1
    refused("allocated", draw, participant=participant, user=coordinator)
    assert Allocation.objects.count() == 1


def test_with_an_instrument_the_answers_open_the_draw_and_the_later_questions_are_planned(
    in_scope, coordinator
):
    study = recruiting_study(
        initiative=in_scope,
        user=coordinator,
        measures=[("who5", 0, False), ("inspire_o", 0, False), ("who5", 12, True)],
        population="or_waiting",
    )
    citizen = CitizenFactory(initiative=in_scope, status="waiting")
    ask = {"study": study, "site": study.sites.get(), "citizen": citizen, "user": coordinator}
    participant = services_participants.consent(
        participant=services_participants.ask(**ask), how="paper", user=coordinator
    )
    first = [row.questionnaire for row in StudyAsk.objects.filter(participant=participant)]
    assert sorted(one.instrument for one in first) == ["inspire_o", "who5"]
    assert {(one.moment, one.enrolment_id, one.match_id) for one in first} == {("start", None, None)}
    refused("has_instrument", services_participants.tick_baseline, participant=participant, user=coordinator)
    _answer(first[0])
    refused("no_baseline", draw, participant=participant, user=coordinator)
    _answer(first[1])
    draw(participant, coordinator)
    later = Questionnaire.objects.exclude(pk__in=[one.pk for one in first]).get()
    assert later.due_on == timezone.localdate() + datetime.timedelta(weeks=12) and later.instrument == "who5"


def _answer(questionnaire, **values):
    from peer_support.outcomes.instruments.models import InstrumentText

    text = InstrumentText.objects.filter(instrument=questionnaire.instrument).first() or _text(
        questionnaire.instrument
    )
    Questionnaire.objects.filter(pk=questionnaire.pk).update(
        state="answered", answered_on=values.get("on", timezone.localdate()), text=text
    )


def _text(code):
    from peer_support.outcomes.instruments.models import InstrumentText
    from peer_support.outcomes.instruments.registry import instrument_of

    known = instrument_of(code)
    return InstrumentText.objects.create(
        instrument=code,
        title="Spørgsmål",
        items_text="\n".join(f"Sætning {n}" for n in range(known.items)),
        words_text="\n".join(f"Svar {n}" for n in range(known.words_needed)),
        leave_from="Vi har selv skrevet dem.",
        leave_on=timezone.localdate(),
        in_use=True,
    )


def test_the_draws_of_a_town_are_the_list_of_the_seed_and_anybody_can_check_it(
    in_scope, study, ready, coordinator
):
    drawn = [draw(ready(), coordinator) for __ in range(14)]
    assert [one.slot for one in drawn] == list(range(1, 15))
    seed = StudySeal.objects.get(study=study).box
    assert [one.arm for one in drawn] == [arm.value for arm in arms_of(Seed.of_hex(seed), "S1", 14)]
    commitment = seals.commitment_of(study)[0]
    assert faults(commitment, seed, allocation_rows(study)) == []
    turned = [(s, n, "place" if arm == "control" else "control") for s, n, arm in allocation_rows(study)]
    assert len(faults(commitment, seed, turned)) == 14
    for row in drawn[:1]:
        for undo in (row.delete, row.save):
            with pytest.raises(AppendOnlyError):
                undo()
    with pytest.raises(AppendOnlyError):
        Allocation.objects.update(arm="place")
    with pytest.raises(AppendOnlyError):
        Allocation.objects.all().delete()


def test_a_slot_and_a_person_are_drawn_once_says_the_table_itself(in_scope, study, ready, coordinator):
    one, other = draw(ready(), coordinator), ready()
    again = {"initiative": in_scope, "study": study, "site": one.site, "arm": "place"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Allocation.objects.create(**again, slot=one.slot, participant=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Allocation.objects.create(**again, slot=2, participant=one.participant)


def test_a_seal_that_cannot_be_read_draws_nothing(in_scope, study, ready, coordinator):
    participant = ready()
    StudySeal._base_manager.filter(study=study)._raw_delete("default")
    refused("not_sealed", draw, participant=participant, user=coordinator)
    StudySeal.objects.create(
        initiative=in_scope, study=study, algorithm="x", commitment="0" * 64, box="ab" * 32
    )
    refused("seal_unreadable", draw, participant=participant, user=coordinator)
    assert not Allocation.objects.exists()


def test_nobody_is_asked_outside_the_rule(in_scope, study, course, other_initiative, coordinator):
    site = study.sites.get()
    citizen = CitizenFactory(initiative=in_scope)
    ask = {"study": study, "site": site, "user": coordinator}
    refused("not_eligible", services_participants.ask, citizen=citizen, **ask)
    seated = EnrolmentFactory(course=course, citizen=citizen, state="enrolled")
    refused("has_place", services_participants.ask, citizen=citizen, enrolment=seated, **ask)
    stranger = CitizenFactory(initiative=other_initiative)
    refused("other_initiative", services_participants.ask, citizen=stranger, **ask)
    gone = CitizenFactory(initiative=in_scope, status="ended", ended_on=timezone.localdate())
    refused("ended", services_participants.ask, citizen=gone, **ask)
    services.close_study(study=study, user=coordinator)
    refused("study_closed", services_participants.ask, citizen=citizen, **ask)


def test_a_town_takes_as_many_as_were_planned(in_scope, coordinator):
    study = recruiting_study(initiative=in_scope, user=coordinator, planned=2, population="or_waiting")
    site = study.sites.get()
    for __ in range(2):
        citizen = CitizenFactory(initiative=in_scope, status="waiting")
        one = services_participants.ask(study=study, site=site, citizen=citizen, user=coordinator)
        one = services_participants.consent(participant=one, how="paper", user=coordinator)
        draw(services_participants.tick_baseline(participant=one, user=coordinator), coordinator)
    one_more = CitizenFactory(initiative=in_scope, status="waiting")
    refused("full", services_participants.ask, study=study, site=site, citizen=one_more, user=coordinator)


def test_a_town_of_another_initiative_draws_from_the_same_seal(in_scope, other_initiative, coordinator):
    """Its own coordinator has no scope of the initiative that leads the study."""
    with scope_of(in_scope.pk, other_initiative.pk):
        study = services.make_study(
            initiative=in_scope,
            values={"title": "To byer", "question": "?", "template": None, "population": "or_waiting"},
            user=coordinator,
        )
        from peer_support.testing.factories_courses import CourseTemplateFactory

        study = services.change_study(
            study=study, values={"template": CourseTemplateFactory()}, user=coordinator
        )
        sites = services.set_sites(
            study=study, sites=[(in_scope, "Ribe", 9), (other_initiative, "Esbjerg", 9)], user=coordinator
        )
        services.set_measures(study=study, measures=[("who5", 0, False), ("who5", 5, True)], user=coordinator)
        services.write_text(study=study, text="Ord.", user=coordinator)
        services.begin_recruiting(study=services.seal_study(study=study, user=coordinator), user=coordinator)
    with scope_of(other_initiative.pk):
        study.refresh_from_db()
        citizen = CitizenFactory(initiative=other_initiative, status="waiting")
        one = services_participants.ask(study=study, site=sites[1], citizen=citizen, user=None)
        one = services_participants.consent(participant=one, how="paper", user=None)
        refused("no_baseline", draw, participant=one, user=None)
        _answer(StudyAsk.objects.get(participant=one).questionnaire)
        made = draw(one, None)
        assert (made.site.code, made.slot, made.initiative) == ("S2", 1, other_initiative)


# Places in the course


def place_of(citizen, course):
    return enrolments.enrol(course=course, person=citizen, way=WayIn.COORDINATOR)


def one_of_each(ready, coordinator):
    """Draw until both arms have somebody; returns ``{arm: participant}``."""
    found = {}
    while len(found) < 2:
        participant = ready()
        found.setdefault(Arm(draw(participant, coordinator).arm), participant)
    return found


def test_while_the_study_takes_people_in_places_go_to_those_who_drew_one(
    in_scope, ready, asked, course, coordinator
):
    both = one_of_each(ready, coordinator)
    assert place_of(both[Arm.PLACE].citizen, course).state == "enrolled"
    waits = place_of(both[Arm.CONTROL].citizen, course)
    assert (waits.state, waits.waiting_why) == ("waiting", "study")
    for service in (enrolments.offer_place,):
        refused("study_control", service, enrolment=waits, user=coordinator)
    undrawn = asked()
    refused("study_not_drawn", enrolments.offer_place, enrolment=undrawn.enrolment, user=coordinator)
    stranger = EnrolmentFactory(course=course, citizen=CitizenFactory(initiative=in_scope))
    refused("study_first", enrolments.offer_place, enrolment=stranger, user=coordinator)
    # Whoever waits for the study holds nobody back who drew a place.
    ahead = {participant.pk for participant in StudyParticipant.objects.filter(allocation__arm="place")}
    assert ahead and not [need for need in needs() if need.kind == "offer"]


def test_who_says_no_may_have_a_place_where_the_study_says_so(initiative, coordinator):
    from peer_support.testing.factories_courses import GroupCourseFactory

    study = recruiting_study(initiative=initiative, user=coordinator, others_may_have_places=True)
    course = GroupCourseFactory(
        initiative=initiative, template=study.template, state="open", capacity=3, wants_intro=False
    )
    other = GroupCourseFactory(initiative=initiative, state="open", capacity=3, wants_intro=False)
    with scope_of(initiative.pk):
        assert place_of(CitizenFactory(initiative=initiative), course).state == "enrolled"
        assert place_of(CitizenFactory(initiative=initiative), other).state == "enrolled", "another course"


def test_when_the_study_is_closed_the_control_group_waits_its_weeks_and_is_on_todays_list_then(
    in_scope, study, ready, course, coordinator
):
    both = one_of_each(ready, coordinator)
    control = both[Arm.CONTROL]
    waits = place_of(control.citizen, course)
    stranger = CitizenFactory(initiative=in_scope)
    assert place_of(stranger, course).state == "waiting"
    services.close_study(study=study, user=coordinator)
    refused("study_control_waits", enrolments.offer_place, enrolment=waits, user=coordinator)
    assert place_of(CitizenFactory(initiative=in_scope), course).state == "offered", (
        "the study holds nobody else"
    )
    source = next(one for one in sources() if one.code == "studies").function
    today = timezone.localdate()
    assert not [line for line in source(today) if line.key.startswith("study-control")]
    later = today + datetime.timedelta(weeks=study.control_weeks)
    [line] = [line for line in source(later) if line.key.startswith("study-control")]
    assert line.person and "Hemmelig" not in line.sentence
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            timezone, "localdate", lambda value=None, tz=None: later if value is None else _local(value)
        )
        fresh = Enrolment.objects.get(pk=waits.pk)
        assert enrolments.rules.may_have_place(fresh)


def _local(value):
    return timezone.localtime(value).date()


# The way out


def test_a_withdrawal_from_questions_keeps_the_answers_and_from_everything_leaves_nothing(
    in_scope, coordinator
):
    study = recruiting_study(
        initiative=in_scope,
        user=coordinator,
        measures=[("who5", 0, False), ("who5", 12, True)],
        population="or_waiting",
    )
    citizen = CitizenFactory(initiative=in_scope, status="waiting")
    one = services_participants.ask(study=study, site=study.sites.get(), citizen=citizen, user=coordinator)
    one = services_participants.consent(participant=one, how="paper", user=coordinator)
    _answer(StudyAsk.objects.get().questionnaire)
    draw(one, coordinator)
    assert Questionnaire.objects.count() == 2
    one = services_participants.withdraw(participant=one, what="measurement", how="phone", user=coordinator)
    assert list(Questionnaire.objects.values_list("state", flat=True)) == ["answered"]
    assert StudyConsent.objects.get().withdrawn_what == "measurement"
    refused("withdrawn", services_participants.withdraw, participant=one, what="measurement", how="phone")
    one = services_participants.withdraw(participant=one, what="everything", how="phone", why="health")
    assert not Questionnaire.objects.exists() and not StudyAsk.objects.exists()
    one.refresh_from_db()
    assert (one.citizen, one.enrolment, one.left, one.left_why) == (None, None, "everything", "health")
    assert Allocation.objects.count() == 1, "the draw stays, without a person"
    refused("withdrawn", services_participants.consent, participant=one, how="paper")


def test_a_withdrawal_gives_the_ordinary_place_in_line_back(in_scope, study, ready, course, coordinator):
    control = one_of_each(ready, coordinator)[Arm.CONTROL]
    enrolment = place_of(control.citizen, course)
    services_participants.withdraw(participant=control, what="everything", how="meeting", user=coordinator)
    refused("study_first", enrolments.offer_place, enrolment=enrolment, user=coordinator)
    services.close_study(study=study, user=coordinator)
    assert enrolments.rules.may_have_place(Enrolment.objects.get(pk=enrolment.pk))


def test_closing_lets_go_of_whoever_was_not_drawn(in_scope, study, asked, ready, coordinator):
    waiting, done = asked(), ready()
    draw(done, coordinator)
    services.close_study(study=study, user=coordinator)
    waiting.refresh_from_db()
    done.refresh_from_db()
    assert (waiting.state, waiting.excluded_why, done.state) == ("excluded", "closed", "allocated")


def test_an_erased_person_leaves_every_study(in_scope, ready, coordinator):
    participant = ready()
    draw(participant, coordinator)
    erase(subject=participant.citizen, user=coordinator)
    participant.refresh_from_db()
    assert (participant.citizen_id, participant.enrolment_id, participant.left) == (None, None, "everything")


def test_the_thread_to_a_person_is_cut_half_a_year_after_the_end_and_not_before(
    in_scope, study, ready, coordinator
):
    participant = ready()
    draw(participant, coordinator)
    study = services.close_study(study=study, user=coordinator)
    now = timezone.now()
    assert purge(now=now + datetime.timedelta(days=900))["study"] == []
    services.unseal_study(study=study, user=coordinator)
    assert purge(now=now + datetime.timedelta(days=170))["study"] == []
    assert purge(now=now + datetime.timedelta(days=190), apply=True)["study"] == [participant.pk]
    participant.refresh_from_db()
    assert participant.citizen_id is None and participant.left == ""
    assert StudyEvent.objects.filter(action="detach").count() == 1


@pytest.mark.parametrize(
    ("state", "left", "study_is", "kept"),
    [
        ("consented", "", "recruiting", True),
        ("allocated", "", "closed", True),
        ("allocated", "measurement", "recruiting", True),
        ("allocated", "everything", "recruiting", False),
        ("asked", "", "recruiting", False),
        ("excluded", "", "recruiting", False),
        ("allocated", "", "unsealed", False),
    ],
)
def test_a_study_holds_on_to_those_whose_answers_it_still_needs(in_scope, state, left, study_is, kept):
    site = StudySiteFactory(study__initiative=in_scope, study__state=study_is)
    citizen = CitizenFactory(initiative=in_scope, status="ended", waiting_since=None)
    # Whoever was erased is in the study still, and holds on to nobody else.
    StudyParticipantFactory(site=site, citizen=None, state="consented")
    participant = StudyParticipantFactory(site=site, citizen=citizen)
    today = timezone.localdate()
    values = {"state": state, "excluded_on": today, "excluded_why": "other", "left": left}
    StudyParticipant._base_manager.filter(pk=participant.pk).update(**values, left_on=today, left_why="other")
    found = not_needed(Citizen.objects.filter(pk=citizen.pk), timezone.now())
    assert found.exists() is not kept


def test_every_step_is_written_and_logged_without_saying_what_was_drawn(in_scope, study, ready, coordinator):
    participant = ready()
    draw(participant, coordinator)
    services_participants.note_told(participant=participant, user=coordinator)
    events = StudyEvent.objects.filter(study=study)
    assert {"ask", "consent", "baseline", "allocate", "told"} <= set(events.values_list("action", flat=True))
    assert not re.search(r"place|control", str(list(events.values_list("facts", flat=True))))
    logged = AccessLogEntry.objects.filter(model="peer_support.studyparticipant", object_id=participant.pk)
    assert logged.count() >= 5
    with pytest.raises(AppendOnlyError):
        events.update(action="x")


def test_two_of_one_initiatives_studies_do_not_know_each_others_people(in_scope, ready, coordinator):
    other = recruiting_study(initiative=InitiativeFactory(), user=coordinator)
    participant = ready()
    assert participant.study != other and not StudyParticipant.objects.filter(study=other).exists()
