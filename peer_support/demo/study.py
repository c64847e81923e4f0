"""The demo's effect study: a small one that takes people in, made with the package's own services."""

from ..courses.models import CourseTemplate
from ..outcomes.study import services, services_allocation, services_participants
from ..outcomes.study.models import Population
from ..people.models import Citizen
from .clock import days_ago

TEXT = (
    "Vi vil gerne vide, om vores gruppe hjælper. Derfor laver vi en undersøgelse, og vi spørger dig, om du vil være med.\n\n"
    "Der er ikke plads til alle på én gang. En maskine trækker lod. Nogle får en plads nu. Andre venter i et halvt år og "
    "kan så få en plads. Ingen af os kan vælge, hvem der får hvad.\n\n"
    "Du beholder al den hjælp, du har nu, uanset hvad loddet bliver.\n\n"
    "Vi stiller dig nogle spørgsmål før lodtrækningen og igen senere. Du må springe over. Din koordinator ser dine svar. "
    "De, der regner på tallene, ser aldrig dit navn.\n\n"
    "Du kan sige nej, og du kan stoppe, når du vil. Du behøver ikke sige hvorfor. Så sletter vi dine svar, hvis du vil."
)
TOWNS = (("Helsingør", 24), ("Hillerød", 16))
# What has come of each who was asked, in turn: how far they are.
WAYS = ("told", "told", "drawn", "told", "ready", "yes", "asked", "no", "told", "stopped")


def make_study(initiative, user):
    """Fill ``initiative`` (its scope open); returns how many studies were made."""
    template, __ = CourseTemplate.objects.get_or_create(
        title="Håb i hverdagen", defaults={"about": "En gruppe, der mødes ti gange om håb og om hverdagen."}
    )
    with days_ago(40):
        study = services.make_study(
            initiative=initiative,
            values={
                "title": "Giver gruppen mere håb?",
                "question": "Har de, der får en plads i gruppen, mere håb efter tolv uger end de, der venter?",
                "template": template,
                "population": Population.OR_WAITING,
                "control_weeks": 26,
            },
            user=user,
            route="demo",
        )
        sites = services.set_sites(
            study=study,
            sites=[(initiative, town, planned) for town, planned in TOWNS],
            user=user,
            route="demo",
        )
        services.write_text(study=study, text=TEXT, user=user, route="demo")
        services.seal_study(study=study, user=user, route="demo")
        study = services.begin_recruiting(study=study, user=user, route="demo")
    waiting = Citizen.objects.filter(status=Citizen.Status.WAITING).order_by("-number")
    for number, (citizen, way) in enumerate(zip(waiting, WAYS, strict=False)):
        with days_ago(30 - 2 * number):
            _go(study, sites[number % 3 == 2], citizen, way, user)
    return 1


def _go(study, site, citizen, way, user):
    given = {"user": user, "route": "demo"}
    one = services_participants.ask(study=study, site=site, citizen=citizen, **given)
    if way == "asked":
        return
    if way == "no":
        services_participants.exclude(participant=one, why="said_no", **given)
        return
    one = services_participants.consent(participant=one, how="paper", **given)
    if way == "yes":
        return
    one = services_participants.tick_baseline(participant=one, **given)
    if way == "ready":
        return
    services_allocation.allocate(participant=one, **given)
    if way in ("told", "stopped"):
        services_participants.note_told(participant=one, **given)
    if way == "stopped":
        services_participants.withdraw(
            participant=one, what="measurement", how="phone", why="not_said", **given
        )
