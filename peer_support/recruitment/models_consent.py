"""What people say yes to: texts in versions, and who said yes to which, when, and until when."""

import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..access.scopes import scoped_manager
from ..directory.models import Initiative
from ..people.models import Citizen, Volunteer
from ..privacy.models import AppendOnlyError

__all__ = ["Consent", "ConsentText", "Purpose"]


class Purpose(models.TextChoices):
    """What a consent is for; the kinds of sign-up pages."""

    SUPPORT = "support", _("to get support")
    VOLUNTEER = "volunteer", _("to volunteer")
    REFERRAL = "referral", _("to write for somebody else")
    COURSE = "course", _("to hear about a group course")
    TALK = "talk", _("to ask for a talk")


def hash_of(text):
    """Return the SHA-256 of a consent text (hexadecimal). Ends of lines and spaces around it do not count."""
    return hashlib.sha256("\n".join(text.strip().splitlines()).encode()).hexdigest()


class ConsentTextQuerySet(models.QuerySet):
    def current(self, purpose, day=None):
        """Return the text that holds for ``purpose`` on ``day`` (default: today), or ``None``."""
        found = self.filter(purpose=purpose, valid_from__lte=day or timezone.localdate())
        return found.order_by("-valid_from", "-version").first()


class ConsentText(models.Model):
    """One version of the words that people say yes to. Once somebody has, it stays as it is; then make a new one."""

    purpose = models.CharField(_("what for"), max_length=12, choices=Purpose.choices)
    version = models.PositiveIntegerField(_("version"), editable=False)
    text = models.TextField(
        _("text"),
        max_length=6000,
        help_text=_(
            "What you keep, why, who sees it, how long, and how one takes the yes back. Short words. "
            "An empty line begins a new paragraph."
        ),
    )
    valid_from = models.DateField(_("valid from"), default=timezone.localdate)
    text_hash = models.CharField(max_length=64, editable=False)
    used_at = models.DateTimeField(_("first used"), null=True, blank=True, editable=False)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["purpose", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="peer_consent_text_version"),
        ]

    def __str__(self):
        values = {"purpose": self.get_purpose_display(), "version": self.version or ""}
        return gettext("Consent text %(purpose)s, version %(version)s") % values

    @property
    def is_used(self):
        """Whether somebody has said yes to it."""
        return self.used_at is not None

    def _changed_in_use(self):
        stored = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if stored is None or not stored.is_used:
            return False
        now = (self.purpose, hash_of(self.text), self.valid_from)
        return now != (stored.purpose, stored.text_hash, stored.valid_from)

    def clean(self):
        super().clean()
        if self._changed_in_use():
            raise ValidationError(
                _(
                    "Somebody has said yes to these words, so they stay as they are. Copy the text to make a new version."
                )
            )

    def save(self, *args, **kwargs):
        with transaction.atomic():
            # The rows of one purpose are the lock: two versions made at once get two numbers, and a text that is
            # being used right now is not changed under the one who says yes.
            peers = list(type(self).objects.select_for_update().filter(purpose=self.purpose))
            if self._changed_in_use():
                raise AppendOnlyError("A consent text that was used cannot be changed.")
            self.text_hash = hash_of(self.text)
            if self.version is None:
                self.version = max((text.version for text in peers), default=0) + 1
            super().save(*args, **kwargs)

    @property
    def paragraphs(self):
        """The text in paragraphs."""
        return [part.strip() for part in self.text.replace("\r\n", "\n").split("\n\n") if part.strip()]


