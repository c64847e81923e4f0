"""Two initiatives with the same records and different secret words, for the permission matrix.

Every record of initiative A has the key 900001 and every one of B 900002, whatever its kind: so one number put in
an address reaches a record of that initiative on any screen, the ones that are not written yet too.
"""

import datetime
import json
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.log_actions import log
from wagtail.models import Page, Workflow

from example_site.models import TextPage
from peer_support.access.models import Assignment
from peer_support.access.models_link import AccessLink
from peer_support.access.page_rights import give_page_rights
from peer_support.access.roles import EDITOR, LEADER, group_for
from peer_support.access.scopes import is_scoped, scope_of
from peer_support.courses.models import CourseTemplate, SchoolHoliday
from peer_support.directory.models import DirectoryTerm, LocalCoordinator
from peer_support.matching.models import MatchEvent, MatchRun
from peer_support.outcomes.questionnaires.models import Questionnaire
from peer_support.pages.models import AmbassadorStoryPage, StoryIndexPage
from peer_support.people.models import Citizen, ConversationGuide, GuideVersion, PeopleUpload
from peer_support.recruitment.models_guidance import BenefitRule, GlossaryTerm, IdeaArea
from peer_support.testing import factories as make
from peer_support.testing import factories_courses as make_courses
from peer_support.testing import factories_followup as make_followup
from peer_support.testing import factories_followup_trips as make_trips
from peer_support.testing import factories_mailing as make_mailing
from peer_support.testing import factories_outcomes as make_outcomes
from peer_support.testing import factories_oversight as make_oversight
from peer_support.testing import factories_papers as make_papers
from peer_support.testing import factories_questionnaires as make_questionnaires
from peer_support.testing import factories_recruitment as make_recruitment
from peer_support.testing import factories_study as make_study
from peer_support.testing.factories_stories import StoryConsentFactory

KEY_A, KEY_B = 900001, 900002
WORDS = {
    "ambassador": "zqvambassadoer",
    "first_name": "zqvfornavn",
    "last_name": "zqvefternavn",
    "email": "zqvmail",
    "notes": "zqvnote",
    "wish": "zqvoenske",
    "expectations": "zqvforvent",
    "motivation": "zqvmotiv",
    "resources": "zqvkraft",
    "pause_reason": "zqvpause",
    "heard_of_us": "zqvhoert",
    "place_name": "zqvsted",
    "place": "zqvmoedested",
    "goals": "zqvmaal",
    "ending_note": "zqvslut",
    "first_meeting_place": "zqvfoerste",
    "said": "zqvsagt",
    "next_step": "zqvnaeste",
    "answer": "zqvsvar",
    "booking_place": "zqvaftalt",
    "upload": "zqvfil",
    "choices": "zqvvalg",
    "contact": "zqvkontakt",
    "suggestion": "zqvforslag",
    "suggested": "zqvtekst",
    "suggested_by": "zqvafsender",
    "course_notes": "zqvforloeb",
    "session_note": "zqvgangnote",
    "workshop_notes": "zqvintro",
    "given_by": "zqvvejleder",
    "guidance_note": "zqvvejledning",
    "exception_reason": "zqvundtag",
    "priority_reason": "zqvforrest",
    "left_note": "zqvstoppet",
    "waiting_note": "zqvventer",
    "enrolment_note": "zqvtilmeldt",
    "organisation": "zqvskole",
    "contact_name": "zqvspoerger",
    "about": "zqvoplaeg",
    "date_wish": "zqvdato",
    "talk_notes": "zqvtalenote",
    "token": "zqvlink",
    "from_place": "zqvfra",
    "to_place": "zqvtil",
    "purpose": "zqvformaal",
    "what_is_asked": "zqvbedtom",
    "how_to_meet": "zqvfind",
    "led_to_note": "zqvfoertetil",
    "skill": "zqvkompetence",
    "meeting_note": "zqvmoedenote",
    "paper_words": "zqvpapir",
    "paper_facts": "zqvudfyldt",
    "signed_name": "zqvunderskrift",
    "thanks": "zqvtak",
    "paper_work": "zqvopgave",
    "certificate": "zqvattest",
    "follow_up_note": "zqvopfoelg",
    "star_area": "zqvstjerne",
    "questionnaire_answer": "zqvskemasvar",
    "plan_who": "zqvhvem",
    "plan_result": "zqvudbytte",
    "step_responsible": "zqvansvar",
    "step_note": "zqvtrin",
    "step_next": "zqvnaestetrin",
    "study_seed": "zqvforsegl",
    "review_note": "zqvgennemgang",
    "hold_reason": "zqvsag",
    "correction": "zqvrettelse",
    "correction_mail": "zqvnymail",
}
PHONES = {KEY_A: "51626364", KEY_B: "61727374"}
# What nobody sees, those who work with the people included: the sealed seed of a study.
NOBODY_SEES = {"study_seed"}
# Restricted contacts and suggestions are kept by permission, not by scope: editors keep the directory.
BY_PERMISSION = {"ambassador", "contact", "suggestion", "suggested", "suggested_by"}
# What the data officer of an initiative writes about colleagues is for data officers of that initiative only.
FOR_OFFICERS = {"review_note"}


