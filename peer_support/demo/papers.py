"""Papers of the invented centre: contracts signed on paper and by link, promises, agreements, certificates and thanks."""

from datetime import timedelta

from django.utils import timezone

from ..agreements import services, services_service
from ..agreements.kinds import PaperKind
from ..agreements.models import Paper
from ..matching.models import Match
from ..people.models import Volunteer

WORK = "Du mødes med en borger en gang om ugen. I går ture, drikker kaffe eller laver det, I har lyst til."
THANKS = (
    "Tak, fordi du kommer, også når det regner. Det betyder noget, at der er en, der bliver ved.",
    "Tak for foråret. Du har en ro, som smitter.",
    "Tak, fordi du tog ordet til vores fyraftensmøde. Det gav mod til flere.",
)
# How many days ago each of the signed contracts began: the last two end soon. The next volunteers have one to sign.
BEGAN = (20, 51, 82, 113, 144, 240, 345, 356)
READY = 3
# Whose certificate has not been seen yet.
UNSEEN = 3


def make_papers(initiative, user):
    """Make papers for the volunteers and matches of ``initiative``, as its coordinator; returns how many."""
    services_service.save_policy(
        initiative=initiative,
        values={
            "certificates": ["children"],
            "contract_months": 12,
            "work": WORK,
            "place": "Biblioteket og byen omkring",
            "hours": "4 timer om måneden",
        },
        user=user,
        route="demo",
    )
    approved = Volunteer.objects.filter(status=Volunteer.Status.APPROVED).order_by("number")
    # Those who lead a course keep the contract they have, which reaches past its last evening.
    people = list(approved.filter(facilitating=None))
    today = timezone.localdate()
    for volunteer, days in zip(people, BEGAN, strict=False):
        paper = _contract(volunteer, today - timedelta(days=days), user)
        services.sign_on_paper(paper=paper, on=paper.starts_on, user=user, route="demo")
        _promise(volunteer, user)
    for volunteer in people[len(BEGAN) : len(BEGAN) + READY]:
        _contract(volunteer, today, user)
    for place, volunteer in enumerate(list(approved)[:-UNSEEN]):
        seen = today - timedelta(days=(40 * place) % 290)
        services_service.note_seen(
            volunteer=volunteer,
            kind="children",
            seen_on=seen,
            valid_to=seen + timedelta(days=300),
            user=user,
            route="demo",
        )
    for place, words in enumerate(THANKS):
        if place < len(people):
            day = today - timedelta(days=30 * (place + 1))
            services_service.thank(volunteer=people[place], words=words, on=day, user=user, route="demo")
    _agreements(user)
    return Paper.objects.count()


def _contract(volunteer, starts, user):
    return services.make_ready(
        volunteer=volunteer,
        kind=PaperKind.CONTRACT,
        typed={
            "starts": starts,
            "until": starts + timedelta(days=364),
            "work": WORK,
            "place": "Biblioteket og byen omkring",
            "hours": "4 timer om måneden",
        },
        user=user,
        route="demo",
    )


def _promise(volunteer, user):
    paper = services.make_ready(volunteer=volunteer, kind=PaperKind.CONFIDENTIALITY, user=user, route="demo")
    services.sign_on_paper(paper=paper, user=user, route="demo")


def _agreements(user):
    for match in Match.objects.filter(state="active").order_by("number")[:3]:
        papers = services.make_match_papers(
            match=match,
            typed={
                "contact": "En sms dagen før, I skal ses.",
                "boundaries": "Ingen beskeder efter klokken 21.",
            },
            user=user,
            route="demo",
        )
        if match.number % 2:
            services.sign_on_paper(paper=papers[0], user=user, route="demo")
