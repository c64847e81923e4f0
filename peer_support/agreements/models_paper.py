"""Papers: a contract, an agreement or a letter, with its words as they were when it was made ready."""

import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..matching.models import Match
from ..people.models import Citizen, Volunteer
from ..privacy.fields import EncryptedCharField, EncryptedTextField
from . import text_format
from .kinds import PaperKind
from .models_text import PaperText


class PaperState(models.TextChoices):
    READY = "ready", _("ready to sign")
    SIGNED = "signed", _("signed")
    REPLACED = "replaced", _("replaced by a newer one")
    WITHDRAWN = "withdrawn", _("taken back")


class SignedHow(models.TextChoices):
    PAPER = "paper", _("on paper")
    LINK = "link", _("with the link")


class Knows(models.IntegerChoices):
    """How much of the other person the words of a match agreement show."""

    NOTHING = 0, _("nothing")
    FIRST_NAME = 1, _("the first name")
    CONTACT = 2, _("the first name and how to reach them")


class Paper(models.Model):
    """One paper for one person. The words are frozen and encrypted; ``text_hash`` is the SHA-256 of them.

    Changes of state go through :mod:`.services` only. A reference letter is never signed by the person.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    kind = models.CharField(_("kind of paper"), max_length=12, choices=PaperKind.choices)
    volunteer = models.ForeignKey(
        Volunteer,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=_("volunteer"),
    )
    citizen = models.ForeignKey(
        Citizen, models.CASCADE, null=True, blank=True, related_name="papers", verbose_name=_("citizen")
    )
    match = models.ForeignKey(
        Match, models.CASCADE, null=True, blank=True, related_name="papers", verbose_name=_("match")
    )
    text = models.ForeignKey(PaperText, models.PROTECT, related_name="+", verbose_name=_("text"))
    text_version = models.PositiveIntegerField(_("version"))
    body = EncryptedTextField(_("words"))
    text_hash = models.CharField(_("fingerprint of the words"), max_length=64, editable=False)
    facts = EncryptedTextField(_("what was filled in"), blank=True)
    knows = models.PositiveSmallIntegerField(
        _("shows of the other"), choices=Knows.choices, default=Knows.NOTHING
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=PaperState.choices, default=PaperState.READY, db_index=True
    )
    made_at = models.DateTimeField(_("made ready"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    signed_how = models.CharField(_("signed how"), max_length=6, choices=SignedHow.choices, blank=True)
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    signed_name = EncryptedCharField(_("name that was signed with"), max_length=160, blank=True)
    signed_hash = models.CharField(max_length=64, blank=True, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written down by"),
    )
    closed_at = models.DateTimeField(_("replaced or taken back"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["-made_at", "-pk"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["contract", "confidential", "reference"], volunteer__isnull=False)
                & Q(citizen__isnull=True, match__isnull=True)
                | Q(kind="match_v", volunteer__isnull=False, citizen__isnull=True, match__isnull=False)
                | Q(kind="match_c", volunteer__isnull=True, citizen__isnull=False, match__isnull=False),
                name="peer_paper_of_one_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed")
                | (Q(signed_on__isnull=False) & ~Q(signed_how="") & Q(signed_hash=models.F("text_hash"))),
                name="peer_paper_signed_words",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("starts_on")),
                name="peer_paper_days_in_order",
            ),
            *(
                models.UniqueConstraint(
                    fields=fields,
                    condition=Q(state=state, match__isnull=not of_match),
                    name=f"peer_paper_one_{state}_{fields[0]}",
                )
                for state in ("ready", "signed")
                for fields, of_match in ((["volunteer", "kind"], False), (["match", "kind"], True))
            ),
        ]
        indexes = [models.Index(fields=["initiative", "state", "kind"], name="peer_paper_state")]

    def __str__(self):
        return gettext("Paper %(number)s") % {"number": self.pk}

    @property
    def person(self):
        """Whose paper it is: a volunteer or a citizen."""
        return self.volunteer if self.volunteer_id else self.citizen

    @property
    def side(self):
        """``"volunteer"`` or ``"citizen"``."""
        return "volunteer" if self.volunteer_id else "citizen"

    @property
    def blocks(self):
        """The frozen words; see :mod:`.text_format`."""
        return text_format.load(self.body)

    @property
    def filled_in(self):
        """What was typed when it was made ready, ``{name: text}``."""
        return json.loads(self.facts) if self.facts else {}

    @property
    def title(self):
        """What stands on top of the print; nothing about the person."""
        return TITLES[self.kind]


TITLES = {
    PaperKind.CONTRACT: _("Volunteer contract"),
    PaperKind.CONFIDENTIALITY: _("Promise of confidentiality"),
    PaperKind.MATCH_CITIZEN: _("Our agreement"),
    PaperKind.MATCH_VOLUNTEER: _("Our agreement"),
    PaperKind.REFERENCE: _("Reference"),
}