def word(name, key):
    """Return the secret word ``name`` of the initiative whose records have ``key``."""
    return f"{WORDS[name]}{'a' if key == KEY_A else 'b'}q"


def canaries(key):
    """Return ``{name: secret}`` of everything that is kept about people of the initiative with ``key``."""
    return {**{name: word(name, key) for name in WORDS}, "phone": PHONES[key]}


@dataclass
class Side:
    """One initiative with a record of every kind."""

    key: int
    initiative: object


def build_side(key):
    """Make an initiative and, with secret words in every text, one record of each person model."""
    # Titles of initiatives are public; they hold no secret.
    initiative = make.InitiativeFactory(pk=key, title=f"Peer-støtte nummer {key}")
    place = make.MeetingPlaceFactory(pk=key, initiative=initiative, name=word("place_name", key))
    # A person's number is unique in an initiative; other numbers let a record be moved, were it not refused.
    first = 7 if key == KEY_A else 57
    texts = {name: word(name, key) for name in ("first_name", "last_name", "notes", "pause_reason")}
    person = {
        **texts,
        "pk": key,
        "initiative": initiative,
        "phone": PHONES[key],
        "email": f"{word('email', key)}@example.com",
        "heard_of_us": word("heard_of_us", key),
    }
    citizen = make.CitizenFactory(
        **person, wish=word("wish", key), expectations=word("expectations", key), number=first
    )
    volunteer = make.VolunteerFactory(
        **person,
        motivation=word("motivation", key),
        resources=word("resources", key),
        number=first + 1,
        capacity=3,
    )
    waiting = make.CitizenFactory(**{**person, "pk": key + 100}, number=first + 2)
    make.VolunteerFactory(**{**person, "pk": key + 100}, number=first + 3)
    match = make.MatchFactory(
        pk=key,
        initiative=initiative,
        citizen=citizen,
        volunteer=volunteer,
        number=first,
        state="active",
        place=word("place", key),
        goals=word("goals", key),
        ending_note=word("ending_note", key),
        first_meeting_place=word("first_meeting_place", key),
        pause_reason=word("pause_reason", key),
    )
    policy = make.MatchingPolicyFactory(pk=key, initiative=initiative)
    with scope_of(initiative.pk):
        citizen.meeting_places.add(place)
        volunteer.meeting_places.add(place)
        MatchRun.objects.create(
            pk=key,
            initiative=initiative,
            policy=policy,
            aim="most_people",
            engine_version="1",
            input_digest="x",
            count=1,
            points=1,
            result={},
        )
        MatchEvent.objects.create(
            pk=key, initiative=initiative, match=match, action="propose", to_state="proposed"
        )
        owner = make.CoordinatorFactory(username=f"ejer{key}")
        make.AssignmentFactory(pk=key, user=owner, initiative=initiative)
        PeopleUpload.objects.create(
            pk=key,
            initiative=initiative,
            user=owner,
            kind="citizen",
            content=f'[["{word("upload", key)}"]]',
            choices=f'{{"{word("choices", key)}": 1}}',
        )
    guide = ConversationGuide.objects.create(pk=key, who="citizen", kind="initial", initiative=initiative)
    GuideVersion.objects.create(
        pk=key, guide=guide, questions=[{"key": "spoerg", "text": "Hvad?", "type": "text"}]
    )
    make.ConversationFactory(
        pk=key,
        guide_version_id=key,
        citizen=citizen,
        notes=word("said", key),
        next_step=word("next_step", key),
        answers_json=json.dumps([{"key": "spoerg", "question": "Hvad?", "answer": word("answer", key)}]),
    )
    make.ConversationBookingFactory(pk=key, citizen=citizen, place=word("booking_place", key))
    make.ConversationBookingFactory(
        pk=key + 100, citizen=None, volunteer=volunteer, place=word("booking_place", key)
    )
    make.PersonStepFactory(pk=key, citizen=citizen)
    with scope_of(initiative.pk):
        AccessLink.objects.create(
            pk=key,
            initiative=initiative,
            purpose="nothing",
            target_model="peer_support.citizen",
            target_id=key,
            token=word("token", key),
            token_hash=f"hash-{key}",
        )
    make.ExclusionFactory(pk=key, initiative=initiative, citizen=waiting, volunteer=volunteer)
    make.InitiativeContactFactory(pk=key, initiative=initiative, text=word("contact", key))
    make.InitiativeSuggestionFactory(
        pk=key,
        initiative=initiative,
        message=word("suggestion", key),
        contact=word("suggested_by", key),
        wish=word("suggested", key),
    )
    _build_course(key, initiative, citizen, volunteer, place)
    _build_recruitment(key, initiative, citizen)
    _build_star(key, citizen)
    make_questionnaires.ChangeChoiceFactory(pk=key, citizen=citizen, shown_to_volunteer=True)
    _build_questionnaires(key, match)
    make_mailing.MailJobFactory(pk=key, target=citizen)
    make_mailing.PutOffFactory(pk=key, initiative=initiative)
    _build_trips(key, initiative, citizen, volunteer)
    _build_meetings(key, match)
    _build_papers(key, initiative, volunteer)
    _build_follow_up(key, match)
    _build_study(key, initiative, citizen)
    make_oversight.note_on_a_line(pk=key, citizen=citizen, user=owner, note=word("review_note", key))
    for obj in (citizen, volunteer, place, match):
        log(instance=obj, action="wagtail.create", user=owner, title=f"{obj._meta.verbose_name} {obj.pk}")
    return Side(key, initiative)


