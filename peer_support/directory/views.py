"""The import of initiatives in the admin: a file, a dry run to read, and then the writing."""

import csv
from io import StringIO

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ..access.guards import require_permission
from .importing.notices import Refused
from .importing.reading import read
from .models import Initiative
from .services import import_initiatives
from .uploads import MAX_FILE, TooLarge, seal, unseal
from .urls import IMPORT_PERMISSIONS, NAMESPACE, import_url

TEMPLATE = "peer_support/directory/import.html"
EXAMPLE = (
    ("navn", "Eksempel: Samtaler ved havnen"),
    ("kort fortalt", "To frivillige er på havnen hver torsdag."),
    ("hvem står bag", "Eksempelforeningen"),
    ("region", "Region Sjælland"),
    ("kommuner", "Køge; Stevns"),
    ("støtteformer", "Åben gruppe eller café; Følgeskab"),
    ("for hvem", "Voksne"),
    ("status", "i drift"),
    ("uddannelse oplyst", "ja"),
    ("uddannelse", "To aftener"),
    ("link", "https://eksempel.dk/havnen"),
    ("kontakt", "Skriv her, hvem man kan ringe til. Det bliver ikke vist for besøgende."),
)


class ImportForm(forms.Form):
    """A file to import."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A table (.csv or .xlsx), .json, or the national catalogue's document as text (.txt)."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.json,.txt"}),
    )
    overwrite_edited = forms.BooleanField(
        label=gettext_lazy("Also write over what an editor has changed here"), required=False
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE:
            text = _("The file is larger than %(size)s.")
            raise forms.ValidationError(text % {"size": filesizeformat(MAX_FILE)})
        return file


@require_http_methods(["GET", "HEAD", "POST"])
@require_permission(*IMPORT_PERMISSIONS)
def import_page(request):
    """Choose a file; see what would happen; do it."""
    if request.method == "POST" and "token" in request.POST:
        return _write(request)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_valid():
        file, overwrite = form.cleaned_data["file"], form.cleaned_data["overwrite_edited"]
        data = file.read()
        try:
            token = seal(user=request.user, name=file.name, data=data, overwrite_edited=overwrite)
            context = _dry_run(request, file.name, data, overwrite)
        except Refused as refused:
            return _page(request, form, refused=refused.notices, name=file.name)
        except TooLarge:
            form.add_error(
                "file", _("The file is too large for this page. Ask for the command import_initiatives.")
            )
            return _page(request, form)
        return _page(request, form, token=token, name=file.name, **context)
    return _page(request, form)


def _dry_run(request, name, data, overwrite):
    found = read(name, data)
    result = import_initiatives(
        entries=found.entries, user=request.user, dry_run=True, overwrite_edited=overwrite
    )
    groups = [
        (_("New drafts"), result.created),
        (_("Updated"), result.updated),
        (_("As before"), result.unchanged),
        (_("Left as an editor made them"), result.kept),
    ]
    return {
        "result": result,
        "groups": [(heading, items) for heading, items in groups if items],
        "notices": [*found.notices, *result.notices],
        "to_write": len(result.created) + len(result.updated),
    }


def _write(request):
    sealed = unseal(request.POST["token"], user=request.user)
    if sealed is None:
        messages.error(
            request, _("More than an hour has passed. Choose the file again; nothing was written.")
        )
        return redirect(import_url())
    name, data, overwrite = sealed
    try:
        result = import_initiatives(
            entries=read(name, data).entries,
            user=request.user,
            overwrite_edited=overwrite,
            route=f"{NAMESPACE}:import",
        )
    except Refused as refused:
        return _page(request, ImportForm(), refused=refused.notices, name=name)
    count = len(result.created) + len(result.updated)
    text = ngettext(
        "%(count)d initiative was imported as a draft.",
        "%(count)d initiatives were imported as drafts.",
        count,
    )
    messages.success(request, text % {"count": count})
    return redirect(reverse(Initiative.snippet_viewset.get_url_name("list")))


def _page(request, form, **context):
    list_url = reverse(Initiative.snippet_viewset.get_url_name("list"))
    context.update(
        form=form,
        header_title=_("Import initiatives"),
        header_icon="upload",
        breadcrumbs_items=[
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": list_url, "label": _("Initiatives")},
            {"url": "", "label": _("Import")},
        ],
    )
    return render(request, TEMPLATE, context)


@require_safe
@require_permission(*IMPORT_PERMISSIONS)
def example(request):
    """A small table to fill in."""
    output = StringIO()
    writer = csv.writer(output, delimiter=";")
    writer.writerow([heading for heading, __ in EXAMPLE])
    writer.writerow([cell for __, cell in EXAMPLE])
    response = HttpResponse("\ufeff" + output.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="initiativer.csv"'
    return response
