"""The access log: who touched which record, when and by which route; never what it says."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

__all__ = ["AccessLogEntry", "AccessLogSeal", "ErasureRecord"]


class AppendOnlyError(TypeError):
    """Raised when code tries to change or delete a row of an append-only table."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise AppendOnlyError("This log can be added to, not changed.")

    def delete(self):
        raise AppendOnlyError("This log can be added to, not deleted from.")

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise AppendOnlyError("This log can be added to, not changed.")
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnlyModel(models.Model):
    """A row that is written once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk and not self._state.adding:
            raise AppendOnlyError("This log can be added to, not changed.")
        # Never an UPDATE, not even for an object made with the key of a row that is there.
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise AppendOnlyError("This log can be added to, not deleted from.")


class AccessLogEntry(AppendOnlyModel):
    """One record of a person, touched once. A list of twenty people writes twenty rows."""

    class Action(models.TextChoices):
        LIST = "list", _("shown in a list")
        READ = "read", _("read")
        SEARCH = "search", _("found by search")
        EXPORT = "export", _("exported")
        CREATE = "create", _("created")
        CHANGE = "change", _("changed")
        ERASE = "erase", _("erased")
        REFUSED = "refused", _("asked for, and refused")

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    # Who it was when it was written: the row's user is emptied with the account, the seal must still fit.
    user_number = models.BigIntegerField(null=True, blank=True, editable=False)
    action = models.CharField(_("what"), max_length=10, choices=Action.choices)
    model = models.CharField(_("kind of record"), max_length=60)
    object_id = models.BigIntegerField(_("record"), null=True, blank=True)
    initiative_id_seen = models.BigIntegerField(_("initiative"), null=True, blank=True)
    route = models.CharField(_("where"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("access log entry")
        verbose_name_plural = _("access log")
        ordering = ["-at", "-pk"]
        # Who may read the log may not at once take it out of the house.
        permissions = [("export_accesslogentry", "Can export the access log")]
        indexes = [
            models.Index(fields=["model", "object_id", "-at"], name="peer_log_record"),
            models.Index(fields=["initiative_id_seen", "-at"], name="peer_log_initiative"),
        ]

    def __str__(self):
        return f"{self.model} {self.object_id}"


class AccessLogSeal(AppendOnlyModel):
    """Some rows of the access log, sealed: how many, which, and a keyed digest that binds them to the seal before.

    A row that is changed, taken out or slipped in afterwards no longer fits; a seal that is taken out leaves a gap in
    the chain. See :mod:`.sealing`.
    """

    at = models.DateTimeField(_("sealed"), default=timezone.now)
    first_entry = models.BigIntegerField()
    last_entry = models.BigIntegerField()
    count = models.PositiveIntegerField(_("rows"))
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("seal of the access log")
        verbose_name_plural = _("seals of the access log")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.first_entry}–{self.last_entry}"


class ErasureRecord(AppendOnlyModel):
    """Whose data were erased: the kind and number of the record, and when; nothing that says who it was.

    Kept so that a restored backup can be cleared again.
    """

    at = models.DateTimeField(_("erased"), default=timezone.now)
    model = models.CharField(_("kind of record"), max_length=60)
    object_id = models.BigIntegerField(_("record"))
    initiative_number = models.BigIntegerField(_("initiative"), null=True, blank=True)
    why = models.CharField(_("why"), max_length=10)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["model", "object_id"], name="peer_erased_once")]

    def __str__(self):
        return f"{self.model} {self.object_id}"