def _build_course(key, initiative, citizen, volunteer, place):
    """A running course with a session, somebody who leads it and somebody who came."""
    own = {"pk": key, "initiative": initiative}
    template = make_courses.CourseTemplateFactory(pk=key, title=f"Skabelon {key}")
    # Titles, times and places of courses are public; they hold no secret.
    course = make_courses.GroupCourseFactory(
        **own,
        template=template,
        state="running",
        place=place,
        place_text="Hos os",
        notes=word("course_notes", key),
        number=7,
    )
    workshop = make_courses.IntroWorkshopFactory(
        **own, notes=word("workshop_notes", key), place_text="Hos os", courses=[course], number=7
    )
    session = make_courses.SessionFactory(**own, course=course, number=1, note=word("session_note", key))
    leads = make_courses.FacilitatorFactory(**own, course=course, volunteer=volunteer)
    make_courses.SessionStandInFactory(**own, session=session, facilitator=leads, volunteer=volunteer)
    make_courses.GuidanceDateFactory(
        **own, course=course, given_by=word("given_by", key), note=word("guidance_note", key)
    )
    enrolment = make_courses.EnrolmentFactory(
        **own,
        course=course,
        citizen=citizen,
        state="enrolled",
        workshop=workshop,
        exception_reason=word("exception_reason", key),
        priority_reason=word("priority_reason", key),
        left_note=word("left_note", key),
        waiting_note=word("waiting_note", key),
        note=word("enrolment_note", key),
    )
    make_courses.AttendanceFactory(**own, session=session, enrolment=enrolment)
    make_courses.CaringCallFactory(**own, enrolment=enrolment, up_to=session)
    make_courses.CourseEventFactory(**own, course=course)
    make_courses.EnrolmentEventFactory(**own, enrolment=enrolment)


def _build_recruitment(key, initiative, citizen):
    """A request for a talk, and the yes of a citizen."""
    names = ("organisation", "contact_name", "about", "date_wish")
    make_recruitment.TalkRequestFactory(
        pk=key,
        initiative=initiative,
        number=7,
        phone=PHONES[key],
        email=f"{word('email', key)}@example.com",
        notes=word("talk_notes", key),
        **{name: word(name, key) for name in names},
    )
    make_recruitment.ConsentFactory(pk=key, citizen=citizen, text=make_recruitment.ConsentTextFactory(pk=key))
    # Where, what, when, what it costs and what one hopes for are for leaders too; they hold no secret.
    make_recruitment.RecruitmentPlanFactory(
        pk=key, initiative=initiative, who=word("plan_who", key), result=word("plan_result", key)
    )
    make_recruitment.StartUpStepFactory(
        pk=key,
        initiative=initiative,
        responsible=word("step_responsible", key),
        note=word("step_note", key),
        next_step=word("step_next", key),
    )


