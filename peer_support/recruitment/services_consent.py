"""Write down a yes, and take it back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..access.decisions import Decision, NotAllowed
from ..people import listeners
from ..people import services as people
from ..people.models import Citizen, Volunteer
from ..people.standing import COURSE, MATCH, changes_allowed, is_left_alone
from ..privacy.access_log import Action, log_access
from . import rules_consent as rules
from .models_consent import Consent, ConsentText
from .rules_consent import OWN_PURPOSE


def current_text(purpose):
    """Return the text that people say yes to today; raises :class:`NotAllowed` where an editor has taken all away."""
    text = ConsentText.objects.current(purpose)
    if text is None:
        raise NotAllowed(
            Decision.no("no_text", _("There is no text to say yes to. An editor has to write one."))
        )
    return text


@transaction.atomic
def record_consent(*, subject, purpose, how, text=None, by_writer=False, user=None, route=""):
    """Write down that ``subject`` said yes to ``text`` (default: the one that holds today) just now.

    ``by_writer``: only the one who wrote for somebody else did. From now on nobody can change the text.
    """
    text = ConsentText.objects.select_for_update().get(pk=(text or current_text(purpose)).pk)
    if not text.is_used:
        ConsentText.objects.filter(pk=text.pk).update(used_at=timezone.now())
    consent = Consent.objects.create(
        initiative_id=subject.initiative_id,
        subject=str(subject),
        purpose=purpose,
        text=text,
        text_version=text.version,
        text_hash=text.text_hash,
        language=(get_language() or "da")[:10],
        how=how,
        by_writer=by_writer,
        recorded_by=user if getattr(user, "pk", None) else None,
        **{Consent.link_of(subject): subject},
    )
    log_access(user=user, action=Action.CREATE, objects=[consent], route=route)
    if isinstance(subject, Citizen | Volunteer):
        opened = [name for name in _note_stops(subject) if not is_left_alone(subject, name)]
        if opened:
            listeners.tell_lifted(subject, user)
    return consent


def _note_stops(person):
    """Write on the person's own row what may not be done any more, so that every reader can ask it.

    Returns the purposes for which a yes stands again that was taken back.
    """
    stopped, again = rules.stopped_purposes(person), []
    for purpose, name in ((MATCH, "match_stopped_on"), (COURSE, "course_stopped_on")):
        since = getattr(person, name)
        day = (since or timezone.localdate()) if purpose in stopped else None
        if day != since:
            setattr(person, name, day)
            type(person)._base_manager.filter(pk=person.pk).update(**{name: day})
            again += [] if day else [purpose]
    return again


@transaction.atomic
def note_own_yes(*, person, how, user, on=None, route=""):
    """Write down that ``person`` has said yes, to a coordinator: for whom somebody else wrote, or after a withdrawal.

    ``on`` is the day (default: today), for citizens whom somebody else brought.
    """
    fresh = type(person).objects.select_for_update().get(pk=person.pk)
    decision = rules.may_note_yes(fresh)
    if not decision:
        raise NotAllowed(decision)
    consent = record_consent(subject=fresh, purpose=OWN_PURPOSE[type(fresh)], how=how, user=user, route=route)
    if isinstance(fresh, Citizen) and fresh.consent_on is None:
        people.update_person(
            person=fresh, values={"consent_on": on or timezone.localdate()}, user=user, route=route
        )
    return consent


@transaction.atomic
def withdraw_consent(*, consent, how, user, route=""):
    """Take a yes back. Where no other yes stands, the person is paused at once: nothing is proposed, nobody writes.

    Twice is the same as once. Returns the consent as it is now.
    """
    fresh = Consent.objects.select_for_update().get(pk=consent.pk)
    if not Consent.objects.filter(pk=fresh.pk).mark_withdrawn(at=timezone.now(), user=user, how=how):
        return fresh
    log_access(user=user, action=Action.CHANGE, objects=[fresh], route=route)
    about = fresh.about
    if isinstance(about, (Citizen, Volunteer)):
        with changes_allowed():
            _note_stops(about)
            _stop(about, user, route)
    return Consent.objects.get(pk=fresh.pk)


def _stop(person, user, route):
    if not person.match_stopped_on or person.status == "ended":
        return
    if isinstance(person, Citizen) and person.consent_on:
        people.update_person(person=person, values={"consent_on": None}, user=user, route=route)
    people.pause_person(person=person, user=user, route=route)
