"""One save of the conversation page, with or without JavaScript: what was written, and what was not and why."""

import json
from dataclasses import dataclass, field

from django.db import transaction

from . import guides, merging, rules, services
from .audit import audited
from .forms_conversation import CONVERSATION_FORMS
from .models import Conversation

TALK = "talk_"


@dataclass
class PageSave:
    """What came of it. ``form`` is the bound form with every fault on its field; names are the form's."""

    form: object
    person: object
    talk: object = None
    saved: list = field(default_factory=list)
    conflicts: list = field(default_factory=list)
    elsewhere: list = field(default_factory=list)
    base: dict = field(default_factory=dict)

    @property
    def complete(self):
        """Whether all that was typed stands in the record."""
        return not (self.form.errors or self.conflicts)


def open_form(person, user, kind=None):
    """Return ``(form, talk, base)`` for a page that is opened now; ``kind`` is what a new conversation is to be."""
    talk = services.open_conversation(person, user)
    if talk is None or (kind and kind != talk.kind and person.status not in ("enquiry", "conversation")):
        talk = services.new_conversation(person, user, kind)
    form = _form(person, talk, guides.version_for(talk))
    return form, talk, _fingerprints(person, talk, form)


def _form(person, talk, version, data=None):
    return CONVERSATION_FORMS[person._meta.model_name](data, instance=person, talk=talk, version=version)


def save_page(person, data, user, route):
    """Save the valid parts of a posted page in one transaction; returns a :class:`PageSave`."""
    with transaction.atomic():
        return _save_page(person, data, user, route)


def _save_page(person, data, user, route):
    stored_talk = _stored_talk(person, data, user)
    talk = stored_talk or services.new_conversation(person, user, _kind_of(data))
    version = guides.posted_version(talk, data.get("guide", ""))
    # The form checks on a copy of the record, so that the record itself stays as it is stored.
    copy = type(person).objects.get(pk=person.pk)
    form = _form(copy, talk, version, data)
    form.is_valid()
    base, choices = _base_of(data), _choices_of(data, form)
    mine = services.save_valid_parts(
        person=person,
        values=form.person_values(),
        base=_part(base, talk=False),
        choices=_part(choices, talk=False),
        user=user,
        route=route,
    )
    held = services.hold_conversation(
        person=person,
        values=form.talk_values(),
        conversation=stored_talk,
        guide=version,
        base=_part(base, talk=True),
        choices=_part(choices, talk=True),
        user=user,
        route=route,
    )
    _add_errors(form, mine.errors, "")
    _add_errors(form, held.merge.errors, TALK)
    fresh = type(person).objects.select_related("initiative").get(pk=person.pk)
    fresh_talk = held.conversation or talk
    return PageSave(
        form=form,
        person=fresh,
        talk=fresh_talk,
        saved=[*mine.saved, *_named(held.merge.saved)],
        conflicts=[*mine.conflicts, *_prefixed(held.merge.conflicts)],
        elsewhere=[*mine.elsewhere, *_named(held.merge.elsewhere)],
        base=_next_base(form, fresh, fresh_talk, base, mine, held.merge),
    )


@audited
def finish(*, person, user, route=""):
    """Note that the initial conversation was held, and take the step that follows it; returns the person."""
    with transaction.atomic():
        if person.status == "enquiry":
            services.hold_conversation(person=person, values={}, user=user, always=True, route=route)
        if person._meta.model_name == "citizen":
            return services.put_on_waiting_list(citizen=person, user=user, route=route)
        return services.approve_volunteer(volunteer=person, user=user, route=route)


def finish_decision(person):
    """Return the rule's answer for the step that ends the initial conversation, or ``None`` where it is behind."""
    decision = rules.may_finish(person)
    return None if decision.code in ("already", "ended") else decision


def _kind_of(data):
    kind = data.get("talk_kind", "")
    return kind if kind in Conversation.Kind.values else None


def _stored_talk(person, data, user):
    """The conversation the page names, or the one that is going on; another of the same day where its kind differs."""
    named = _named_talk(person, data)
    if named is not None:
        return named
    found = services.open_conversation(person, user)
    if found is not None and person.status not in ("enquiry", "conversation"):
        return found if _kind_of(data) in (None, found.kind) else None
    return found


def _named_talk(person, data):
    pk = str(data.get("talk", ""))
    return person.conversations.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 19 else None


def _base_of(data):
    try:
        base = json.loads(data.get("base") or "{}")
    except ValueError:
        return {}
    return base if isinstance(base, dict) else {}


def _choices_of(data, form):
    return {name: data[f"choice-{name}"] for name in form.fields if data.get(f"choice-{name}")}


def _part(values, talk):
    """Return the entries of the conversation under the model's names, or those of the person."""
    if talk:
        return {k.removeprefix(TALK): v for k, v in values.items() if k.startswith(TALK)}
    return {k: v for k, v in values.items() if not k.startswith(TALK)}


def _named(names):
    return [f"{TALK}{name}" for name in names]


def _prefixed(conflicts):
    return [merging.Conflict(f"{TALK}{c.name}", c.theirs, c.yours) for c in conflicts]


def _add_errors(form, errors, prefix):
    for name, sentences in errors.items():
        if prefix + name not in form.errors:
            form.add_error(prefix + name if prefix + name in form.fields else None, sentences)


def _own(form):
    return [name for name in form.fields if not name.startswith(TALK)]


def _fingerprints(person, talk, form):
    sheet = guides.AnswerSheet(talk, form.version)
    talk_base = {
        **merging.fingerprints(talk, services.TALK_FIELDS),
        **merging.fingerprints(sheet, sheet.names()),
    }
    return {
        **merging.fingerprints(person, _own(form)),
        **{f"{TALK}{name}": value for name, value in talk_base.items()},
    }


def _next_base(form, person, talk, base, mine, held):
    """Fingerprints for the next save; what did not get through keeps the one it came with."""
    fresh = _fingerprints(person, talk, form)
    refused = {
        *form.errors,
        *mine.elsewhere,
        *(c.name for c in mine.conflicts),
        *_named(held.elsewhere),
        *_named(c.name for c in held.conflicts),
    }
    return {name: base.get(name, value) if name in refused else value for name, value in fresh.items()}
