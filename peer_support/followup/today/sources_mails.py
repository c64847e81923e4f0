"""Mails that did not arrive, on today's list."""

from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...mailing.models import MailJob
from .registry import RING, Line, register_source


def mails_that_did_not_arrive(day):
    """Rule: a mail that was given up or came back is here until it is sent again or somebody has rung instead."""
    states = (MailJob.State.FAILED, MailJob.State.BOUNCED)
    jobs = list(MailJob.objects.filter(state__in=states, settled_at=None).order_by("done_at", "pk"))
    targets = _targets(jobs)
    return [_line(job, targets.get((job.target_model, job.target_id))) for job in jobs]


def _targets(jobs):
    """Return ``{(model, id): record}`` with one query per kind of record."""
    keys = {}
    for job in jobs:
        keys.setdefault(job.target_model, set()).add(job.target_id)
    return {
        (name, pk): record
        for name, ids in keys.items()
        for pk, record in apps.get_model(name)._default_manager.in_bulk(ids).items()
    }


def _line(job, target):
    text = _("The mail “%(mail)s” did not arrive")
    if target is not None:
        text = _("The mail “%(mail)s” to %(person)s did not arrive")
    return Line(
        RING,
        text % {"mail": job.label, "person": target},
        _("See what you can do"),
        reverse("people_mails_modeladmin_inspect", args=[job.pk]),
        due=timezone.localdate(job.done_at) if job.done_at else None,
        person=(job, target) if target is not None else job,
        initiative_id=job.initiative_id,
        order=60,
    )


register_source("mails", gettext_lazy("Mails that did not arrive"), mails_that_did_not_arrive)
