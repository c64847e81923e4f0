"""The sealed seed: made once, read by the draw alone, and shown to nobody before the study is opened up.

Nothing in here gives the seed to a screen but :func:`reveal`. What holds it in memory says nothing of itself when it is
printed or stands in an error (:class:`~.allocation.Seed`), and the functions keep their variables out of error reports.
"""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from ...access.decisions import Decision, NotAllowed
from ...privacy.fields import Unreadable
from .allocation import ALGORITHM, SEED_BYTES, Seed, arm_of
from .models import StudySeal, StudyState


@sensitive_variables()
def seal(study, user):
    """Draw a seed from the system's own source of chance, lock it away, and return the :class:`StudySeal`."""
    seed = Seed(secrets.token_bytes(SEED_BYTES))
    return StudySeal.objects.create(
        initiative_id=study.initiative_id,
        study=study,
        algorithm=ALGORITHM,
        commitment=seed.commitment,
        box=seed.hex,
        sealed_by=user if getattr(user, "pk", None) else None,
    )


def commitment_of(study):
    """Return ``(commitment, when, revealed)`` of a study's seal, or ``None``; the box is not read."""
    rows = StudySeal._base_manager.filter(study=study)
    return rows.values_list("commitment", "sealed_at", "revealed_at").first()


@sensitive_variables()
def _opened(study):
    """Return the :class:`Seed`; raises :class:`NotAllowed` where the key is missing or the envelope is damaged."""
    # The study may be led by another initiative than the one whose person is drawn for: asked for by its key alone.
    box = StudySeal._base_manager.filter(study=study).values_list("box", "commitment").first()
    if box is None:
        raise NotAllowed(Decision.no("not_sealed", _("The study is not sealed yet.")))
    try:
        seed = None if isinstance(box[0], Unreadable) else Seed.of_hex(box[0])
    except ValueError:
        seed = None
    if seed is None or seed.commitment != box[1]:
        raise NotAllowed(
            Decision.no(
                "seal_unreadable",
                _(
                    "The sealed envelope cannot be read just now, so nothing was drawn. Ask whoever runs the system."
                ),
            )
        )
    return seed


@sensitive_variables()
def arm_for(study, site, slot):
    """Return the arm of ``slot`` in the list of ``site``. Called by the draw, in its transaction, and by nobody else."""
    return arm_of(_opened(study), site.code, slot)


@sensitive_variables()
@transaction.atomic
def reveal(study, user):
    """Open the envelope for everybody: nothing is drawn from it any more. Returns nothing; see :func:`revealed_seed`."""
    _opened(study)
    StudySeal.objects.filter(study=study).mark_revealed(user if getattr(user, "pk", None) else None)


@sensitive_variables()
def revealed_seed(study):
    """Return the seed as 64 signs once the study is opened up, and "" before that, whoever asks."""
    row = StudySeal._base_manager.filter(study=study).values_list("revealed_at", flat=True).first()
    if row is None or study.state != StudyState.UNSEALED:
        return ""
    return _opened(study).hex
