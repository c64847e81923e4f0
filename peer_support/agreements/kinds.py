"""The kinds of papers, and the places that each may fill in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperKind(models.TextChoices):
    CONTRACT = "contract", _("volunteer contract")
    CONFIDENTIALITY = "confidential", _("promise of confidentiality")
    MATCH_CITIZEN = "match_c", _("match agreement, for the citizen")
    MATCH_VOLUNTEER = "match_v", _("match agreement, for the volunteer")
    REFERENCE = "reference", _("reference letter")


OF_MATCH = (PaperKind.MATCH_CITIZEN, PaperKind.MATCH_VOLUNTEER)
OF_VOLUNTEER = (PaperKind.CONTRACT, PaperKind.CONFIDENTIALITY, PaperKind.REFERENCE)
# A reference letter is signed by the coordinator on the print; nobody is asked to.
SIGNED_BY_PERSON = (PaperKind.CONTRACT, PaperKind.CONFIDENTIALITY, *OF_MATCH)

_COMMON = {
    "navn": _("the person's whole name"),
    "fornavn": _("the person's first name"),
    "initiativ": _("the initiative"),
    "center": _("the centre"),
    "koordinator": _("the coordinator's name"),
    "koordinator_kontakt": _("the coordinator's name and telephone"),
    "dato": _("the day it is made ready"),
}
_CONTRACT = {
    "kontakt": _("telephone and e-mail of the person"),
    "start": _("first day"),
    "slut": _("last day, or until further notice"),
    "opgave": _("what the work is"),
    "sted": _("where"),
    "timer": _("least number of hours"),
    "attester": _("certificates that are asked for"),
}
_MATCH = {
    "anden": _("what the person may know of the other by now"),
    "start": _("first day"),
    "slut": _("last day"),
    "timer": _("hours a week"),
    "sted": _("where you meet"),
    "maal": _("what you want from it"),
    "kontaktform": _("how you reach each other"),
    "graenser": _("what you have agreed not to do"),
}
_REFERENCE = {
    "siden": _("since when"),
    "aar": _("how long, in words"),
    "opgave": _("what the work is"),
    "optegnelser": _("what is written down: matches, meetings, courses"),
}
PLACES = {
    PaperKind.CONTRACT: _COMMON | _CONTRACT,
    PaperKind.CONFIDENTIALITY: _COMMON,
    PaperKind.MATCH_CITIZEN: _COMMON | _MATCH,
    PaperKind.MATCH_VOLUNTEER: _COMMON | _MATCH,
    PaperKind.REFERENCE: _COMMON | _REFERENCE,
}


class CertificateKind(models.TextChoices):
    CRIMINAL = "criminal", _("criminal record certificate")
    CHILDREN = "children", _("children's certificate")
    FIRST_AID = "first_aid", _("first aid")
    COURSE = "course", _("course certificate")
    OTHER = "other", _("another certificate")


# Those that a matching rule asks for where an initiative has not named any.
CLEARING = (CertificateKind.CRIMINAL, CertificateKind.CHILDREN)
