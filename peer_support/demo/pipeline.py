"""The way in, as a week in the centre leaves it: conversations agreed on, one that did not happen, answers, and a goodbye."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from ..people import guides, services, services_booking, services_guide
from ..people.models import Citizen, Conversation, ConversationGuide, Volunteer
from ..people.pipeline import people_to_book
from .clock import days_ago

GOOD_HOURS = [
    "At gå en tur uden at skulle forklare en masse.",
    "Vi drikker kaffe og taler om noget helt andet.",
    "At komme ud ad døren, også når vejret er gråt.",
    "En times musik, og så hjem igen.",
]
HARD = ["Mange mennesker på én gang.", "Busser om morgenen.", "", "Det er svært at sige fra."]
GOING_WELL = "Vi griner meget. Det havde jeg ikke ventet."
OWN_QUESTION = "Hvordan var turen herhen i dag?"


def make_way_in(initiative, user):
    """Book conversations, write answers down and say goodbye to some, inside the initiative's scope."""
    _own_questions(initiative, user)
    _bookings(user)
    _answers(user)
    _goodbyes(initiative, user)


def _at(days, hour, minute=0):
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _book(person, user, at, how, **more):
    services_booking.book_conversation(person=person, user=user, at=at, how=how, route="demo", **more)


def _bookings(user):
    for model in (Volunteer, Citizen):
        asked = list(people_to_book(model)[:4])
        ways = [
            lambda person: _book(person, user, _at(3, 10), "centre", place="Lokale 2"),
            lambda person: _did_not_meet(person, user),
            lambda person: _book(person, user, _at(6, 14, 30), "phone", minutes=45),
        ]
        # The last one who asked has no time yet: there is somebody to ring.
        for person, way in zip(asked[:-1] or asked, ways, strict=False):
            way(person)
    for talked in Volunteer.objects.filter(status="conversation")[:1]:
        yesterday = _at(-1, 9)
        with days_ago(4):
            _book(talked, user, yesterday, "video")


def _did_not_meet(person, user):
    was = _at(-3, 11)
    with days_ago(6):
        _book(person, user, was, "phone")
    with days_ago(2):
        services_booking.did_not_meet(person=person, user=user, route="demo")


def _answers(user):
    talks = Conversation.objects.filter(kind="initial", citizen__isnull=False).order_by("pk")[:8]
    for number, talk in enumerate(talks):
        values = {
            "answer_goddag": GOOD_HOURS[number % len(GOOD_HOURS)],
            "answer_svaert": HARD[number % len(HARD)],
            "answer_stoette": "yes",
            "answer_pause": "yes" if number % 3 else "",
        }
        _write(talk.citizen, talk, values, user)
    waiting = Citizen.objects.filter(status="waiting", matches__state="active").order_by("pk")[:3]
    for citizen in waiting:
        with days_ago(20):
            talk = services.new_conversation(citizen, user)
            _write(
                citizen,
                None,
                {"answer_haab": "Ja", "answer_godt": GOING_WELL},
                user,
                guides.version_for(talk),
            )


def _write(person, talk, values, user, version=None):
    services.hold_conversation(
        person=person,
        values=values,
        user=user,
        conversation=talk,
        guide=version or guides.version_for(talk),
        route="demo",
    )


def _goodbyes(initiative, user):
    """One of each who talked with the centre found that it was not for them just now."""
    for model in (Volunteer, Citizen):
        talked = model.objects.filter(initiative=initiative, status="conversation", bookings=None)
        person = talked.exclude(matches__state__in=("proposed", "accepted", "met", "active", "paused")).last()
        if person is not None:
            with days_ago(9):
                services.end_person(person=person, user=user, route="demo")


def _own_questions(initiative, user):
    """The first centre asks one thing more of its volunteers; the standard stays the same for the others."""
    if ConversationGuide.objects.exclude(initiative=None).exists():
        return
    guide = services_guide.adapt(who="volunteer", kind="follow_up", initiative=initiative, user=user)
    questions = [{"key": "turen", "text": OWN_QUESTION, "type": "text"}, *guide.newest().questions]
    services_guide.save_questions(guide=guide, questions=questions, user=user)
