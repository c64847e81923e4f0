"""All questionnaires of one person: the link, what waits, one more, and their no."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ...people.views.common import KINDS, list_url, person_url
from ...privacy.access_log import Action, log_access
from . import links, rules, services
from .forms import ExtraForm
from .presenting import person_page, row_of, url
from .views_base import OfPerson, today_url


class PersonView(OfPerson):
    """The screen, and the buttons on it."""

    template_name = "peer_support/outcomes/questionnaires/person.html"

    def get_page_title(self):
        return _("Questionnaires of %(person)s") % {"person": self.person}

    def get_breadcrumbs_items(self):
        model = type(self.person)
        return [
            *self.breadcrumbs_items,
            {"url": list_url(model), "label": str(model._meta.verbose_name_plural).capitalize()},
            {"url": person_url(self.person), "label": str(self.person)},
            {"url": "", "label": _("Questionnaires")},
        ]

    def get(self, request, kind, pk):
        day = timezone.localdate()
        rows = list(services.of_person(self.person).order_by("-due_on", "-pk"))
        self.log([self.person], Action.READ)
        link = links.link_held(self.person)
        decision = rules.may_be_asked(self.person)
        shown = [row_of(row, day) for row in rows]
        form = ExtraForm()
        context = {
            "person": self.person,
            "name": self.person.display_name,
            "rows": shown,
            "due": [row for row in shown if row.is_due],
            "waiting": [row for row in shown if row.is_open and row.questionnaire.asked_at],
            "decision": decision,
            "refused": services.has_refused(self.person),
            "link": link,
            "link_address": links.whole_address_of(link, request) if link else "",
            "has_email": bool(self.person.email),
            "may_remind": any(rules.may_remind(row, day) for row in rows),
            "extra": form if decision and form.has_choices else None,
            "send_url": url("send", kind, pk),
            "remind_url": url("remind", kind, pk),
            "here": person_page(self.person),
            "back_url": person_url(self.person),
        }
        return self.render_to_response({**self.get_context_data(), **context})

    def post(self, request, kind, pk):
        deed = {
            "link": self._link,
            "link_new": self._link_new,
            "link_back": self._link_back,
            "extra": self._extra,
            "refuse": self._refuse,
            "again": self._again,
        }.get(request.POST.get("do"))
        if deed is not None:
            deed()
        return HttpResponseRedirect(person_page(self.person))

    def _link(self):
        self.attempt(
            lambda: services.ask(person=self.person, user=self.request.user),
            _("Here is the link. Nobody is written to; you send it yourself."),
        )

    def _link_new(self):
        links.questionnaire_link(self.person, user=self.request.user, fresh=True)
        self._log_change()
        self.attempt(lambda: True, _("Here is a new link. The one before no longer works."))

    def _link_back(self):
        links.take_back(self.person)
        self._log_change()
        self.attempt(lambda: True, _("The link no longer works."))

    def _log_change(self):
        log_access(
            user=self.request.user,
            action=Action.CHANGE,
            objects=[self.person],
            route=self.request.resolver_match.view_name,
        )

    def _extra(self):
        form = ExtraForm(self.request.POST)
        if form.is_valid():
            self.attempt(
                lambda: services.add_one(
                    person=self.person, instrument=form.cleaned_data["instrument"], user=self.request.user
                ),
                _("It is here now. Make the link, or fill it in together."),
            )

    def _refuse(self):
        self.attempt(
            lambda: services.refuse(person=self.person, user=self.request.user),
            _("It is written down. The person is asked no more."),
        )

    def _again(self):
        self.attempt(
            lambda: services.allow_again(person=self.person, user=self.request.user) or True,
            _("It is written down. The person is asked again from now on."),
        )


class SendView(OfPerson):
    """Send the link by mail: the button of today's list."""

    http_method_names = ["post"]

    def post(self, request, kind, pk):
        done = self.attempt(
            lambda: services.ask(person=self.person, user=request.user, by_mail=True),
            _("The link to %(person)s is on its way. It is sent once.") % {"person": self.person},
        )
        return self.go_back(today_url() if done else person_page(self.person))


class RemindView(OfPerson):
    """Send the one reminder."""

    http_method_names = ["post"]

    def post(self, request, kind, pk):
        done = self.attempt(
            lambda: services.remind(person=self.person, user=request.user),
            _("The reminder to %(person)s is on its way. There is no other.") % {"person": self.person},
        )
        return self.go_back(today_url() if done else person_page(self.person))


def require_person_right(view):
    """Decorator for the screens of a person: the right to see that kind of person is asked for as well."""

    def checked(request, kind, pk):
        if kind not in KINDS:
            raise Http404
        if not request.user.has_perm(f"peer_support.view_{kind}"):
            raise PermissionDenied
        return view(request, kind=kind, pk=pk)

    return checked
