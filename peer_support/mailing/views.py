"""Screens about mails: every kind with an example, and the two buttons of a mail that did not arrive."""

from dataclasses import dataclass

from django.contrib.admin.utils import quote
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from ..access.guards import require_permission
from ..access.scopes import current_initiative_ids
from ..privacy.access_log import Action, log_access
from . import services
from .models import MailJob, MailText
from .registry import MailKind, mail_kinds
from .rendering import Letter, example_of

ROUTE = "peer_support_mailing"
TEXTS = "wagtailsnippets_peer_support_mailtext"


@dataclass(frozen=True)
class KindRow:
    """One kind of mail on the screen: its example, whose words they are, and where to change them."""

    kind: MailKind
    letter: Letter
    whose: str
    when: str
    url: str
    label: str


def kind_rows(user):
    """Return a :class:`KindRow` per kind of mail and text, the built-in ones where nobody has written any."""
    texts = {}
    for text in MailText.objects.select_related("initiative").order_by("initiative_id"):
        texts.setdefault(text.code, []).append(text)
    return [
        _row(kind, text, user)
        for kind in sorted(
            mail_kinds().values(), key=lambda kind: (kind.audience == "coordinator", str(kind.label))
        )
        for text in texts.get(kind.code) or [None]
    ]


def _row(kind, text, user):
    url = label = ""
    if text and user.has_perm("peer_support.change_mailtext"):
        url, label = reverse(f"{TEXTS}:edit", args=[quote(text.pk)]), _("Change the words")
    elif not text and user.has_perm("peer_support.add_mailtext"):
        url, label = f"{reverse(f'{TEXTS}:add')}?code={kind.code}", _("Write your own words")
    whose = _("Our words")
    if text:
        whose = str(text.initiative) if text.initiative else _("Your words, for all")
    return KindRow(kind, example_of(kind, text), whose, _when(kind, text), url, label)


def _when(kind, text):
    if kind.audience == "coordinator":
        return _("Goes to colleagues who have it ticked at their task.")
    if text.by_itself if text and kind.by_itself is not None else kind.by_itself:
        return _("Goes out by itself.")
    return _("Goes out when the coordinator presses a button.")


@require_safe
@require_permission("peer_support.view_mailtext")
def kinds(request):
    """Show every mail that the site can send, as it looks."""
    title = _("Mails")
    context = {
        "rows": kind_rows(request.user),
        "jobs_url": reverse("people_mails_modeladmin_index")
        if request.user.has_perm("peer_support.view_mailjob") and current_initiative_ids()
        else "",
        "page_title": title,
        "header_title": title,
        "header_icon": "mail",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": title},
        ],
    }
    return TemplateResponse(request, "peer_support/mailing/kinds.html", context)


@require_POST
@require_permission("peer_support.change_mailjob")
def again(request, pk):
    """Send a mail that did not arrive once more."""
    job = _job(pk)
    if services.send_again(job=job, user=request.user):
        log_access(user=request.user, action=Action.CHANGE, objects=[job], route=f"{ROUTE}:again")
        messages.success(request, _("The mail is on its way again."))
    else:
        messages.info(request, _("It is on its way already."))
    return redirect(_back(request, job))


@require_POST
@require_permission("peer_support.change_mailjob")
def settle(request, pk):
    """Take a mail that did not arrive off today's list: somebody rang instead."""
    job = _job(pk)
    if services.settle(job=job, user=request.user):
        log_access(user=request.user, action=Action.CHANGE, objects=[job], route=f"{ROUTE}:settle")
    messages.success(request, _("Noted: somebody has seen to it."))
    return redirect(_back(request, job))


def _job(pk):
    return get_object_or_404(MailJob.objects.all(), pk=pk)


def _back(request, job):
    return reverse("people_mails_modeladmin_inspect", args=[job.pk])
