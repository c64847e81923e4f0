"""Two screens: the consent (to read and to write down), and the question before it is taken back."""

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from ...access.decisions import NotAllowed
from ...access.guards import require_permission
from ...privacy.access_log import Action, log_access
from ...recruitment.forms_story_consent import ConsentForm, WithdrawForm
from ...recruitment.models_story_consent import StoryConsent
from ...recruitment.rules_story_consent import may_be_shown, standing_consent
from ...recruitment.services_story_consent import record_consent
from ..stories import is_story
from ..tracing import files_of, places_of, used_elsewhere
from ..withdrawing import withdraw_story

VIEW, ADD, CHANGE = (f"peer_support.{action}_storyconsent" for action in ("view", "add", "change"))


def story_or_404(request, pk):
    """Return the story; 404 for another page, and for one that the user may not edit."""
    page = Page.objects.filter(pk=pk).first()
    specific = page.specific if page else None
    if specific is None or not is_story(specific):
        raise Http404
    if not specific.permissions_for_user(request.user).can_edit():
        raise Http404
    return specific


def consent_url(story):
    return reverse("peer_support_stories:consent", args=[story.pk])


@require_permission(VIEW, ADD)
def consent_view(request, story):
    """Show the consent and write down a new one."""
    page = story_or_404(request, story)
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        record_consent(
            page_id=page.pk, user=request.user, values=form.cleaned_data, route="peer_support_stories:consent"
        )
        messages.success(request, _("The consent is written down. You can publish the story now."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    history = list(StoryConsent.objects.filter(page_id=page.pk).select_related("recorded_by", "ended_by"))
    log_access(user=request.user, action=Action.READ, objects=history, route="peer_support_stories:consent")
    standing = next((consent for consent in history if consent.ended_at is None), None)
    context = _context(page, _("Consent"), form)
    context |= {
        "decision": may_be_shown(page.pk),
        "standing": standing,
        "ended": [consent for consent in history if consent.ended_at],
        "may_withdraw": standing and request.user.has_perm(CHANGE),
        "withdraw_url": reverse("peer_support_stories:withdraw", args=[page.pk]),
        "open_form": bool(form.errors) or standing is None,
    }
    return TemplateResponse(request, "peer_support/pages/admin/consent.html", context)


@require_permission(VIEW, CHANGE)
def withdraw_view(request, story):
    """Ask, and take the story down."""
    page = story_or_404(request, story)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _withdraw(request, page, form.cleaned_data)
    if standing_consent(page.pk) is None:
        messages.warning(request, _("There is no consent to take back for this story."))
        return redirect(consent_url(page))
    images, documents = files_of(page)
    files = [(file, used_elsewhere(file, page)) for file in (*images, *documents)]
    context = _context(page, _("Take the consent back"), form)
    context |= {"places": places_of(page), "files": files, "cancel_url": consent_url(page)}
    return TemplateResponse(request, "peer_support/pages/admin/withdraw.html", context)


def _withdraw(request, page, values):
    try:
        done = withdraw_story(
            story=page,
            user=request.user,
            reason=values["reason"],
            delete_files=values["delete_files"],
            route="peer_support_stories:withdraw",
        )
    except NotAllowed as refused:
        messages.error(request, refused.decision.reason)
        return redirect(consent_url(page))
    messages.success(request, _("The story is taken down everywhere, and its text is deleted."))
    if done.kept:
        names = ", ".join(str(file) for file in done.kept)
        messages.warning(
            request, _("These files are used elsewhere and were kept: %(names)s") % {"names": names}
        )
    return redirect(consent_url(page))


def _context(page, title, form):
    crumbs = [
        {
            "url": reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
            "label": page.get_parent().title,
        },
        {"url": reverse("wagtailadmin_pages:edit", args=[page.pk]), "label": page.get_admin_display_title()},
        {"url": "", "label": title},
    ]
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": "clipboard-list",
        "breadcrumbs_items": crumbs,
        "form": form,
        "story": page,
        "media": form.media,
    }
