"""What initiatives ask of their volunteers: a contract, and which certificates. Two queries for all of the open scope."""

from dataclasses import dataclass

from ..matching.models import MatchingPolicy
from .kinds import CertificateKind
from .models import PaperPolicy


@dataclass(frozen=True)
class Asked:
    """What one initiative asks for. ``certificates`` are codes of :class:`CertificateKind`."""

    contract: bool = True
    certificates: tuple = ()


def asked_everywhere():
    """Return ``{initiative id: Asked}`` for the initiatives of the open scope that have chosen something."""
    gates = {}
    rows = MatchingPolicy.objects.order_by("version")
    for row in rows.values_list("initiative_id", "contract_required", "certificate_required"):
        gates[row[0]] = row[1:]
    chosen = dict(PaperPolicy.objects.values_list("initiative_id", "certificates"))
    return {pk: _asked(gates.get(pk), chosen.get(pk)) for pk in {*gates, *chosen}}


def asked_of(initiative_id):
    """Return what one initiative asks for."""
    return asked_everywhere().get(initiative_id, Asked())


def _asked(gate, kinds):
    contract, certificate = gate or (True, False)
    known = tuple(kind for kind in CertificateKind.values if kind in (kinds or ()))
    if not known and certificate:
        known = (CertificateKind.CRIMINAL.value,)
    return Asked(bool(contract), known)
