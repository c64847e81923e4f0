"""The two buttons on what a person says is wrong."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from ...access.decisions import NotAllowed
from .. import corrections
from .common import for_kind, get_person, kind_of, person_url

_DO = {"take": corrections.take_over, "leave": corrections.let_be}


@require_POST
@for_kind("change", stopped_too=True)
def correction(request, model, pk):
    """Take it over, or let it be."""
    person = get_person(model, pk)
    which, act = request.POST.get("which", ""), _DO.get(request.POST.get("do", ""))
    # At most nine digits: a longer number is no key that a database can look for.
    row = (
        person.corrections.filter(pk=which).first()
        if which.isascii() and which.isdigit() and len(which) < 10
        else None
    )
    if row is None or act is None:
        raise Http404
    words_stay = bool(row.wishes and row.words)
    try:
        done = act(correction=row, user=request.user, route=f"people_{kind_of(person)}:correction")
    except NotAllowed as refusal:
        messages.warning(request, refusal.decision.reason)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _said(done, words_stay) % {"person": person})
    return redirect(person_url(person))


def _said(done, words_stay):
    """Return what was done, as a sentence with room for the person."""
    if done.state != corrections.State.TAKEN:
        return _("It stays as it was for %(person)s.")
    if words_stay:
        return _(
            "It is put right for %(person)s. What they wrote in words is still here: read it, and press again."
        )
    return _("It is put right for %(person)s.")
