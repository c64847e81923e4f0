"""The rows of the access log that a data officer may read: those of the initiatives assigned, and how one reads them."""

from datetime import datetime, time, timedelta

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.attempts import ELSEWHERE
from ..access.models import Assignment
from ..access.scopes import initiative_ids_for
from ..privacy.models import AccessLogEntry

Action = AccessLogEntry.Action
# Rows without an account: a person at the page behind their own link, or a job in the night.
OWN_LINK = "peer_support:"


def officer_of(user):
    """Return the ids of the initiatives whose data officer ``user`` is today."""
    return initiative_ids_for(user, [Assignment.Role.OFFICER])


def log_of(initiative_ids):
    """Return the rows about records of these initiatives."""
    return AccessLogEntry.objects.filter(initiative_id_seen__in=initiative_ids)


def attempts_of(initiative_ids):
    """Return the rows where somebody asked for a record of another initiative: one of ours, or one of our colleagues."""
    ours = Assignment.objects.filter(initiative__in=initiative_ids).values("user")
    return AccessLogEntry.objects.filter(
        Q(initiative_id_seen__in=initiative_ids) | Q(user_number__in=ours),
        action=Action.REFUSED,
        route__endswith=f":{ELSEWHERE}",
    )


def start_of(day):
    """Return the moment at which ``day`` begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def between(rows, first, last):
    """Return the rows of the days from ``first`` to ``last``, both included; either may be ``None``."""
    if first:
        rows = rows.filter(at__gte=start_of(first))
    return rows.filter(at__lt=start_of(last + timedelta(days=1))) if last else rows


def names_of(numbers):
    """Return ``{number of the account: the colleague's name}``; an account that is gone is told by its number."""
    numbers = {number for number in numbers if number is not None}
    users = get_user_model()._default_manager.in_bulk(numbers)
    return {number: name_of(users.get(number), number) for number in numbers}


def name_of(user, number=None):
    """Return what a colleague is called on this desk."""
    if user is None:
        return _("account %(number)s, which is gone") % {"number": number}
    return user.get_full_name() or user.get_username()


def who_of(row, names):
    """Return who a row is about: a colleague, a person at their own page, or a job."""
    if row.user_number is not None:
        return names.get(row.user_number) or name_of(None, row.user_number)
    return _("the person, by link") if row.route.startswith(OWN_LINK) else _("by itself, at night")


def colleagues_of(initiative_ids):
    """Return ``[(number, name)]`` of those who have a task, or have left a row in the log, by name."""
    tasks = Assignment.objects.filter(initiative__in=initiative_ids).values_list("user_id", flat=True)
    rows = log_of(initiative_ids).exclude(user_number=None).order_by()
    names = names_of({*tasks, *rows.values_list("user_number", flat=True).distinct()})
    return sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0]))
