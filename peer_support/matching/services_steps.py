"""How every service opens a match, takes a step and writes it down."""

from django.utils import timezone
from django.utils.translation import gettext

from ..access.decisions import Decision, NotAllowed
from ..directory.models import Initiative
from ..people.models import Citizen, Volunteer
from ..people.steps import note_step
from ..privacy.access_log import Action as LogAction
from ..privacy.access_log import log_access
from . import listeners, rules, sentences
from .models_match import Match, MatchEvent

# Steps an answer passes through in the log are the coordinator's; the route names the service, never a path.
ROUTE = "matching.services"


def lock_people(citizen_ids, volunteer_ids):
    """Lock the rows of these people until the transaction ends, citizens first, each in the order of their keys.

    The one order is what keeps two coordinators from waiting for each other for ever. SQLite has no row locks:
    there the transaction itself is exclusive from its first statement (``transaction_mode=IMMEDIATE``).
    """
    for model, ids in ((Citizen, citizen_ids), (Volunteer, volunteer_ids)):
        rows = model.objects.select_for_update(no_key=True).filter(pk__in=set(ids)).order_by("pk")
        list(rows.values_list("pk", flat=True))


def lock_initiative(initiative_id):
    """Lock what is numbered per initiative: matches and policies. Taken after the people, before the write."""
    return Initiative.objects.select_for_update(no_key=True).only("pk").get(pk=initiative_id)


def locked(match):
    """Return ``match`` read anew, locked together with its two people."""
    lock_people([match.citizen_id], [match.volunteer_id])
    return (
        Match.objects.select_for_update(no_key=True, of=("self",))
        .select_related("citizen", "volunteer")
        .get(pk=match.pk)
    )


def opened(match, action, expected_version=None):
    """Return ``match`` locked, where ``action`` is possible; raises :class:`NotAllowed` otherwise.

    ``expected_version`` is the version that the person at the screen saw; where somebody else has taken a step since,
    the refusal says who and what.
    """
    found = locked(match)
    refuse_stale(found, expected_version)
    refuse_unless(rules.may(found, action))
    return found


def refuse_stale(match, expected_version):
    """Raise :class:`NotAllowed` where the match has moved on since ``expected_version``."""
    if expected_version is None or str(expected_version) == str(match.version):
        return
    last = match.events.select_related("user").order_by("-at", "-pk").first()
    who = last.user.get_full_name() or last.user.get_username() if last and last.user else ""
    what = sentences.event(last) if last else ""
    if who:
        reason = gettext(
            "In the meantime %(who)s wrote this down: “%(what)s” Nothing of yours is saved yet. "
            "Look at the match, and try again if it is still right."
        ) % {"who": who, "what": what}
    else:
        reason = gettext(
            "In the meantime this was written down: “%(what)s” Nothing of yours is saved yet. "
            "Look at the match, and try again if it is still right."
        ) % {"what": what}
    raise NotAllowed(Decision.no("stale", reason))


def refuse_unless(decision):
    """Raise :class:`NotAllowed` with ``decision`` where it says no."""
    if not decision:
        raise NotAllowed(decision)


def refuse(code, reason):
    """Raise :class:`NotAllowed` with this code and sentence."""
    raise NotAllowed(Decision.no(code, reason))


def wrote(match, action, from_state, user, created=False, **facts):
    """Save ``match``, which has taken a step: a new version, an event with ``facts`` (codes and dates), a log entry."""
    match.version += 1
    match.save()
    event = MatchEvent.objects.create(
        initiative_id=match.initiative_id,
        match=match,
        at=timezone.now(),
        user=user if getattr(user, "pk", None) else None,
        action=rules.Action(action).value,
        from_state=from_state,
        to_state=match.state,
        facts=facts,
    )
    log_access(
        user=user,
        action=LogAction.CREATE if created else LogAction.CHANGE,
        objects=[match],
        route=f"{ROUTE}.{rules.Action(action).value}",
    )
    listeners.tell(match, event, user)
    return match


def note_people(match, user, way, on=None):
    """Note in their own histories that the two people of ``match``, who are locked, stand on another step now."""
    for model, pk in ((Citizen, match.citizen_id), (Volunteer, match.volunteer_id)):
        note_step(model.objects.get(pk=pk), user, way, on=on)
