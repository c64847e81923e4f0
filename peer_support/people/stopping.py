"""Where what :mod:`.standing` says is asked by the rooms below: mails, links, and every write. Imported by ``signals``."""

from django.db.models.signals import pre_save

from ..access.links import register_rest
from ..mailing.services import register_silence
from .standing import left_alone_behind, not_to_be_written_to, purpose_of, refuse_change

# Pages on which one sees and decides oneself: they open whatever stands.
_own_purposes = set()


def keep_open(*purposes):
    """Let the links of these purposes open for somebody whose record is left alone."""
    _own_purposes.update(purposes)


@register_rest
def rests(purpose, target):
    """Whether a link rests: somebody it is about is left alone, and it is not the page where that is decided."""
    return purpose not in _own_purposes and left_alone_behind(target) is not None


@register_silence
def keep_silent(kind, target, addresses):
    """Nobody is written to who is left alone; colleagues are."""
    if kind.audience == "coordinator":
        return set()
    purpose = purpose_of(type(target))
    return not_to_be_written_to(addresses, target.initiative_id, purpose)


pre_save.connect(refuse_change, dispatch_uid="peer_support_left_alone")
