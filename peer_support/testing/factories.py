"""Factories for tests: of the package itself, and of a host that builds on it. Everybody here is invented.

People are made in a scope that the factory opens itself (their initiative's), so a test needs no scope to build
with. It needs one to look.
"""

import datetime
import json
from contextlib import nullcontext

import factory
from django.apps import apps as installed_apps
from django.contrib.auth import get_user_model
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Locale

from ..access.models import Assignment
from ..access.roles import (
    ANALYST,
    COORDINATOR,
    DEPUTY,
    EDITOR,
    GROUP_NAMES,
    LEADER,
    OFFICER,
    ensure_roles,
)
from ..access.scopes import scope_of
from ..directory.models import Initiative, InitiativeContact, InitiativeSuggestion
from ..matching.models import Exclusion, Match, MatchingPolicy
from ..people.models import (
    Citizen,
    Conversation,
    ConversationBooking,
    Correction,
    Interest,
    InterestGroup,
    Language,
    LegalHold,
    MeetingPlace,
    PersonStep,
    StillHereQuestion,
    Volunteer,
)

PASSWORD = "peer-demo"  # noqa: S105 - for tests only

FIRST_NAMES = ["Alma", "Birk", "Cilje", "Dagny", "Eskil", "Freja", "Gorm", "Hjalte", "Idun", "Jorun"]
LAST_NAMES = ["Askholt", "Birkely", "Dybkær", "Engløkke", "Fjeldgren", "Granlund", "Hedelys", "Kærsgrav"]


def today():
    """Return the local day, as a factory default."""
    return timezone.localdate()


class InScopeFactory(DjangoModelFactory):
    """Makes a person's record inside the scope of its initiative."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        initiative = kwargs.get("initiative")
        with scope_of(initiative.pk) if initiative else nullcontext():
            return super()._create(model_class, *args, **kwargs)


class InitiativeFactory(DjangoModelFactory):
    """An initiative that this centre runs, live in the directory."""

    class Meta:
        model = Initiative

    title = factory.Sequence(lambda n: f"Peer-støtte {n}")
    summary = "En frivillig lytter og går med."
    runs_here = True
    live = True
    locale = factory.LazyFunction(Locale.get_default)


class InitiativeContactFactory(DjangoModelFactory):
    class Meta:
        model = InitiativeContact

    initiative = factory.SubFactory(InitiativeFactory)
    text = "Bodil Askholt, 12 34 56 78"


class InitiativeSuggestionFactory(DjangoModelFactory):
    """A suggestion from outside; ``wish`` is the new text for the summary."""

    class Meta:
        model = InitiativeSuggestion

    class Params:
        wish = "En ny tekst."

    initiative = factory.SubFactory(InitiativeFactory)
    message = "Ring til os, hvis I er i tvivl."
    changes_json = factory.LazyAttribute(lambda o: json.dumps({"summary": {"wish": o.wish, "was": ""}}))


class UserFactory(DjangoModelFactory):
    """A signed-in person; ``password`` is :data:`PASSWORD`.

    ``role`` puts them in the group of that role. ``initiative`` assigns them to it, as ``assigned_as``.
    """

    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"bruger{n}")
    first_name = factory.Iterator(FIRST_NAMES)
    last_name = factory.Iterator(LAST_NAMES)
    email = factory.LazyAttribute(lambda o: f"{o.username}@example.com")
    password = factory.django.Password(PASSWORD)
    role = None
    initiative = None
    assigned_as = Assignment.Role.COORDINATOR

    @classmethod
    def _create(cls, model_class, *args, role=None, initiative=None, assigned_as="", **kwargs):
        user = super()._create(model_class, *args, **kwargs)
        if role:
            user.groups.add(_group(role))
        if initiative is not None:
            Assignment.objects.create(user=user, initiative=initiative, role=assigned_as)
        return user


def _group(role):
    groups = installed_apps.get_model("auth", "Group").objects.filter(name=GROUP_NAMES[role])
    if not groups.filter(permissions__isnull=False).exists():
        ensure_roles()
    return groups.get()


class EditorFactory(UserFactory):
    """Somebody who keeps the directory and sees nobody's personal data."""

    role = EDITOR


class CoordinatorFactory(UserFactory):
    """``CoordinatorFactory(initiative=…)`` works for that initiative."""

    role = COORDINATOR


class DeputyFactory(UserFactory):
    """Stands in for a coordinator: everything but erasing and exporting."""

    role = DEPUTY
    assigned_as = Assignment.Role.DEPUTY


class LeaderFactory(UserFactory):
    """Decides who coordinates ``initiative``."""

    role = LEADER
    assigned_as = Assignment.Role.LEADER


class AnalystFactory(UserFactory):
    """Counts for the studies of ``initiative``, under codes, and sees nobody."""

    role = ANALYST
    assigned_as = Assignment.Role.ANALYST


class OfficerFactory(UserFactory):
    """Looks after the access log of ``initiative``, by case number."""

    role = OFFICER
    assigned_as = Assignment.Role.OFFICER


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    user = factory.SubFactory(UserFactory)
    initiative = factory.SubFactory(InitiativeFactory)
    role = Assignment.Role.COORDINATOR


class InterestGroupFactory(DjangoModelFactory):
    class Meta:
        model = InterestGroup

    name = factory.Sequence(lambda n: f"gruppe {n}")


class InterestFactory(DjangoModelFactory):
    class Meta:
        model = Interest

    name = factory.Sequence(lambda n: f"interesse {n}")
    group = factory.SubFactory(InterestGroupFactory)


