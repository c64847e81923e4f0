"""Take suggestions in, compare them with the entry as it stands now, and turn them into a draft.

Nothing here changes what is public: a suggestion becomes a draft revision, which an editor publishes.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..access.decisions import Decision, NotAllowed
from ..privacy.access_log import Action, log_access
from ..privacy.cpr import strip_cpr
from .models_initiative import Initiative, Stated
from .models_suggestion import OPEN_FIELDS, InitiativeSuggestion

State = InitiativeSuggestion.State
# Handled suggestions are kept this long, so that an editor can still ask the sender something.
KEEP_DAYS = 90
# More unread suggestions for one initiative than this are somebody's game.
WAITING_MAX = 20


def plain(text):
    """Return ``text`` with one kind of line break and no space around it."""
    return "\n".join(line.rstrip() for line in str(text or "").splitlines()).strip()


def digest(text):
    """Return a short mark of a text: enough to tell whether it has been changed since."""
    return hashlib.sha256(plain(text).encode()).hexdigest()[:16]


def may_suggest(initiative):
    """Only what visitors can see can be suggested anew, and not without end."""
    if not initiative.live:
        return Decision.no("not_public", _("This initiative is not in the directory at the moment."))
    if initiative.suggestions.filter(state=State.NEW).count() >= WAITING_MAX:
        return Decision.no(
            "too_many",
            _(
                "We already have many suggestions for this initiative. Please ring us instead, or try next week."
            ),
        )
    return Decision.yes()


@dataclass(frozen=True)
class Taken:
    """What became of a suggestion. ``cpr_removed``: a number was taken out before anything was kept."""

    suggestion: InitiativeSuggestion
    cpr_removed: bool


@transaction.atomic
def take_suggestion(*, initiative, wishes, seen, message="", contact=""):
    """Keep a visitor's suggestion and return :class:`Taken`. Raises ``NotAllowed``.

    ``wishes`` are texts by field name, ``seen`` the digests of the texts the visitor was shown: what is the same
    as what was shown is no wish.
    """
    initiative = Initiative.objects.select_for_update().get(pk=initiative.pk)
    decision = may_suggest(initiative)
    if not decision:
        raise NotAllowed(decision)
    removed, changes = 0, {}
    for name in OPEN_FIELDS:
        if name not in wishes:
            continue
        text, found = strip_cpr(plain(wishes[name]))
        removed += found
        was = seen.get(name) or digest(getattr(initiative, name))
        if digest(text) != was:
            changes[name] = {"wish": text, "was": was}
    message, in_message = strip_cpr(plain(message))
    contact, in_contact = strip_cpr(plain(contact))
    if not (changes or message):
        raise NotAllowed(
            Decision.no("nothing", _("Write what should be different. Nothing has been changed yet."))
        )
    suggestion = InitiativeSuggestion.objects.create(
        initiative=initiative,
        changes_json=json.dumps(changes) if changes else "",
        message=message,
        contact=contact,
    )
    log_access(user=None, action=Action.CREATE, objects=[suggestion], route="directory:suggest")
    return Taken(suggestion, bool(removed + in_message + in_contact))


@dataclass(frozen=True)
class Change:
    """One field: what stands there now (in the newest draft), and what is wished."""

    name: str
    label: str
    now: str
    wish: str
    conflict: bool
    done: bool


def _shown(name, value):
    return (
        str(Initiative.Status(value).label)
        if name == "status" and value in Initiative.Status.values
        else value
    )


def compare(suggestion, latest=None):
    """Return the :class:`Change` of each suggested field against the newest draft.

    ``conflict``: somebody has changed the text since the sender saw it. ``done``: the entry already says so.
    """
    latest = latest or suggestion.initiative.get_latest_revision_as_object()
    found = []
    for name, change in suggestion.changes.items():
        now = plain(getattr(latest, name))
        done = now == change["wish"]
        found.append(
            Change(
                name=name,
                label=capfirst(Initiative._meta.get_field(name).verbose_name),
                now=_shown(name, now),
                wish=_shown(name, change["wish"]),
                conflict=not done and digest(now) != change["was"],
                done=done,
            )
        )
    return found


def may_draft(initiative, user):
    """A locked entry is somebody else's at the moment; taking over from them is Wagtail's own button."""
    lock = initiative.get_lock()
    if lock and lock.for_user(user):
        return Decision.no(
            "locked", _("Somebody else is working on this entry. Ask them, or unlock it first.")
        )
    return Decision.yes()


@dataclass
class Drafted:
    """The draft that was made: its revision, which fields it took, and the workflow it was sent to (or ``None``)."""

    revision: object
    fields: list = field(default_factory=list)
    workflow: object = None
    in_review: bool = False


@transaction.atomic
def make_draft(*, suggestion, fields, user, route=""):
    """Write the chosen ``fields`` into a new draft revision and send it to review; return :class:`Drafted`.

    The draft stands on the newest one, so that nothing an editor wrote is lost. Where a review of this entry is
    going on already, it goes on with the new draft. Raises ``NotAllowed``.
    """
    suggestion = InitiativeSuggestion.objects.select_for_update().get(pk=suggestion.pk)
    initiative = Initiative.objects.select_for_update().get(pk=suggestion.initiative_id)
    _still_new(suggestion)
    decision = may_draft(initiative, user)
    if not decision:
        raise NotAllowed(decision)
    latest = initiative.get_latest_revision_as_object()
    changes = {change.name: change for change in compare(suggestion, latest)}
    chosen = [name for name in OPEN_FIELDS if name in fields and name in changes and not changes[name].done]
    if not chosen:
        raise NotAllowed(Decision.no("nothing", _("Choose at least one of the texts.")))
    for name in chosen:
        _put(latest, name, suggestion.changes[name]["wish"])
    revision = latest.save_revision(user=user, log_action=True, clean=False)
    result = Drafted(revision, chosen)
    _send_to_review(initiative, user, result)
    _handle(suggestion, State.DRAFTED, user, route)
    return result


def _put(initiative, name, text):
    longest = Initiative._meta.get_field(name).max_length
    setattr(initiative, name, text[:longest] if longest else text)
    stated = f"{name}_stated"
    if text and getattr(initiative, stated, None) == Stated.NONE:
        # "None" and words about it would contradict each other.
        setattr(initiative, stated, Stated.YES)


def _send_to_review(initiative, user, result):
    initiative.refresh_from_db()
    running = initiative.current_workflow_state
    if running is None:
        result.workflow = initiative.get_workflow()
        if result.workflow:
            result.workflow.start(initiative, user)
    elif running.status == running.STATUS_NEEDS_CHANGES:
        result.workflow = running.workflow
        running.resume(user)
    else:
        result.workflow, result.in_review = running.workflow, True


@transaction.atomic
def close_suggestion(*, suggestion, state, user, route=""):
    """Put a suggestion aside as ``done`` or ``declined``. Raises ``NotAllowed`` where it has been handled."""
    if state not in (State.DONE, State.DECLINED):
        raise ValueError(state)
    suggestion = InitiativeSuggestion.objects.select_for_update().get(pk=suggestion.pk)
    _still_new(suggestion)
    _handle(suggestion, state, user, route)
    return suggestion


def _still_new(suggestion):
    if suggestion.state != State.NEW:
        raise NotAllowed(Decision.no("handled", _("Somebody has already looked after this suggestion.")))


def _handle(suggestion, state, user, route):
    suggestion.state, suggestion.handled_at = state, timezone.now()
    suggestion.save(update_fields=["state", "handled_at"])
    log_access(user=user, action=Action.CHANGE, objects=[suggestion], route=route)


def forget_handled(now=None):
    """Delete suggestions that were handled more than ``KEEP_DAYS`` days ago; returns how many."""
    before = (now or timezone.now()) - timedelta(days=KEEP_DAYS)
    return InitiativeSuggestion.objects.filter(handled_at__lt=before).delete()[0]
