"""Fill a site with the invented centre: logins, initiatives, people, and matches in every state.

Everything goes through the services, so that what a visitor of the demo meets is what a real day would have made.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Max
from django.utils import timezone
from wagtail.users.models import UserProfile

from ..access.models import Assignment
from ..access.roles import group_for
from ..access.scopes import scope_of
from ..courses.models import Enrolment
from ..directory.models import DirectoryTerm, Initiative, InitiativeSection, Municipality
from ..outcomes.report.services import keep_public_numbers
from ..people import services as people_services
from ..people.models import Citizen, Interest, Language, MeetingPlace, Volunteer
from ..privacy.models import AccessLogEntry
from . import accompaniments, enrolments, initiatives, people
from .attendance import hold
from .changes import make_changes
from .courses import make_courses, make_holidays, make_templates
from .life import make_life
from .links import say_by_link
from .matches import make_matches
from .outcomes import make_outcomes
from .oversight import make_review, spread_log
from .pairs import follow_pairs
from .papers import make_papers
from .pipeline import make_way_in
from .questionnaires import make_questionnaires
from .study import make_study
from .today import make_morning, send_on_holiday

PASSWORD = "peer-demo"  # noqa: S105


@dataclass(frozen=True)
class Login:
    """A demo user: ``role`` is the group's code, ``initiatives`` are the positions in the list of initiatives."""

    username: str
    first_name: str
    last_name: str
    role: str
    initiatives: tuple
    what: str


LOGINS = (
    Login("redaktor", "Rie", "Redaktør", "editor", (), "redaktør: initiativer og sider"),
    Login("koordinator", "Kim", "Koordinator", "coordinator", (0,), "koordinator i Peer-støtte Nordkysten"),
    Login("koordinator2", "Kaya", "Koordinator", "coordinator", (1,), "koordinator i Sammen i Trekanten"),
    Login(
        "stedfortraeder", "Sigrid", "Stedfortræder", "deputy", (0, 1), "stedfortræder, mens Kaya er på ferie"
    ),
    Login("leder", "Liv", "Leder", "leader", (0, 1), "leder: hvem koordinerer hvad"),
    Login("analytiker", "Anja", "Analytiker", "analyst", (0,), "analytiker: koder og tal, ingen navne"),
    Login(
        "databeskytter",
        "Dea",
        "Databeskytter",
        "officer",
        (0, 1),
        "databeskyttelsesansvarlig: log og gennemgang",
    ),
)
# where, volunteers, citizens
CENTRES = (("nord", 40, 30), ("trekant", 20, 15))
PLACES = {
    "nord": [
        ("Biblioteket Helsingør", "3000"),
        ("Frivilligcentret", "3000"),
        ("Biblioteket Hillerød", "3400"),
    ],
    "trekant": [("Biblioteket Fredericia", "7000"), ("Kulturhuset Kolding", "6000")],
}


def is_loaded():
    """Whether the demo's first initiative is there."""
    return Initiative.objects.filter(title=initiatives.entries()[0]["title"]).exists()


def load_demo():
    """Fill the database and return how many of what. Refused where ``DEBUG`` is off: the passwords are known."""
    if not settings.DEBUG:
        raise ImproperlyConfigured("The demo has known passwords and is loaded with DEBUG on only.")
    logged = AccessLogEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    rows = [_initiative(entry) for entry in initiatives.entries()]
    users = {login.username: _user(login, rows) for login in LOGINS}
    counts = {
        "initiativer": len(rows),
        "frivillige": 0,
        "borgere": 0,
        "matches": 0,
        "forløb": 0,
        "tilmeldinger": 0,
        "stjerner": 0,
    }
    make_holidays()
    templates = make_templates()
    for (where, volunteers, citizens), initiative, user in zip(
        CENTRES, rows[:2], (users["koordinator"], users["koordinator2"]), strict=True
    ):
        with scope_of(initiative.pk):
            centre = _Centre(where, initiative, user)
            counts["frivillige"] += centre.take_in_volunteers(volunteers)
            counts["borgere"] += centre.take_in_citizens(citizens)
            counts["matches"] += make_matches(initiative, user)
            make_way_in(initiative, user)
            say_by_link(initiative, user)
            follow_pairs(initiative, user)
            counts["forløb"] += make_courses(
                where, initiative, user, templates, when_open=(enrolments.fill,), when_held=(hold,)
            )
            enrolments.go_on(initiative, user)
            counts["tilmeldinger"] += Enrolment.objects.count()
            counts["aftaler"] = counts.get("aftaler", 0) + make_papers(initiative, user)
            accompaniments.make_skills(initiative, user)
            accompaniments.make_accompaniments(initiative, user)
            counts["stjerner"] += make_outcomes(initiative, user)
            counts["spørgeskemaer"] = counts.get("spørgeskemaer", 0) + make_questionnaires(initiative, user)
            make_changes(initiative, user)
            if where == "nord":
                make_study(initiative, user)
            make_morning(initiative)
            make_life(user)
    counts["offentlige tal"] = keep_public_numbers()
    send_on_holiday(users["koordinator2"], users["stedfortraeder"])
    spread_log(after=logged)
    with scope_of(rows[0].pk):
        names = ("databeskytter", "koordinator", "stedfortraeder", "koordinator2")
        counts["linjer til gennemgang"] = make_review(rows[0], *(users[name] for name in names))
    return counts


