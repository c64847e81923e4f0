"""What other rooms may ask about papers and service. Everything works in the open scope, with a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..matching.models_match import OPEN_STATES
from ..matching.sentences import day as in_words
from ..people.models import Volunteer
from ..people.views.common import person_url
from .asked import Asked, asked_everywhere
from .kinds import OF_MATCH, SIGNED_BY_PERSON, CertificateKind, PaperKind
from .models import Certificate, Paper, PaperState, PaperText, Thanks
from .service_time import service_of, services_of

__all__ = [
    "Due",
    "expiring",
    "last_thanks",
    "missing",
    "service_of",
    "services_of",
    "signed_earlier_text",
    "unsigned",
    "years_of_service",
]

SOON_DAYS = 30
# A paper that has been ready for so long is asked about.
SIGN_DAYS = 7


@dataclass(frozen=True)
class Due:
    """Something about a paper that waits: ``sentence`` names the person by number, ``due`` may be ``None``."""

    sentence: str
    url: str
    due: date | None
    kind: str
    person: object = None
    initiative_id: int | None = None


def years_of_service(volunteer, day=None):
    """Return the whole years that ``volunteer`` has been approved, as of ``day``; see :mod:`.service_time`.

    For many volunteers use :func:`services_of`, which asks once.
    """
    return service_of(volunteer, day).years


def last_thanks(volunteers):
    """Return ``{volunteer id: day of the last thank-you}``; who was never thanked is not in it. One query."""
    rows = Thanks.objects.filter(volunteer__in=volunteers).order_by()
    return dict(rows.values("volunteer").annotate(last=Max("on")).values_list("volunteer", "last"))


def expiring(day=None, within=SOON_DAYS):
    """Return what has ended or ends within ``within`` days of ``day``, the first to end first: contracts and certificates.

    Of approved volunteers only; a contract only where the initiative asks for one, and what was renewed is not named.
    """
    day = day or timezone.localdate()
    asked = asked_everywhere()
    found = [*_contracts_ending(day, within, asked), *_certificates_ending(day, within, asked)]
    return sorted(found, key=lambda due: (due.due, due.sentence))


def _due(volunteer, sentence, end, kind, day):
    words = {"who": volunteer, "day": in_words(end)}
    later, over = sentence
    return Due(
        (over if end < day else later) % words,
        person_url(volunteer),
        end,
        kind,
        volunteer,
        volunteer.initiative_id,
    )


def _contracts_ending(day, within, asked):
    sentence = (_("%(who)s: the contract ends on %(day)s."), _("%(who)s: the contract ended on %(day)s."))
    rows = Volunteer.objects.filter(
        status=Volunteer.Status.APPROVED,
        contract_on__isnull=False,
        contract_until__lte=day + timedelta(days=within),
    )
    return [
        _due(row, sentence, row.contract_until, "contract", day)
        for row in rows
        if asked.get(row.initiative_id, Asked()).contract
    ]


def _certificates_ending(day, within, asked):
    soon = day + timedelta(days=within)
    rows = Certificate.objects.filter(taken_out_at=None, volunteer__status=Volunteer.Status.APPROVED)
    last = {}
    for row in rows.select_related("volunteer").order_by("seen_on", "pk"):
        # The one seen last is the one that counts: an older one that ends later would be a mistake in it.
        last[(row.volunteer_id, row.kind, row.about)] = row
    found, listed = [], set()
    for row in last.values():
        listed.add(row.volunteer_id)
        if row.valid_to and row.valid_to <= soon:
            sentence = (
                _("%(who)s: %(kind)s ends on %(day)s."),
                _("%(who)s: %(kind)s ended on %(day)s."),
            )
            sentence = tuple(text.replace("%(kind)s", row.label.replace("%", "%%")) for text in sentence)
            found.append(_due(row.volunteer, sentence, row.valid_to, "certificate", day))
    typed = Volunteer.objects.filter(
        status=Volunteer.Status.APPROVED, certificate_seen_on__isnull=False, certificate_until__lte=soon
    ).exclude(pk__in=listed)
    sentence = (
        _("%(who)s: the certificate ends on %(day)s."),
        _("%(who)s: the certificate ended on %(day)s."),
    )
    wanted = [row for row in typed if asked.get(row.initiative_id, Asked()).certificates]
    return found + [_due(row, sentence, row.certificate_until, "certificate", day) for row in wanted]


def papers_waiting():
    """Papers that wait for a signature and can have one: of matches that go on, and of volunteers who have not stopped."""
    rows = Paper.objects.filter(state=PaperState.READY, kind__in=SIGNED_BY_PERSON)
    rows = rows.filter(Q(match=None) | Q(match__state__in=OPEN_STATES))
    rows = rows.exclude(match=None, volunteer__status=Volunteer.Status.ENDED)
    return rows.select_related("volunteer", "citizen", "match")


def unsigned(day=None, after=SIGN_DAYS):
    """Return the papers that have waited for a signature for ``after`` days or more, the longest wait first."""
    day = day or timezone.localdate()
    found = []
    for paper in papers_waiting().defer("body", "facts").order_by("made_at", "pk"):
        made = timezone.localtime(paper.made_at).date()
        if (day - made).days < after:
            continue
        sentence = _("%(who)s: %(paper)s has been ready to sign for %(days)d days.") % {
            "who": paper.person,
            "paper": paper.get_kind_display(),
            "days": (day - made).days,
        }
        found.append(
            Due(
                sentence,
                paper_url(paper),
                made + timedelta(days=after),
                "unsigned",
                paper.person,
                paper.initiative_id,
            )
        )
    return found


def paper_url(paper):
    """Return the address of the paper's page in the admin."""
    from django.urls import reverse

    return reverse("peer_support_agreements:paper", args=[paper.pk])


