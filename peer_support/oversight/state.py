"""The state of the log's seals, in words."""

from dataclasses import dataclass

from ..privacy.models import AccessLogEntry, AccessLogSeal
from ..privacy.sealing import broken_seals


@dataclass(frozen=True)
class SealState:
    """``last``: the newest seal or ``None``; ``broken``: what does not fit; ``waiting``: rows that are not sealed yet."""

    last: AccessLogSeal | None
    broken: list
    waiting: int

    @property
    def is_whole(self):
        return not self.broken


def seal_state():
    """Return the :class:`SealState`. Every seal is counted through, so it is asked for on its own page only."""
    last = AccessLogSeal.objects.order_by("-pk").first()
    waiting = AccessLogEntry.objects.filter(pk__gt=last.last_entry if last else 0).count()
    return SealState(last, [_Broken.of(one) for one in broken_seals()], waiting)


@dataclass(frozen=True)
class _Broken:
    """A seal that does not fit, with the days that its rows are from."""

    fault: str
    seal: AccessLogSeal
    first: object
    last: object

    @classmethod
    def of(cls, broken):
        seal = broken.seal
        rows = AccessLogEntry.objects.filter(pk__gte=seal.first_entry, pk__lte=seal.last_entry).order_by("pk")
        first, last = rows.values_list("at", flat=True).first(), rows.values_list("at", flat=True).last()
        return cls(broken.fault, seal, first or seal.at, last or seal.at)
