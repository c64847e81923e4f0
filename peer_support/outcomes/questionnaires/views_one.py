"""One questionnaire: filled in together or from paper, printed, looked at, and the buttons around it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.utils.translation import gettext as _

from ...access.decisions import NotAllowed
from ...privacy.access_log import Action
from ..instruments.models import InstrumentText
from ..instruments.registry import instrument_of
from . import rules, services, sheets
from .forms import EntryForm
from .models import OPEN_STATES, State
from .presenting import answers_in_words, moment_text, name_of, person_page, state_text, url
from .views_base import OfOne, today_url


def text_for(row):
    """Return the words a questionnaire is asked with, or those in use where it has not been asked; or ``None``."""
    return row.text or InstrumentText.objects.current(row.instrument)


class OneView(OfOne):
    """The form to fill in, or what was answered."""

    template_name = "peer_support/outcomes/questionnaires/one.html"

    def get_page_title(self):
        return name_of(self.row.instrument)

    def crumbs(self):
        return [(person_page(self.row.person), str(self.row.person)), ("", self.get_page_title())]

    def _form(self, data=None):
        text, instrument = text_for(self.row), instrument_of(self.row.instrument)
        if text is None or instrument is None:
            return None
        return EntryForm(data, questionnaire=self.row, text=text, instrument=instrument)

    def get(self, request, pk):
        return self._page(self._form())

    def post(self, request, pk):
        if request.POST.get("do") in ("skip", "delete"):
            return self._close(request.POST["do"])
        form = self._form(request.POST)
        if form is None or not form.is_valid():
            messages.warning(request, _("Something is missing. What you typed is still here."))
            return self._page(form)
        finished = request.POST.get("do") != "later"
        try:
            services.enter(
                questionnaire=self.row,
                answers=form.given(),
                way=form.cleaned_data["way"],
                on=form.cleaned_data["on"],
                finished=finished,
                user=request.user,
            )
        except NotAllowed as refusal:
            messages.warning(request, refusal.decision.reason)
            return self._page(form)
        except ValidationError as fault:
            messages.warning(request, " ".join(fault.messages))
            return self._page(form)
        done = _("The answers are saved.") if finished else _("It is saved. You can go on another day.")
        messages.success(request, done)
        return HttpResponseRedirect(person_page(self.row.person))

    def _close(self, do):
        if do == "delete":
            if not self.request.user.has_perm("peer_support.delete_questionnaire"):
                raise PermissionDenied
            self.attempt(
                lambda: services.delete_answers(questionnaire=self.row, user=self.request.user) or True,
                _("The answers are deleted."),
            )
        else:
            self.attempt(
                lambda: services.skip(questionnaire=self.row, user=self.request.user),
                _("It is written down: not this time."),
            )
        return HttpResponseRedirect(person_page(self.row.person))

    def _page(self, form):
        row = self.row
        self.log([row], Action.READ)
        decision = rules.may_enter(row)
        answered = row.state == State.ANSWERED and row.text_id and row.is_readable
        editing = "edit" in self.request.GET or self.request.method == "POST"
        show_form = form is not None and decision and (not answered or editing)
        context = {
            "row": row,
            "person": row.person,
            "name": row.person.display_name,
            "moment": moment_text(row),
            "state": state_text(row),
            "decision": decision,
            "form": form if show_form else None,
            "text": text_for(row),
            "answers": answers_in_words(row) if answered and not show_form else (),
            "may_edit": bool(decision and answered and form is not None),
            "is_open": row.state in OPEN_STATES,
            "may_delete": row.answers and self.request.user.has_perm("peer_support.delete_questionnaire"),
            "care_url": url("care", row.pk) if row.care == "open" else "",
            "print_url": url("print", row.pk),
            "back_url": person_page(row.person),
        }
        return self.render_to_response({**self.get_context_data(), **context})


class PrintView(OfOne):
    """The sheet to print."""

    def get(self, request, pk):
        text = text_for(self.row)
        if text is None:
            raise Http404
        self.log([self.row], Action.READ)
        return sheets.print_response(request, self.row, text, back=url("one", pk), pdf_url=url("pdf", pk))


class PdfView(OfOne):
    """The sheet as a PDF."""

    def get(self, request, pk):
        text = text_for(self.row)
        if text is None:
            raise Http404
        self.log([self.row], Action.READ)
        return sheets.pdf_response(request, self.row, text, print_url=url("print", pk))


class CareView(OfOne):
    """Somebody has rung: one press."""

    http_method_names = ["post"]

    def post(self, request, pk):
        self.attempt(
            lambda: services.close_care(questionnaire=self.row, user=request.user),
            _("Thank you for ringing. The line is gone."),
        )
        return self.go_back(today_url())
