from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from peer_support.directory.models import Initiative, Region


class HomePage(Page):
    """The centre's front page, with the published initiatives by region."""

    intro = models.CharField("indledning", max_length=300, blank=True)
    body = RichTextField("tekst", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    template = "example_site/home_page.html"

    class Meta:
        verbose_name = "forside"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        by_region = {}
        for initiative in Initiative.objects.filter(live=True).prefetch_related("municipalities"):
            initiative.place = ", ".join(m.name for m in initiative.municipalities.all()) or "Hele landet"
            by_region.setdefault(initiative.region, []).append(initiative)
        context["regions"] = [
            {"code": code, "name": name, "initiatives": by_region[code]}
            for code, name in Region.choices
            if code in by_region
        ]
        return context
