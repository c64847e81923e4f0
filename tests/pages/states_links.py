"""The pages behind the links of a match and of a person, in every state: for each side, and when it is over.

All of them are in :data:`LINK_STATES`, for the tests of words and leaks. The walks in a browser meet one of each kind: what
differs between the others is words.
"""

import datetime

from django.utils import timezone

from peer_support.access.links import make_link
from peer_support.access.models_link import AccessLink
from peer_support.access.scopes import scope_of
from peer_support.directory.models import LocalCoordinator
from peer_support.matching.models import Match
from peer_support.people.models import Interest, Language
from peer_support.recruitment import services_consent as consents
from peer_support.testing import factories as make
from peer_support.testing import factories_followup as make_followup

from .states import Pressed, state

SIDES = {"citizen": "b", "volunteer": "f"}
SPEAKS = "Dansk med hænderne"
PATHS = {
    "proposal": "svar",
    "first_meeting": "foerste-gang",
    "day_after": "dagen-efter",
    "meetings": "jeres-gang",
    "own_profile": "passer-det",
    "own_pause": "pause",
    "own_data": "indsigt",
    "own_rights": "du-bestemmer",
    "own_still": "bliv-ved",
}


def address_of(what, side, target, **values):
    """Return the address of a link of the purpose ``what`` for ``side``; ``values`` are written on the link."""
    with scope_of(target.initiative_id):
        link = make_link(purpose=f"{what}_{side}", target=target)
        if values:
            AccessLink.objects.filter(pk=link.pk).update(**values)
    return f"/peer/{PATHS[what]}/{SIDES[side]}/{link.token}/"


def _interest(name):
    return Interest.objects.filter(name=name).first() or make.InterestFactory(name=name, group=None)


def pair(state="proposed", **values):
    """Make a match of two who have much in common."""
    initiative = make.InitiativeFactory(title="Gå-sammen", runs_here=True)
    LocalCoordinator.objects.create(name="Bodil Askholt", phone="12 34 56 78", initiative=initiative)
    likes = [_interest(name) for name in ("Musik i parken", "Ture ved vandet")]
    speaks = Language.objects.filter(name=SPEAKS).first() or make.LanguageFactory(name=SPEAKS)
    shared = {
        "initiative": initiative,
        "birth_year": timezone.localdate().year - 44,
        "channels": 3,
        "times": "ti 17.00-21.00; to 12.00-17.00",
        "hours_min": 1,
        "hours_max": 2,
    }
    citizen = make.CitizenFactory(**shared, **SECRETS["citizen"], wish="En at gå tur med.")
    volunteer = make.VolunteerFactory(
        **shared, **SECRETS["volunteer"], capacity=3, motivation="Jeg kan lytte."
    )
    with scope_of(initiative.pk):
        for person in (citizen, volunteer):
            person.interests.add(*likes)
            person.languages.add(speaks)
    return make.MatchFactory(
        initiative=initiative, citizen=citizen, volunteer=volunteer, state=state, **values
    )


def booked(**values):
    day = timezone.localdate() + datetime.timedelta(days=3)
    return pair(
        "accepted",
        first_meeting_on=day,
        first_meeting_at=datetime.time(14, 0),
        first_meeting_place="Biblioteket, ved døren",
        **values,
    )


def met(**values):
    return pair("met", first_meeting_on=timezone.localdate() - datetime.timedelta(days=1), **values)


def running(**values):
    start = timezone.localdate() - datetime.timedelta(days=30)
    return pair("active", active_from=start, first_meeting_on=start, **values)


def _asked(about, make_match, side):
    match = make_match()
    make_followup.MatchCallFactory(match=match, side=side, about=about)
    return match


