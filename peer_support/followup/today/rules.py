"""May a line be put off?"""

from datetime import timedelta

from django.utils.translation import gettext as _

from ...access.decisions import Decision

# Longer would be forgetting.
LONGEST = timedelta(days=60)


def may_put_off(until, day):
    """Whether a line can be put off until the morning of ``until``, as of ``day``."""
    if until is None or until <= day:
        return Decision.no("not_later", _("Choose a day after today."))
    if until > day + LONGEST:
        text = _("Choose a day within %(days)d days. After that it would be forgotten.")
        return Decision.no("too_late", text % {"days": LONGEST.days})
    return Decision.yes(_("It comes back on the morning of that day."))
