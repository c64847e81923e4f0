"""What may be done with a progress star. It belongs to the person: hardly anything stands in the way."""

from django.utils.translation import gettext as _

from ..access.decisions import Decision


def may_write(person, star=None):
    """Whether areas and answers may be written for ``person`` (and ``star``, where there is one)."""
    if person.status == "ended":
        return Decision.no(
            "ended",
            _("We have said goodbye, so nothing new is kept. Ring us if you would like to come back."),
        )
    if star is not None and not is_readable(star):
        return Decision.no(
            "unreadable",
            _("The star cannot be read just now, so nothing is changed. Please ring the coordinator."),
        )
    return Decision.yes(_("It is saved as you go. You may stop at any time."))


def is_readable(star):
    """Whether every encrypted part of ``star`` can be read; what cannot is never written over."""
    return star.is_readable and all(reading.is_readable for reading in star.readings.all())


def may_show(star):
    """Whether the one ``star`` belongs to may show it to somebody who supports them."""
    if star.citizen_id is None:
        return Decision.no("not_a_citizen", _("Only a citizen has a volunteer to show the star to."))
    return Decision.yes()