class LanguageFactory(DjangoModelFactory):
    class Meta:
        model = Language

    name = factory.Sequence(lambda n: f"sprog {n}")


class MeetingPlaceFactory(InScopeFactory):
    class Meta:
        model = MeetingPlace

    initiative = factory.SubFactory(InitiativeFactory)
    name = factory.Sequence(lambda n: f"Biblioteket {n}")
    postcode = "3000"


class _PersonFactory(InScopeFactory):
    class Meta:
        abstract = True

    initiative = factory.SubFactory(InitiativeFactory)
    first_name = factory.Iterator(FIRST_NAMES)
    last_name = factory.Iterator(LAST_NAMES)
    phone = factory.Sequence(lambda n: f"{20000000 + n}")
    postcode = "3000"


class VolunteerFactory(_PersonFactory):
    """An approved volunteer with a contract and one place free: ready to be proposed."""

    class Meta:
        model = Volunteer

    status = Volunteer.Status.APPROVED
    capacity = 1
    approved_on = factory.LazyFunction(today)
    contract_on = factory.LazyFunction(today)


class CitizenFactory(_PersonFactory):
    """A citizen who has waited for thirty days."""

    class Meta:
        model = Citizen

    status = Citizen.Status.WAITING
    waiting_since = factory.LazyFunction(lambda: today() - datetime.timedelta(days=30))


class ConversationFactory(InScopeFactory):
    """The initial conversation with a citizen; pass ``volunteer=…, citizen=None`` for a volunteer's."""

    class Meta:
        model = Conversation

    initiative = factory.LazyAttribute(lambda o: (o.citizen or o.volunteer).initiative)
    citizen = factory.SubFactory(CitizenFactory)
    volunteer = None


class ConversationBookingFactory(InScopeFactory):
    """A conversation agreed on for tomorrow, by telephone; ``volunteer=…, citizen=None`` for a volunteer's."""

    class Meta:
        model = ConversationBooking

    initiative = factory.LazyAttribute(lambda o: (o.citizen or o.volunteer).initiative)
    citizen = factory.SubFactory(CitizenFactory, status=Citizen.Status.ENQUIRY, waiting_since=None)
    volunteer = None
    booked_for = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=1))


class PersonStepFactory(InScopeFactory):
    """The first row of a citizen's history; ``volunteer=…, citizen=None`` for a volunteer's."""

    class Meta:
        model = PersonStep

    initiative = factory.LazyAttribute(lambda o: (o.citizen or o.volunteer).initiative)
    citizen = factory.SubFactory(CitizenFactory)
    volunteer = None
    step = "enquiry"
    way = "test"


class MatchFactory(InScopeFactory):
    """A proposal. The state's own facts (answers, dates) are filled in for the later states."""

    class Meta:
        model = Match

    initiative = factory.SubFactory(InitiativeFactory)
    citizen = factory.SubFactory(CitizenFactory, initiative=factory.SelfAttribute("..initiative"))
    volunteer = factory.SubFactory(VolunteerFactory, initiative=factory.SelfAttribute("..initiative"))
    state = "proposed"

    @factory.lazy_attribute
    def number(self):
        with scope_of(self.initiative.pk):
            return Match.objects.count() + 1

    citizen_answer = volunteer_answer = factory.LazyAttribute(
        lambda o: "yes" if o.state in {"accepted", "met", "active", "paused", "ended"} else ""
    )
    active_from = factory.LazyAttribute(
        lambda o: today() if o.state in {"active", "paused", "ended"} else None
    )
    ended_on = factory.LazyAttribute(lambda o: today() if o.state == "ended" else None)


class MatchingPolicyFactory(InScopeFactory):
    class Meta:
        model = MatchingPolicy

    initiative = factory.SubFactory(InitiativeFactory)


class ExclusionFactory(InScopeFactory):
    class Meta:
        model = Exclusion

    initiative = factory.SubFactory(InitiativeFactory)
    citizen = factory.SubFactory(CitizenFactory, initiative=factory.SelfAttribute("..initiative"))
    volunteer = factory.SubFactory(VolunteerFactory, initiative=factory.SelfAttribute("..initiative"))


class LegalHoldFactory(InScopeFactory):
    """A hold on a citizen for half a year; pass ``volunteer=…, citizen=None`` for a volunteer."""

    class Meta:
        model = LegalHold

    citizen = factory.SubFactory(CitizenFactory)
    volunteer = None
    initiative = factory.LazyAttribute(lambda o: (o.citizen or o.volunteer).initiative)
    act = "set"
    reason = "Klage, der ikke er afgjort."
    until = factory.LazyFunction(lambda: today() + datetime.timedelta(days=180))


class CorrectionFactory(InScopeFactory):
    """A citizen who says that something is wrong; pass ``volunteer=…, citizen=None`` for a volunteer."""

    class Meta:
        model = Correction

    citizen = factory.SubFactory(CitizenFactory)
    volunteer = None
    initiative = factory.LazyAttribute(lambda o: (o.citizen or o.volunteer).initiative)
    words = "Mit efternavn er stavet forkert."


class StillHereQuestionFactory(InScopeFactory):
    """A citizen who is to be asked whether they still want to be registered."""

    class Meta:
        model = StillHereQuestion

    citizen = factory.SubFactory(CitizenFactory)
    volunteer = None
    initiative = factory.LazyAttribute(lambda o: (o.citizen or o.volunteer).initiative)
