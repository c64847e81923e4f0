"""The forms of a study: about it, its towns, its measurements, and the text that people say yes to."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from ...access.decisions import NotAllowed
from ...recruitment.readability import measure as measure_text
from ..instruments.registry import instrument_of
from . import rules, services, sight
from .board import StudiesScreen, StudyScreen, url
from .forms import MeasureFormSet, StudyForm, TextForm, TownFormSet
from .models import Study

LIX_LIMIT = 30


def _take_faults(form, error):
    """Put each fault that the service found at its field, or above the form."""
    faults = error.error_dict if hasattr(error, "error_dict") else {"": error}
    for name, found in faults.items():
        form.add_error(name if name in form.fields else None, found)


def _route(request):
    return request.resolver_match.view_name


class NewStudyPage(StudiesScreen):
    """Begin a study: its title and what it is about."""

    permission = "peer_support.add_study"
    template_name = "peer_support/outcomes/study/form.html"

    def get_page_title(self):
        return _("New effect study")

    def dispatch(self, request, *args, **kwargs):
        if self.initiatives and not self.led:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def page(self, form):
        context = {
            "form": form,
            "back_url": url("studies"),
            "led": self.led if self.led.count() > 1 else (),
            "lead": _("Nothing is sealed yet. You can change everything until you seal the study."),
        }
        return self.render_to_response({**self.get_context_data(), **context})

    def get(self, request):
        return self.page(StudyForm())

    def post(self, request):
        form = StudyForm(request.POST)
        initiative = self.led.filter(pk=self.initiative.pk).first() or self.led.first()
        if form.is_valid():
            try:
                study = services.make_study(
                    initiative=initiative, values=form.values(), user=request.user, route=_route(request)
                )
            except ValidationError as error:
                _take_faults(form, error)
            else:
                messages.success(request, _("The study is begun. Now write its towns."))
                return HttpResponseRedirect(url("study", study.pk))
        messages.warning(request, _("Something is not right yet. What you typed is still here."))
        return self.page(form)


class WritingScreen(StudyScreen):
    """A form of the study, for those who lead it."""

    permission = "peer_support.change_study"
    template_name = "peer_support/outcomes/study/form.html"
    rule = staticmethod(rules.may_change)
    lead = ""

    def dispatch(self, request, *args, **kwargs):
        if self.initiatives:
            if not self.manages:
                raise PermissionDenied
            decision = self.rule(self.study)
            if not decision:
                return self.back(decision.reason, messages.WARNING)
        return super().dispatch(request, *args, **kwargs)

    def crumbs(self):
        return [(url("study", self.study.pk), self.study.title), ("", self.get_page_title())]

    def page(self, form, **context):
        return self.render_to_response(
            {**self.get_context_data(), "form": form, "lead": self.lead, **context}
        )

    def attempt(self, form, service, done, **kwargs):
        """Call the service; returns the way back, or ``None`` where the form is shown again."""
        try:
            service(study=self.study, user=self.request.user, route=_route(self.request), **kwargs)
        except ValidationError as error:
            if hasattr(form, "fields"):
                _take_faults(form, error)
            else:
                messages.error(self.request, " ".join(error.messages))
            return None
        except NotAllowed as no:
            return self.back(no.decision.reason, messages.WARNING)
        return self.back(done)

    def kept(self):
        messages.warning(self.request, _("Something is not right yet. What you typed is still here."))


class ChangePage(WritingScreen):
    def get_page_title(self):
        return _("About the study")

    def get(self, request, pk):
        return self.page(StudyForm(instance=self.study))

    def post(self, request, pk):
        form = StudyForm(request.POST, instance=Study._base_manager.get(pk=self.study.pk))
        if form.is_valid():
            found = self.attempt(form, services.change_study, _("The study is saved."), values=form.values())
            if found is not None:
                return found
        self.kept()
        return self.page(form)


class LinesPage(WritingScreen):
    """A form of several lines; an empty line is left out."""

    template_name = "peer_support/outcomes/study/lines.html"

    def page(self, formset):
        return super().page(None, formset=formset)

    def get(self, request, pk):
        return self.page(self.formset())

    def post(self, request, pk):
        formset = self.formset(request.POST)
        if formset.is_valid():
            found = self.attempt(formset, *self.service, **self.values(formset))
            if found is not None:
                return found
        else:
            self.kept()
        return self.page(formset)


class TownsPage(LinesPage):
    @property
    def service(self):
        return services.set_sites, _("The towns are saved.")

    @property
    def lead(self):
        return _(
            "The draw is made town by town, so that each has about as many in both groups. Leave a name empty to take "
            "the line out."
        )

    def get_page_title(self):
        return _("Towns")

    def formset(self, data=None):
        initial = [
            {"initiative": site.initiative_id, "town": site.town, "planned": site.planned}
            for site in sight.sites_of(self.study)
        ]
        return TownFormSet(data, initial=initial, form_kwargs={"initiatives": self.led}, prefix="town")

    def values(self, formset):
        rows = [form.cleaned_data for form in formset if form.cleaned_data.get("town", "").strip()]
        return {"sites": [(row["initiative"], row["town"], row["planned"]) for row in rows]}


class MeasuresPage(LinesPage):
    @property
    def service(self):
        return services.set_measures, _("The measurements are saved.")

    @property
    def lead(self):
        return _(
            "Week 0 is before the draw; the other weeks count from it. No line at all: you ask on paper and tick that it "
            "is done. Choose one line that answers the question."
        )

    def get_page_title(self):
        return _("Measurements")

    def formset(self, data=None):
        initial = [
            {"instrument": one.instrument, "week": one.week, "is_primary": one.is_primary}
            for one in sight.measures_of(self.study)
        ]
        return MeasureFormSet(data, initial=initial, prefix="measure")

    def values(self, formset):
        rows = [form.cleaned_data for form in formset if form.cleaned_data.get("instrument")]
        rows = [row for row in rows if instrument_of(row["instrument"])]
        return {"measures": [(row["instrument"], row["week"], row["is_primary"]) for row in rows]}


class TextPage(WritingScreen):
    """The consent text, with how easily it reads."""

    rule = staticmethod(rules.may_write_text)

    def get_page_title(self):
        return _("Text that people say yes to")

    @property
    def lead(self):
        text = sight.texts_of(self.study).first()
        if text is not None and sight.is_used(text):
            return _(
                "Somebody has said yes to these words. What you change becomes a new version, for those to come."
            )
        return _("Nobody has said yes yet. You can change the words.")

    def get(self, request, pk):
        text = sight.texts_of(self.study).first()
        return self.page(TextForm(initial={"text": text.text if text else ""}))

    def post(self, request, pk):
        form = TextForm(request.POST)
        if form.is_valid():
            words = form.cleaned_data["text"]
            found = self.attempt(form, services.write_text, _("The text is saved."), text=words)
            if found is not None:
                lix = measure_text(words).lix
                if lix is not None and lix > LIX_LIMIT:
                    heavy = _(
                        "The text is a little heavy (LIX %(lix)s). Shorter words and sentences help; 30 is easy."
                    )
                    messages.warning(request, heavy % {"lix": lix})
                return found
        self.kept()
        return self.page(form)