class ConsentQuerySet(models.QuerySet):
    """Rows are added, withdrawn once, and deleted as proof that is too old; anything else is refused."""

    def standing(self):
        """Those that were not taken back."""
        return self.filter(withdrawn_at=None)

    def of(self, subject):
        """Those about ``subject``: a citizen, a volunteer or a request for a talk."""
        return self.filter(**{Consent.link_of(subject): subject})

    def without_person(self):
        """Those that lost their person in an erasure: the record they point at is empty or gone, and they are proof."""
        found = self.filter(alone_since__isnull=False)
        for name in ("citizen", "volunteer"):
            found = found.filter(Q(**{name: None}) | Q(**{f"{name}__erased_on__isnull": False}))
        return found.filter(talk=None)

    def proof_before(self, moment):
        """Those that lost their person before ``moment``."""
        return self.without_person().filter(alone_since__lt=moment)

    def update(self, **kwargs):
        raise AppendOnlyError("A consent can be added and withdrawn, not changed.")

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        objs = list(objs)
        if update_conflicts:
            raise AppendOnlyError("A consent can be added and withdrawn, not changed.")
        for consent in objs:
            consent.refuse_clock()
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self):
        raise AppendOnlyError("A consent can be added and withdrawn, not deleted.")

    def mark_withdrawn(self, *, at, user, how):
        """Mark those that still stand as withdrawn; returns how many. For :func:`.services_consent.withdraw_consent`."""
        return super().filter(withdrawn_at=None)._mark(withdrawn_at=at, withdrawn_by=user, withdrawn_how=how)

    def mark_alone(self, *, at):
        """Note that their person was erased at the moment ``at``, once; returns how many. For :mod:`.erasing`."""
        return super().filter(alone_since=None)._mark(alone_since=at)

    def delete_proof(self, *, before):
        """Delete those that lost their person before ``before``, for good; returns how many. For :mod:`.retention`."""
        return self.proof_before(before)._remove()

    def _mark(self, **values):
        return super().update(**values)

    def _remove(self):
        return super().delete()[0]


class Consent(models.Model):
    """One yes: who, to what and to which words, when and how; and when it was taken back.

    The row outlives the person it is about, as proof without a name: then only kind and number are left, and
    ``alone_since`` says since when. It ends by the rule ``consent_proof`` (:mod:`.retention`).
    """

    class How(models.TextChoices):
        FORM = "form", _("with the form on the website")
        PHONE = "phone", _("on the telephone")
        MEETING = "meeting", _("at a meeting")
        WRITTEN = "written", _("in writing")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="+", verbose_name=_("initiative"))
    citizen = models.ForeignKey(
        Citizen, models.SET_NULL, null=True, blank=True, related_name="consents", verbose_name=_("citizen")
    )
    volunteer = models.ForeignKey(
        Volunteer,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="consents",
        verbose_name=_("volunteer"),
    )
    talk = models.ForeignKey(
        "peer_support.TalkRequest",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="consents",
        verbose_name=_("request for a talk"),
    )
    subject = models.CharField(_("who"), max_length=60, editable=False)
    by_writer = models.BooleanField(
        _("only the one who wrote said yes"),
        default=False,
        help_text=_("Somebody wrote for another person; that person's own yes is a record of its own."),
    )
    purpose = models.CharField(_("what for"), max_length=12, choices=Purpose.choices)
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="+", verbose_name=_("text"))
    text_version = models.PositiveIntegerField(_("version"))
    text_hash = models.CharField(max_length=64, editable=False)
    language = models.CharField(_("language"), max_length=10, default="da", editable=False)
    how = models.CharField(_("how"), max_length=10, choices=How.choices)
    given_at = models.DateTimeField(_("said yes"), default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written down by"),
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    withdrawn_how = models.CharField(_("taken back how"), max_length=10, choices=How.choices, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written down by"),
    )
    # Set by the erasure of the person and by nothing else: the clock of the proof.
    alone_since = models.DateTimeField(_("proof without a name since"), null=True, blank=True, editable=False)

    wagtail_reference_index_ignore = True
    objects = scoped_manager(base=models.Manager.from_queryset(ConsentQuerySet))

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(citizen=None, volunteer=None)
                | Q(citizen=None, talk=None)
                | Q(volunteer=None, talk=None),
                name="peer_consent_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_how="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_how="")),
                name="peer_consent_withdrawn_how",
            ),
        ]

    def __str__(self):
        return gettext("Consent %(number)s") % {"number": self.pk}

    @staticmethod
    def link_of(subject):
        """Return the name of the field that points at ``subject``."""
        return {"citizen": "citizen", "volunteer": "volunteer", "talkrequest": "talk"}[
            subject._meta.model_name
        ]

    @property
    def about(self):
        """The record it is about, or ``None`` where that was erased."""
        return self.citizen or self.volunteer or self.talk

    def refuse_clock(self):
        """Raise :class:`AppendOnlyError` where a new row comes with the clock of the proof: an erasure starts it."""
        if self.alone_since is not None:
            raise AppendOnlyError(
                "A new consent has its person: only an erasure starts the clock of the proof."
            )

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError("A consent can be added and withdrawn, not changed.")
        self.refuse_clock()
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise AppendOnlyError("A consent can be added and withdrawn, not deleted.")
