"""Everything that is kept about a person, for the person to take along: as a file (GDPR art. 20), and to read (art. 15)."""

from django.http import HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...privacy.access_log import Action, log_access
from ...privacy.subject_export import export_of
from ...public.headers import secure_headers
from ...public.pdf import pdf_available, pdf_of_template
from ..own_data import seen_parts
from ..own_reading import reading_of
from .common import for_kind, get_person, kind_of, person_url

PRINTED = "peer_support/people/print_everything.html"


def _log(request, person, route):
    log_access(
        user=request.user, action=Action.EXPORT, objects=[person], route=f"people_{kind_of(person)}:{route}"
    )


def file_of(person):
    """Return the file for another system; its name says a number and nobody's name."""
    response = JsonResponse(export_of(person), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{kind_of(person)}-{person.number}.json"'
    response["Cache-Control"] = "no-store, private"
    return response


def _everything(person):
    return {"tables": reading_of(person), "parts": seen_parts(person)}


def printed(request, person, *, back="", pdf_url=""):
    """Return the page to read and print."""
    context = {
        "person": person,
        **_everything(person),
        "on_screen": True,
        "back": back,
        "pdf_url": pdf_url,
    }
    return secure_headers(TemplateResponse(request, PRINTED, context), personal=True)


def pdf_of(request, person, *, print_url="") -> HttpResponse:
    """Return the same as a tagged PDF."""
    context = {"person": person, **_everything(person)}
    name = _("everything-%(number)s.pdf") % {"number": person.number}
    return pdf_of_template(
        request, PRINTED, context, filename=name, print_url=print_url, personal=True, attachment=True
    )


@require_safe
@for_kind("export")
def own_export(request, model, pk):
    """Answer with the file."""
    person = get_person(model, pk)
    _log(request, person, "own_export")
    return file_of(person)


@require_safe
@for_kind("export")
def own_reading(request, model, pk):
    """Show everything to read and print; ``?form=pdf`` is the same as a PDF."""
    person = get_person(model, pk)
    _log(request, person, "own_reading")
    if request.GET.get("form") == "pdf":
        return pdf_of(request, person, print_url=request.path)
    pdf_url = f"{request.path}?form=pdf" if pdf_available() else ""
    return printed(request, person, back=person_url(person), pdf_url=pdf_url)
