"""What is written down about a volunteer's service: a certificate that was seen, a thank-you."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from ....people.views.common import person_url
from ....privacy.access_log import Action as LogAction
from ... import services_service
from ...asked import asked_of
from ...models import Certificate
from ..base import PapersScreen, VolunteerScreen, url
from ..forms import CertificateForm, ThanksForm


class CertificatePage(VolunteerScreen):
    """Write down that a certificate was seen."""

    permission = "peer_support.add_certificate"

    def get_page_title(self):
        return _("Write that a certificate was seen")

    def get(self, request, pk):
        asked = asked_of(self.initiative.pk).certificates
        initial = {"seen_on": timezone.localdate(), "kind": asked[0] if asked else None}
        return self.page(CertificateForm(initial=initial))

    def post(self, request, pk):
        form = CertificateForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        return self.attempt(
            services_service.note_seen,
            _("It is written down that you have seen it."),
            self.back,
            volunteer=self.volunteer,
            **form.cleaned_data,
        )

    def page(self, form):
        self.log([self.volunteer], LogAction.READ)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "form": form,
                "lead": _(
                    "You write that you have seen it, and give it back. No copy, and nothing of what it says."
                ),
                "button": _("I have seen it"),
                "what_happens": _("Matching knows at once. Nobody is written to."),
                "back_url": self.back,
            }
        )


class TakeOutView(PapersScreen):
    """Take a certificate out of the list."""

    permission = "peer_support.change_certificate"

    def _certificate(self):
        return get_object_or_404(Certificate.objects.select_related("volunteer"), pk=self.kwargs["pk"])

    def get(self, request, pk):
        return self.done(person_url(self._certificate().volunteer))

    def post(self, request, pk):
        certificate = self._certificate()
        return self.attempt(
            services_service.take_out,
            _("The certificate is taken out of the list."),
            person_url(certificate.volunteer),
            certificate=certificate,
        )


class ThanksPage(VolunteerScreen):
    """Write a thank-you, and print the card."""

    permission = "peer_support.add_thanks"

    def get_page_title(self):
        return _("Say thank you")

    def get(self, request, pk):
        return self.page(ThanksForm(initial={"on": timezone.localdate()}))

    def post(self, request, pk):
        form = ThanksForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        return self.attempt(
            services_service.thank,
            _("The card is ready to print."),
            self.back,
            lambda thanks: url("thanks_card", thanks.pk),
            volunteer=self.volunteer,
            **form.cleaned_data,
        )

    def page(self, form):
        self.log([self.volunteer], LogAction.READ)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "form": form,
                "lead": _("A few words of your own are worth more than many."),
                "button": _("Make the card"),
                "what_happens": _("You print it or say it yourself. Nobody is written to."),
                "back_url": self.back,
            }
        )
