"""The words of an instrument, as the centre may use them. Kept by editors; nobody's data.

No words come with the package: they belong to those who wrote and translated them.
"""

import hashlib

from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin

from ...privacy.models import AppendOnlyError
from ...public.shell import public_response
from . import known  # noqa: F401  (registers the instruments that come with the package)
from .registry import instrument_of
from .wording import check_words, lines_of

__all__ = ["InstrumentText"]

DANISH = "da"


class InstrumentTextQuerySet(models.QuerySet):
    def current(self, code, language=DANISH):
        """Return the text in use for the instrument ``code``, or ``None``."""
        return self.filter(instrument=code, language=language, in_use=True).first()


class InstrumentText(PreviewableMixin, models.Model):
    """One version of the words of one instrument. Once somebody has been asked with it, the words stay as they are.

    ``items_text`` is one item a line, exactly as many as the instrument has; ``words_text`` is one answer a line, from
    the lowest number to the highest.
    """

    instrument = models.CharField(_("instrument"), max_length=30)
    language = models.CharField(_("language"), max_length=10, default=DANISH, editable=False)
    version = models.PositiveIntegerField(_("version"), editable=False)
    title = models.CharField(
        _("title"),
        max_length=80,
        help_text=_("As the person sees it. It need not be the name of the instrument."),
    )
    introduction = models.TextField(
        _("introduction"),
        max_length=1500,
        blank=True,
        help_text=_("As it stands in the instrument, e.g. which days the items are about."),
    )
    items_text = models.TextField(_("items"), max_length=6000, help_text=_("One a line, in the right order."))
    words_text = models.TextField(
        _("answers"), max_length=1000, help_text=_("One a line, from the lowest number to the highest.")
    )
    leave_from = models.TextField(
        _("who gave leave"),
        max_length=1000,
        validators=[MinLengthValidator(10)],
        help_text=_(
            "Who lets you use the words, and how: a person, a web page with its terms, or a licence."
        ),
    )
    leave_on = models.DateField(
        _("when"), help_text=_("The day you got leave, or looked the terms up, e.g. 24.12.2026.")
    )
    in_use = models.BooleanField(
        _("in use"), default=False, help_text=_("One version at a time: the one before it goes out of use.")
    )
    text_hash = models.CharField(max_length=64, editable=False)
    used_at = models.DateTimeField(_("first used"), null=True, blank=True, editable=False)

    objects = InstrumentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a questionnaire")
        verbose_name_plural = _("texts of questionnaires")
        ordering = ["instrument", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "language", "version"], name="peer_instrument_text_version"
            ),
            models.UniqueConstraint(
                fields=["instrument", "language"],
                condition=Q(in_use=True),
                name="peer_instrument_text_in_use",
            ),
        ]

    def __str__(self):
        values = {"title": self.title, "version": self.version or ""}
        return gettext("%(title)s, version %(version)s") % values

    @property
    def kind(self):
        """The :class:`~.registry.Instrument`, or ``None`` where nobody registers it any more."""
        return instrument_of(self.instrument)

    @property
    def items(self):
        """The items in order, one string each."""
        return lines_of(self.items_text)

    @property
    def answers(self):
        """What may be answered, ``[(number, word), …]`` from the lowest number to the highest."""
        return list(enumerate(lines_of(self.words_text), self.kind.lowest if self.kind else 0))

    @property
    def paragraphs(self):
        """The introduction in paragraphs."""
        return lines_of(self.introduction)

    @property
    def is_used(self):
        """Whether somebody has been asked with these words."""
        return self.used_at is not None

    def mark_used(self):
        """Note that somebody is asked with these words: from now on they stay. Call it inside a transaction."""
        if self.used_at is None:
            now = timezone.now()
            type(self).objects.filter(pk=self.pk, used_at=None).update(used_at=now)
            self.used_at = now

    def fingerprint(self):
        """Return the SHA-256 (hexadecimal) of everything the person reads. Ends of lines do not count."""
        parts = [self.instrument, self.language, self.title.strip()]
        parts += ["\n".join(lines_of(text)) for text in (self.introduction, self.items_text, self.words_text)]
        return hashlib.sha256("\n\n".join(parts).encode()).hexdigest()

    def _changed_in_use(self):
        stored = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        return stored is not None and stored.is_used and stored.text_hash != self.fingerprint()

    def serve_preview(self, request, mode_name):
        """Show the words as a person meets them, in the site's own frame."""
        return public_response(request, "peer_support/outcomes/instruments/preview.html", {"text": self})

    def clean(self):
        super().clean()
        if self._changed_in_use():
            raise ValidationError(
                _(
                    "Somebody has been asked with these words, so they stay as they are. Copy the text instead."
                )
            )
        check_words(self.kind, self.items_text, self.words_text)
        if self.leave_on and self.leave_on > timezone.localdate():
            raise ValidationError({"leave_on": _("The day is in the future. When did you get leave?")})

    def save(self, *args, **kwargs):
        with transaction.atomic():
            # The rows of one instrument are the lock: two versions made at once get two numbers, and words that are
            # being used right now are not changed under the one who answers.
            peers = (
                type(self)
                .objects.select_for_update()
                .filter(instrument=self.instrument, language=self.language)
            )
            numbers = [text.version for text in peers]
            if self._changed_in_use():
                raise AppendOnlyError("The words of a text that was used cannot be changed.")
            self.text_hash = self.fingerprint()
            if self.version is None:
                self.version = max(numbers, default=0) + 1
            if self.in_use:
                peers.exclude(pk=self.pk).filter(in_use=True).update(in_use=False)
            super().save(*args, **kwargs)
