"""Every write on papers: one transaction each, with the row of the person or the match as the lock, and logged.

A refusal raises :class:`~peer_support.access.decisions.NotAllowed`.
"""

import json

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.decisions import Decision, NotAllowed
from ..access.links import revoke_links, use_up
from ..matching.models import Match
from ..people.models import Volunteer
from ..people.services_papers import note_contract
from ..privacy.access_log import Action, log_access
from ..privacy.cpr import strip_cpr
from . import rules, text_format
from .filling import match_facts, values_for
from .kinds import PaperKind
from .models import Knows, Paper, PaperState, PaperText, SignedHow

TYPED = ("work", "place", "hours", "contact", "boundaries")


def _require(decision):
    if not decision:
        raise NotAllowed(decision)


def current_text(kind, initiative_id):
    """Return the text that papers of ``kind`` are made from today; raises :class:`NotAllowed` where there is none."""
    text = PaperText.objects.current(kind, initiative_id)
    if text is None:
        raise NotAllowed(
            Decision.no("no_text", _("There is no text for this paper. Write one first, under Texts."))
        )
    return text


def drafted(*, kind, person, typed, match=None, user=None, knows=Knows.NOTHING):
    """Return the words of a paper as they would be now, as blocks. Writes nothing."""
    values = values_for(kind=kind, person=person, typed=typed, match=match, user=user, knows=knows)
    return text_format.fill(current_text(kind, person.initiative_id).blocks, values)


def _frozen(*, kind, person, typed, user, route, match=None, knows=Knows.NOTHING, blocks=None):
    """Make the paper and put it in the place of the one that was ready before. The caller holds the lock."""
    text = current_text(kind, person.initiative_id)
    if blocks is None:
        blocks = drafted(kind=kind, person=person, typed=typed, match=match, user=user, knows=knows)
    side = {person._meta.model_name: person}
    of_this = Paper.objects.filter(kind=kind, match=match, **side)
    now, by = timezone.now(), user if getattr(user, "pk", None) else None
    of_this.filter(state=PaperState.READY).update(state=PaperState.REPLACED, closed_at=now, closed_by=by)
    PaperText.objects.filter(pk=text.pk, used_at=None).update(used_at=now)
    facts = {name: typed[name] for name in TYPED if typed.get(name)}
    if match is not None:
        facts["match"] = match_facts(match)
    paper = Paper.objects.create(
        initiative_id=person.initiative_id,
        kind=kind,
        match=match,
        text=text,
        text_version=text.version,
        body=text_format.dump(blocks),
        text_hash=text_format.hash_of(blocks),
        facts=json.dumps(facts, ensure_ascii=False),
        knows=knows,
        starts_on=typed.get("starts"),
        until_on=typed.get("until"),
        made_by=by,
        **side,
    )
    log_access(user=user, action=Action.CREATE, objects=[paper], route=route)
    return paper


@transaction.atomic
def make_ready(*, volunteer, kind, typed=None, user=None, route=""):
    """Make a contract or a promise ready for ``volunteer``.

    ``typed``: ``starts`` and ``until`` (dates), ``work``, ``place``, ``hours`` (texts); all may be missing. One that
    was ready already is replaced; one that is signed stands until this one is signed.
    """
    fresh = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    _require(rules.may_make_for_volunteer(fresh, kind))
    return _frozen(kind=kind, person=fresh, typed=typed or {}, user=user, route=route)


@transaction.atomic
def make_match_papers(*, match, typed=None, share_contact=False, user=None, route=""):
    """Make the agreement of a match ready, one paper for each of the two; returns both, the citizen's first.

    ``typed``: ``contact`` and ``boundaries``. ``share_contact`` puts how to reach the other on it, where the match has
    come so far; else the first name.
    """
    fresh = Match.objects.select_for_update().get(pk=match.pk)
    _require(rules.may_make_for_match(fresh))
    knows = min(rules.knows_at(fresh), Knows.CONTACT if share_contact else Knows.FIRST_NAME)
    sides = ((PaperKind.MATCH_CITIZEN, fresh.citizen), (PaperKind.MATCH_VOLUNTEER, fresh.volunteer))
    return [
        _frozen(kind=kind, person=person, typed=typed or {}, user=user, route=route, match=fresh, knows=knows)
        for kind, person in sides
    ]


@transaction.atomic
def save_reference(*, volunteer, words, user=None, route=""):
    """Keep a reference letter as the coordinator wrote it; numbers that look like a CPR number are taken out."""
    fresh = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    _require(rules.may_make_for_volunteer(fresh, PaperKind.REFERENCE))
    blocks = text_format.from_plain(strip_cpr(words)[0])
    if not blocks:
        raise NotAllowed(Decision.no("empty", _("The letter is empty.")))
    return _frozen(kind=PaperKind.REFERENCE, person=fresh, typed={}, user=user, route=route, blocks=blocks)