def missing(day=None):
    """Return what approved volunteers lack of what their initiative asks for: a contract, certificates. Three queries."""
    day = day or timezone.localdate()
    asked = asked_everywhere()
    labels = dict(CertificateKind.choices)
    volunteers = list(Volunteer.objects.filter(status=Volunteer.Status.APPROVED).order_by("number"))
    held = {}
    for row in Certificate.objects.filter(taken_out_at=None, volunteer__in=volunteers):
        if row.holds(day):
            held.setdefault(row.volunteer_id, set()).add(row.kind)
    found = []
    for volunteer in volunteers:
        wants = asked.get(volunteer.initiative_id, Asked())
        if wants.contract and volunteer.contract_on is None:
            sentence = _("%(who)s has no contract.") % {"who": volunteer}
            found.append(
                Due(sentence, person_url(volunteer), None, "contract", volunteer, volunteer.initiative_id)
            )
        for kind in wants.certificates:
            if kind in held.get(volunteer.pk, ()) or _typed_counts(volunteer, kind, held, day):
                continue
            sentence = _("%(who)s: %(kind)s has not been seen.") % {"who": volunteer, "kind": labels[kind]}
            found.append(
                Due(sentence, person_url(volunteer), None, "certificate", volunteer, volunteer.initiative_id)
            )
    return found


def _typed_counts(volunteer, kind, held, day):
    """A date typed on the volunteer says that something was seen, until the list of certificates says what."""
    return volunteer.pk not in held and kind in ("criminal", "children") and volunteer.has_certificate(day)


def current_texts(initiative_ids):
    """Return ``{(initiative id, kind): PaperText}`` of the texts that hold today. One query."""
    rows = PaperText.objects.filter(valid_from__lte=timezone.localdate())
    rows = list(rows.filter(Q(initiative_id=None) | Q(initiative_id__in=initiative_ids)))
    found = {}
    for pk in initiative_ids:
        for kind in PaperKind.values:
            mine = [row for row in rows if row.kind == kind and row.initiative_id in (pk, None)]
            if mine:
                found[(pk, kind)] = max(
                    mine, key=lambda row: (row.initiative_id is not None, row.valid_from, row.version)
                )
    return found


def signed_earlier_text(initiative_id, kind):
    """Return the papers in force that were signed on an earlier text than the one that holds now, and are not asked again yet."""
    text = PaperText.objects.current(kind, initiative_id)
    if text is None:
        return Paper.objects.none()
    rows = Paper.objects.filter(initiative_id=initiative_id, kind=kind, state=PaperState.SIGNED)
    rows = rows.exclude(text=text)
    if kind in OF_MATCH:
        rows = rows.filter(match__state__in=OPEN_STATES)
        asked_again = Paper.objects.filter(kind=kind, state=PaperState.READY, text=text).values("match")
        rows = rows.exclude(match__in=asked_again)
    else:
        rows = rows.filter(volunteer__status=Volunteer.Status.APPROVED)
        asked_again = Paper.objects.filter(kind=kind, state=PaperState.READY, text=text).values("volunteer")
        rows = rows.exclude(volunteer__in=asked_again)
    return rows.select_related("volunteer", "citizen", "match", "initiative").order_by(
        F("signed_on").asc(), "pk"
    )
