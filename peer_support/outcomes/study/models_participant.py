"""Who was asked to take part in a study, what they said, and which group they drew."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...access.scopes import scoped_manager
from ...courses.models import Enrolment
from ...directory.models import Initiative
from ...people.models import Citizen
from ...privacy.models import AppendOnlyError, AppendOnlyModel, AppendOnlyQuerySet
from ..questionnaires.models import Questionnaire
from .allocation import Arm
from .models_study import Study, StudyMeasure, StudySite, StudyText

ARMS = ((Arm.PLACE.value, _("place")), (Arm.CONTROL.value, _("control group")))


class ParticipantState(models.TextChoices):
    ASKED = "asked", _("is asked")
    EXCLUDED = "excluded", _("does not take part")
    CONSENTED = "consented", _("has said yes")
    ALLOCATED = "allocated", _("has drawn a group")


class WhyNot(models.TextChoices):
    """Why somebody who was considered does not take part; none of them is held against anybody."""

    NOT_ELIGIBLE = "not_eligible", _("is not among those the study is about")
    SAID_NO = "said_no", _("said no")
    NO_CONTACT = "no_contact", _("could not be reached")
    CLOSED = "closed", _("the study closed first")
    OTHER = "other", _("something else")


class Left(models.TextChoices):
    """How much somebody has withdrawn from."""

    NOTHING = "", _("takes part")
    MEASUREMENT = "measurement", _("answers no more questions")
    EVERYTHING = "everything", _("has withdrawn, with all data")


class WhyLeft(models.TextChoices):
    NOT_SAID = "not_said", _("gave no reason")
    WISH = "wish", _("did not want to go on")
    HEALTH = "health", _("illness or lack of strength")
    NO_CONTACT = "no_contact", _("contact was lost")
    MOVED = "moved", _("has moved")
    OTHER = "other", _("something else")


class How(models.TextChoices):
    LINK = "link", _("with the link")
    PAPER = "paper", _("signed on paper")
    MEETING = "meeting", _("at a meeting")
    PHONE = "phone", _("on the telephone")


class StudyParticipant(models.Model):
    """One person in one study. ``code`` is random, of this study alone, and what exports know them by.

    After a withdrawal from everything, and when the person is erased, nothing here points at anybody.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    study = models.ForeignKey(
        Study, models.PROTECT, related_name="participants", verbose_name=_("effect study")
    )
    site = models.ForeignKey(StudySite, models.PROTECT, related_name="participants", verbose_name=_("town"))
    citizen = models.ForeignKey(
        Citizen, models.SET_NULL, null=True, blank=True, related_name="studies", verbose_name=_("citizen")
    )
    enrolment = models.ForeignKey(
        Enrolment, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("enrolment")
    )
    code = models.CharField(max_length=8, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=ParticipantState.choices, default=ParticipantState.ASKED
    )
    asked_on = models.DateField(_("asked on"), default=timezone.localdate)
    excluded_on = models.DateField(_("does not take part since"), null=True, blank=True)
    excluded_why = models.CharField(_("why not"), max_length=12, choices=WhyNot.choices, blank=True)
    paper_baseline_on = models.DateField(_("first questions answered on paper"), null=True, blank=True)
    told_on = models.DateField(_("told of the draw"), null=True, blank=True)
    left = models.CharField(_("withdrawn from"), max_length=12, choices=Left.choices, blank=True, default="")
    left_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    left_why = models.CharField(_("why withdrawn"), max_length=12, choices=WhyLeft.choices, blank=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("participant of a study")
        verbose_name_plural = _("participants of studies")
        ordering = ["study", "pk"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.UniqueConstraint(fields=["study", "citizen"], name="peer_study_citizen_once"),
            models.UniqueConstraint(fields=["study", "code"], name="peer_study_code_once"),
            models.CheckConstraint(
                condition=~Q(state="excluded") | (Q(excluded_on__isnull=False) & ~Q(excluded_why="")),
                name="peer_study_excluded_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(left="") | (Q(left_on__isnull=False) & ~Q(left_why="")),
                name="peer_study_left_has_reason",
            ),
        ]

    def __str__(self):
        return gettext("Participant %(number)s") % {"number": self.pk}

    @property
    def arm(self):
        """The arm that was drawn, or ``None``."""
        allocation = getattr(self, "allocation", None)
        return Arm(allocation.arm) if allocation else None


class StudyAsk(models.Model):
    """One questionnaire of one participant's measurement plan. It goes with the questionnaire, and with a withdrawal."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    participant = models.ForeignKey(
        StudyParticipant, models.PROTECT, related_name="asks", verbose_name=_("participant")
    )
    measure = models.ForeignKey(
        StudyMeasure, models.PROTECT, related_name="asks", verbose_name=_("measurement")
    )
    questionnaire = models.OneToOneField(
        Questionnaire, models.CASCADE, related_name="+", verbose_name=_("questionnaire")
    )

    wagtail_reference_index_ignore = True
    objects = scoped_manager()

    class Meta:
        verbose_name = _("questionnaire of a study")
        verbose_name_plural = _("questionnaires of studies")
        ordering = ["participant", "measure"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["participant", "measure"], name="peer_study_ask_once"),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class StudyConsentQuerySet(models.QuerySet):
    """Rows are added, and withdrawn once; anything else is refused."""

    def standing(self):
        """Those that were not taken back."""
        return self.filter(withdrawn_at=None)

    def update(self, **kwargs):
        raise AppendOnlyError("A consent can be added and withdrawn, not changed.")

    def delete(self):
        raise AppendOnlyError("A consent can be added and withdrawn, not deleted.")

    def mark_withdrawn(self, *, what, how, user):
        """Mark those that still stand as withdrawn; for :mod:`.services_participants` alone. Returns how many."""
        values = {"withdrawn_at": timezone.now(), "withdrawn_what": what, "withdrawn_how": how}
        return models.QuerySet.update(self.standing(), **values, withdrawn_by=user)


class StudyConsent(models.Model):
    """One signed yes: to which words, when and how, and when it was taken back. It stays as proof, without a name."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    participant = models.ForeignKey(
        StudyParticipant, models.PROTECT, related_name="consents", verbose_name=_("participant")
    )
    text = models.ForeignKey(StudyText, models.PROTECT, related_name="consents", verbose_name=_("text"))
    text_version = models.PositiveSmallIntegerField(_("version"))
    text_hash = models.CharField(max_length=64)
    how = models.CharField(_("said yes how"), max_length=8, choices=How.choices)
    signed_on = models.DateField(_("signed"), default=timezone.localdate)
    at = models.DateTimeField(_("written down"), default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    withdrawn_what = models.CharField(
        _("taken back for"), max_length=12, choices=Left.choices, blank=True, default=""
    )
    withdrawn_how = models.CharField(_("taken back how"), max_length=8, choices=How.choices, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    wagtail_reference_index_ignore = True
    objects = scoped_manager(base=models.Manager.from_queryset(StudyConsentQuerySet))

    class Meta:
        verbose_name = _("consent to a study")
        verbose_name_plural = _("consents to studies")
        ordering = ["participant", "pk"]
        default_permissions = ("view",)

    def __str__(self):
        return gettext("Consent to a study %(number)s") % {"number": self.pk}

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError("A consent can be added and withdrawn, not changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise AppendOnlyError("A consent can be added and withdrawn, not deleted.")


class Allocation(AppendOnlyModel):
    """One draw: this slot of this town's list, and the arm it gave. Written once; nobody can undo it or draw again."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="+", verbose_name=_("initiative"))
    study = models.ForeignKey(Study, models.PROTECT, related_name="allocations", verbose_name=_("study"))
    site = models.ForeignKey(StudySite, models.PROTECT, related_name="allocations", verbose_name=_("town"))
    slot = models.PositiveIntegerField(_("slot"))
    arm = models.CharField(_("group"), max_length=8, choices=ARMS)
    participant = models.OneToOneField(
        StudyParticipant, models.PROTECT, related_name="allocation", verbose_name=_("participant")
    )
    at = models.DateTimeField(_("drawn"), default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    wagtail_reference_index_ignore = True
    objects = scoped_manager(base=models.Manager.from_queryset(AppendOnlyQuerySet))

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        ordering = ["site", "slot"]
        default_permissions = ("add", "view")
        constraints = [
            models.UniqueConstraint(fields=["site", "slot"], name="peer_study_slot_once"),
            models.CheckConstraint(condition=Q(slot__gte=1), name="peer_study_slot_from_one"),
        ]

    def __str__(self):
        return gettext("Allocation %(number)s") % {"number": self.pk}
