"""Texts in versions, papers made from them, certificates that were seen, and thanks."""

from .kinds import CertificateKind, PaperKind
from .models_paper import Knows, Paper, PaperState, SignedHow
from .models_service import Certificate, PaperPolicy, Thanks
from .models_text import PaperText

__all__ = [
    "Certificate",
    "CertificateKind",
    "Knows",
    "Paper",
    "PaperKind",
    "PaperPolicy",
    "PaperState",
    "PaperText",
    "SignedHow",
    "Thanks",
]
