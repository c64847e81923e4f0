"""What this room holds about people, field by field; see :mod:`peer_support.privacy.registry`."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..privacy.clocks import register_clock
from ..privacy.registry import OnErasure, register, tables
from .models import DAYS_KEPT, MailJob


def _days():
    text = ngettext("%(count)d day at most.", "%(count)d days at most.", DAYS_KEPT)
    return text % {"count": DAYS_KEPT}


register_clock("mail_log", _days)


def _mails_about(jobs, subject):
    """Return the mails on ``subject`` and on the records that are about it. What a mail said is not kept."""
    wanted = Q(target_model=subject._meta.label_lower, target_id=subject.pk)
    for table in tables():
        if table.rows is None and subject._meta.label_lower in table.paths:
            ids = table.rows_of(subject).values("pk")
            wanted |= Q(target_model=table.model._meta.label_lower, target_id__in=ids)
    return jobs.filter(wanted)


register(
    MailJob,
    title=_("Mails that were sent"),
    on_erasure=OnErasure.DELETE,
    rows=_mails_about,
    period="mail_log person",
    way="code state attempts fault created_at claimed_at done_at settled_at",
    staff="user settled_by",
    link="initiative target_model target_id event",
    technical="id next_try_at",
)
