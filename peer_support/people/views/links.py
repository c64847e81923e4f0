"""The buttons of the panel "Links" on a person's page."""

from django.http import HttpResponseRedirect
from django.views.decorators.http import require_POST

from ..links_panel import take_button
from .common import for_kind, get_person, kind_of, person_url


@require_POST
@for_kind("change", stopped_too=True)
def link(request, model, pk):
    """Make, send or take back a link of the person."""
    person = get_person(model, pk)
    take_button(request, person, f"peer_support_people:{kind_of(person)}_link")
    return HttpResponseRedirect(f"{person_url(person)}#links")
