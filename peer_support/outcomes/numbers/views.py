"""The screens of numbers: exact for those who work with the people, hidden where they are small for those who lead.

Coordinators and deputies may open the rows behind a number, and it is written down that they saw them. A leader sees
whole years only, hidden together with everything else that leaves the house in the year's report: with periods of
one's own choice, two numbers that each may be shown could give away a third that may not.
"""

from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...access.scopes import scope_of
from ...directory.models import Initiative
from ...people.screens import InitiativeScreen
from ..report.gathering import HIDDEN, count_house, house_ids
from . import presenting
from .choosing import EVERYBODY, ChoosingForm
from .registry import ALL, INITIATIVE, TOWN, Question, answer, figures, in_words, rows_of
from .scoping import reader_of, town_names
from .sources_courses import courses_of
from .sources_people import enquiries

NAMESPACE = "peer_support_numbers"
PERMISSION = "peer_support.numbers_initiative"
ROWS_A_PAGE = 100


class NumbersScreen(InitiativeScreen):
    """A screen of numbers. Whoever works with people sees theirs; whoever only leads sees what may leave the house."""

    permission = PERMISSION
    header_icon = "table"
    home = (f"{NAMESPACE}:numbers", gettext_lazy("Numbers"))
    tabs = (
        (f"{NAMESPACE}:numbers", gettext_lazy("Numbers")),
        (f"{NAMESPACE}:waiting", gettext_lazy("Waiting and wishes")),
        (f"{NAMESPACE}:recruitment", gettext_lazy("From plan to volunteer")),
    )

    @cached_property
    def reader(self):
        return reader_of(self.request.user)

    @cached_property
    def initiatives(self):
        return list(Initiative.objects.filter(pk__in=self.reader.initiative_ids).order_by("title", "pk"))

    @cached_property
    def exact(self):
        """Those whose people the user works with."""
        return [one for one in self.initiatives if one.pk in self.reader.exact]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if not self.reader.exact:
            context["tabs"] = context["tabs"][:1]
        return context

    def crumbs(self):
        return []


class AskedScreen(NumbersScreen):
    """What the numbers and the rows behind them share: what was asked for."""

    @cached_property
    def leads_only(self):
        """Whether the initiative that was asked for is one that the user leads, and works with nobody of."""
        asked = self.request.GET.get("initiative", "")
        known = {str(one.pk): one.pk in self.reader.exact for one in self.initiatives}
        if asked and asked != EVERYBODY:
            if asked not in known:
                raise Http404
            return not known[asked]
        return not self.reader.exact

    @cached_property
    def has_all(self):
        return set(house_ids()) <= set(self.reader.initiative_ids)

    @cached_property
    def today(self):
        return timezone.localdate()

    @cached_property
    def form(self):
        together = self.has_all if self.leads_only else len(self.exact) > 1
        initiatives = self.initiatives
        form = ChoosingForm(
            self.request.GET,
            today=self.today,
            initiatives=initiatives,
            together=together,
            towns=[] if self.leads_only else self.towns,
            only_years=self.leads_only,
        )
        form.is_valid()
        return form

    @cached_property
    def ids(self):
        asked = self.form.cleaned_data.get("initiative")
        if asked and asked != EVERYBODY:
            return (int(asked),)
        if self.leads_only:
            return self.reader.initiative_ids if self.has_all else self.reader.hidden[:1]
        return self.reader.exact

    @cached_property
    def towns(self):
        """The towns of the people and courses of the user's initiatives."""
        question = Question((), initiative_ids=self.reader.exact, today=self.today)
        keys = {item.town for item in enquiries(question)} | {one[1] for one in courses_of(question).values()}
        return town_names(question, keys - {""})

    @property
    def by(self):
        return self.form.cleaned_data.get("by") or ALL

    @cached_property
    def question(self):
        town = self.form.cleaned_data.get("town")
        return Question(
            self.form.periods(),
            by=self.by,
            initiative_ids=self.ids,
            towns=(town,) if town else (),
            today=self.today,
        )

    @property
    def query(self):
        kept = ("period", "since", "until", "initiative", "town", "by")
        return {name: self.request.GET[name] for name in kept if self.request.GET.get(name)}


