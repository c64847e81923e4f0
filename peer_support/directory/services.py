"""Writes of the directory: taking initiatives in from a file."""

import hashlib
import hmac
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..privacy.access_log import Action, log_access
from ..privacy.keys import index_key
from .importing.notices import INFO, Notice, refuse
from .importing.planning import CREATED, KEPT, UNCHANGED, UPDATED, plan
from .models import Initiative, InitiativeContact


@dataclass
class Imported:
    """What an import did, or in a dry run would do. ``items`` are in the order of the file."""

    items: list = field(default_factory=list)
    notices: list = field(default_factory=list)
    dry_run: bool = False

    def of(self, outcome):
        """Return the items with this outcome."""
        return [item for item in self.items if item.outcome == outcome]

    @property
    def created(self):
        return self.of(CREATED)

    @property
    def updated(self):
        return self.of(UPDATED)

    @property
    def unchanged(self):
        return self.of(UNCHANGED)

    @property
    def kept(self):
        return self.of(KEPT)


def import_initiatives(*, entries, user=None, dry_run=False, overwrite_edited=False, route=""):
    """Write ``entries`` (:class:`.importing.entry.ImportEntry`), all or none, and return :class:`Imported`.

    New initiatives are drafts. A published one gets a draft revision; what is public changes when an editor
    publishes. Fields that an editor changed are left, unless ``overwrite_edited``. Raises ``Refused`` with
    a sentence per fault. A dry run writes nothing.
    """
    try:
        with transaction.atomic():
            items, notices = plan(entries, overwrite_edited=overwrite_edited)
            result = Imported(items, notices, dry_run)
            for item in items:
                if not dry_run and item.outcome in (CREATED, UPDATED):
                    _write(item, user)
                _write_contact(item, result, user=user, route=route, overwrite_edited=overwrite_edited)
            return result
    except IntegrityError:
        refuse(
            _("Somebody else imported the same initiatives at the same time. Nothing was written; try again.")
        )


def _write(item, user):
    initiative = item.initiative
    created = item.outcome == CREATED
    if created or not initiative.live:
        initiative.save()
    else:
        # What is public stays as it is; only the key by which the next import knows the entry is on its row.
        Initiative.objects.filter(pk=initiative.pk).update(import_key=initiative.import_key)
    user = user if getattr(user, "pk", None) else None
    log(
        instance=initiative,
        action="wagtail.create" if created else "wagtail.edit",
        user=user,
        content_changed=True,
    )
    initiative.save_revision(user=user, log_action=False, clean=False)


def _write_contact(item, result, *, user, route, overwrite_edited):
    """Keep contact text apart. What was edited or emptied here is left; the same text never comes twice."""
    text = item.entry.contact
    if not text:
        return
    mark = _mark(text)
    stored = InitiativeContact.objects.filter(initiative_id=item.initiative.pk or 0).first()
    if stored and stored.import_digest == mark:
        return
    if stored and stored.text and _mark(stored.text) != stored.import_digest and not overwrite_edited:
        words = _("“%(title)s” has another contact now; the one that was written here was left as it is.")
        result.notices.append(
            Notice(INFO, words % {"title": item.initiative.title}, item.entry.line, "contact")
        )
        return
    if item.outcome == UNCHANGED:
        item.outcome = UPDATED
    if result.dry_run:
        return
    contact = stored or InitiativeContact(initiative=item.initiative)
    contact.text, contact.import_digest = text, mark
    contact.source = item.entry.values.get("source", "")[:200] or contact.source
    contact.save()
    log_access(user=user, action=Action.CHANGE if stored else Action.CREATE, objects=[contact], route=route)


def _mark(text):
    """Return a keyed hash, so that the mark of a contact says nothing to somebody without the key."""
    return hmac.new(index_key(), b"contact:" + text.encode(), hashlib.sha256).hexdigest()
