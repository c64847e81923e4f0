"""All matches of an initiative, with the step that comes next."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from ... import rules
from ...models import Match
from ...models_match import OPEN_STATES, State
from ..base import BoardView
from ..filters import MatchFilterSet, chosen_in, overdue_condition
from ..timeline import SOON

PER_PAGE = 50


@dataclass(frozen=True)
class MatchLine:
    """One match in the list."""

    match: Match
    next_step: str
    overdue: bool
    ends_in_days: int | None

    @property
    def says(self):
        """Whether there is anything to say about what comes next."""
        return bool(self.next_step or self.ends_in_days is not None)

    @property
    def ends_soon(self):
        return self.ends_in_days is not None and self.ends_in_days <= SOON


def lines_of(matches, overdue):
    """Return a :class:`MatchLine` per match; ``overdue`` holds the keys of proposals that wait too long."""
    lines = []
    for match in matches:
        steps = rules.next_steps(match) if match.is_open else []
        running = match.state in (State.ACTIVE, State.PAUSED)
        ends = (match.planned_end - timezone.localdate()).days if running and match.planned_end else None
        lines.append(
            MatchLine(
                match=match,
                next_step="" if running or not steps else steps[0].label,
                overdue=match.pk in overdue,
                ends_in_days=ends,
            )
        )
    return lines


class MatchesView(BoardView):
    """The list of matches: those that go on, unless something else is asked for."""

    tab = "peer_support_matching:matches"
    header_icon = "group"
    template_name = "peer_support/matching/matches.html"

    def get_page_title(self):
        return _("Matches")

    def get(self, request):
        everything = Match.objects.filter(initiative=self.initiative)
        data = request.GET.copy()
        data.setdefault("state", MatchFilterSet.OPEN)
        filterset = MatchFilterSet(data, queryset=everything, request=request)
        found = filterset.qs.select_related("citizen", "volunteer").order_by("-proposed_at", "-pk")
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
        matches = list(page.object_list)
        overdue = set(
            Match.objects.filter(overdue_condition(), pk__in=[match.pk for match in matches]).values_list(
                "pk", flat=True
            )
        )
        self.log(matches)
        self.log([person for match in matches for person in (match.citizen, match.volunteer)])
        rest = request.GET.copy()
        rest.pop("p", None)
        return self.render_to_response(
            {
                **self.get_context_data(),
                "filterset": filterset,
                "chosen": chosen_in(filterset, request) if request.GET else [],
                "lines": lines_of(matches, overdue),
                "page": page,
                "rest": rest.urlencode(),
                "any": everything.exists(),
                "open_count": everything.filter(state__in=OPEN_STATES).count(),
            }
        )
