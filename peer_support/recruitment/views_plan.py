"""The recruitment plan of an initiative. Coordinators write; a leader sees it without people: no names, no notes, no results
and no numbers of those who came."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ..access.reach import reach_of
from ..access.scopes import current_initiative_ids, scope_of
from ..directory.models import Initiative
from ..people.screens import InitiativeScreen
from ..privacy.access_log import Action
from ..public.pdf import pdf_available, pdf_of_template
from ..public.shell import public_response
from . import services_plan as services
from .forms_plan import PlanRowForm
from .models_plan import RecruitmentPlan
from .plan_counts import funnels_of, in_words
from .rules_plan import balance_of, may_invite_citizens

NAMESPACE = "peer_support_recruitment"
BLANK_ROWS = 9
KEPT = gettext_lazy("Something is not right yet. What you typed is still here.")


def url(name, *args):
    return reverse(f"{NAMESPACE}:{name}", args=args)


class PlanScreen(InitiativeScreen):
    """A screen of the plan. A leader comes in too, for the initiatives they lead."""

    permission = "peer_support.view_recruitmentplan"
    header_icon = "clipboard-list"
    home = (f"{NAMESPACE}:plan", gettext_lazy("Recruitment plan"))
    tabs = (
        (f"{NAMESPACE}:plan", gettext_lazy("Recruitment plan")),
        (f"{NAMESPACE}:startup", gettext_lazy("Start-up")),
    )

    @cached_property
    def initiatives(self):
        own = set(current_initiative_ids()) | set(reach_of(self.request.user, self.permission))
        return list(Initiative.objects.filter(pk__in=own).order_by("title", "pk"))

    @cached_property
    def with_people(self):
        """Whether the user works with the people of this initiative; a leader does not."""
        return self.initiative.pk in current_initiative_ids()

    @property
    def may_write(self):
        return self.with_people and self.request.user.has_perm("peer_support.change_recruitmentplan")

    def rows(self):
        """Return the plan's rows; the scope is opened for them alone."""
        with scope_of(self.initiative.pk):
            rows = list(RecruitmentPlan.objects.filter(initiative=self.initiative).select_related("source"))
        if self.with_people:
            self.log(rows)
        return rows

    def lines(self):
        """Return the rows, each with what came of it in words, for those who may see it."""
        rows = self.rows()
        funnels = funnels_of(rows, self.initiative) if self.with_people else {}
        return [
            {
                "row": row,
                "came": in_words(funnels[row.pk], row.seeks) if row.pk in funnels else "",
                "count": funnels[row.pk].accepted if row.pk in funnels else None,
            }
            for row in rows
        ]


def take_faults(form, error):
    """Put each fault that the service found at its field, or above the form."""
    faults = error.error_dict if hasattr(error, "error_dict") else {"": error}
    for name, found in faults.items():
        form.add_error(name if name in form.fields else None, found)


class PlanPage(PlanScreen):
    """The plan as a table, and what each row brought."""

    tab = f"{NAMESPACE}:plan"
    template_name = "peer_support/recruitment/plan.html"

    def get_page_title(self):
        return _("Recruitment plan")

    def get(self, request):
        shown = self.lines()
        warning = may_invite_citizens(balance_of(self.initiative)) if self.with_people else None
        return self.render_to_response(
            {
                **self.get_context_data(),
                "groups": [
                    (title, group)
                    for title, group in (
                        (_("Now and soon"), [line for line in shown if not line["row"].done_on]),
                        (_("Done"), [line for line in shown if line["row"].done_on]),
                    )
                    if group
                ],
                "cost": sum(line["row"].cost or 0 for line in shown),
                "with_people": self.with_people,
                "may_write": self.may_write,
                "warning": "" if warning is None or warning else warning.reason,
                "new_url": url("plan_new"),
                "print_url": url("plan_print"),
            }
        )


