"""Writing the texts of papers: a save is a new version."""

from django.db import transaction
from django.utils import timezone

from ..access.decisions import NotAllowed
from . import text_format
from .models import PaperText
from .rules_text import may_write_text


@transaction.atomic
def save_text(*, kind, initiative, body, user, valid_from=None):
    """Save ``body`` as a new version of the text of ``kind``, for ``initiative``, or ``None`` for the standard.

    The same words and day as the newest version make no new one. Raises ``ValidationError`` where the words name a place
    that is not there, :class:`NotAllowed` where ``user`` may not write it. Papers that were made keep their words.
    """
    decision = may_write_text(user, initiative)
    if not decision:
        raise NotAllowed(decision)
    valid_from = valid_from or timezone.localdate()
    text = PaperText(kind=kind, initiative=initiative, body=body, valid_from=valid_from, made_by=user)
    text.full_clean(validate_unique=False, validate_constraints=False)
    peers = PaperText.objects.select_for_update().filter(kind=kind, initiative=initiative)
    newest = peers.order_by("-version").first()
    body = text_format.to_html(text_format.parse(body))
    if newest is not None and (newest.body, newest.valid_from) == (body, valid_from):
        return newest
    text.save()
    return text
