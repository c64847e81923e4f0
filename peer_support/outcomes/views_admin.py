"""A person's star in the admin: looked at and written together with the person, one star at a time, never as a list."""

from functools import wraps

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ..access.decisions import NotAllowed
from ..people.models import Citizen
from ..people.views.common import for_kind, get_person, header, kind_of, person_url
from ..privacy.access_log import Action, log_access
from . import links, mails, rules, services, sheets
from .forms import AreasForm, answers_in, questions
from .models import StarReading
from .presenting import picture_of

SAFE = ("GET", "HEAD")
ROUTE = "peer_support_outcomes"
BOTH = require_http_methods(["GET", "HEAD", "POST"])


def url(name, person, query=""):
    """Return the address of one of this room's screens for ``person``."""
    return reverse(f"{ROUTE}:{name}", args=[kind_of(person), person.pk]) + query


def star_screen(view):
    """Decorator: ``view(request, person, star)`` for those who may see both the person and their star."""

    @for_kind("view")
    @wraps(view)
    def checked(request, model, pk):
        user = request.user
        action = "view" if request.method in SAFE else "change"
        if not user.has_perms(
            [f"peer_support.{action}_progressstar", f"peer_support.{action}_{model._meta.model_name}"]
        ):
            raise PermissionDenied
        person = get_person(model, pk)
        star = services.star_of(person)
        # Also what is sent may be answered with the page; and the person too, whose name stands on it without a star.
        shown = [person] if star is None else [person, star]
        log_access(user=user, action=Action.READ, objects=shown, route=f"{ROUTE}:{view.__name__}")
        return view(request, person, star)

    return checked


@BOTH
@star_screen
def star_page(request, person, star):
    """The star as the person sees it, its link, and what can be done with it."""
    if request.method not in SAFE:
        return _deed(request, person, star)
    link = links.link_held(person)
    context = {
        **header(type(person), _("Progress star"), person, icon="pick"),
        "person": person,
        "name": person.display_name,
        "star": star,
        "picture": picture_of(star) if star else None,
        "decision": rules.may_write(person, star),
        "is_citizen": isinstance(person, Citizen),
        "may_change": request.user.has_perm("peer_support.change_progressstar"),
        "may_delete": request.user.has_perm("peer_support.delete_progressstar"),
        "link": link,
        "has_email": bool(person.email),
        "link_address": links.address_of(link, request) if link else "",
        "back_url": person_url(person),
        **{f"{name}_url": url(name, person) for name in ("areas", "answer", "print", "pdf")},
    }
    return render(request, "peer_support/outcomes/admin_star.html", context)


def _deed(request, person, star):
    """Do what was pressed, say what came of it, and come back."""
    route = f"{ROUTE}:star"
    do = request.POST.get("do")
    try:
        if do in ("link", "link_new"):
            links.star_link(person, user=request.user, fresh=do == "link_new")
            log_access(user=request.user, action=Action.CHANGE, objects=[person], route=route)
            messages.success(request, _("Here is the link. Nobody is written to; you send it yourself."))
        elif do == "send":
            mails.send_link(person=person, user=request.user)
            log_access(user=request.user, action=Action.CHANGE, objects=[person], route=route)
            messages.success(request, _("The link is on its way. The same link is sent once only."))
        elif do == "link_back":
            links.take_back(person)
            log_access(user=request.user, action=Action.CHANGE, objects=[person], route=route)
            messages.success(request, _("The link no longer works."))
        elif star is not None and do in ("show", "hide"):
            services.show_to_volunteer(star=star, shown=do == "show", user=request.user, route=route)
            messages.success(request, _("It is written down."))
        elif star is not None and do == "delete":
            if not request.user.has_perm("peer_support.delete_progressstar"):
                raise PermissionDenied
            services.delete_star(star=star, user=request.user, route=route)
            messages.success(request, _("The star is deleted."))
    except NotAllowed as refusal:
        messages.warning(request, refusal.decision.reason)
    return redirect(url("star", person))


@BOTH
@star_screen
def areas_page(request, person, star):
    """Choose the areas together with the person."""
    form = AreasForm(star, request.POST if request.method not in SAFE else None)
    if request.method not in SAFE:
        try:
            services.set_areas(person=person, areas=form.pairs(), user=request.user, route=f"{ROUTE}:areas")
        except ValidationError as error:
            form.error = " ".join(error.messages)
        except NotAllowed as refusal:
            messages.warning(request, refusal.decision.reason)
            return redirect(url("star", person))
        else:
            messages.success(request, _("The areas are saved."))
            return redirect(url("star" if star else "answer", person))
    context = {
        **header(type(person), _("Areas of the star"), person, icon="pick"),
        "person": person,
        "form": form,
        "admin": True,
        "back_url": url("star", person) if star else person_url(person),
    }
    return render(request, "peer_support/outcomes/admin_areas.html", context)


@BOTH
@star_screen
def answer_page(request, person, star):
    """Write the numbers down while the person says them."""
    if star is None:
        return redirect(url("areas", person))
    decision = rules.may_write(person, star)
    if not decision:
        messages.warning(request, decision.reason)
        return redirect(url("star", person))
    if request.method not in SAFE:
        try:
            services.save_answers(
                star=star,
                answers=answers_in(request.POST, star.areas),
                way=StarReading.Way.TOGETHER,
                user=request.user,
                route=f"{ROUTE}:answer",
            )
        except (NotAllowed, ValidationError) as fault:
            decision = getattr(fault, "decision", None)
            messages.warning(request, decision.reason if decision else " ".join(fault.messages))
        else:
            messages.success(request, _("The numbers are saved."))
            return redirect(url("star", person))
    context = {
        **header(type(person), _("Answer together"), person, icon="pick"),
        "person": person,
        "questions": questions(star, services.going_on(star)),
        "admin": True,
        "back_url": url("star", person),
    }
    return render(request, "peer_support/outcomes/admin_answer.html", context)


@require_safe
@star_screen
def print_page(request, person, star):
    """The sheet to print; ``?blank`` without numbers."""
    blank = star is None or "blank" in request.GET
    query = "?blank" if blank else ""
    return sheets.print_response(
        request, star, blank=blank, back=url("star", person), pdf_url=url("pdf", person, query)
    )


@require_safe
@star_screen
def pdf_page(request, person, star):
    """The sheet as a PDF; ``?blank`` without numbers."""
    blank = star is None or "blank" in request.GET
    return sheets.pdf_response(
        request, star, blank=blank, print_url=url("print", person, "?blank" if blank else "")
    )
