"""What an initiative can set, and the engine's version."""

from dataclasses import asdict, dataclass, field, fields, replace

# Raise this whenever the same input could give other points or another plan than before; saved runs carry it.
ENGINE_VERSION = "1.0"

CRITERIA = ("interests", "distance", "time", "hours", "preferences")

MOST_PEOPLE = "most_people"
BEST_FIT = "best_fit"

# The largest numbers that keep every weight far inside 64 bits (see planning.pair_weights).
_LARGEST_TOTAL = 1_000_000
_LARGEST_BONUS = 10_000_000


@dataclass(frozen=True)
class Settings:
    """The numbers behind points and plan; every one is an integer, so that results are exact.

    weights: points a perfect pair gets per criterion (a mapping; 1,000 in total by default). A criterion that is
        left out weighs 0.
    neutral: the part of a criterion's points, per thousand, that an unknown answer gets. Never 0 and never 1,000:
        not knowing is neither against nor for a pair. Interests are lower than the others, because two people
        who both answered seldom share half of what they like, and silence must not beat a real overlap.
    far: metres at which the distance points reach 0.
    enough_minutes: minutes a week in common at which the time points are full.
    hours_gap: minutes a week between what one wishes and the other offers at which the hours points reach 0.
    default_limit: metres used where a travel limit is unknown; None means no limit.
    year: the current year, for ages. Needed only when somebody has stated an age limit.
    waiting_per_day, waiting_cap: points per day waited in a plan, and the number of days after which they stop
        growing. The cap is late on purpose: a bonus that goes flat early lets the longest waits grow without end.
    hysteresis: points in favour of a pair that the previous plan proposed, so that plans do not jump.
    aim: "most_people" (as many as possible, then points) or "best_fit" (points alone).
    threshold: pairs with fewer points are not planned; `rank` marks them as below it. 0 plans every possible pair.
    seed: text that decides between equals, so that ties fall the same way for any row order.
    """

    weights: dict = field(
        default_factory=lambda: {
            "interests": 400,
            "distance": 250,
            "time": 200,
            "hours": 100,
            "preferences": 50,
        }
    )
    neutral: dict = field(
        default_factory=lambda: {
            "interests": 250,
            "distance": 500,
            "time": 500,
            "hours": 500,
            "preferences": 500,
        }
    )
    far: int = 30_000
    enough_minutes: int = 240
    hours_gap: int = 120
    default_limit: int | None = None
    year: int = 0
    waiting_per_day: int = 3
    waiting_cap: int = 365
    hysteresis: int = 50
    aim: str = MOST_PEOPLE
    threshold: int = 0
    seed: str = "peer"

    def __post_init__(self):
        for name in ("weights", "neutral"):
            given = dict(getattr(self, name))
            unknown = sorted(set(given) - set(CRITERIA))
            if unknown:
                raise ValueError(f"{name}: there is no criterion {unknown[0]!r}")
            fallback = 0 if name == "weights" else 500
            for criterion in CRITERIA:
                given[criterion] = _integer(f"{name}[{criterion!r}]", given.get(criterion, fallback))
            object.__setattr__(self, name, given)
        if self.total > _LARGEST_TOTAL:
            raise ValueError(f"weights: the total is {self.total}, more than {_LARGEST_TOTAL}")
        for criterion, part in self.neutral.items():
            if not 0 < part < 1000:
                raise ValueError(
                    f"neutral[{criterion!r}] is {part}; it must lie between 1 and 999 per thousand"
                )
        for entry in fields(self):
            value = getattr(self, entry.name)
            if entry.name in ("weights", "neutral", "aim", "seed") or value is None:
                continue
            object.__setattr__(self, entry.name, _integer(entry.name, value))
        for name in ("far", "enough_minutes", "hours_gap"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}; it must be at least 1")
        for name in ("hysteresis", "waiting"):
            points = self.hysteresis if name == "hysteresis" else self.waiting_per_day * self.waiting_cap
            if points > _LARGEST_BONUS:
                raise ValueError(f"{name}: {points} points are more than {_LARGEST_BONUS}")
        if self.aim not in (MOST_PEOPLE, BEST_FIT):
            raise ValueError(f"aim is {self.aim!r}; it is {MOST_PEOPLE!r} or {BEST_FIT!r}")

    @property
    def total(self):
        """Points of a perfect pair."""
        return sum(self.weights.values())

    @property
    def waiting_limit(self):
        """The most points that waiting can add."""
        return self.waiting_per_day * self.waiting_cap

    def neutral_points(self, criterion):
        """Points for an unknown answer: the neutral part, rounded down, but never all or nothing if that can be."""
        return self.weights[criterion] * self.neutral[criterion] // 1000

    def with_changes(self, **changes):
        """A copy with some values changed; `weights` and `neutral` may be given in part."""
        for name in ("weights", "neutral"):
            if name in changes:
                changes[name] = {**getattr(self, name), **changes[name]}
        return replace(self, **changes)

    def as_dict(self):
        """Plain data, for saving with a run; `Settings(**data)` reads it back."""
        return asdict(self)


def _integer(name, value):
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise ValueError(f"{name} is {value!r}; it must be an integer")
    value = value.__index__()
    if value < 0:
        raise ValueError(f"{name} is {value}; it must not be negative")
    return value
