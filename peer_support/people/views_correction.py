"""The question whether something is wrong, on the pages behind a person's own links; they share it."""

from django.http import HttpResponseRedirect

from ..access.decisions import NotAllowed
from . import corrections
from .forms_correction import DO, CorrectionForm


def is_sent(request):
    """Whether the request answers the question, and not the page that it stands on."""
    return request.method == "POST" and request.POST.get("do") == DO


def answered(request, person, show):
    """Keep what was written and lead back, or show the page again with ``show(**context)``: nothing that was typed is lost."""
    form = CorrectionForm(request.POST, person=person)
    if not form.is_valid():
        return show(wrong=form)
    try:
        corrections.send(person=person, **form.values())
    except NotAllowed as refusal:
        return show(wrong=form, wrong_refusal=refusal.decision.reason)
    return HttpResponseRedirect(f"{request.path}?wrong=1#wrong-title")


def asked(request, person, given):
    """Return what ``link_wrong.html`` needs; ``given`` is what the page shows again."""
    return {
        "wrong": CorrectionForm(person=person),
        "wrong_sent": request.GET.get("wrong") == "1" and request.method != "POST",
        **given,
    }
