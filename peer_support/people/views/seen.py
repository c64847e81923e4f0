"""Who can see a person, and who has looked, on a sheet that the coordinator prints for the person."""

from django.views.decorators.http import require_safe

from ...privacy.access_log import Action, log_access
from ...public.shell import public_response
from .. import seen
from .common import for_kind, get_person, kind_of, person_url


@require_safe
@for_kind("view")
def seen_sheet(request, model, pk):
    """The sheet. It is about the person, whom it calls "you", and names them by number only."""
    person = get_person(model, pk)
    log_access(
        user=request.user, action=Action.READ, objects=[person], route=f"people_{kind_of(person)}:seen"
    )
    looks, lists = seen.looks_at(person)
    context = {
        "person": person,
        "initiative": person.initiative.title,
        "who": seen.who_can_see(person),
        "days": seen.days_in_words(looks),
        "lists": seen.lists_in_words(lists),
        "back": person_url(person),
    }
    return public_response(request, "peer_support/people/seen_print.html", context, personal=True)