class NumbersPage(AskedScreen):
    """Every figure of a period beside the one before it, with its definition."""

    tab = f"{NAMESPACE}:numbers"
    template_name = "peer_support/outcomes/numbers/numbers.html"

    def get_page_title(self):
        return _("Numbers")

    def get(self, request):
        groups, keys, periods = self._hidden() if self.leads_only else self._exact()
        now, before = periods[-1], periods[-2]
        return self.render_to_response(
            {
                **self.get_context_data(),
                "form": self.form,
                "groups": groups,
                "keys": [label for __, label in keys],
                "periods": periods,
                "now": now,
                "before": before,
                "running": now.first <= self.today < now.last,
                "to_come": now.first > self.today,
                "hidden": self.leads_only,
                "about": self._about(),
            }
        )

    def _about(self):
        titles = [one.title for one in self.initiatives if one.pk in self.ids]
        return titles[0] if len(titles) == 1 else _("all initiatives")

    def _exact(self):
        answered = answer(self.question)
        counted = {one.figure.code: one.counted for one in answered}
        path = reverse(f"{NAMESPACE}:rows")

        def read(figure, row, position):
            return counted[figure.code].at(row, position)

        def address(figure, row, position):
            return presenting.rows_address(path, self.query, figure, row, position)

        keys = answered[0].rows[1:] if self.by else []
        groups = presenting.lines_of(answered, self.question.periods, read, address, keys)
        return groups, keys, self.question.periods

    def _hidden(self):
        periods = self.form.periods()
        numbers = count_house(periods, today=self.today)
        own = ALL if len(self.ids) > 1 or self.ids == numbers.ids else self.ids[0]
        keys = {INITIATIVE: numbers.initiatives, TOWN: numbers.towns}.get(self.by, []) if own == ALL else []

        def read(figure, row, position):
            value = numbers.at(figure.code, own if row == ALL else row, position)
            return presenting.Number(presenting.HIDDEN_TEXT, hidden=True) if value is HIDDEN else value

        answered = [numbers.answers[figure.code] for figure in numbers.figures]
        return presenting.lines_of(answered, periods, read, lambda *cell: "", keys), keys, periods


class RowsPage(AskedScreen):
    """The rows behind one number, a hundred at a time; it is written down who saw whom."""

    tab = f"{NAMESPACE}:numbers"
    template_name = "peer_support/outcomes/numbers/rows.html"

    def get_page_title(self):
        return _("Behind the number")

    def get(self, request):
        if self.leads_only:
            raise Http404
        figure = figures().get(request.GET.get("figure", ""))
        if figure is None or figure.rows is None:
            raise Http404
        question = self.question
        position = self._position(request.GET.get("at", ""), len(question.periods))
        row, label = self._row(request.GET.get("row", ""), figure)
        with scope_of(*self.reader.exact):
            rows = figure.rows(question, row, position)
            value = figure.count(question).at(row, position)
        page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
        self.log([one.record for one in page])
        query = {**self.query, "figure": figure.code, "at": position}
        if row != ALL:
            query["row"] = row
        return self.render_to_response(
            {
                **self.get_context_data(),
                "figure": figure,
                "value": in_words(value, figure.unit),
                "period": question.periods[position],
                "row_label": label,
                "page": page,
                "count": len(rows),
                "page_url": presenting.pages_address(request.path, query),
                "back_url": presenting.pages_address(reverse(f"{NAMESPACE}:numbers"), self.query, page=False),
                "several": len({one.record.initiative_id for one in page}) > 1,
                "titles": {one.pk: one.title for one in self.initiatives},
            }
        )

    def _position(self, asked, count):
        if asked.isdecimal() and asked.isascii() and int(asked[:4]) < count:
            return int(asked[:4])
        raise Http404

    def _row(self, asked, figure):
        if not asked:
            return ALL, ""
        known = {
            str(key): (key, label) for key, label in rows_of(self.question, [figure.count(self.question)])
        }
        if asked not in known:
            raise Http404
        return known[asked]
