"""The stop and the legal hold on a person's page, and the screens that list what is held and what the purge will take."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from ...access.decisions import NotAllowed
from ...privacy.access_log import Action, log_access
from .. import holds, purging, rules, still_here
from ..forms_hold import HoldForm
from ..models import LegalHold
from ..screens import InitiativeScreen
from ..services_standing import lift_stop, stop_use
from .common import for_kind, get_person, header, kind_of, person_url

PERMISSION = "peer_support.view_legalhold"
HOLDS, PURGE = "peer_support_people:holds", "peer_support_people:purge"


def _route(person, step):
    return f"people_{kind_of(person)}:{step}"


def _press(request, model, pk, step, service, done):
    person = get_person(model, pk)
    try:
        service(person=person, user=request.user, route=_route(person, step))
    except NotAllowed as refusal:
        messages.warning(request, refusal.decision.reason)
    else:
        messages.success(request, done % {"person": person})
    return redirect(person_url(person))


@require_POST
@for_kind("change", stopped_too=True)
def stop(request, model, pk):
    """Leave the record alone, at once."""
    done = _("%(person)s is left alone from now on. The record is kept, and used for nothing.")
    return _press(request, model, pk, "stop", stop_use, done)


@require_POST
@for_kind("change", stopped_too=True)
def go_on(request, model, pk):
    """Use the record again."""
    return _press(request, model, pk, "go_on", lift_stop, _("The record of %(person)s is used again."))


@require_POST
@for_kind("change")
def still(request, model, pk):
    """Write down what the person has answered by telephone: whether they still want to be registered."""
    person = get_person(model, pk)
    given = request.POST.get("do", "")
    if given not in (still_here.Answer.YES, still_here.Answer.NO):
        raise Http404
    done = still_here.answer(person=person, answer=given, user=request.user, route=_route(person, "still"))
    if done is None:
        messages.info(request, _("It is answered already."))
    elif given == still_here.Answer.YES:
        months = still_here.months_to_next(person)
        text = ngettext(
            "%(person)s stays. You ask again in %(count)d month.",
            "%(person)s stays. You ask again in %(count)d months.",
            months,
        )
        messages.success(request, text % {"person": person, "count": months})
    elif rules.may_end(get_person(model, pk)).code == "ended":
        messages.success(
            request, _("%(person)s is closed, and is erased within a month.") % {"person": person}
        )
    else:
        messages.warning(request, rules.may_end(person).reason)
    return redirect(person_url(person))


@require_http_methods(["GET", "HEAD", "POST"])
@for_kind("view", more=("peer_support.add_legalhold",))
def hold(request, model, pk):
    """Ask why and until when, and set, renew or lift a hold on the person. The history stands below."""
    person = get_person(model, pk)
    standing = holds.hold_of(person)
    form = HoldForm(request.POST or None, initial={"until": holds.last_day(holds.today())})
    if request.method == "POST":
        lifting = request.POST.get("do") == "lift"
        if lifting or form.is_valid():
            done = _take(request, person, form, lifting)
            if done:
                messages.success(request, done % {"person": person})
                return redirect(person_url(person))
    history = list(LegalHold.objects.of(person).select_related("user"))
    log_access(
        user=request.user, action=Action.READ, objects=[person, *history], route=_route(person, "hold")
    )
    title = _("Legal hold")
    context = {
        **header(model, title, person, icon="lock"),
        "person": person,
        "name": person.display_name,
        "title": title,
        "line": holds.may_hold(person).reason,
        "button": _("Renew the hold") if standing else _("Set the hold"),
        "form": form,
        "standing": standing,
        "lift_line": holds.may_lift(person).reason if standing else "",
        "history": history,
        "cancel_url": person_url(person),
    }
    return render(request, "peer_support/people/hold.html", context)


def _take(request, person, form, lifting):
    values = {"person": person, "user": request.user, "route": _route(person, "hold")}
    try:
        if lifting:
            holds.lift(**values)
            return _("The hold on %(person)s is lifted.")
        holds.hold(reason=form.cleaned_data["reason"], until=form.cleaned_data["until"], **values)
    except NotAllowed as refusal:
        if lifting:
            messages.warning(request, refusal.decision.reason)
        else:
            form.add_error("until", refusal.decision.reason)
        return ""
    return _("The hold on %(person)s is written. Nothing is erased while it lasts.")


class _Lifecycle(InitiativeScreen):
    permission = PERMISSION
    header_icon = "bin"
    home = (PURGE, gettext_lazy("Erasing and holds"))
    tabs = ((PURGE, gettext_lazy("What goes next")), (HOLDS, gettext_lazy("Legal holds")))


class PurgePlanView(_Lifecycle):
    """What the next purge takes, by rule: how many, why, when, and which case numbers. It takes nothing itself."""

    tab = PURGE
    template_name = "peer_support/people/purge.html"

    def get_page_title(self):
        return _("What goes next")

    def get(self, request):
        rows = purging.forecast(self.initiative)
        open_still = purging.what_holds_on(self.initiative)
        self.log([person for person, __ in open_still])
        self.log([record for row in rows for line in row.lines for record in line.records])
        self.log([record for row in rows for record in row.held])
        return self.render_to_response(
            {
                **self.get_context_data(),
                # What something happens to comes first.
                "rows": sorted((_shown(row) for row in rows), key=lambda row: row["empty"]),
                "tonight": sum(row.count for row in rows),
                "held": sum(len(row.held) for row in rows),
                "holds_url": reverse(HOLDS),
                "open_still": [(person, person_url(person), why) for person, why in open_still],
            }
        )


@dataclass(frozen=True)
class _Numbers:
    """Case numbers with where they lead."""

    label: str
    records: list


def _linked(records, name):
    found = []
    for record in records:
        # Who is erased already has no page to lead to; what they said yes to is a number.
        person = next((one for one in purging.people_behind(record) if one.erased_on is None), None)
        found.append((name(record), person_url(person) if person is not None else ""))
    return found


def _shown(row):
    return {
        "label": capfirst(str(row.rule.label)),
        "why": row.rule.why,
        "months": row.rule.months_now,
        "count": row.count,
        "lines": [_Numbers(line.label, _linked(line.records, row.rule.name)) for line in row.lines],
        "held": _linked(row.held, row.rule.name),
        "empty": not (row.held or any(line.records for line in row.lines)),
    }


class HoldsView(_Lifecycle):
    """The holds that stand, with why, who set them, and until when."""

    tab = HOLDS
    template_name = "peer_support/people/holds.html"

    def get_page_title(self):
        return _("Legal holds")

    def get(self, request):
        rows = LegalHold.objects.current().filter(initiative=self.initiative)
        rows = list(rows.select_related("citizen", "volunteer", "user").order_by("until", "pk"))
        self.log([row.person for row in rows])
        self.log(rows, Action.READ)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "rows": [
                    {
                        "hold": row,
                        "url": person_url(row.person),
                        "hold_url": reverse(
                            f"peer_support_people:{kind_of(row.person)}_hold", args=[row.person.pk]
                        ),
                    }
                    for row in rows
                ],
                "may_set": request.user.has_perm("peer_support.add_legalhold"),
            }
        )