class RowScreen(PlanScreen):
    tab = f"{NAMESPACE}:plan"
    template_name = "peer_support/recruitment/plan_row.html"

    def crumbs(self):
        return [("", self.get_page_title())]

    def page(self, form, row=None, status=200):
        context = {**self.get_context_data(), "form": form, "row": row, "back_url": url("plan")}
        return self.render_to_response(context, status=status)

    def save(self, form, row=None):
        """Write what the form holds; returns whether it could be."""
        if form.is_valid():
            try:
                services.save_row(
                    initiative=self.initiative,
                    values=form.values(),
                    user=self.request.user,
                    row=row,
                    route=self.request.resolver_match.view_name,
                )
                return True
            except ValidationError as error:
                take_faults(form, error)
        messages.warning(self.request, KEPT)
        return False


class NewRowPage(RowScreen):
    """A new row; the board posts ``wish`` here, and the form comes filled in with it."""

    permission = "peer_support.add_recruitmentplan"

    def get_page_title(self):
        return _("New row in the plan")

    def dispatch(self, request, *args, **kwargs):
        if self.initiatives and not self.with_people:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.page(PlanRowForm())

    def post(self, request):
        if "wish" in request.POST:
            wish = " ".join(request.POST["wish"].split())[:300]
            return self.page(PlanRowForm(initial={"seeks": RecruitmentPlan.Seeks.VOLUNTEERS, "what": wish}))
        form = PlanRowForm(request.POST)
        if not self.save(form):
            return self.page(form)
        messages.success(request, _("The row is in the plan."))
        return HttpResponseRedirect(url("plan"))


class RowPage(RowScreen):
    """One row: change it, tick it, or take it out."""

    permission = "peer_support.change_recruitmentplan"

    def get_page_title(self):
        return _("Row in the plan")

    @cached_property
    def row(self):
        return get_object_or_404(
            RecruitmentPlan.objects.select_related("initiative", "source"), pk=self.kwargs["pk"]
        )

    @cached_property
    def initiative(self):
        return self.row.initiative

    def get(self, request, pk):
        self.log([self.row], Action.READ)
        return self.page(PlanRowForm(instance=self.row), self.row)

    def post(self, request, pk):
        do, route = request.POST.get("do"), request.resolver_match.view_name
        if do in ("done", "reopen"):
            services.mark_row(row=self.row, done=do == "done", user=request.user, route=route)
            messages.success(
                request,
                _("Ticked. Write what came of it, when you know.")
                if do == "done"
                else _("The row is open again."),
            )
        elif do == "delete":
            if not request.user.has_perm("peer_support.delete_recruitmentplan"):
                raise PermissionDenied
            services.delete_row(row=self.row, user=request.user, route=route)
            messages.success(request, _("The row is taken out."))
        else:
            form = PlanRowForm(request.POST, instance=self.row)
            if not self.save(form, self.row):
                return self.page(form, self.row)
            messages.success(request, _("The row is saved."))
        return HttpResponseRedirect(url("plan"))


class PlanSheet(PlanScreen):
    """The plan on paper, filled in or (``?blank``) to fill in by hand."""

    tab = f"{NAMESPACE}:plan"
    sheet = "peer_support/recruitment/plan_print.html"

    def get_page_title(self):
        return _("Recruitment plan")

    @property
    def blank(self):
        return "blank" in self.request.GET

    def sheet_context(self):
        return {
            "title": _("Recruitment plan"),
            "initiative": self.initiative,
            "lines": [] if self.blank else self.lines(),
            "blank_rows": range(BLANK_ROWS) if self.blank else (),
            "with_people": self.with_people,
            "today": timezone.localdate(),
        }

    def _query(self):
        return f"?initiative={self.initiative.pk}" + ("&blank" if self.blank else "")

    def get(self, request):
        context = {
            **self.sheet_context(),
            "back": url("plan"),
            "pdf_url": url("plan_pdf") + self._query() if pdf_available() else "",
        }
        return public_response(request, self.sheet, context, personal=True)


class PlanPdf(PlanSheet):
    def get(self, request):
        return pdf_of_template(
            request,
            self.sheet,
            {**self.sheet_context(), "pdf": True},
            filename=_("recruitment-plan.pdf"),
            print_url=url("plan_print") + self._query(),
            personal=True,
        )