def _build_star(key, citizen):
    """A star of a citizen, with one day."""
    star = make_outcomes.ProgressStarFactory(pk=key, citizen=citizen, names=(word("star_area", key), "Søvn"))
    make_outcomes.StarReadingFactory(pk=key, star=star, answers={1: 3, 2: None})


def _build_questionnaires(key, match):
    """A plan, a questionnaire that was answered, somebody who would rather not, and a number without a person."""
    own = {"pk": key, "initiative": match.initiative}
    make_questionnaires.QuestionnairePlanFactory(**own, at_start=True)
    make_questionnaires.QuestionnaireFactory(
        **own,
        citizen=match.citizen,
        match=match,
        state="answered",
        text=make_questionnaires.AskedTextFactory(pk=key, in_use=key == KEY_A),
        answers_text=json.dumps({"1": word("questionnaire_answer", key)}),
    )
    make_questionnaires.QuestionnaireRefusalFactory(**own, volunteer=match.volunteer)
    make_questionnaires.SeriesScoreFactory(**own)


def _build_study(key, initiative, citizen):
    """A study that takes people in: one is drawn, and one is ready for the draw."""
    own = {"pk": key, "initiative": initiative}
    template = CourseTemplate.objects.get(pk=key)
    study = make_study.StudyFactory(**own, template=template, state="recruiting", title=f"Studie {key}")
    site = make_study.StudySiteFactory(**own, study=study)
    measure = make_study.StudyMeasureFactory(**own, study=study, week=12, is_primary=True)
    text = make_study.StudyTextFactory(**own, study=study)
    make_study.StudySealFactory(**own, study=study, seed=word("study_seed", key))
    make_study.StudyEventFactory(**own, study=study)
    participant = make_study.StudyParticipantFactory(
        **own, site=site, citizen=citizen, state="allocated", code=f"K{key}"
    )
    make_study.StudyConsentFactory(**own, participant=participant, text=text)
    make_study.AllocationFactory(**own, participant=participant)
    with scope_of(initiative.pk):
        questionnaire = Questionnaire.objects.create(
            pk=key + 300,
            initiative=initiative,
            citizen=citizen,
            instrument="who5",
            moment="extra",
            due_on=datetime.date(2026, 12, 1),
        )
    make_study.StudyAskFactory(**own, participant=participant, measure=measure, questionnaire=questionnaire)
    waiting = Citizen._base_manager.get(pk=key + 100)
    make_study.StudyParticipantFactory(
        pk=key + 100,
        initiative=initiative,
        site=site,
        citizen=waiting,
        state="consented",
        paper_baseline_on=datetime.date(2026, 8, 3),
        code=f"L{key}",
    )


def _build_trips(key, initiative, citizen, volunteer):
    """A volunteer who goes along once, and what they would like to learn."""
    own = {"pk": key, "initiative": initiative}
    names = ("from_place", "to_place", "purpose", "what_is_asked", "how_to_meet", "led_to_note")
    trip = make_trips.AccompanimentFactory(
        **own, citizen=citizen, number=7, state="accepted", **{name: word(name, key) for name in names}
    )
    make_trips.AccompanimentOfferFactory(**own, accompaniment=trip, volunteer=volunteer, state="accepted")
    make_trips.AccompanimentEventFactory(**own, accompaniment=trip)
    skill = make_trips.SkillFactory(**own, name=word("skill", key))
    make_trips.VolunteerSkillFactory(**own, skill=skill, volunteer=volunteer)


def _build_meetings(key, match):
    """What the two of a match have written by link."""
    own = {"pk": key, "initiative": match.initiative}
    make_followup.MeetingFactory(**own, match=match, note=word("meeting_note", key), call_me=True)
    make_followup.MatchCallFactory(**own, match=match)
    make_followup.OwnChangeFactory(**own, citizen=match.citizen)
    # A hold that is over: its history stays, and stops nothing.
    over = make.today() - datetime.timedelta(days=1)
    make.LegalHoldFactory(
        **own, citizen=match.citizen, reason=word("hold_reason", key), starts_on=over, until=over
    )
    make.StillHereQuestionFactory(**own, citizen=match.citizen)
    make.CorrectionFactory(
        **own,
        citizen=match.citizen,
        words=word("correction", key),
        wishes_text=json.dumps({"email": f"{word('correction_mail', key)}@example.com"}),
    )


