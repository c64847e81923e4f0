"""The texts of papers, in versions: the shipped standard, and an initiative's own."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..directory.models import Initiative
from ..privacy.models import AppendOnlyError
from . import text_format
from .kinds import PLACES, PaperKind


class PaperTextQuerySet(models.QuerySet):
    def current(self, kind, initiative_id, day=None):
        """Return the text of ``kind`` that holds for an initiative on ``day`` (default: today), or ``None``.

        The initiative's own goes before the standard, however old it is.
        """
        found = self.filter(kind=kind, valid_from__lte=day or timezone.localdate())
        found = found.filter(Q(initiative_id=initiative_id) | Q(initiative_id=None))
        own = models.F("initiative_id").desc(nulls_last=True)
        return found.order_by(own, "-valid_from", "-version").first()


class PaperText(models.Model):
    """One version of the words of a paper. Once a paper was made from it, it stays as it is; a save makes a new one."""

    kind = models.CharField(_("kind of paper"), max_length=12, choices=PaperKind.choices)
    initiative = models.ForeignKey(
        Initiative,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("initiative"),
        help_text=_("Empty: the standard, for every initiative without a text of its own."),
    )
    version = models.PositiveIntegerField(_("version"), editable=False)
    body = models.TextField(_("text"), max_length=30000)
    valid_from = models.DateField(_("valid from"), default=timezone.localdate)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    used_at = models.DateTimeField(_("first used"), null=True, blank=True, editable=False)

    wagtail_reference_index_ignore = True
    objects = PaperTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a paper")
        verbose_name_plural = _("texts of papers")
        ordering = ["kind", "initiative_id", "-version"]
        permissions = [("standard_papertext", "Can write the standard texts of papers")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "initiative", "version"],
                condition=Q(initiative__isnull=False),
                name="peer_paper_text_version",
            ),
            models.UniqueConstraint(
                fields=["kind", "version"],
                condition=Q(initiative__isnull=True),
                name="peer_paper_text_standard_version",
            ),
        ]

    def __str__(self):
        values = {"kind": self.get_kind_display(), "version": self.version or ""}
        return gettext("%(kind)s, version %(version)s") % values

    @property
    def blocks(self):
        """The text as blocks; see :mod:`.text_format`."""
        return text_format.parse(self.body)

    @property
    def is_used(self):
        """Whether a paper was made from it."""
        return self.used_at is not None

    def clean(self):
        super().clean()
        check_body(self.kind, self.body)

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError("A text of a paper is not changed: save a new version.")
        with transaction.atomic():
            # One lock for all texts: there are few, and two versions made at once get two numbers.
            peers = list(type(self).objects.select_for_update().filter(kind=self.kind))
            self.body = text_format.to_html(text_format.parse(self.body))
            if self.version is None:
                own = [text.version for text in peers if text.initiative_id == self.initiative_id]
                self.version = max(own, default=0) + 1
            super().save(*args, **{**kwargs, "force_insert": True})


def check_body(kind, body):
    """Raise ``ValidationError`` where ``body`` is empty, or names a place that papers of ``kind`` do not have."""
    blocks = text_format.parse(body)
    if not blocks:
        raise ValidationError({"body": _("The text is empty. Write what the two agree on.")})
    known = PLACES.get(kind, {})
    strange = [name for name in text_format.placeholders(blocks) if name not in known]
    if strange:
        raise ValidationError(
            {
                "body": _("We do not know %(names)s. Choose from the list below the text.")
                % {"names": ", ".join("{" + name + "}" for name in strange)}
            }
        )
    if text_format.stray_braces(blocks):
        raise ValidationError(
            {"body": _("A brace stands alone. A place to fill in looks like this: {navn}.")}
        )
