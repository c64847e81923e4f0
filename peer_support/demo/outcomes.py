"""The demo's progress stars, recruitment plan and start-up steps, made with the package's own services."""

from datetime import timedelta

from django.utils import timezone

from ..matching.models import Match
from ..outcomes import services as stars
from ..outcomes.models import StarReading
from ..people import services as people_services
from ..people.models import Citizen, Volunteer
from ..recruitment import services_plan
from ..recruitment.models_enquiry import EnquirySource
from .clock import days_ago

# Areas, and the numbers of each time with how many days ago; None: would rather not say.
STARS = (
    (
        ("Søvn", "Venner og selskab", "At komme ud ad døren", "Humøret", "Noget at stå op til"),
        ((120, (3, 4, 2, 4, 3)), (60, (4, 4, 4, 5, None)), (5, (6, 3, 5, 6, 5))),
    ),
    (
        ("Hjemmet", "Penge og papirer", "Familien", "Min krop"),
        ((70, (5, 3, None, 4)), (9, (6, 5, 6, 4))),
    ),
    (("At spille musik igen", "Søvn"), ((40, (2, 6)), (3, (5, 6)))),
    (
        (
            "Håb for fremtiden",
            "Mad og måltider",
            "Troen på mig selv",
            "Min hund",
            "Hjemmet",
            "Søvn",
            "Familien",
        ),
        ((14, (4, 6, 3, 9, 5, 4, 7)),),
    ),
)
# Where people heard of us, in turn, by the place of the answer in the list of sources; -1: they did not say.
HEARD = (7, 3, 4, 0, 7, 3, 1, -1, 4, 7, 5, 3, -1, 2, 1)
# Place of the source, whom, where, what, who, first day and last day (days ago; None: it goes on), kroner, goal, result
PLAN = (
    (7, "volunteers", "Biblioteket", "Opslag ved skranken og en stand om lørdagen", "Kim", 700, 30, 450, 4,
     "Mange stoppede op. Standen virkede bedre end opslaget."),
    (4, "volunteers", "Facebook", "Fortælling om en frivillig hver anden uge", "Kim", 800, None, 0, 5, ""),
    (1, "both", "Jobcentret", "Et kort oplæg for medarbejderne", "To ambassadører", 400, 10, 0, 3, ""),
    (3, "volunteers", "Vores egne frivillige", "Hver tager en ven med til kaffe", "Alle", 800, None, 600, 3,
     "God stemning. Det gør vi igen."),
    (5, "citizens", "Lokalavisen", "Artikel om det første møde", "", 120, -20, 0, 2, ""),
    (2, "citizens", "Lægehuset", "Kort på disken", "Kim", -10, -40, 250, 2, ""),
)  # fmt: skip
DONE = ("Biblioteket",)


def make_outcomes(initiative, user):
    """Fill ``initiative`` (its scope open); returns how many stars were made."""
    _heard_of_us(user)
    _plan(initiative, user)
    _start_up(initiative, user)
    return _stars(user)


def _stars(user):
    matches = Match.objects.filter(state__in=("active", "paused"))
    with_match = set(matches.values_list("citizen", flat=True))
    waiting = Citizen.objects.filter(status="waiting")
    citizens = sorted(waiting, key=lambda citizen: (citizen.pk not in with_match, citizen.number))
    made = 0
    for citizen, (names, times) in zip(citizens, STARS, strict=False):
        with days_ago(times[0][0]):
            star = stars.set_areas(
                person=citizen, areas=[(None, name) for name in names], user=user, route="demo"
            )
        keys = [key for key, __ in star.areas]
        for number, (ago, values) in enumerate(times):
            with days_ago(ago):
                stars.save_answers(
                    star=star,
                    answers=dict(zip(keys, values, strict=True)),
                    way=StarReading.Way.LINK if number else StarReading.Way.TOGETHER,
                    user=None if number else user,
                    route="demo",
                )
        if not made:
            stars.show_to_volunteer(star=star, shown=True, user=user, route="demo")
        made += 1
    return made


def _heard_of_us(user):
    names = list(EnquirySource.objects.values_list("name", flat=True))
    for model in (Volunteer, Citizen):
        for index, person in enumerate(model.objects.order_by("number")):
            place = HEARD[index % len(HEARD)]
            if 0 <= place < len(names):
                people_services.update_person(
                    person=person, values={"heard_of_us": names[place]}, user=user, route="demo"
                )


def _plan(initiative, user):
    sources, today = list(EnquirySource.objects.all()), timezone.localdate()
    for place, seeks, channel, what, who, first, last, cost, goal, result in PLAN:
        row = services_plan.save_row(
            initiative=initiative,
            values={
                "source": sources[place] if place < len(sources) else None,
                "seeks": seeks,
                "channel": channel,
                "what": what,
                "who": who,
                "starts_on": today - timedelta(days=first),
                "ends_on": None if last is None else today - timedelta(days=last),
                "cost": cost,
                "goal": goal,
                "result": result,
            },
            user=user,
            route="demo",
        )
        if channel in DONE:
            services_plan.mark_row(row=row, done=True, user=user, route="demo")


def _start_up(initiative, user):
    today = timezone.localdate()
    steps = {
        "plan": {
            "done_on": today - timedelta(days=420),
            "responsible": "Lederen og Kim",
            "note": "Planen er på én side og hænger i køkkenet.",
        },
        "involve": {
            "done_on": today - timedelta(days=390),
            "responsible": "Kim",
            "note": "Fem mennesker med egne erfaringer har læst planen og rettet ordene.",
        },
        "ambassadors": {
            "responsible": "Kim",
            "note": "To har sagt ja.",
            "next_step": "Spørg en tredje til det næste møde",
            "next_on": today - timedelta(days=1),
        },
        "papers": {
            "responsible": "Lederen",
            "next_step": "Ring til forsikringen",
            "next_on": today + timedelta(days=9),
        },
    }
    for step, values in steps.items():
        services_plan.save_step(initiative=initiative, step=step, values=values, user=user, route="demo")
