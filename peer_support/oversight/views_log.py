"""The access log of the initiatives assigned: filtered, in pages, and as a file."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ..access.exporting import SecureExportMixin
from ..privacy.models import AccessLogEntry
from .breach import LINKS
from .cases import kind_title, labels_of, people_of, rows_about_number
from .forms import LogForm
from .log import OWN_LINK, Action, between, colleagues_of, log_of, names_of, who_of
from .screens import ROUTE, OfficerScreen

A_PAGE = 50
EXPORT = "peer_support.export_accesslogentry"
COLUMNS = ("at", "who", "what", "kind", "case", "initiative", "route")


class LogPage(SecureExportMixin, OfficerScreen):
    """Who has touched which case, and when; newest first."""

    tab = f"{ROUTE}:log"
    template_name = "peer_support/oversight/log.html"
    list_export = COLUMNS

    def get_page_title(self):
        return _("Access log")

    @cached_property
    def everything(self):
        return log_of(self.initiative_ids)

    @cached_property
    def form(self):
        kinds = self.everything.order_by().values_list("model", flat=True).distinct()
        asked = self.request.GET if self.request.GET else None
        return LogForm(
            asked, initiatives=self.initiatives, colleagues=colleagues_of(self.initiative_ids), kinds=kinds
        )

    @cached_property
    def rows(self):
        """The rows that were asked for; none where the form is not understood."""
        form = self.form
        if not form.is_bound:
            return self.everything
        if not form.is_valid():
            return self.everything.none()
        values = form.cleaned_data
        rows = self.everything
        if values.get("initiative"):
            rows = rows.filter(initiative_id_seen=int(values["initiative"]))
        if values["who"] == LINKS:
            rows = rows.filter(user_number=None, route__startswith=OWN_LINK)
        elif values["who"]:
            rows = rows.filter(user_number=int(values["who"]))
        if values["what"]:
            rows = rows.filter(action=values["what"])
        if values["kind"]:
            rows = rows.filter(model=values["kind"])
        rows = between(rows, values["first"], values["last"])
        return rows_about_number(rows, values["case"], self.initiative_ids) if values["case"] else rows

    def get(self, request):
        form = request.GET.get("export")
        if form in self.FORMATS:
            return self._export(form)
        self.log_look()
        page = Paginator(self.rows, A_PAGE).get_page(request.GET.get("p"))
        query = QueryDict(mutable=True)
        query.update(
            {key: value for key, value in request.GET.items() if key not in ("p", "export") and value}
        )
        return self.render_to_response(
            {
                **self.get_context_data(),
                "form": self.form,
                "page": page,
                "lines": self.lines_of(list(page.object_list)),
                "query": query.urlencode(),
                "filtered": self.form.is_bound and bool(query),
                "may_export": request.user.has_perm(EXPORT),
            }
        )

    def _export(self, form):
        if not self.request.user.has_perm(EXPORT):
            raise PermissionDenied
        rows = list(self.rows)
        self.log_look(Action.EXPORT)
        return self.as_spreadsheet(self.lines_of(rows), form)

    def lines_of(self, rows):
        """Return the rows as the screen and the file say them; a query for each kind of record, however many rows."""
        names = names_of({row.user_number for row in rows})
        by_kind = {}
        for row in rows:
            if row.object_id is not None:
                by_kind.setdefault(row.model, set()).add(row.object_id)
        about = {
            (label, pk): people
            for label, keys in by_kind.items()
            for pk, people in people_of(label, list(keys), self.initiative_ids).items()
        }
        labels = labels_of({who for people in about.values() for who in people}, self.initiative_ids)
        titles = {one.pk: one.title for one in self.initiatives}
        what = dict(Action.choices)
        return [
            {
                "at": timezone.localtime(row.at),
                "who": who_of(row, names),
                "what": str(what.get(row.action, row.action)),
                "kind": kind_title(row.model),
                "case": _cases(row, about, labels),
                "initiative": titles.get(row.initiative_id_seen, ""),
                "route": row.route,
            }
            for row in rows
        ]

    # The file

    def get_filename(self):
        return _("access-log")

    def get_heading(self, queryset, field):
        return _headings()[field]

    def to_row_dict(self, item):
        return {**item, "at": item["at"].strftime("%Y-%m-%d %H:%M:%S")}


def _headings():
    return {
        "at": _("When"),
        "who": _("Who"),
        "what": _("What was done"),
        "kind": _("Kind of record"),
        "case": _("Case"),
        "initiative": _("Initiative"),
        "route": _("Screen"),
    }


def _cases(row, about, labels):
    if row.model == AccessLogEntry._meta.label_lower or row.object_id is None:
        return ""
    found = sorted({labels[who] for who in about.get((row.model, row.object_id), ()) if who in labels})
    return ", ".join(found)
