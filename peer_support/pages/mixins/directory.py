"""The public directory of initiatives: the list with its filters and map, an entry, the booklet, files, suggestions."""

from django.db import models
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path

from ...directory import public_entry as entries
from ...directory import public_map
from ...directory.public import Tables, public_initiatives
from ...directory.public_list import PublicDirectory
from ...directory.public_related import chosen_entries, public_initiative
from ...public.headers import secure_headers
from ...public.structured import json_ld
from ..base import PeerPageMixin
from ..directory_files import booklet_pdf, file_response
from ..directory_suggest import suggest_view, thanks_view

TEMPLATES = "peer_support/pages/directory"
# The booklet as a page: more than this is a job for the file.
BOOKLET_MAX = 300


class DirectoryPageMixin(PeerPageMixin, RoutablePageMixin, models.Model):
    """Every published initiative in the page's language. Each state of the list has an address of its own."""

    peer_template = f"{TEMPLATES}/list.html"
    intro = models.CharField(gettext_lazy("introduction"), max_length=300, blank=True)
    show_map = models.BooleanField(gettext_lazy("show the map"), default=True)
    booklet_title = models.CharField(
        gettext_lazy("title of the booklet"),
        max_length=120,
        blank=True,
        help_text=gettext_lazy("Stands on the first page of the printed booklet."),
    )

    peer_panels = [FieldPanel("intro"), FieldPanel("show_map"), FieldPanel("booklet_title")]

    class Meta:
        abstract = True

    # Views

    @path("", name="list")
    def index_route(self, request):
        if refused := _only_reading(request):
            return refused
        directory = self._directory(request)
        show_map = self.show_map and public_initiatives_have_towns(directory)
        context = {
            "directory": directory,
            "cards": directory.page(request.GET.get("page")),
            "map": public_map.draw(directory) if show_map else None,
            "coordinator": directory.tables.first_coordinator,
            "noindex": bool(directory.chips or request.GET),
        }
        response = self.render(request, context_overrides=context)
        host = public_map.tiles_host() if show_map else None
        return secure_headers(response, **({"img_src": [host]} if host else {}))

    @path("booklet/", name="booklet")
    def booklet(self, request):
        """The current selection, to be printed."""
        if refused := _only_reading(request):
            return refused
        return self.render(
            request, template=f"{TEMPLATES}/booklet.html", context_overrides=self.booklet_context(request)
        )

    @path("booklet/pdf/", name="pdf")
    def pdf(self, request):
        """The current selection as a tagged PDF."""
        return _only_reading(request) or booklet_pdf(self, request)

    @path("csv/", name="csv")
    def csv(self, request):
        """The current selection as a table."""
        return _only_reading(request) or file_response(self, request, self._directory(request), "csv")

    @path("json/", name="json")
    def json(self, request):
        """The current selection for programs."""
        return _only_reading(request) or file_response(self, request, self._directory(request), "json")

    @re_path(r"^(\d+)-([\w-]+)/$", name="entry")
    def entry(self, request, pk, slug):
        """One initiative. An old name in the address leads to the new one."""
        if refused := _only_reading(request):
            return refused
        tables = Tables()
        initiative = self.get_initiative(pk, tables)
        address = self.entry_path(initiative)
        if slug != entries.slug_of(initiative):
            return HttpResponseRedirect(self.get_url(request) + address)
        coordinator = tables.coordinator_for(
            initiative.pk, [municipality.code for municipality in initiative.municipalities.all()]
        )
        context = {
            **vars(entries.public_entry(initiative)),
            "crumbs": [("", initiative.title)],
            "coordinator": coordinator or tables.first_coordinator,
            "own_coordinator": coordinator,
            "suggest_url": f"{self.get_url(request)}{address}suggest/",
            "structured": json_ld(entries.organisation(initiative, self.full_url + address)),
        }
        return self.render(request, template=f"{TEMPLATES}/entry.html", context_overrides=context)

    @re_path(r"^(\d+)-([\w-]+)/suggest/$", name="suggest")
    def suggest(self, request, pk, slug):
        """Suggest a change: a form, nothing that changes the page."""
        return suggest_view(self, request, self.get_initiative(pk))

    @re_path(r"^(\d+)-([\w-]+)/suggest/thanks/$", name="thanks")
    def thanks(self, request, pk, slug):
        return _only_reading(request) or thanks_view(self, request, self.get_initiative(pk))

    # What views and templates share

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), "page_url": self.get_url(request) or ""}

    def _directory(self, request):
        return PublicDirectory(request.GET, locale_id=self.locale_id)

    def get_initiative(self, pk, tables=None):
        """Return a published initiative of this page's language, with ``tables`` all that belongs to it; else 404."""
        initiative = public_initiative(int(pk), self.locale_id, tables)
        if initiative is None:
            raise Http404
        return initiative

    def entry_path(self, initiative):
        """Return the last part of an entry's address."""
        return f"{initiative.pk}-{entries.slug_of(initiative)}/"

    @cached_property
    def full_url(self):
        return self.get_full_url() or "/"

    def booklet_context(self, request, limit=BOOKLET_MAX):
        """Return what the booklet draws of the current selection."""
        directory = self._directory(request)
        chosen = chosen_entries(directory, limit, parts=("links",))
        return {
            "directory": directory,
            "chapters": entries.chapters(chosen, directory.tables.regions),
            "left_out": max(0, directory.total - len(chosen)),
            "booklet_title": self.booklet_title or self.title,
            "coordinators": [(row, directory.tables.towns_of(row)) for row in directory.tables.coordinators],
            "coordinator": directory.tables.first_coordinator,
        }

    def get_sitemap_urls(self, request=None):
        base = self.get_full_url(request)
        return [
            *super().get_sitemap_urls(request),
            *(
                {"location": base + self.entry_path(initiative)}
                for initiative in public_initiatives(self.locale_id).only("title")
            ),
        ]


def public_initiatives_have_towns(directory):
    """A map without a single town would only be a riddle."""
    return any(row.towns for row in directory.rows)


def _only_reading(request):
    return None if request.method in ("GET", "HEAD") else HttpResponseNotAllowed(["GET", "HEAD"])