def _build_follow_up(key, match):
    """A pause, a call with its plan, and a step of an ending of the same match."""
    own = {"pk": key, "initiative": match.initiative}
    make_followup.PauseFactory(**own, match=match)
    make_followup.FollowUpPlanFactory(**own)
    make_followup.FollowUpFactory(**own, match=match, note=word("follow_up_note", key))
    with scope_of(match.initiative_id):
        event = MatchEvent.objects.get(pk=key)
    make_followup.EndingStepFactory(**own, match=match, event=event)


def _build_papers(key, initiative, volunteer):
    """A contract, a certificate that was seen, a thank-you, and what the initiative asks for."""
    own = {"pk": key, "initiative": initiative}
    text = make_papers.PaperTextFactory(**own)
    make_papers.PaperFactory(
        **own,
        volunteer=volunteer,
        text=text,
        words=word("paper_words", key),
        facts=f'{{"work": "{word("paper_facts", key)}"}}',
        signed_name=word("signed_name", key),
    )
    make_papers.CertificateFactory(**own, volunteer=volunteer, kind="course", about=word("certificate", key))
    make_papers.ThanksFactory(**own, volunteer=volunteer, words=word("thanks", key))
    make_papers.PaperPolicyFactory(**own, work=word("paper_work", key))


def _build_follow_up(key, match):
    """A pause, a call with its plan, and a step of an ending of the same match."""
    own = {"pk": key, "initiative": match.initiative}
    make_followup.PauseFactory(**own, match=match)
    make_followup.FollowUpPlanFactory(**own)
    make_followup.FollowUpFactory(**own, match=match, note=word("follow_up_note", key))
    with scope_of(match.initiative_id):
        event = MatchEvent.objects.get(pk=key)
    make_followup.EndingStepFactory(**own, match=match, event=event)


def build_wagtail(key):
    """Give Wagtail's own kinds a record with ``key`` too, so that its screens open something."""
    root = Page.get_first_root_node()
    kind = ContentType.objects.get_for_model(TextPage)
    page = root.add_child(
        instance=TextPage(pk=key, title=f"Side {key}", slug=f"side-{key}", content_type=kind)
    )
    page.save_revision()
    Document.objects.create(pk=key, title=f"Dokument {key}", file=ContentFile(b"x", name=f"{key}.txt"))
    Group.objects.create(pk=key, name=f"Gruppe {key}")
    make.UserFactory(pk=key, username=f"nogen{key}")
    Workflow.objects.create(pk=key, name=f"Arbejdsgang {key}")
    make.InterestFactory(pk=key, group=make.InterestGroupFactory(pk=key))
    make.LanguageFactory(pk=key)
    SchoolHoliday.objects.create(
        pk=key, name=f"Ferie {key}", first_day=datetime.date(2026, 2, 9), last_day=datetime.date(2026, 2, 15)
    )
    BenefitRule.objects.create(
        pk=key, name=f"Ydelse {key}", slug=f"ydelse-{key}", rule="Spørg.", ask_first="Os"
    )
    GlossaryTerm.objects.create(pk=key, term=f"Ord {key}", slug=f"ord-{key}", explanation="Et ord.")
    IdeaArea.objects.create(pk=key, title=f"Idé {key}", slug=f"ide-{key}", what="En idé.")
    LocalCoordinator.objects.create(pk=key, name=f"Lokal koordinator {key}")
    make_recruitment.EnquirySourceFactory(pk=key, name=f"Kilde nummer {key}")
    make_mailing.MailTextFactory(pk=key, code=f"mail-{key}")
    make_outcomes.AreaSuggestionFactory(pk=key, name=f"Område nummer {key}")
    DirectoryTerm.objects.create(pk=key, kind="form", code=f"ord-{key}", name=f"Ord {key}")


def build_story(key):
    """Make an ambassador's story and the consent to it, whose name is for editors only."""
    kind = ContentType.objects.get_for_model(StoryIndexPage)
    # A key of its own: the next one in turn would be the other side's.
    index = Page.get_first_root_node().add_child(
        instance=StoryIndexPage(
            pk=key + 700, title=f"Fortællinger {key}", slug=f"fortaellinger-{key}", content_type=kind
        )
    )
    kind = ContentType.objects.get_for_model(AmbassadorStoryPage)
    index.add_child(
        instance=AmbassadorStoryPage(
            pk=key + 500, title=f"En fortælling {key}", slug=f"en-{key}", content_type=kind
        )
    )
    secret = word("ambassador", key)
    StoryConsentFactory(pk=key, page_id=key + 500, name=secret, contact=secret, kept_where=secret)