LINK_STATES = {}
# What the other one of the two must not learn. The first name comes when both have said yes.
SECRETS = {
    side: {
        "first_name": name,
        "last_name": f"Efternavn{name}",
        "phone": phone,
        "email": f"{name.lower()}@example.com",
        "notes": f"note-om-{name}",
        "expectations": f"forventer-{name}",
        "pause_reason": f"pause-for-{name}",
    }
    for side, name, phone in (("citizen", "Zqborger", "51828384"), ("volunteer", "Zqfrivillig", "61828384"))
}


def link_state(name, walked=True):
    """Register a state, for the walks in a browser too where it is ``walked``."""

    def register(function):
        LINK_STATES[name] = function
        return state(name)(function) if walked else function

    return register


def _each(name, what, build, walked=()):
    """Register a state of the page ``what`` for both sides; ``build(side)`` returns the link's record."""
    for side in SIDES:

        @link_state(f"link {what}: {name} ({side})", side in walked)
        def _page(front, side=side):
            return address_of(what, side, build(side))


_each("asked", "proposal", lambda side: pair(), walked=("citizen", "volunteer"))
_each("would like a call", "proposal", lambda side: _asked("proposal", pair, side))
_each("has said yes", "proposal", lambda side: pair(**{f"{side}_answer": "yes"}))
_each("both have said yes", "proposal", lambda side: pair("accepted"), walked=("citizen",))
_each("has said no", "proposal", lambda side: pair("declined", **{f"{side}_answer": "no"}))
_each("the other has said no", "proposal", lambda side: pair("declined", **{f"{side}_answer": "yes"}))
_each("withdrawn", "proposal", lambda side: pair("withdrawn"))
_each("the match has ended", "proposal", lambda side: pair("ended"))
_each("booked", "first_meeting", lambda side: booked(), walked=("citizen",))
_each(
    "comes",
    "first_meeting",
    lambda side: booked(**{f"{side}_coming": timezone.localdate() + datetime.timedelta(days=3)}),
)
_each("cannot come", "first_meeting", lambda side: _asked("first_meeting", booked, side))
_each("not booked", "first_meeting", lambda side: pair("accepted"))
_each("asked", "day_after", lambda side: met(), walked=("volunteer",))
_each("would like a call", "day_after", lambda side: _asked("day_after", met, side))
_each("has answered", "day_after", lambda side: met(**{f"{side}_after": "yes"}))
_each("under way", "day_after", lambda side: running())
_each("has said no", "day_after", lambda side: pair("declined", **{f"{side}_after": "no"}))
_each("nothing logged", "meetings", lambda side: running())
_each("not begun", "meetings", lambda side: pair())
_each("ended", "meetings", lambda side: pair("ended"))


def _logged(side):
    match = running()
    today = timezone.localdate()
    make_followup.MeetingFactory(match=match, side=side, minutes=90, feeling=3, call_me=True)
    make_followup.MeetingFactory(
        match=match, side=side, on=today - datetime.timedelta(days=1), outcome="moved"
    )
    make_followup.MeetingFactory(
        match=match,
        side=side,
        on=today - datetime.timedelta(days=8),
        minutes=45,
        feeling=1,
        created_at=timezone.now() - datetime.timedelta(days=8),
    )
    return match


_each("some logged", "meetings", _logged, walked=("volunteer",))


@link_state("link meetings: saved", walked=False)
def _saved(front):
    return f"{address_of('meetings', 'volunteer', _logged('volunteer'))}?saved=1-call-cpr"


@link_state("link meetings: sent empty")
def _empty(front):
    return Pressed(address_of("meetings", "volunteer", running()))


@link_state("link meetings: one of today to correct")
def _correct(front):
    match = running()
    meeting = make_followup.MeetingFactory(match=match, minutes=45, feeling=2)
    return f"{address_of('meetings', 'volunteer', match)}?meeting={meeting.pk}"


def person_of(match, side):
    return getattr(match, side)


