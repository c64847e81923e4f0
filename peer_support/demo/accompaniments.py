"""Accompaniments in the demo: one that nobody goes along on yet, one that is agreed, and one that is done; and skills."""

from datetime import time, timedelta

from django.utils import timezone

from ..courses.models import CourseTemplate
from ..followup import services_accompaniment as services
from ..followup import services_keeping as keeping
from ..followup.fitting import fitting
from ..followup.links_accompaniment import going_link, offer_link
from ..followup.models_accompaniment import Accompaniment, LedTo
from ..followup.models_keeping import Skill
from ..people.models import Citizen, Volunteer
from .clock import days_ago

# Name, months it is good for, and the code of the kind of course that teaches it.
SKILLS = (("Førstehjælp", 24, ""), ("Konflikthåndtering", None, ""), ("Den gode samtale", None, "training"))


def make_accompaniments(initiative, user):
    """Make three trips in the open scope, as a coordinator would; returns how many."""
    citizens = list(Citizen.objects.filter(initiative=initiative, status="waiting").order_by("number")[:3])
    if len(citizens) < 3:
        return 0
    done, agreed, open_one = citizens
    with days_ago(12):
        trip = _trip(
            done, 4, user, "Biblioteket", "Gå med til den første læsekreds, og bliv til den er i gang."
        )
        _somebody_says_yes(trip, user)
    trip.refresh_from_db()
    services.record_done(
        trip=trip, user=user, led_to=[LedTo.GOT_THERE, LedTo.ACTIVITY], note="Vil gerne gå selv næste gang."
    )
    trip = _trip(agreed, 2, user, "Jobcentret", "Følg med i bussen og vent, til mødet er slut.")
    _somebody_says_yes(trip, user)
    trip = _trip(
        open_one, 1, user, "Sundhedshuset", "Gå med fra stationen, sid med i venteværelset, og gå med hjem."
    )
    people = [fit.volunteer for fit in fitting(trip, limit=3).possible]
    for offer in services.ask_volunteers(trip=trip, volunteers=people, user=user).offers[:2]:
        offer_link(offer, user=user)
    return Accompaniment.objects.filter(initiative=initiative).count()


def _trip(citizen, days, user, where, what):
    values = {
        "day": timezone.localdate() + timedelta(days=days),
        "start_time": time(10),
        "minutes": 120,
        "from_place": "Busstoppestedet ved torvet",
        "from_postcode": citizen.postcode,
        "to_place": where,
        "to_postcode": citizen.postcode,
        "purpose": "Det er svært at tage af sted alene.",
        "what_is_asked": what,
        "how_to_meet": "Jeg står ved læskuret med en grøn taske.",
        "gender_wish": citizen.gender_wish,
    }
    return services.create_accompaniment(citizen=citizen, values=values, user=user)


def _somebody_says_yes(trip, user):
    people = [fit.volunteer for fit in fitting(trip, limit=2).possible]
    offers = services.ask_volunteers(trip=trip, volunteers=people, user=user).offers
    if offers:
        going_link(services.answer_offer(offer=offers[0], answer="yes").offer, user=user)


def make_skills(initiative, user):
    """Give the centre its list of skills, and some volunteers wishes; returns how many skills."""
    skills = []
    for name, months, kind in SKILLS:
        skill = Skill.objects.create(initiative=initiative, name=name, months=months)
        skill.templates.set(CourseTemplate.objects.filter(kind=kind) if kind else [])
        skills.append(skill)
    today = timezone.localdate()
    people = Volunteer.objects.filter(initiative=initiative, status="approved").order_by("number")
    for number, volunteer in enumerate(people):
        if number % 6 == 1:
            with days_ago(130):
                keeping.save_skill(volunteer=volunteer, skill=skills[1], user=user, wished=True)
        if number % 5 == 2:
            keeping.save_skill(
                volunteer=volunteer,
                skill=skills[0],
                user=user,
                held_on=today - timedelta(days=700 - 90 * number % 300),
            )
    return len(skills)
