"""Mails on their way, and the texts that editors write for them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import PreviewableMixin

from ..access.scopes import scoped_manager
from .registry import IN_A_SUBJECT, kind_of
from .words import telling_words

__all__ = ["MailJob", "MailText"]

# What is known of a mail that left is forgotten after so many days.
DAYS_KEPT = 400


class MailJob(models.Model):
    """One mail about one event on one record: where it is, never what it says and never to which address.

    The same kind, record and event make one row, however often somebody asks. Written by
    :mod:`peer_support.mailing.services` only.
    """

    class State(models.TextChoices):
        QUEUED = "queued", gettext_lazy("on its way")
        SENDING = "sending", gettext_lazy("being sent")
        SENT = "sent", gettext_lazy("sent")
        FAILED = "failed", gettext_lazy("not sent")
        BOUNCED = "bounced", gettext_lazy("came back")
        DROPPED = "dropped", gettext_lazy("not needed")

    initiative = models.ForeignKey(
        "peer_support.Initiative", models.CASCADE, related_name="+", verbose_name=gettext_lazy("initiative")
    )
    code = models.CharField(gettext_lazy("kind of mail"), max_length=60)
    target_model = models.CharField(max_length=60, editable=False)
    target_id = models.BigIntegerField(editable=False)
    event = models.CharField(max_length=100, blank=True, editable=False)
    state = models.CharField(
        gettext_lazy("state"), max_length=8, choices=State.choices, default=State.QUEUED, db_index=True
    )
    attempts = models.PositiveSmallIntegerField(gettext_lazy("attempts"), default=0)
    fault = models.CharField(gettext_lazy("kind of fault"), max_length=60, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("who"),
    )
    created_at = models.DateTimeField(gettext_lazy("asked for"), default=timezone.now)
    # The time before which nobody tries; moved forward after each attempt that failed.
    next_try_at = models.DateTimeField(default=timezone.now, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_at = models.DateTimeField(gettext_lazy("when"), null=True, blank=True)
    settled_at = models.DateTimeField(gettext_lazy("seen to"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = gettext_lazy("mail")
        verbose_name_plural = gettext_lazy("mails")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "target_model", "target_id", "event"], name="peer_mail_once_per_event"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="peer_mail_due"),
            models.Index(fields=["target_model", "target_id"], name="peer_mail_target"),
        ]

    def __str__(self):
        return _("Mail %(number)s") % {"number": self.pk}

    @property
    def label(self):
        """What kind of mail it is, in words."""
        kind = kind_of(self.code)
        return str(kind.label) if kind else self.code

    @property
    def needs_a_look(self):
        """Whether it did not arrive and nobody has seen to it."""
        return self.state in (self.State.FAILED, self.State.BOUNCED) and self.settled_at is None


class MailTextQuerySet(models.QuerySet):
    def for_initiative(self, code, initiative_id):
        """Return the text of ``code`` for this initiative, or the one for all, or ``None``."""
        rows = self.filter(code=code).filter(
            models.Q(initiative=initiative_id) | models.Q(initiative__isnull=True)
        )
        return rows.order_by(models.F("initiative").asc(nulls_last=True)).first()


class MailText(PreviewableMixin, models.Model):
    """The centre's own words for one kind of mail, for one initiative or for all. About nobody."""

    code = models.CharField(gettext_lazy("kind of mail"), max_length=60)
    initiative = models.ForeignKey(
        "peer_support.Initiative",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mail_texts",
        verbose_name=gettext_lazy("initiative"),
        help_text=gettext_lazy("Leave it empty if the text is for all."),
    )
    subject = models.CharField(
        gettext_lazy("subject"),
        max_length=80,
        help_text=gettext_lazy(
            "It shows on a locked phone. So it must not say what the mail is about, or who."
        ),
    )
    body = models.TextField(
        gettext_lazy("text"),
        max_length=4000,
        help_text=gettext_lazy("Whom to ring and a greeting are put below by themselves."),
    )
    by_itself = models.BooleanField(
        gettext_lazy("send it by itself"),
        default=False,
        help_text=gettext_lazy(
            "Only some mails can. The others go out when the coordinator presses a button."
        ),
    )

    objects = MailTextQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("text of a mail")
        verbose_name_plural = gettext_lazy("texts of mails")
        ordering = ["code", "initiative_id"]
        constraints = [
            models.UniqueConstraint(fields=["code", "initiative"], name="peer_mail_text_once"),
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(initiative__isnull=True),
                name="peer_mail_text_for_all_once",
            ),
        ]

    def __str__(self):
        kind = kind_of(self.code)
        return str(kind.label) if kind else self.code

    def clean(self):
        super().clean()
        errors = {}
        if kind := kind_of(self.code):
            allowed = {
                "subject": set(kind.placeholders) & IN_A_SUBJECT,
                "body": set(kind.placeholders),
            }
            errors |= {
                name: error for name, names in allowed.items() if (error := self._wrong_places(name, names))
            }
        for name, found in (("subject", telling_words(self.subject)), ("body", telling_words("", self.body))):
            if found and name not in errors:
                errors[name] = _("Leave out “%(words)s”. Others may see the mail.") % {
                    "words": "”, “".join(dict.fromkeys(found))
                }
        if errors:
            raise ValidationError(errors)

    def _wrong_places(self, name, allowed):
        from .rendering import PLACEHOLDER, placeholders_in

        text = getattr(self, name)
        if unknown := sorted(placeholders_in(text) - allowed):
            known = ", ".join(f"{{{one}}}" for one in sorted(allowed)) or _("none")
            return _("We do not know “%(unknown)s” here. You can write: %(known)s.") % {
                "unknown": "”, “".join(f"{{{one}}}" for one in unknown),
                "known": known,
            }
        if "{" in PLACEHOLDER.sub("", text) or "}" in PLACEHOLDER.sub("", text):
            return _("There is a “{” or “}” too many.")
        return None

    def get_preview_template(self, request, mode_name):
        return "peer_support/mailing/preview.html"

    def get_preview_context(self, request, mode_name):
        from .rendering import example_of

        kind = kind_of(self.code)
        letter = example_of(kind, self) if kind else None
        return {**super().get_preview_context(request, mode_name), "letter": letter}
