"""Every write on people: one transaction each, logged, with a typed result.

A refusal raises :class:`~peer_support.access.decisions.NotAllowed`; a fault in the values raises
``ValidationError`` with a sentence per field.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ..access.scopes import current_initiative_ids
from ..privacy.access_log import Action, log_access
from ..privacy.cpr import refuse_cpr
from . import bookings, guides, listeners, merging, rules, steps
from .audit import audited
from .contact import with_same_contact
from .models import Citizen, Conversation, StillHereQuestion, Volunteer
from .validation import CONTACT, PAIRS, check_person

# Faults of one are faults of both: neither is written.
_TOGETHER = {name: names for names in (*PAIRS, CONTACT) for name in names}
# A change of one of these can move a person to another step.
_MOVES = {"status", "paused_from", "paused_until"}
_SAID = ("notes", "next_step")
TALK_FIELDS = ("kind", "held_on", "notes", "next_step")


@dataclass(frozen=True)
class Taken:
    """A person who was taken in, and people of the same initiative with the same telephone or e-mail."""

    person: object
    maybe_same: list = field(default_factory=list)


@dataclass(frozen=True)
class Held:
    """A conversation and what of it was written; ``conversation`` is ``None`` where nothing was said yet."""

    conversation: Conversation | None
    merge: merging.Merge


_require = rules.require


def _locked(obj):
    return type(obj).objects.select_for_update().get(pk=obj.pk)


def _split(model, values):
    many = {f.name for f in model._meta.many_to_many}
    return (
        {name: merging.tidy(value) for name, value in values.items() if name not in many},
        {name: value for name, value in values.items() if name in many},
    )


def _write(obj, changes):
    """Set ``changes`` on ``obj`` and save; relations to many after the row."""
    plain, many = _split(type(obj), changes)
    for name, value in plain.items():
        setattr(obj, name, value)
    obj.save()
    for name, rows in many.items():
        getattr(obj, name).set(rows)
    return obj


def maybe_same(*, model, initiative, phone="", email="", exclude=None):
    """Return people of the initiative who have the same telephone number or e-mail address."""
    found = with_same_contact(model.objects.filter(initiative=initiative), phone, email)
    return list(found.exclude(pk=exclude.pk) if exclude else found)


@transaction.atomic
def create_person(*, model, initiative, values, user, route=""):
    """Take somebody in. Raises ``ValidationError`` where a value is wrong, ``NotAllowed`` outside the scope."""
    _require(rules.may_take_in(initiative))
    if initiative.pk not in current_initiative_ids():
        raise PermissionError("This initiative is not in the open scope.")
    plain, many = _split(model, values)
    person = model(initiative=initiative, **plain)
    person.full_clean(exclude=["initiative", "number"], validate_unique=False, validate_constraints=False)
    same = maybe_same(model=model, initiative=initiative, phone=person.phone, email=person.email)
    person.save()
    for name, rows in many.items():
        getattr(person, name).set(rows)
    log_access(user=user, action=Action.CREATE, objects=[person], route=route)
    steps.note_step(person, user, "people.create", on=_ready_on(person))
    return Taken(person, same)


def _ready_on(person):
    """The day a person who comes in from a spreadsheet has been ready since; ``None`` for a first contact."""
    return person.approved_on if isinstance(person, Volunteer) else person.waiting_since


@transaction.atomic
def update_person(*, person, values, user, route=""):
    """Write ``values``, all or none. Raises ``ValidationError``; returns the names that changed."""
    fresh = _locked(person)
    _require(rules.may_change(fresh))
    changes, merge = merging.decide(fresh, values)
    plain, __ = _split(type(fresh), changes)
    for name, value in plain.items():
        setattr(fresh, name, value)
    check_person(fresh)
    if changes:
        _write(fresh, changes)
        log_access(user=user, action=Action.CHANGE, objects=[fresh], route=route)
    if _MOVES & set(changes):
        steps.note_step(fresh, user, "people.update", on=_ready_on(fresh) if "status" in changes else None)
    return list(changes)


@transaction.atomic
def save_valid_parts(*, person, values, user, base=None, choices=None, route=""):
    """Write what is right of ``values`` and say what is not; see :mod:`.merging` for ``base`` and ``choices``."""
    fresh = _locked(person)
    _require(rules.may_change(fresh))
    changes, merge = merging.decide(fresh, values, base, choices)
    merge.errors = _drop_faulty(fresh, changes)
    if changes:
        _write(fresh, changes)
        log_access(user=user, action=Action.CHANGE, objects=[fresh], route=route)
    merge.saved = list(changes)
    return merge


def _drop_faulty(person, changes):
    """Take out of ``changes`` what would leave the record wrong; return the sentences by name."""
    stored = {name: merging.current(person, name) for name in changes}
    errors = {}
    for __ in range(len(changes) + 1):
        plain, __many = _split(type(person), changes)
        for name, value in plain.items():
            setattr(person, name, value)
        try:
            check_person(person)
            break
        except ValidationError as error:
            faults = error.message_dict
        found = {name for fault in faults for name in (fault, *_TOGETHER.get(fault, ()))} & set(changes)
        if not found:  # an old fault that these changes have no part in
            break
        for name in found:
            errors[name] = faults.get(name) or next(
                faults[other] for other in _TOGETHER[name] if other in faults
            )
            del changes[name]
            if name in plain:
                setattr(person, name, stored[name])
    return errors


def open_conversation(person, user, day=None):
    """Return the conversation that is going on with ``person``, or ``None`` where the next word begins one.

    Before the person is on the list or approved it is the initial one; after that, the user's own of today.
    """
    talks = person.conversations.all()
    if person.status in ("enquiry", "conversation"):
        return talks.filter(kind=Conversation.Kind.INITIAL).first()
    return talks.filter(held_on=day or timezone.localdate(), held_by=user).first()


def new_conversation(person, user, kind=None):
    """Return an unsaved conversation of ``kind``, or of the kind that comes next."""
    early = person.status in ("enquiry", "conversation")
    kind = kind or (Conversation.Kind.INITIAL if early else Conversation.Kind.FOLLOW_UP)
    link = {"volunteer" if isinstance(person, Volunteer) else "citizen": person}
    return Conversation(
        initiative_id=person.initiative_id, kind=kind, held_by=user if user.pk else None, **link
    )


@transaction.atomic
def hold_conversation(
    *, person, values, user, conversation=None, guide=None, base=None, choices=None, always=False, route=""
):
    """Write down a conversation: ``values`` of kind, held_on, notes and next_step, and ``answer_…`` to the questions of
    ``guide`` (a version), which the conversation keeps from its first answer on.

    ``conversation`` is the one that is going on, else it is found or begun. Nothing is begun for empty text
    unless ``always``. The first word moves an enquiry on to "in conversation".
    """
    person = _locked(person)
    _require(rules.may_hold(person))
    talk = _locked(conversation) if conversation else open_conversation(person, user)
    errors = _cpr_faults(values)
    words = {name: value for name, value in values.items() if name not in errors}
    said = {name: value for name, value in words.items() if name in _SAID or name.startswith(guides.ANSWER)}
    if talk is None and not (always or any(said.values())):
        return Held(None, merging.Merge(errors=errors))
    created = talk is None
    talk = talk or new_conversation(person, user)
    known = None if created else base
    own = {name: value for name, value in words.items() if name in TALK_FIELDS}
    changes, merge = merging.decide(talk, own, known, choices)
    answers = _answer(talk, guide, words, known, choices, merge)
    if changes or answers or created:
        _write(talk, changes)
        action = Action.CREATE if created else Action.CHANGE
        log_access(user=user, action=action, objects=[talk], route=route)
    if created and person.status == "enquiry":
        person.status = "conversation"
        person.save()
        log_access(user=user, action=Action.CHANGE, objects=[person], route=route)
    if changes or answers or created:
        booking = bookings.close_due(person, user, route, talk)
        if created or booking:
            steps.note_step(person, user, "people.hold", on=talk.held_on)
    merge.saved, merge.errors = [*changes, *answers], errors
    return Held(talk, merge)


def _answer(talk, guide, words, base, choices, merge):
    """Put the answers among ``words`` on ``talk``; returns what changed, and adds to ``merge`` what clashed."""
    version = talk.guide_version or guide
    sheet = guides.AnswerSheet(talk, version)
    given = sheet.own({name: value for name, value in words.items() if name.startswith(guides.ANSWER)})
    if not given or not talk.answers_are_readable:
        return {}
    changes, other = merging.decide(sheet, given, base, choices)
    merge.conflicts += other.conflicts
    merge.elsewhere += other.elsewhere
    if changes:
        talk.guide_version, talk.answers = version, sheet.with_changes(changes)
    return changes


def _cpr_faults(values):
    errors = {}
    texts = [name for name in values if name in _SAID or name.startswith(guides.ANSWER)]
    for name in texts:
        try:
            refuse_cpr(values[name])
        except ValidationError as error:
            errors[name] = error.messages
    return errors


def _change(person, user, route, rule, on=None, **changes):
    fresh = _locked(person)
    decision = rule(fresh)
    _require(decision)
    steps.settle(fresh)
    for name, value in changes.items():
        setattr(fresh, name, value(fresh) if callable(value) else value)
    check_person(fresh)
    fresh.save()
    log_access(user=user, action=Action.CHANGE, objects=[fresh], route=route)
    if fresh.status == "ended":
        bookings.call_off(fresh, user, route)
    elif "status" in changes:
        bookings.close_initial(fresh, user, route)
    way = f"people.{rule.__name__.removeprefix('may_')}"
    steps.note_step(fresh, user, way, on=on, code=decision.code, settled=True)
    return fresh


@audited
@transaction.atomic
def put_on_waiting_list(*, citizen, user, since=None, route=""):
    """Let the citizen wait for a match from ``since`` (default: today); an earlier date stands."""
    return _change(
        citizen,
        user,
        route,
        rules.may_put_on_waiting_list,
        on=since,
        status=Citizen.Status.WAITING,
        waiting_since=lambda fresh: fresh.waiting_since or since or timezone.localdate(),
    )


@audited
@transaction.atomic
def approve_volunteer(*, volunteer, user, on=None, route=""):
    """Approve the volunteer as of ``on`` (default: today)."""
    return _change(
        volunteer,
        user,
        route,
        rules.may_approve,
        on=on,
        status=Volunteer.Status.APPROVED,
        approved_on=on or timezone.localdate(),
    )


@audited
@transaction.atomic
def pause_person(*, person, user, starts=None, until=None, reason="", route=""):
    """Note a pause from ``starts`` (default: today) to ``until`` (empty: until further notice). The wait goes on."""
    fresh = _change(
        person,
        user,
        route,
        rules.may_pause,
        on=starts,
        paused_from=starts or timezone.localdate(),
        paused_until=until,
        pause_reason=merging.tidy(reason),
    )
    listeners.tell(fresh, user)
    return fresh


@audited
@transaction.atomic
def resume_person(*, person, user, route=""):
    """End the pause, and forget why there was one."""
    fresh = _change(
        person, user, route, rules.may_resume, paused_from=None, paused_until=None, pause_reason=""
    )
    listeners.tell(fresh, user)
    return fresh


@audited
@transaction.atomic
def end_person(*, person, user, on=None, route=""):
    """Close the person's record as of ``on`` (default: today)."""
    fresh = _change(
        person,
        user,
        route,
        rules.may_end,
        on=on,
        status="ended",
        ended_on=on or timezone.localdate(),
        paused_from=None,
        paused_until=None,
        pause_reason="",
    )
    listeners.tell(fresh, user)
    return fresh


@audited
@transaction.atomic
def welcome_back(*, person, user, route=""):
    """Begin again with somebody whose record was closed: in conversation.

    A citizen keeps the date on which the wait first began, and with it the place in the queue.
    """
    # Whoever comes back has regretted a wish to be erased.
    said_no = StillHereQuestion.objects.filter(**{person._meta.model_name: person}, answer="no")
    said_no.update(answer="yes", answered_on=timezone.localdate())
    start = {} if isinstance(person, Citizen) else {"approved_on": None}
    return _change(person, user, route, rules.may_welcome_back, status="conversation", ended_on=None, **start)