def build_world():
    """Return the two sides, ``{key: Side}``."""
    sides = {key: build_side(key) for key in (KEY_A, KEY_B)}
    for key in sides:
        build_wagtail(key)
        build_story(key)
    return sides


def rows_of(model, key):
    """Return every column of the rows of ``model`` that belong to the initiative with ``key``, however they are reached."""
    return list(model._base_manager.filter(initiative_id=key).order_by("pk").values())


def person_models():
    return [model for model in apps.get_models() if is_scoped(model)]


# Roles: a user, the initiative they work for, and the one whose people they must never see.


@dataclass
class Role:
    name: str
    user: object
    own: int | None
    foreign: tuple
    unseen: dict

    def client(self):
        client = Client(raise_request_exception=False)
        if self.user is not None:
            client.force_login(self.user)
        return client


def _anonymous(a, b):
    return None


def _plain(a, b):
    return make.UserFactory()


def _admin_only(a, b):
    user = make.UserFactory(initiative=a)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def _editor(a, b):
    user = make.EditorFactory()
    give_page_rights(group_for(EDITOR))
    return user


def _wagtails(name):
    def user_of_group(a, b):
        user = make.UserFactory()
        user.groups.add(Group.objects.get(name=name))
        return user

    return user_of_group


def _expired(a, b):
    user = make.CoordinatorFactory(initiative=a)
    user.peer_assignments.update(valid_until=datetime.date(2020, 1, 1))
    return user


def _two_tasks(a, b):
    """Coordinates one initiative and leads the other, whose people are nobody's business of theirs."""
    user = make.CoordinatorFactory(initiative=a)
    make.AssignmentFactory(user=user, initiative=b, role=Assignment.Role.LEADER)
    user.groups.add(group_for(LEADER))
    return user


# name: (how the user is made, own, foreign, does the permission cover restricted contacts)
ROLES = {
    "anonymous": (_anonymous, None, (KEY_A, KEY_B), False),
    "plain user": (_plain, None, (KEY_A, KEY_B), False),
    "admin user without permissions, assigned": (_admin_only, KEY_A, (KEY_A, KEY_B), False),
    "peer editor": (_editor, None, (KEY_A, KEY_B), True),
    "Wagtail editor": (_wagtails("Editors"), None, (KEY_A, KEY_B), False),
    "moderator": (_wagtails("Moderators"), None, (KEY_A, KEY_B), False),
    "coordinator of A": (lambda a, b: make.CoordinatorFactory(initiative=a), KEY_A, (KEY_B,), False),
    "coordinator of B": (lambda a, b: make.CoordinatorFactory(initiative=b), KEY_B, (KEY_A,), False),
    "coordinator whose assignment is over": (_expired, None, (KEY_A, KEY_B), False),
    "deputy of A": (lambda a, b: make.DeputyFactory(initiative=a), KEY_A, (KEY_B,), False),
    "leader of A": (lambda a, b: make.LeaderFactory(initiative=a), KEY_A, (KEY_A, KEY_B), False),
    "coordinator of A who leads B": (_two_tasks, KEY_A, (KEY_B,), False),
    "analyst of A": (lambda a, b: make.AnalystFactory(initiative=a), KEY_A, (KEY_A, KEY_B), False),
    "data officer of A": (lambda a, b: make.OfficerFactory(initiative=a), KEY_A, (KEY_A, KEY_B), False),
    "superuser": (lambda a, b: make.UserFactory(is_superuser=True), None, (KEY_A, KEY_B), True),
    "superuser assigned to A": (
        lambda a, b: make.UserFactory(is_superuser=True, initiative=a),
        KEY_A,
        (KEY_B,),
        True,
    ),
}


def build_role(name, sides):
    """Make the user of a role in this world."""
    make_user, own, foreign, contacts_too = ROLES[name]
    user = make_user(sides[KEY_A].initiative, sides[KEY_B].initiative)
    unseen = {}
    for key in sides:
        for part, secret in canaries(key).items():
            if part in NOBODY_SEES:
                hidden = True
            elif part in BY_PERMISSION:
                hidden = not contacts_too
            elif part in FOR_OFFICERS:
                hidden = not (name.startswith("data officer") and key == own)
            else:
                hidden = key in foreign
            if hidden:
                unseen[f"{part} {key}"] = secret
    return Role(name, user, own, foreign, unseen)
