"""How long answers stand with a name; and what is left of them afterwards."""

from django.db.models import Max, Min, Q
from django.utils.translation import gettext_lazy as _

from ...access.scopes import scope_of
from ...privacy.access_log import Action, log_access
from ...privacy.erasure import register_cleaner
from ...privacy.retention import register_rule
from .models import OPEN_STATES, Questionnaire
from .series import detach

ROUTE = "purge"
_GROUP = ("citizen", "volunteer", "match", "enrolment")


def _over(before):
    """Questionnaires whose match or course was over before ``before``; those without one, asked before it."""
    day = before.date()
    return Questionnaire.objects.filter(
        Q(match__isnull=True, enrolment__isnull=True, due_on__lt=day)
        | Q(match__ended_on__lt=day)
        | Q(match__state__in=("declined", "withdrawn"), due_on__lt=day)
        | Q(enrolment__completed_on__lt=day)
        | Q(enrolment__left_on__lt=day)
        | Q(enrolment__state__in=("interested", "invited", "waiting", "declined"), due_on__lt=day)
    )


def due_groups(before):
    """Return the first questionnaire of each group (a person and a match or course) of which nothing is open or new."""
    groups = _over(before).order_by().values(*_GROUP).annotate(first=Min("pk"), last=Max("due_on"))
    firsts = [row["first"] for row in groups if row["last"] < before.date()]
    open_ones = Questionnaire.objects.filter(state__in=OPEN_STATES).order_by().values_list(*_GROUP)
    still = set(open_ones)
    found = Questionnaire.objects.filter(pk__in=firsts)
    keep = [row[0] for row in found.values_list("pk", *_GROUP) if row[1:] in still]
    return found.exclude(pk__in=keep)


def _detach_group(row):
    same = Q()
    for name in _GROUP:
        value = getattr(row, f"{name}_id")
        same &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    rows = list(Questionnaire.objects.select_for_update(of=("self",)).filter(same))
    log_access(user=None, action=Action.ERASE, objects=rows, route=ROUTE)
    detach(rows)
    Questionnaire.objects.filter(pk__in=[one.pk for one in rows]).delete()


register_rule(
    "questionnaire",
    label=_("Answers to questionnaires"),
    months=6,
    why=_(
        "Until then the person can see what has moved. After that a number and a month are left, for the statistics, "
        "and nothing says whose they were."
    ),
    find=due_groups,
    act=_detach_group,
)


@register_cleaner
def detach_before_erasure(subject):
    """Before somebody is erased, their scores become rows of the series. No key is needed for it."""
    side = subject._meta.model_name
    if side not in ("citizen", "volunteer"):
        return
    with scope_of(subject.initiative_id):
        detach(list(Questionnaire.objects.filter(**{side: subject.pk})))
