"""What comes in from the two screens of a star: the areas, and the numbers. Plain parsing; the services judge."""

from dataclasses import dataclass, field

from .models import HIGHEST, LOWEST, MOST_AREAS, AreaSuggestion

SKIP = "skip"
SCALE = tuple(range(LOWEST, HIGHEST + 1))


@dataclass
class AreasForm:
    """The areas of a star: those it has (to keep or rename), suggestions to tick, and free lines."""

    star: object
    data: dict | None = None
    error: str = ""
    suggestions: list = field(default_factory=list)

    def __post_init__(self):
        taken = {name.casefold() for __, name in self._own()}
        ticked = set(self.data.getlist("suggestion")) if self.data is not None else set()
        names = AreaSuggestion.objects.filter(in_use=True).values_list("name", flat=True)
        self.suggestions = [
            {"id": f"suggestion-{n}", "name": name, "ticked": name in ticked}
            for n, name in enumerate(names)
            if name.casefold() not in taken
        ]

    def _own(self):
        return self.star.areas if self.star is not None else []

    @property
    def own(self):
        """The star's areas as fields; what was typed stands again after a fault."""
        return [
            {
                "id": f"area-{key}",
                "field": f"area_{key}",
                "name": name if self.data is None else self.data.get(f"area_{key}", ""),
                "number": number,
            }
            for number, (key, name) in enumerate(self._own(), 1)
        ]

    @property
    def free(self):
        """Empty lines for areas of one's own words."""
        typed = self.data.getlist("new") if self.data is not None else []
        room = max(min(3, MOST_AREAS - len(self._own())), len(typed))
        lines = [*typed, *[""] * (room - len(typed))]
        return [{"id": f"new-{n}", "name": name} for n, name in enumerate(lines)]

    @property
    def most(self):
        return MOST_AREAS

    def pairs(self):
        """Return what was chosen as ``[(key or None, name), …]``, the order kept."""
        own = [(key, self.data.get(f"area_{key}", "")) for key, __ in self._own()]
        known = set(
            AreaSuggestion.objects.filter(name__in=self.data.getlist("suggestion")[:100]).values_list(
                "name", flat=True
            )
        )
        ticked = [row["name"] for row in self.suggestions if row["name"] in known]
        return [*own, *((None, name) for name in [*ticked, *self.data.getlist("new")[: 2 * MOST_AREAS]])]


def answers_in(data, areas):
    """Return ``{key: 1–10 or None}`` of what was answered; an area nobody touched is left out, as is nonsense."""
    answers = {}
    for key, __ in areas:
        given = data.get(f"value_{key}", "")
        if given == SKIP:
            answers[key] = None
        elif given.isdecimal() and given.isascii() and len(given) < 3:
            answers[key] = int(given)
    return answers


def questions(star, reading):
    """Return one dictionary per area for the template: its name, its field, and what is answered for today."""
    held = reading.answers if reading is not None else {}
    return [
        {
            "key": key,
            "field": f"value_{key}",
            "name": name,
            "number": number,
            "skipped": key in held and held[key] is None,
            "answered": key in held,
            "choices": [
                {"value": value, "id": f"value-{key}-{value}", "checked": held.get(key) == value}
                for value in SCALE
            ],
        }
        for number, (key, name) in enumerate(star.areas, 1)
    ]
