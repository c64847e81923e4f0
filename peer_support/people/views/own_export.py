"""Everything that is kept about a person as a file, for the person to take along (GDPR art. 20)."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from ...privacy.access_log import Action, log_access
from ...privacy.subject_export import export_of
from .common import for_kind, get_person, kind_of


@require_safe
@for_kind("export")
def own_export(request, model, pk):
    """Answer with the file; its name says a number and nobody's name."""
    person = get_person(model, pk)
    log_access(
        user=request.user,
        action=Action.EXPORT,
        objects=[person],
        route=f"people_{kind_of(person)}:own_export",
    )
    response = JsonResponse(export_of(person), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{kind_of(person)}-{person.number}.json"'
    response["Cache-Control"] = "no-store, private"
    return response