_each("to fill in", "own_profile", lambda side: person_of(pair(), side), walked=("citizen",))
_each("closed record", "own_profile", lambda side: _ended(side))
_each("none", "own_pause", lambda side: person_of(pair(), side), walked=("citizen",))
_each("closed record", "own_pause", lambda side: _ended(side))
_each("before the button", "own_data", lambda side: person_of(running(), side))


def _ended(side):
    factory = make.CitizenFactory if side == "citizen" else make.VolunteerFactory
    return factory(status="ended", ended_on=timezone.localdate())


def _paused(days):
    def build(side):
        today = timezone.localdate()
        person = person_of(pair(), side)
        until = today + datetime.timedelta(days=days) if days else None
        type(person)._base_manager.filter(pk=person.pk).update(paused_from=today, paused_until=until)
        return person

    return build


_each("on a pause", "own_pause", _paused(14), walked=("volunteer",))
_each("on a pause until further notice", "own_pause", _paused(None))


def _with_yes(side):
    person = person_of(pair(), side)
    with scope_of(person.initiative_id):
        consents.record_consent(
            subject=person, purpose="support" if side == "citizen" else "volunteer", how="form"
        )
    return person


def _stopped(side):
    person = person_of(pair(), side)
    type(person)._base_manager.filter(pk=person.pk).update(restricted_on=timezone.localdate())
    return person


def _question(**values):
    def build(side):
        person = person_of(pair(), side)
        make.StillHereQuestionFactory(**{"citizen": None, "volunteer": None, side: person}, **values)
        return person

    return build


_each("to decide", "own_rights", _with_yes, walked=("citizen",))
_each("left alone", "own_rights", _stopped, walked=("volunteer",))
_each("asked", "own_still", _question(), walked=("citizen",))
_each("not asked", "own_still", lambda side: person_of(pair(), side))
_each("wants to go on", "own_still", _question(answer="yes", answered_on=timezone.localdate()))
_each("wants to go", "own_still", _question(answer="no", answered_on=timezone.localdate()))
_each("wants a call", "own_still", _question(answer="ring", answered_on=timezone.localdate()))
_each("rests", "own_profile", _stopped)


@link_state("link own_profile: saved", walked=False)
def _profile_saved(front):
    return f"{address_of('own_profile', 'citizen', pair().citizen)}?saved=1"


@link_state("link own_profile: nothing changed", walked=False)
def _profile_same(front):
    return f"{address_of('own_profile', 'citizen', pair().citizen)}?saved=0"


@link_state("link own_profile: hours that make no sense")
def _profile_wrong(front):
    match = pair()
    Match._base_manager.filter(pk=match.pk).update(state="proposed")
    type(match.citizen)._base_manager.filter(pk=match.citizen_id).update(hours_min=5, hours_max=2)
    return Pressed(address_of("own_profile", "citizen", match.citizen))


def _everything(side):
    match = _logged(side)
    person = person_of(match, side)
    make.ConversationFactory(
        citizen=match.citizen if side == "citizen" else None,
        volunteer=match.volunteer if side == "volunteer" else None,
        notes="Vi talte om at gå ture. Det var en god snak.",
    )
    make_followup.OwnChangeFactory(
        citizen=match.citizen if side == "citizen" else None,
        volunteer=match.volunteer if side == "volunteer" else None,
    )
    return person


for _side in SIDES:

    @link_state(f"link own_data: shown ({_side})", walked=_side == "citizen")
    def _data(front, side=_side):
        return address_of("own_data", side, _everything(side), used_at=timezone.now())


@link_state("link: too old", walked=False)
def _too_old(front):
    return address_of("proposal", "citizen", pair(), expires_at=timezone.now() - datetime.timedelta(hours=1))


@link_state("link: taken back", walked=False)
def _taken_back(front):
    return address_of("meetings", "volunteer", running(), revoked_at=timezone.now())


@link_state("link: not known", walked=False)
def _not_known(front):
    return f"/peer/svar/b/{'x' * 32}/"