def _locked(paper):
    """Return the paper as it is now, behind the lock of its person or match."""
    if paper.match_id:
        Match.objects.select_for_update().get(pk=paper.match_id)
    else:
        Volunteer.objects.select_for_update().get(pk=paper.volunteer_id)
    rows = Paper.objects.select_for_update(of=("self",))
    return rows.select_related("volunteer", "citizen", "match", "initiative").get(pk=paper.pk)


@transaction.atomic
def sign_on_paper(*, paper, on=None, name="", user=None, route=""):
    """Write down that the person signed the print on ``on`` (default: today); ``user`` is who writes it down."""
    fresh = _locked(paper)
    on = on or timezone.localdate()
    _require(rules.may_sign(fresh))
    if on > timezone.localdate():
        raise NotAllowed(Decision.no("future", _("That day has not come yet.")))
    name = name or fresh.person.display_name
    return _signed(fresh, SignedHow.PAPER, on, name, user, route)


@transaction.atomic
def sign_by_link(*, paper, name, shown_hash, link, route=""):
    """Let the person sign the words they were shown; uses the link up. ``shown_hash`` is what stood on the page."""
    fresh = _locked(paper)
    _require(rules.may_sign(fresh))
    if shown_hash != fresh.text_hash:
        raise NotAllowed(
            Decision.no("other_words", _("These are not the words we showed you. Read them once more."))
        )
    use_up(link)
    return _signed(fresh, SignedHow.LINK, timezone.localdate(), name, None, route)


def _signed(paper, how, on, name, user, route):
    now, by = timezone.now(), user if getattr(user, "pk", None) else None
    side = {paper.side: paper.person}
    earlier = Paper.objects.filter(kind=paper.kind, match=paper.match, state=PaperState.SIGNED, **side)
    earlier.update(state=PaperState.REPLACED, closed_at=now, closed_by=by)
    paper.state, paper.signed_how, paper.signed_on, paper.signed_name = PaperState.SIGNED, how, on, name
    paper.signed_at, paper.signed_hash, paper.noted_by = now, paper.text_hash, by
    paper.save()
    log_access(user=user, action=Action.CHANGE, objects=[paper], route=route)
    if paper.kind == PaperKind.CONTRACT:
        _contract_holds(paper, user, route)
    return paper


def _contract_holds(paper, user, route):
    """Write the contract on the volunteer: from the day it was signed, or begins; without a gap after one that still holds."""
    volunteer = paper.volunteer
    begins = max(filter(None, (paper.signed_on, paper.starts_on)))
    until = volunteer.contract_until
    goes_on = (
        volunteer.contract_on
        and volunteer.contract_on < begins
        and (until is None or (begins - until).days <= 1)
    )
    note_contract(
        volunteer=volunteer,
        on=volunteer.contract_on if goes_on else begins,
        until=paper.until_on,
        user=user,
        route=route,
    )


@transaction.atomic
def withdraw_paper(*, paper, user=None, route=""):
    """Take a paper back, and its link. A contract that was signed does not hold from now on."""
    fresh = _locked(paper)
    _require(rules.may_withdraw(fresh))
    was_signed = fresh.state == PaperState.SIGNED
    fresh.state, fresh.closed_at = PaperState.WITHDRAWN, timezone.now()
    fresh.closed_by = user if getattr(user, "pk", None) else None
    fresh.save()
    revoke_links(target=fresh)
    log_access(user=user, action=Action.CHANGE, objects=[fresh], route=route)
    if was_signed and fresh.kind == PaperKind.CONTRACT:
        note_contract(volunteer=fresh.volunteer, on=None, user=user, route=route)
    return fresh


@transaction.atomic
def make_ready_for_all(*, kind, initiative, user=None, route=""):
    """Make the text that holds now ready for everybody of ``initiative`` who has signed an earlier one; returns the papers.

    What was filled in is taken from the paper that was signed. Nobody is written to.
    """
    from .queries import signed_earlier_text

    made = []
    for paper in list(signed_earlier_text(initiative.pk, kind)):
        _lock_owner(paper)
        decision = (
            rules.may_make_for_match(paper.match)
            if paper.match_id
            else rules.may_make_for_volunteer(paper.volunteer, kind)
        )
        if not decision:
            continue
        typed = {**paper.filled_in, "starts": paper.starts_on, "until": paper.until_on}
        knows = min(paper.knows, rules.knows_at(paper.match)) if paper.match_id else Knows.NOTHING
        made.append(
            _frozen(
                kind=kind,
                person=paper.person,
                typed=typed,
                user=user,
                route=route,
                match=paper.match,
                knows=knows,
            )
        )
    return made


def _lock_owner(paper):
    if paper.match_id:
        Match.objects.select_for_update().get(pk=paper.match_id)
    else:
        Volunteer.objects.select_for_update().get(pk=paper.volunteer_id)
