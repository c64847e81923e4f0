"""What this room shows on the page of a person and of a match: papers, certificates, service, thanks. Short, with one button."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..matching.sections import register_match_section
from ..matching.sentences import day as in_words
from ..people.models import Volunteer
from ..people.presenting import register_section
from ..privacy.access_log import Action, log_access
from . import queries, rules
from .asked import asked_of
from .kinds import OF_MATCH, CertificateKind, PaperKind
from .models import Certificate, PaperState, SignedHow, Thanks
from .service_time import service_of

ROUTE = "peer_support_agreements:section"
IN_FORCE = (PaperState.READY, PaperState.SIGNED)
SHOWN_CLOSED = 5


def _url(name, *args):
    return reverse(f"peer_support_agreements:{name}", args=args)


def signed_line(paper):
    """Return how, when and with which name ``paper`` was signed, or an empty text."""
    if not paper.signed_on:
        return ""
    values = {"day": in_words(paper.signed_on), "name": paper.signed_name}
    if paper.signed_how == SignedHow.LINK:
        values["clock"] = time_format(timezone.localtime(paper.signed_at), "H.i")
        return _("Signed with the link on %(day)s at %(clock)s: %(name)s") % values
    line = _("Signed on paper on %(day)s: %(name)s") % values
    by = paper.noted_by
    if by is None:
        return line
    return _("%(line)s. Written down by %(user)s.") % {
        "line": line,
        "user": by.get_full_name() or by.get_username(),
    }


def _row(paper, texts):
    """A paper in one line."""
    now = texts.get((paper.initiative_id, paper.kind))
    earlier = now is not None and now.pk != paper.text_id and paper.state in IN_FORCE
    if paper.state == PaperState.SIGNED:
        fact = _("signed %(day)s") % {"day": date_format(paper.signed_on, "SHORT_DATE_FORMAT")}
    elif paper.kind == PaperKind.REFERENCE and paper.state == PaperState.READY:
        fact = date_format(timezone.localtime(paper.made_at), "SHORT_DATE_FORMAT")
    else:
        fact = str(paper.get_state_display())
    if paper.until_on and paper.state in IN_FORCE:
        until = date_format(paper.until_on, "SHORT_DATE_FORMAT")
        fact = _("%(fact)s · until %(day)s") % {"fact": fact, "day": until}
    return {
        "label": capfirst(paper.get_kind_display()),
        "fact": fact,
        "earlier": earlier and paper.kind != PaperKind.REFERENCE,
        "closed": paper.state not in IN_FORCE,
        "url": _url("paper", paper.pk),
        "state": paper.state,
    }


def _rows(papers):
    papers = list(papers)
    texts = queries.current_texts({paper.initiative_id for paper in papers}) if papers else {}
    rows = [_row(paper, texts) for paper in papers]
    closed = [row for row in rows if row["closed"]]
    return [row for row in rows if not row["closed"]], closed[:SHOWN_CLOSED]


@register_section
def papers_section(person, user):
    """The papers of a person."""
    if not user.has_perm("peer_support.view_paper"):
        return None
    papers = list(person.papers.defer("body", "facts").select_related("match"))
    is_volunteer = isinstance(person, Volunteer)
    if not papers and not is_volunteer:
        return None
    log_access(user=user, action=Action.READ, objects=papers, route=ROUTE)
    rows, closed = _rows(papers)
    context = {"title": _("Agreements"), "rows": rows, "closed": closed, "buttons": []}
    if is_volunteer and user.has_perm("peer_support.add_paper"):
        context |= _volunteer_steps(person, papers)
    return "peer_support/agreements/papers_section.html", context


def _volunteer_steps(volunteer, papers):
    """The one button that comes next, and those that are quieter."""
    if not rules.may_make_for_volunteer(volunteer, PaperKind.CONTRACT):
        return {"note": ""}
    in_force = {paper.kind: paper.state for paper in papers if paper.state in IN_FORCE}
    has_contract = volunteer.has_contract()
    note = ""
    if not has_contract and in_force.get(PaperKind.CONTRACT) != PaperState.READY:
        wanted = asked_of(volunteer.initiative_id).contract
        note = _("There is no contract that holds today.") if wanted or volunteer.contract_on else ""
    elif has_contract and PaperState.SIGNED != in_force.get(PaperKind.CONTRACT):
        note = _("A contract is written on the volunteer: signed %(day)s.") % {
            "day": date_format(volunteer.contract_on, "SHORT_DATE_FORMAT")
        }
    contract = {"label": _("Make a contract ready"), "url": _url("new", volunteer.pk, PaperKind.CONTRACT)}
    others = []
    if PaperKind.CONFIDENTIALITY not in in_force:
        address = _url("new", volunteer.pk, PaperKind.CONFIDENTIALITY)
        others.append({"label": _("Promise of confidentiality"), "url": address})
    buttons = [contract, *others] if PaperKind.CONTRACT not in in_force else [*others, contract]
    return {"note": note, "buttons": buttons}


@register_section
def service_section(person, user):
    """Certificates, how long, thanks and the reference letter of a volunteer."""
    if not isinstance(person, Volunteer) or not user.has_perm("peer_support.view_certificate"):
        return None
    certificates = list(
        Certificate.objects.filter(volunteer=person, taken_out_at=None).select_related("seen_by")
    )
    thanks = list(Thanks.objects.filter(volunteer=person)[:3])
    log_access(user=user, action=Action.READ, objects=[*certificates, *thanks], route=ROUTE)
    asked = asked_of(person.initiative_id).certificates
    held = {row.kind for row in certificates if row.holds()}
    labels = dict(CertificateKind.choices)
    typed = person.certificate_seen_on if not certificates else None
    lacking = (
        [] if typed and person.has_certificate() else [labels[kind] for kind in asked if kind not in held]
    )
    service = service_of(person)
    may_change = user.has_perm("peer_support.add_certificate")
    return "peer_support/agreements/service_section.html", {
        "title": _("Service, certificates and thanks"),
        "certificates": [_certificate_row(row, user) for row in certificates],
        "typed": typed,
        "typed_until": person.certificate_until,
        "lacking": [str(label) for label in lacking],
        "service": service,
        "thanks": [{"day": row.on, "url": _url("thanks_card", row.pk)} for row in thanks],
        "certificate_url": _url("certificate", person.pk) if may_change else "",
        "thanks_url": _url("thanks", person.pk) if may_change and person.approved_on else "",
        "reference_url": _url("reference", person.pk)
        if may_change and rules.may_make_for_volunteer(person, PaperKind.REFERENCE)
        else "",
    }


def _certificate_row(row, user):
    today = timezone.localdate()
    seen = {"day": date_format(row.seen_on, "SHORT_DATE_FORMAT")}
    if row.seen_by:
        seen["user"] = row.seen_by.get_full_name() or row.seen_by.get_username()
        line = _("seen %(day)s by %(user)s") % seen
    else:
        line = _("seen %(day)s") % seen
    over = bool(row.valid_to and row.valid_to < today)
    if row.valid_to:
        words = _("ended %(day)s") if over else _("valid until %(day)s")
        line = f"{line} · {words % {'day': date_format(row.valid_to, 'SHORT_DATE_FORMAT')}}"
    may_change = user.has_perm("peer_support.change_certificate")
    return {
        "label": capfirst(row.label),
        "line": line,
        "over": over,
        "take_out_url": _url("take_out", row.pk) if may_change else "",
    }


@register_match_section
def match_papers_section(match, user):
    """The two agreements of a match."""
    if not user.has_perm("peer_support.view_paper"):
        return None
    papers = list(match.papers.select_related("match"))
    may_make = rules.may_make_for_match(match) if user.has_perm("peer_support.add_paper") else None
    if not papers and not may_make:
        return None
    log_access(user=user, action=Action.READ, objects=papers, route=ROUTE)
    rows, closed = _rows(papers)
    in_force = [paper for paper in papers if paper.state in IN_FORCE and paper.kind in OF_MATCH]
    changed = any(rules.has_changed(paper) for paper in in_force)
    wants = bool(may_make) and (changed or not in_force)
    return "peer_support/agreements/match_section.html", {
        "title": _("On paper"),
        "rows": rows,
        "closed": closed,
        "note": _("What they agreed on has been changed since. Make the papers anew.") if changed else "",
        "primary": wants,
        "new_url": _url("match_new", match.pk) if may_make else "",
        "new_label": _("Make the agreement ready") if not in_force else _("Make the agreement anew"),
    }
