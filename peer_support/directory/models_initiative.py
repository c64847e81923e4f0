"""An initiative: an entry in the directory, with the national catalogue's questionnaire."""

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from .models_tables import DirectoryTerm, Municipality, Region
from .search import search_text

SECTION_TITLES = {
    1: _("The offer and the part peer support plays in it"),
    2: _("The peer support: how long, what, how much, built on what"),
    3: _("The people who give support"),
    4: _("The people who receive support"),
    5: _("Peer support and the rest of the organisation"),
    6: _("Effect and documentation"),
    7: _("Money and the future"),
    8: _("Anything else"),
}


class Stated(models.TextChoices):
    """What a source says about a thing: "not stated" is not "none"."""

    NOT_STATED = "", _("not stated")
    YES = "yes", _("yes")
    NONE = "none", _("none")
    PLANNED = "planned", _("planned")


def _stated(label):
    return models.CharField(label, max_length=8, choices=Stated.choices, default="", blank=True)


def _terms(label, kind):
    return ParentalManyToManyField(
        DirectoryTerm,
        blank=True,
        related_name=f"initiatives_by_{kind}",
        verbose_name=label,
        limit_choices_to={"kind": kind},
    )


class Initiative(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    ClusterableModel,
):
    """A peer-support offer. Every field but the title may be empty: unfinished entries are normal.

    Source of the fields: the national catalogue of peer-support initiatives and its questionnaire.
    """

    class Status(models.TextChoices):
        UNKNOWN = "", _("not stated")
        PLANNED = "planned", _("planned")
        PILOT = "pilot", _("pilot")
        RUNNING = "running", _("in operation")
        ENDED = "ended", _("ended")

    class PeerSupport(models.TextChoices):
        """What the entry says of itself."""

        UNKNOWN = "", _("not described")
        YES = "yes", _("yes")
        PARTLY = "partly", _("partly")
        NO = "no", _("no, by its own words")

    title = models.CharField(_("name"), max_length=200)
    other_names = models.CharField(_("other names"), max_length=300, blank=True)
    summary = models.TextField(_("in short"), blank=True, max_length=600)
    description = models.TextField(_("description"), blank=True)
    operator = models.CharField(_("who runs it"), max_length=200, blank=True)
    chapter = models.CharField(_("chapter in the source"), max_length=120, blank=True)
    region = models.CharField(_("region"), max_length=4, choices=Region.choices, blank=True)
    nationwide = models.BooleanField(_("the whole country"), default=False)
    municipalities = ParentalManyToManyField(
        Municipality, blank=True, related_name="initiatives", verbose_name=_("municipalities")
    )
    forms = _terms(_("forms of support"), "form")
    settings = _terms(_("settings"), "setting")
    audiences = _terms(_("who it is for"), "audience")
    relations = _terms(_("the peers' relation to the workplace"), "relation")
    for_whom = models.TextField(_("who it is for, in words"), blank=True)
    peer_count = models.CharField(
        _("number of peers"),
        max_length=200,
        blank=True,
        help_text=_("As stated: a number, a range, or words."),
    )
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default="", blank=True)
    started = models.CharField(_("started"), max_length=100, blank=True)
    training_stated = _stated(_("training of peers"))
    training = models.TextField(_("training, in words"), blank=True)
    supervision_stated = _stated(_("supervision of peers"))
    supervision = models.TextField(_("supervision, in words"), blank=True)
    recruitment_stated = _stated(_("recruitment of peers"))
    recruitment = models.TextField(_("recruitment, in words"), blank=True)
    evaluation_stated = _stated(_("evaluation of the work"))
    evaluation = models.TextField(_("evaluation, in words"), blank=True)
    funding = models.TextField(_("funding"), blank=True)
    funding_ends = models.DateField(_("funding ends"), null=True, blank=True)
    peer_support = models.CharField(
        _("is it peer support?"), max_length=8, choices=PeerSupport.choices, default="", blank=True
    )
    has_questionnaire = models.BooleanField(_("has the questionnaire"), default=False)
    source = models.CharField(_("source of the information"), max_length=300, blank=True)
    information_date = models.DateField(_("date of the information"), null=True, blank=True)
    damaged_lines = models.PositiveIntegerField(_("lines with lost letters"), default=0)
    runs_here = models.BooleanField(
        _("run by this centre"),
        default=False,
        help_text=_("Only then can it have volunteers, citizens and matches."),
    )
    import_key = models.CharField(max_length=200, blank=True, db_index=True, editable=False)
    # What the last import wrote, as a short hash per field: a field whose hash differs was changed by an editor.
    import_digests = models.JSONField(default=dict, blank=True, editable=False)
    # Derived: what the search looks in. See peer_support.directory.search.
    search_text = models.TextField(blank=True, editable=False)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="initiative")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="initiative",
        for_concrete_model=False,
    )

    search_fields = [
        index.SearchField("title", boost=4),
        index.AutocompleteField("title"),
        index.SearchField("other_names", boost=2),
        index.SearchField("summary"),
        index.SearchField("description"),
        index.SearchField("operator"),
        index.FilterField("region"),
        index.FilterField("status"),
        index.FilterField("live"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["title"]
        permissions = [("numbers_initiative", "Can see the numbers of an initiative")]
        constraints = [
            models.UniqueConstraint(
                fields=["import_key", "locale"],
                condition=~models.Q(import_key=""),
                name="peer_initiative_key",
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        # A save of single fields is bookkeeping: the object may then hold a draft that is not public.
        if kwargs.get("update_fields") is None:
            self.search_text = self._words_to_search()
        super().save(*args, **kwargs)

    def save_revision(self, *args, **kwargs):
        revision = super().save_revision(*args, **kwargs)
        if not self.live:
            # Nothing is public yet, so what editors find is what they wrote last.
            type(self).objects.filter(pk=self.pk).update(search_text=self._words_to_search())
        return revision

    def _words_to_search(self):
        fields = (self.title, self.other_names, self.summary, self.description, self.operator, self.for_whom)
        related = [row.name for row in (*self.municipalities.all(), *self.partners.all())]
        for terms in (self.forms, self.settings, self.audiences):
            related += [term.name for term in terms.all()]
        return search_text(*fields, *related, *(section.text for section in self.sections.all()))

    @property
    def revisions(self):
        return self._revisions

    @property
    def damaged_text(self):
        """Whether letters were lost on the way from the source."""
        return self.damaged_lines > 0

    def get_preview_template(self, request, mode_name):
        return "peer_support/directory/initiative_preview.html"

    def get_preview_context(self, request, mode_name):
        from .presenting import entry_of

        return {**super().get_preview_context(request, mode_name), "entry": entry_of(self)}


class InitiativePartner(Orderable):
    """An organisation that takes part, and as what."""

    initiative = ParentalKey(Initiative, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("organisation"), max_length=200)
    role = models.CharField(_("role"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self):
        return self.name


class InitiativeLink(Orderable):
    """A web address printed with the initiative; ``doubtful`` where the source leaves open whose it is."""

    initiative = ParentalKey(Initiative, on_delete=models.CASCADE, related_name="links")
    url = models.URLField(_("address"), max_length=500)
    label = models.CharField(_("text"), max_length=200, blank=True)
    doubtful = models.BooleanField(_("doubtful"), default=False)

    class Meta(Orderable.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self):
        return self.label or self.url


class InitiativeSection(Orderable):
    """The answer to one of the questionnaire's eight sections, and how it was answered."""

    class State(models.TextChoices):
        ANSWERED = "answered", _("answered")
        EMPTY = "empty", _("not stated")
        REFERS = "refers", _("refers to another entry")
        DEFERRED = "deferred", _("to be answered later")
        NOT_APPLICABLE = "not_applicable", _("does not apply")
        LINK_ONLY = "link_only", _("only a link")

    initiative = ParentalKey(Initiative, on_delete=models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField(
        _("section"),
        choices=[(n, format_lazy("{n}. {title}", n=n, title=title)) for n, title in SECTION_TITLES.items()],
    )
    state = models.CharField(_("answer"), max_length=16, choices=State.choices, default=State.EMPTY)
    text = models.TextField(_("text"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("section of the questionnaire")
        verbose_name_plural = _("the questionnaire")
        ordering = ["sort_order", "number"]

    def __str__(self):
        return str(self.get_number_display())
