"""A study: its question, towns, measurements and consent texts, its seal, and everything that was done with it."""

import hashlib

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...access.scopes import scoped_manager
from ...courses.models import CourseTemplate
from ...directory.models import Initiative
from ...privacy.fields import EncryptedCharField
from ...privacy.models import AppendOnlyError, AppendOnlyModel, AppendOnlyQuerySet


def _user(label=""):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=label
    )


class StudyState(models.TextChoices):
    DRAFT = "draft", _("being planned")
    SEALED = "sealed", _("sealed, not begun")
    RECRUITING = "recruiting", _("takes people in")
    CLOSED = "closed", _("closed")
    UNSEALED = "unsealed", _("opened up, can be checked")


class Population(models.TextChoices):
    """Who can be asked to take part. Nobody is asked for more than what the record holds already; age is not needed."""

    SIGNED_UP = "signed_up", _("those who have signed up for a course of this kind")
    OR_WAITING = "or_waiting", _("those who have signed up, and those who wait for a volunteer")


class Study(models.Model):
    """One study. ``initiative`` leads it; its towns (:class:`StudySite`) may belong to several initiatives.

    Once it is sealed, nothing that an allocation rests on is changed: see :mod:`.rules`.
    """

    initiative = models.ForeignKey(
        Initiative, models.PROTECT, related_name="studies", verbose_name=_("initiative that leads it")
    )
    title = models.CharField(_("title"), max_length=120)
    question = models.TextField(
        _("question"),
        max_length=1000,
        blank=True,
        help_text=_("What you want to know, in one or two sentences."),
    )
    template = models.ForeignKey(
        CourseTemplate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("course that places are given in"),
    )
    population = models.CharField(
        _("who can be asked"), max_length=12, choices=Population.choices, default=Population.SIGNED_UP
    )
    others_may_have_places = models.BooleanField(
        _("those who say no to the study may get a place all the same"),
        default=False,
        help_text=_(
            "If not, places go only to those who drew one, for as long as the study takes people in."
        ),
    )
    control_may_have_place = models.BooleanField(
        _("the control group may get a place afterwards"), default=True
    )
    control_weeks = models.PositiveSmallIntegerField(
        _("weeks the control group waits"),
        default=26,
        validators=[MaxValueValidator(156)],
        help_text=_("Counted from the day of the draw. At least until the last measurement."),
    )
    state = models.CharField(_("state"), max_length=12, choices=StudyState.choices, default=StudyState.DRAFT)
    sealed_on = models.DateField(_("sealed"), null=True, blank=True, editable=False)
    recruiting_from = models.DateField(_("takes people in from"), null=True, blank=True, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    unsealed_on = models.DateField(_("opened up"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("effect study")
        verbose_name_plural = _("effect studies")
        ordering = ["-created_at", "-pk"]
        permissions = [("export_study", "Can export effect study")]

    def __str__(self):
        return gettext("Study %(number)s") % {"number": self.pk}

    @property
    def is_draft(self):
        return self.state == StudyState.DRAFT

    @property
    def is_recruiting(self):
        return self.state == StudyState.RECRUITING


class StudySite(models.Model):
    """A town of a study: its stratum. ``code`` ("S1") is what lists, exports and the draw know it by."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    study = models.ForeignKey(Study, models.CASCADE, related_name="sites", verbose_name=_("study"))
    code = models.CharField(_("code"), max_length=4, editable=False)
    town = models.CharField(_("town"), max_length=80)
    planned = models.PositiveSmallIntegerField(
        _("planned number of people"), validators=[MinValueValidator(2), MaxValueValidator(2000)]
    )

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("town of a study")
        verbose_name_plural = _("towns of studies")
        ordering = ["study", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["study", "code"], name="peer_study_site_code"),
            models.UniqueConstraint(fields=["study", "initiative", "town"], name="peer_study_site_once"),
        ]

    def __str__(self):
        return self.town


class StudyMeasure(models.Model):
    """One line of the measurement plan: which instrument, and how many weeks after the draw; 0 is before it."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    study = models.ForeignKey(Study, models.CASCADE, related_name="measures", verbose_name=_("study"))
    instrument = models.CharField(_("instrument"), max_length=40)
    week = models.PositiveSmallIntegerField(_("weeks after the draw"), validators=[MaxValueValidator(156)])
    is_primary = models.BooleanField(_("answers the question"), default=False)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("measurement of a study")
        verbose_name_plural = _("measurements of studies")
        ordering = ["study", "week", "instrument"]
        constraints = [
            models.UniqueConstraint(fields=["study", "instrument", "week"], name="peer_study_measure_once"),
        ]

    def __str__(self):
        return f"{self.instrument} {self.week}"


def hash_of(text):
    """Return the SHA-256 of a consent text (hexadecimal). Ends of lines and spaces around it do not count."""
    return hashlib.sha256("\n".join(text.strip().splitlines()).encode()).hexdigest()


class StudyText(models.Model):
    """One version of what people say yes to. Once somebody has, it stays as it is, and a change is a new version."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    study = models.ForeignKey(Study, models.CASCADE, related_name="texts", verbose_name=_("study"))
    version = models.PositiveSmallIntegerField(_("version"), editable=False)
    text = models.TextField(_("text"), max_length=6000)
    text_hash = models.CharField(_("fingerprint"), max_length=64, editable=False)
    made_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    user = _user(_("written by"))

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("consent text of a study")
        verbose_name_plural = _("consent texts of studies")
        ordering = ["study", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["study", "version"], name="peer_study_text_version"),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.version}"

    def save(self, *args, **kwargs):
        used = self._meta.get_field("consents").related_model._base_manager.filter(text=self.pk)
        if not self._state.adding and used.exists():
            raise AppendOnlyError("Somebody has said yes to these words: make a new version.")
        self.text_hash = hash_of(self.text)
        super().save(*args, **kwargs)

    @property
    def paragraphs(self):
        """The text in paragraphs."""
        return [part.strip() for part in self.text.replace("\r\n", "\n").split("\n\n") if part.strip()]


class SealQuerySet(AppendOnlyQuerySet):
    def mark_revealed(self, user):
        """Note that the seed was revealed; for :func:`.seals.reveal` alone. Returns how many rows."""
        return models.QuerySet.update(
            self.filter(revealed_at=None), revealed_at=timezone.now(), revealed_by=user
        )


class StudySeal(AppendOnlyModel):
    """The seed of a study in its sealed envelope. Nobody reads ``box`` but :mod:`.seals`; no screen is made of this row.

    ``commitment`` is SHA-256 of the seed: it says nothing of the seed, and shows at the end that it was this one.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    study = models.OneToOneField(Study, models.PROTECT, related_name="seal", verbose_name=_("study"))
    algorithm = models.CharField(max_length=40)
    commitment = models.CharField(_("seal"), max_length=64, unique=True)
    box = EncryptedCharField(max_length=200, editable=False)
    sealed_at = models.DateTimeField(_("sealed"), default=timezone.now)
    sealed_by = _user(_("sealed by"))
    revealed_at = models.DateTimeField(_("opened"), null=True, blank=True)
    revealed_by = _user(_("opened by"))

    wagtail_reference_index_ignore = True
    objects = scoped_manager(base=models.Manager.from_queryset(SealQuerySet))

    class Meta:
        verbose_name = _("seal of a study")
        verbose_name_plural = _("seals of studies")
        default_permissions = ()

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class StudyEvent(AppendOnlyModel):
    """Who did what with a study, and when. Codes and numbers only, nobody's name and no arm."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    study = models.ForeignKey(Study, models.PROTECT, related_name="events", verbose_name=_("study"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    user = _user(_("who"))
    action = models.CharField(_("what"), max_length=24)
    from_state = models.CharField(_("from"), max_length=12, blank=True)
    to_state = models.CharField(max_length=12, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager(base=models.Manager.from_queryset(AppendOnlyQuerySet))

    class Meta:
        verbose_name = _("step of a study")
        verbose_name_plural = _("steps of studies")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.action} {self.pk}"
