"""The two lists that can be read in: what each needs, who may, and how it is tried and carried out."""

from dataclasses import dataclass

from ...people.models import PeopleUpload
from .columns import COLUMNS
from .participants import apply_participants, plan_participants
from .sessions import apply_sessions, plan_sessions

PARTICIPANTS, DATES = PeopleUpload.Kind.PARTICIPANTS.value, PeopleUpload.Kind.DATES.value


@dataclass(frozen=True)
class Kind:
    """``plan`` and ``write`` take ``table``, ``mapping``, ``course`` and the kind's own options."""

    code: str
    permissions: tuple
    plan: object
    write: object

    @property
    def columns(self):
        return COLUMNS[self.code]

    def allowed(self, user):
        """Whether ``user`` may read such a list in."""
        return user.has_perms([f"peer_support.{name}" for name in self.permissions])


KINDS = {
    PARTICIPANTS: Kind(
        PARTICIPANTS,
        ("add_enrolment", "add_citizen", "add_volunteer"),
        plan_participants,
        apply_participants,
    ),
    DATES: Kind(DATES, ("add_session", "change_session"), plan_sessions, apply_sessions),
}


def kinds_for(user):
    """Return the codes of the lists that ``user`` may read in."""
    return [code for code, kind in KINDS.items() if kind.allowed(user)]
