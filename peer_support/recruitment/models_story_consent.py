"""What an ambassador said yes to: one record per story, kept apart from the story and never shown to visitors."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..privacy.fields import EncryptedCharField, EncryptedTextField

__all__ = ["StoryConsent"]


class StoryConsentQuerySet(models.QuerySet):
    def standing(self):
        """Those that are neither withdrawn, replaced nor left over from a deleted page."""
        return self.filter(ended_at=None)

    def valid(self, on=None):
        """Those that let a story be shown on the day ``on`` (today)."""
        on = on or timezone.localdate()
        return self.standing().filter(Q(until=None) | Q(until__gte=on), given_on__lte=on)


class StoryConsent(models.Model):
    """A yes to one story, with the words that were agreed to, how it was given, and what it covers.

    ``page_id`` is the key of the story's page. It is no foreign key: a site may have swapped its pages, and the
    record outlives the page as proof. Kept by permission (editors), like a restricted contact.
    """

    class How(models.TextChoices):
        SIGNED = "signed", _("signed on paper")
        EMAIL = "email", _("in an e-mail")
        SPOKEN = "spoken", _("said, with somebody present")

    class Ending(models.TextChoices):
        WITHDRAWN = "withdrawn", _("withdrawn")
        REPLACED = "replaced", _("replaced by a new one")
        DELETED = "deleted", _("the story was deleted")

    page_id = models.BigIntegerField(_("story"), db_index=True, editable=False)
    name = EncryptedCharField(
        _("who said yes"), max_length=120, help_text=_("The real name. Only editors see it.")
    )
    contact = EncryptedCharField(
        _("how to reach them"),
        max_length=200,
        blank=True,
        help_text=_("So that you can ask again. It is deleted when the consent ends."),
    )
    given_on = models.DateField(_("given on"), default=timezone.localdate)
    until = models.DateField(
        _("only until"),
        null=True,
        blank=True,
        help_text=_("Empty: until it is withdrawn. After this day the story is no longer shown."),
    )
    how = models.CharField(_("how it was given"), max_length=10, choices=How.choices)
    kept_where = EncryptedCharField(_("where the paper or the mail is kept"), max_length=200, blank=True)
    covers_picture = models.BooleanField(_("pictures"), default=False)
    covers_film = models.BooleanField(_("film and sound"), default=False)
    covers_elsewhere = models.BooleanField(
        _("quotes and pictures on other pages, posters and flyers"), default=False
    )
    text_version = models.CharField(_("version of the text"), max_length=40)
    text = models.TextField(_("the words that were agreed to"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("written down by"),
    )
    recorded_at = models.DateTimeField(_("written down"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    ending = models.CharField(
        _("how it ended"), max_length=10, choices=Ending.choices, blank=True, editable=False
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("ended by"),
    )
    reason = EncryptedTextField(_("reason"), blank=True, editable=False)
    # Where it was shown when it was withdrawn: [{"id": …, "title": …}], pages of the site and no words of the story.
    shown_on = models.JSONField(_("was shown on"), default=list, blank=True, editable=False)

    wagtail_reference_index_ignore = True
    objects = StoryConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent to a story")
        verbose_name_plural = _("consents to stories")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page_id"], condition=Q(ended_at=None), name="peer_story_one_standing_consent"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="peer_story_consent_ending",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("given_on")), name="peer_story_consent_until"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="peer_story_consent_has_words"),
        ]

    def __str__(self):
        return gettext("Consent %(number)s") % {"number": self.pk}

    @property
    def is_valid(self):
        """Whether the story may be shown today."""
        today = timezone.localdate()
        return (
            self.ended_at is None and self.given_on <= today and (self.until is None or self.until >= today)
        )

    @property
    def covers_words(self):
        """What it covers, as words for a list."""
        parts = [gettext("the story")]
        for name in ("covers_picture", "covers_film", "covers_elsewhere"):
            if getattr(self, name):
                parts.append(str(self._meta.get_field(name).verbose_name))
        return ", ".join(parts)
