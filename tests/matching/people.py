"""Random people straight into the database, every second answer left open: for tests that compare two ways."""

import datetime
import random

from django.utils import timezone

from peer_support.people.models import Citizen, MeetingPlace, Volunteer

SOON = (None, -400, -1, 0, 1, 400)


def _date(rnd):
    number = rnd.choice(SOON)
    return None if number is None else timezone.localdate() + datetime.timedelta(days=number)


def _or(rnd, value, empty=None, known=0.6):
    return value if rnd.random() < known else empty


def _person(rnd, model, initiative, number):
    somewhere = _or(rnd, (rnd.uniform(0, 40_000), rnd.uniform(0, 40_000)), (None, None), 0.8)
    born, low = rnd.randint(1940, 2006), rnd.randint(18, 60)
    hours = rnd.randint(1, 6)
    return model(
        initiative=initiative,
        number=number,
        first_name="Alma",
        phone="20000000",
        x=somewhere[0],
        y=somewhere[1],
        travel_km=_or(rnd, rnd.randint(0, 30)),
        channels=rnd.choice((0, 1, 1, 1, 2, 3, 9)),
        language_bits=_or(rnd, 1 << rnd.randrange(3) | 1 << rnd.randrange(3), 0),
        gender=rnd.choice((0, 1, 2, 3)),
        gender_wish=rnd.choice((0, 0, 0, 1, 2)),
        birth_year=_or(rnd, born),
        age_wish_min=_or(rnd, low, known=0.2),
        age_wish_max=_or(rnd, low + rnd.randint(0, 30), known=0.2),
        hours_min=_or(rnd, hours),
        hours_max=_or(rnd, hours + rnd.randint(0, 3)),
        time_bits=_or(rnd, f"{rnd.getrandbits(336):x}", ""),
        interest_bits=_or(rnd, f"{rnd.getrandbits(70) & rnd.getrandbits(70):x}", ""),
        paused_from=_or(rnd, _date(rnd), known=0.3),
        paused_until=_or(rnd, _date(rnd), known=0.3),
    )


def make(initiative, citizens, volunteers, seed=1, places=3):
    """Fill ``initiative``; returns (citizens, volunteers) in the order of their keys."""
    rnd = random.Random(seed)
    made = []
    for model, count in ((Citizen, citizens), (Volunteer, volunteers)):
        rows, start = [], model.objects.count() + 1
        for number in range(start, start + count):
            person = _person(rnd, model, initiative, number)
            if model is Citizen:
                person.status = rnd.choice(("waiting", "waiting", "waiting", "conversation"))
                person.waiting_since = _or(rnd, _date(rnd), known=0.8)
            else:
                person.status = rnd.choice(("approved", "approved", "approved", "ended"))
                person.capacity = rnd.choice((0, 1, 1, 2, 3))
                person.contract_on = _or(rnd, _date(rnd), timezone.localdate(), 0.3)
                person.contract_until = _or(rnd, _date(rnd), known=0.3)
                person.certificate_seen_on, person.certificate_until = _date(rnd), _date(rnd)
            rows.append(person)
        model.objects.bulk_create(rows)
        made.append(list(model.objects.order_by("pk")))
    libraries = MeetingPlace.objects.bulk_create(
        MeetingPlace(
            initiative=initiative, name=f"Bibliotek {n}", x=rnd.uniform(0, 40_000), y=rnd.uniform(0, 40_000)
        )
        for n in range(places)
    )
    for people in made:
        for person in people:
            if libraries and rnd.random() < 0.2:
                person.meeting_places.add(rnd.choice(libraries))
    return made


def make_more(initiative, size, seed=1):
    """Add as many citizens as volunteers to what is there."""
    return make(initiative, size, size, seed=seed)
