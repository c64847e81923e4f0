"""The list of studies, and one study: what is written, what is missing, the seal, and the steps of its life."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...access.decisions import NotAllowed
from ...privacy.access_log import Action
from ...public.shell import public_response
from . import rules, seals, services, sight
from .board import StudiesScreen, StudyScreen, url
from .models import StudyState
from .presenting import event_rows, measure_lines, next_step


class StudiesPage(StudiesScreen):
    """Every study the user has a task in."""

    template_name = "peer_support/outcomes/study/studies.html"

    def get_page_title(self):
        return _("Effect studies")

    def crumbs(self):
        return []

    def get(self, request):
        studies = list(sight.studies_for(request.user))
        self.log(studies)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "rows": [{"study": study, "url": url("study", study.pk)} for study in studies],
                "new_url": url("new") if request.user.has_perm("peer_support.add_study") and self.led else "",
            }
        )


class StudyPage(StudyScreen):
    """One study: what is written, what is missing, and the one next step."""

    template_name = "peer_support/outcomes/study/study.html"

    def get(self, request, pk):
        study = self.study
        self.log([study], Action.READ)
        sealed = seals.commitment_of(study)
        sites = list(sight.sites_of(study))
        text = sight.texts_of(study).first()
        context = {
            "sites": sites,
            "planned": sum(site.planned for site in sites),
            "measures": measure_lines(study),
            "text": text,
            "lacks": rules.missing(study) if study.is_draft else (),
            "step": next_step(study) if self.manages else None,
            "may_change": self.manages and rules.may_change(study),
            "may_write_text": self.manages and bool(rules.may_write_text(study)),
            "commitment": sealed[0] if sealed else "",
            "sealed_at": sealed[1] if sealed else None,
            "people_url": url("people", study.pk) if self.with_people and study.is_recruiting else "",
            "events": event_rows(study) if self.with_people or self.manages else (),
            "export_url": url("export", study.pk) if sight.counts_for(request.user, study) else "",
            **{
                f"{name}_url": url(name, study.pk)
                for name in ("change", "towns", "measures", "text", "step", "paper")
            },
        }
        return self.render_to_response({**self.get_context_data(), **context})


class StepView(StudyScreen):
    """Seal, begin, close or open up: pressed once, with a tick where it cannot be taken back."""

    permission = "peer_support.change_study"
    http_method_names = ["post"]
    STEPS = {
        "seal": (services.seal_study, lambda: _("The study is sealed. Print the seal and keep it.")),
        "begin": (services.begin_recruiting, lambda: _("The study takes people in from today.")),
        "close": (services.close_study, lambda: _("The study is closed. Nobody more is drawn.")),
        "unseal": (
            services.unseal_study,
            lambda: _("The sealed number is open. Anybody can check the draw now."),
        ),
    }

    def post(self, request, pk):
        if not self.manages:
            raise PermissionDenied
        service, done = self.STEPS.get(request.POST.get("do"), (None, None))
        if service is None:
            return self.back()
        if request.POST.get("sure") != "yes":
            return self.back(_("Nothing has happened. Tick the box first, then press."), messages.WARNING)
        try:
            service(study=self.study, user=request.user, route=request.resolver_match.view_name)
        except NotAllowed as no:
            return self.back(no.decision.reason, messages.WARNING)
        return self.back(done())


class SealPaper(StudyScreen):
    """The seal on paper: the number that shows at the end that nobody changed the list."""

    def get(self, request, pk):
        sealed = seals.commitment_of(self.study)
        if sealed is None:
            return self.back(_("The study is not sealed yet."), messages.WARNING)
        self.log([self.study], Action.READ)
        sites = list(sight.sites_of(self.study))
        planned = sum(site.planned for site in sites)
        context = {
            "study": self.study,
            "commitment": sealed[0],
            "sealed": date_format(timezone.localtime(sealed[1]), "DATETIME_FORMAT"),
            "sites": sites,
            "people": ngettext("%(n)s person", "%(n)s people", planned) % {"n": planned},
            "measures": measure_lines(self.study),
            "title": _("The seal of the study"),
            "back": url("study", self.study.pk),
            "is_open": self.study.state == StudyState.UNSEALED,
        }
        return public_response(request, "peer_support/outcomes/study/seal_print.html", context, personal=True)