def _user(login, rows):
    user = get_user_model().objects.create_user(
        login.username,
        f"{login.username}@example.org",
        PASSWORD,
        first_name=login.first_name,
        last_name=login.last_name,
    )
    user.groups.add(group_for(login.role))
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "da"
    profile.save()
    for position in login.initiatives:
        Assignment.objects.create(user=user, initiative=rows[position], role=login.role)
    return user


def _initiative(entry):
    entry = dict(entry)
    sections, towns = entry.pop("sections"), entry.pop("municipalities")
    terms = {kind: entry.pop(name) for kind, name in _TERM_FIELDS.items()}
    initiative = Initiative(**entry)
    for number, text in sections.items():
        state = InitiativeSection.State.ANSWERED if text else InitiativeSection.State.EMPTY
        initiative.sections.add(InitiativeSection(number=number, text=text, state=state, sort_order=number))
    initiative.save()
    initiative.municipalities.set([Municipality.objects.get(name=name) for name in towns])
    for kind, name in _TERM_FIELDS.items():
        getattr(initiative, name).set(
            [DirectoryTerm.objects.get(kind=kind, code=code) for code in terms[kind]]
        )
    initiative.save()
    initiative.save_revision().publish()
    return initiative


_TERM_FIELDS = {"form": "forms", "setting": "settings", "audience": "audiences", "relation": "relations"}


class _Centre:
    """Takes the invented people into one initiative, as its coordinator."""

    def __init__(self, where, initiative, user):
        self.where, self.initiative, self.user = where, initiative, user
        self.today = timezone.localdate()
        self.interests = {row.name: row for row in Interest.objects.all()}
        self.languages = {row.name: row for row in Language.objects.all()}
        self.places = [
            MeetingPlace.objects.create(initiative=initiative, name=name, postcode=postcode)
            for name, postcode in PLACES[where]
        ]

    def take_in(self, model, invented):
        values = dict(
            invented.fields,
            enquired_on=self.today - timedelta(days=invented.asked_days),
            interests=[self.interests[name] for name in invented.interests],
            languages=[self.languages[name] for name in invented.languages],
            meeting_places=self.places[:1] if invented.at_library else [],
        )
        return people_services.create_person(
            model=model, initiative=self.initiative, values=values, user=self.user, route="demo"
        ).person

    def talk(self, person, days_ago, notes):
        people_services.hold_conversation(
            person=person,
            values={"notes": notes, "held_on": self.today - timedelta(days=days_ago)},
            user=self.user,
            always=True,
            route="demo",
        )

    def take_in_volunteers(self, count):
        for index, invented in enumerate(
            people.volunteers(self.where, count, 1000 + 5000 * (self.where == "trekant"))
        ):
            is_new, is_talking = index % 12 == 5, index % 12 == 8
            if is_new or is_talking:
                # Whoever nobody has decided about wrote a few days ago: a centre answers.
                invented = replace(invented, asked_days=2 + index % 4 + 7 * is_talking)
            volunteer = self.take_in(Volunteer, invented)
            if is_new:
                continue
            self.talk(
                volunteer,
                2 + index % 7 if is_talking else max(invented.asked_days - 14, 0),
                "God samtale om grænser og tid.",
            )
            if is_talking:
                continue
            volunteer.refresh_from_db()
            approved = people_services.approve_volunteer(
                volunteer=volunteer,
                user=self.user,
                on=self.today - timedelta(days=max(invented.asked_days - 21, 0)),
                route="demo",
            )
            if index % 5 not in (1, 3):
                self._sign(approved, invented)
            if index % 15 == 7:
                people_services.pause_person(
                    person=approved,
                    until=self.today + timedelta(days=20),
                    reason="Eksamen",
                    user=self.user,
                    route="demo",
                )
        return count

    def _sign(self, volunteer, invented):
        signed = self.today - timedelta(days=max(invented.asked_days - 21, 0) % 300)
        people_services.update_person(
            person=volunteer,
            values={"contract_on": signed, "contract_until": signed + timedelta(days=365)},
            user=self.user,
            route="demo",
        )

    def take_in_citizens(self, count):
        for index, invented in enumerate(
            people.citizens(self.where, count, 3000 + 5000 * (self.where == "trekant"))
        ):
            is_new, is_talking = index % 15 == 14, index % 15 == 12
            if is_new or is_talking:
                invented = replace(
                    invented, asked_days=1 + index % 5 + 9 * is_talking, waiting_days=1 + index % 8
                )
            citizen = self.take_in(Citizen, invented)
            if is_new:
                continue
            since = self.today - timedelta(days=invented.waiting_days)
            people_services.update_person(
                person=citizen, values={"consent_on": since}, user=self.user, route="demo"
            )
            citizen.refresh_from_db()
            self.talk(
                citizen, invented.waiting_days, "Fortalte om hverdagen og om, hvad der ville være rart."
            )
            if is_talking:
                continue
            citizen.refresh_from_db()
            waiting = people_services.put_on_waiting_list(
                citizen=citizen, user=self.user, since=since, route="demo"
            )
            if index % 15 == 9:
                people_services.pause_person(person=waiting, user=self.user, route="demo")
        return count
