"""The five start-up steps of an initiative. Coordinators write; a leader sees how far it is, and no notes."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..access.scopes import scope_of
from . import services_plan as services
from .forms_plan import StartUpForm
from .models_plan import StartUpStep
from .rules_plan import balance_of, may_invite_citizens
from .start_up_words import ABOUT
from .views_plan import KEPT, NAMESPACE, PlanScreen, take_faults, url


class StartUpPage(PlanScreen):
    """The five start-up steps: what each is about, how far it is, and what comes next."""

    permission = "peer_support.view_startupstep"
    tab = f"{NAMESPACE}:startup"
    template_name = "peer_support/recruitment/startup.html"

    def get_page_title(self):
        return _("Start-up")

    @cached_property
    def held(self):
        with scope_of(self.initiative.pk):
            rows = list(StartUpStep.objects.filter(initiative=self.initiative))
        if self.with_people:
            self.log(rows)
        return {row.step: row for row in rows}

    @property
    def may_write(self):
        return self.with_people and self.request.user.has_perm("peer_support.change_startupstep")

    def get(self, request):
        return self.page()

    def _form(self, step, data=None):
        return StartUpForm(data, row=self.held.get(step), prefix=step)

    def page(self, forms=None):
        forms = forms or {}
        steps = [
            {
                "code": step.value,
                "number": number,
                "label": step.label,
                "about": ABOUT[step],
                "row": self.held.get(step.value),
                "form": (forms.get(step.value) or self._form(step.value)) if self.may_write else None,
                "open": step.value in forms,
            }
            for number, step in enumerate(StartUpStep.Step, 1)
        ]
        warning = may_invite_citizens(balance_of(self.initiative)) if self.with_people else None
        return self.render_to_response(
            {
                **self.get_context_data(),
                "steps": steps,
                "save_url": url("startup_save"),
                "done": sum(bool(step["row"] and step["row"].done_on) for step in steps),
                "with_people": self.with_people,
                "warning": "" if warning is None or warning else warning.reason,
                "today": timezone.localdate(),
            }
        )


class SaveStepView(StartUpPage):
    """Save one start-up step; what is not right yet comes back with the page."""

    permission = "peer_support.change_startupstep"
    http_method_names = ["post"]

    def post(self, request):
        step = request.POST.get("step", "")
        if not self.with_people:
            raise PermissionDenied
        if step not in StartUpStep.Step.values:
            return HttpResponseRedirect(url("startup"))
        form = self._form(step, request.POST)
        if form.is_valid():
            try:
                services.save_step(
                    initiative=self.initiative,
                    step=step,
                    values=form.values(timezone.localdate()),
                    user=request.user,
                    route=f"{NAMESPACE}:startup_save",
                )
            except ValidationError as error:
                take_faults(form, error)
            else:
                messages.success(request, _("The step is saved."))
                return HttpResponseRedirect(f"{url('startup')}#{step}")
        messages.warning(request, KEPT)
        return self.page({step: form})
