"""A1 to A4: the best twenty volunteers for one citizen, through Django on SQLite, beside the usual ways to do it.

- ours: masks and a box on the row in SQL, plain values, the engine on the survivors;
- joins: the same rules without derived columns: ``Exists`` on languages and the square in SQL, then instances with
  ``prefetch_related`` and the times as they are written;
- naive: all volunteers with ``prefetch_related``, everything in Python;
- raw: our own SQL, written out beforehand, straight through ``sqlite3``, and plain Python on tuples.

All four give the same list, and so does NumPy over all columns at once (A4). The people are those of ``gen``.
"""

import datetime
import gc
import math
import os
import re
import statistics
import tempfile
import time
from functools import partial

import numpy as np

from . import gen
from .engine import goal

TOP = 20
DAY = datetime.date(gen.YEAR, 6, 1)
# volunteers -> (citizens to ask for, rounds, citizens for the naive way)
SIZES = {1_000: (20, 5, 3), 10_000: (20, 5, 2), 100_000: (8, 3, 1)}
ASKS = {"A1": {1_000: 4, 10_000: 10, 100_000: 15}, "A2": {1_000: 50, 10_000: 300, 100_000: 500}}
A3_ASKS = {10_000: 6, 100_000: 3}
IN_PERSON = 1


def a1_a2_a3_a4(quick, peers, say):
    """Our way beside joins, the naive way and raw SQL; and whether all agree with NumPy over everybody."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(os.path.join(folder, "bench.sqlite3"))
        found, agree = [], []
        for size, plan in SIZES.items():
            if quick and size > 10_000:
                continue
            begin = time.perf_counter()
            case = Case(size, plan[0])
            say(f"  {size} volunteers written in {time.perf_counter() - begin:.0f} s")
            agree += case.agreement(plan[2])
            found.append(case.measured(plan))
            say(f"  {size}: " + ", ".join(f"{k} {v * 1000:.2f} ms" for k, v in found[-1]["median"].items()))
            case.forget()
    return list(goals(found, agree))


def goals(found, agree):
    for row in found:
        size, ours = row["volunteers"], row["median"]["ours"]
        for code, rival in (("A1", "joins"), ("A2", "naive")):
            text = f"{rival} / ours, {size} volunteers"
            yield goal(code, text, row["median"][rival] / ours, ASKS[code][size], ">=", detail=row)
        text = f"ours / raw SQL and plain Python, {size} volunteers"
        ask = A3_ASKS.get(size)
        yield goal("A3", text, ours / row["median"]["raw"], ask, "<=" if ask else None)
    yield goal("A4", "the same twenty as NumPy over everybody, share", sum(agree) / len(agree), 1.0, ">=")


GOALS = (a1_a2_a3_a4,)


def prepare(path):
    """Point Django at an empty SQLite file and make the tables, once per process."""
    os.environ["DATABASE_URL"] = f"sqlite:///{path}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def chunks(rows, size=2_000):
    rows = list(rows)
    for begin in range(0, len(rows), size):
        yield rows[begin : begin + size]


class Case:
    """One initiative with ``size`` volunteers and some citizens, in the database and as columns."""

    def __init__(self, size, citizens):
        from wagtail.models import Locale

        from peer_support.access.scopes import scope_of
        from peer_support.directory.models import Initiative
        from peer_support.matching.models import MatchingPolicy

        self.size = size
        self.requests, self.offers, self.excluded = gen.made("dk", citizens, size, 1)
        locale, __ = Locale.objects.get_or_create(language_code="da")
        self.initiative = Initiative.objects.create(title=f"Bench {size}", runs_here=True, locale=locale)
        self._scope = scope_of(self.initiative.pk)
        self._scope.__enter__()
        self.policy = MatchingPolicy(
            initiative=self.initiative, version=0, contract_required=False, certificate_required=True
        )
        self._write()

    def _write(self):
        from django.db import connection

        from peer_support.matching.models import Exclusion
        from peer_support.people.models import Citizen, Interest, Language, Volunteer

        self.words = {
            kind: [
                kind.objects.get_or_create(bit=bit, defaults={"name": f"{kind.__name__} {bit}"})[0].pk
                for bit in range(number)
            ]
            for kind, number in ((Interest, gen.INTERESTS), (Language, len(gen.LANGUAGES)))
        }
        self.citizen_ids = self._people(Citizen, self.requests)
        self.volunteer_ids = self._people(Volunteer, self.offers)
        Exclusion.objects.bulk_create(
            Exclusion(
                initiative=self.initiative,
                citizen_id=self.citizen_ids[request - 1],
                volunteer_id=self.volunteer_ids[offer - 1],
                kind=kind,
            )
            for request, offer, kind in self.excluded.triples
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _people(self, model, columns):
        from peer_support.people.models import Interest, Language

        rows = [self._row(model, columns, i) for i in range(len(columns))]
        for some in chunks(rows):
            model.objects.bulk_create(some)
        ids = list(model.objects.order_by("number").values_list("pk", flat=True))
        name = model._meta.model_name
        for relation, kind, masks in (
            (model.languages, Language, columns.languages),
            (model.interests, Interest, columns.interests),
        ):
            through, word = relation.through, kind._meta.model_name
            links = (
                through(**{f"{name}_id": pk, f"{word}_id": self.words[kind][bit]})
                for pk, mask in zip(ids, masks, strict=True)
                for bit in range(mask.bit_length())
                if mask >> bit & 1
            )
            for some in chunks(links):
                through.objects.bulk_create(some)
        return ids

    def _row(self, model, c, i):
        from peer_support.people.times import canonical, spans_of

        hours = int(c.hours_min[i])
        person = model(
            initiative=self.initiative,
            number=i + 1,
            first_name="Alma",
            x=float(c.x[i]),
            y=float(c.y[i]),
            travel_km=int(c.limit[i]) // 1000,
            channels=int(c.channels[i]),
            language_bits=c.languages[i],
            interest_bits=f"{c.interests[i]:x}",
            times=canonical(spans_of(c.availability[i])),
            time_bits=f"{c.availability[i]:x}",
            gender=int(c.gender[i]),
            gender_wish=int(c.wish_gender[i]),
            birth_year=int(c.birth_year[i]),
            age_wish_min=int(c.wish_age_min[i]) or None,
            age_wish_max=int(c.wish_age_max[i]) or None,
            hours_min=hours,
            hours_max=hours,
        )
        if hasattr(c, "capacity"):
            person.status, person.capacity = "approved", int(c.capacity[i])
            person.certificate_seen_on = None if c.missing_certificate[i] else DAY
        else:
            person.status = "waiting"
            person.waiting_since = DAY - datetime.timedelta(days=int(c.waiting_days[i]))
        return person

    def forget(self):
        """Empty the tables, so that the next size meets a database of its own."""
        from peer_support.matching.models import Exclusion
        from peer_support.people.models import Citizen, Volunteer

        Exclusion.objects.all()._raw_delete("default")
        for model in (Citizen, Volunteer):
            for relation in (model.languages, model.interests):
                relation.through.objects.all()._raw_delete("default")
            model.objects.all()._raw_delete("default")
        self._scope.__exit__(None, None, None)

    # Four ways to the same list: [(volunteer id, points)].

    def ours(self, citizen_id):
        from peer_support.matching.adapter_shortlist import shortlist

        table = shortlist(citizen_id, policy=self.policy, day=DAY)
        return top(citizen_id, 0, table.requests, table.offers, table.settings, table.excluded)

    def joins(self, citizen_id):
        return joined(citizen_id, self.initiative, self.settings.seed)

    def naive(self, citizen_id):
        return naive(citizen_id, self.initiative, self.settings.seed)

    def raw(self, citizen_id, prepared):
        return raw(prepared[citizen_id], self.settings.seed)

    @property
    def settings(self):
        from peer_support.matching.adapter import settings_of

        return settings_of(self.policy, DAY)

    def oracle(self, citizen_id):
        """NumPy over every column at once, on the columns the people were made of."""
        from peer_support.matching.engine.columns import Excluded

        row, excluded = self.citizen_ids.index(citizen_id), Excluded.of(self.excluded)
        return top(citizen_id, row, self.requests, self.offers, self.settings, excluded, self)

    def agreement(self, naive_citizens):
        prepared = {pk: written_out(pk, self.policy) for pk in self.citizen_ids}
        found = []
        for n, pk in enumerate(self.citizen_ids):
            wanted = self.oracle(pk)
            found += [self.ours(pk) == wanted, self.joins(pk) == wanted, self.raw(pk, prepared) == wanted]
            if n < naive_citizens and self.size <= 10_000:
                found.append(self.naive(pk) == wanted)
        return found

    def measured(self, plan):
        """Median over citizens of the best of some rounds; all ways in turn in every round."""
        __, number, few = plan
        prepared = {pk: written_out(pk, self.policy) for pk in self.citizen_ids}
        ways = {"ours": self.ours, "joins": self.joins, "raw": partial(self.raw, prepared=prepared)}
        best = {name: {} for name in (*ways, "naive")}
        # What the people were made of stays out of the garbage collector's rounds, for all ways alike.
        gc.collect()
        gc.freeze()
        for _ in range(number):
            for pk in self.citizen_ids:
                for name, way in ways.items():
                    best[name][pk] = min(best[name].get(pk, math.inf), clocked(way, pk))
        for pk in self.citizen_ids[:few]:
            best["naive"][pk] = clocked(self.naive, pk)
        return {
            "volunteers": self.size,
            "citizens": {name: len(times) for name, times in best.items()},
            "median": {name: statistics.median(times.values()) for name, times in best.items()},
            "worst": {name: max(times.values()) for name, times in best.items()},
        }


def top(citizen_id, row, requests, offers, settings, excluded, case=None):
    """The engine's rules and points on columns; ``case``: the columns have numbers of their own, not the keys."""
    from peer_support.matching.engine import criteria, rules
    from peer_support.matching.engine.bits import pair_hash, seed_number

    ids = np.array(case.volunteer_ids) if case else offers.ids
    rows, columns = np.full(len(ids), row), np.arange(len(ids))
    good = np.flatnonzero(rules.failing(requests, offers, rows, columns, settings, excluded) == 0)
    scores = criteria.totals(requests, offers, rows[: len(good)], good, settings)
    hashes = pair_hash(seed_number(settings.seed), np.full(len(good), citizen_id), ids[good])
    order = np.lexsort((ids[good], -hashes, -scores))[:TOP]
    return list(zip(ids[good][order].tolist(), scores[order].tolist(), strict=True))


def clocked(way, pk):
    begin = time.perf_counter()
    way(pk)
    return time.perf_counter() - begin


# The rules and the points of the generated people, written for one pair at a time, with sets. Everything is known
# of them, so the engine's rules about the unknown do not come up. Weights are the defaults.


def possible(a, b):
    """``a``: the citizen's values, ``b``: the volunteer's."""
    ways = a["channels"] & b["channels"]
    if not ways or a["languages"].isdisjoint(b["languages"]):
        return False
    if a["gender_wish"] not in (0, b["gender"]) or b["gender_wish"] not in (0, a["gender"]):
        return False
    for wishing, other in ((a, b), (b, a)):
        turns = gen.YEAR - other["birth_year"]
        low, high = wishing["age_wish_min"], wishing["age_wish_max"]
        if (low and turns < low) or (high and turns - 1 > high):
            return False
    limit = 1000 * min(a["travel_km"], b["travel_km"])
    return ways != IN_PERSON or metres(a, b) <= limit


def metres(a, b):
    dx, dy = a["x"] - b["x"], a["y"] - b["y"]
    return math.floor(math.sqrt(dx * dx + dy * dy))


def points(a, b):
    shared = len(a["interests"] & b["interests"])
    found = 400 * shared // len(a["interests"] | b["interests"])
    needed = a["channels"] & b["channels"] & IN_PERSON
    found += 250 * max(30_000 - metres(a, b), 0) // 30_000 if needed else 125
    found += 200 * min(30 * (a["times"] & b["times"]).bit_count(), 240) // 240
    found += 100 * max(120 - abs(a["minutes"] - b["minutes"]), 0) // 120
    return found + 50


def ranked(citizen_id, a, others, seed):
    """``others``: (volunteer id, values) of the possible ones."""
    from peer_support.matching.engine.bits import pair_hash_of, seed_number

    number = seed_number(seed)
    scored = [(-points(a, b), -pair_hash_of(number, citizen_id, pk), pk) for pk, b in others]
    scored.sort()
    return [(pk, -total) for total, __, pk in scored[:TOP]]


COLUMNS = (
    "x",
    "y",
    "travel_km",
    "channels",
    "gender",
    "gender_wish",
    "birth_year",
    "age_wish_min",
    "age_wish_max",
)


def of_instance(person):
    """The values of a model instance whose relations are prefetched."""
    from peer_support.people.times import bits_of, parse

    return {
        **{name: getattr(person, name) for name in COLUMNS},
        "languages": {one.pk for one in person.languages.all()},
        "interests": {one.pk for one in person.interests.all()},
        "times": bits_of(parse(person.times)),
        "minutes": int(person.hours_min * 60),
    }


def ready(person):
    return person.status == "approved" and person.capacity > 0 and person.certificate_seen_on is not None


def the_citizen(citizen_id):
    from peer_support.people.models import Citizen

    return Citizen.objects.prefetch_related("languages", "interests", "exclusions").get(pk=citizen_id)


def naive(citizen_id, initiative, seed):
    """Everybody, with their relations, and the rest in Python."""
    from peer_support.people.models import Volunteer

    citizen = the_citizen(citizen_id)
    a, no = of_instance(citizen), {one.volunteer_id for one in citizen.exclusions.all()}
    volunteers = Volunteer.objects.filter(initiative=initiative).prefetch_related(
        "languages", "interests", "meeting_places", "matches"
    )
    others = ((one.pk, of_instance(one)) for one in volunteers if ready(one) and one.pk not in no)
    return ranked(citizen_id, a, [(pk, b) for pk, b in others if possible(a, b)], seed)


def joined(citizen_id, initiative, seed):
    """The careful way without derived columns: scalars and the square in SQL, languages by ``Exists``, then instances."""
    from django.db.models import Exists, F, OuterRef, Q

    from peer_support.people.models import Volunteer

    citizen = the_citizen(citizen_id)
    a, no = of_instance(citizen), [one.volunteer_id for one in citizen.exclusions.all()]
    turns, reach = gen.YEAR - a["birth_year"], 1000 * a["travel_km"] + 1
    speaks = Volunteer.languages.through.objects.filter(volunteer=OuterRef("pk"), language__in=a["languages"])
    near = Q(x__range=(a["x"] - reach, a["x"] + reach), y__range=(a["y"] - reach, a["y"] + reach))
    volunteers = (
        Volunteer.objects.filter(Exists(speaks), initiative=initiative, status="approved", capacity__gt=0)
        .filter(certificate_seen_on__lte=DAY)
        .filter(gender_wish__in=[0, a["gender"]])
        .filter(Q(age_wish_min=None) | Q(age_wish_min__lte=turns))
        .filter(Q(age_wish_max=None) | Q(age_wish_max__gte=turns - 1))
        .alias(ways=F("channels").bitand(a["channels"]))
        .filter(Q(ways__gt=IN_PERSON) | Q(ways=IN_PERSON) & near)
        .exclude(pk__in=no)
    )
    if a["gender_wish"]:
        volunteers = volunteers.filter(gender=a["gender_wish"])
    if a["age_wish_min"]:
        volunteers = volunteers.filter(birth_year__lte=gen.YEAR - a["age_wish_min"])
    if a["age_wish_max"]:
        volunteers = volunteers.filter(birth_year__gte=gen.YEAR - 1 - a["age_wish_max"])
    volunteers = volunteers.prefetch_related("languages", "interests", "meeting_places", "matches")
    others = ((one.pk, of_instance(one)) for one in volunteers)
    return ranked(citizen_id, a, [(pk, b) for pk, b in others if possible(a, b)], seed)


RAW = (*COLUMNS, "language_bits", "interest_bits", "time_bits", "hours_min")


def bits(mask):
    return {bit for bit in range(mask.bit_length()) if mask >> bit & 1}


def of_row(names, row):
    """The values of a tuple that begins with ``names``."""
    values = dict(zip(names, row, strict=False))
    values["languages"], values["interests"] = (
        bits(values["language_bits"]),
        bits(int(values["interest_bits"], 16)),
    )
    values["times"], values["minutes"] = int(values["time_bits"], 16), int(float(values["hours_min"]) * 60)
    return values


def written_out(citizen_id, policy):
    """Our prefilter as SQL text and parameters for ``sqlite3``, and the citizen's values: made outside the clock."""
    from peer_support.matching.adapter_shortlist import SCORED, statement, wanted
    from peer_support.people.models import Citizen

    sql, given = statement(wanted(citizen_id, DAY)[2], policy)
    row = Citizen.objects.values_list("pk", *RAW).get(pk=citizen_id)
    return citizen_id, re.sub(r"%\((\w+)\)s", r":\1", sql), given, SCORED, of_row(("id", *RAW), row)


def raw(prepared, seed):
    """The SQL straight through ``sqlite3``, plain tuples, plain Python."""
    from django.db import connection

    citizen_id, sql, given, names, a = prepared
    connection.ensure_connection()
    rows = connection.connection.execute(sql, given).fetchall()
    others = ((row[0], of_row(names, row)) for row in rows)
    return ranked(citizen_id, a, [(pk, b) for pk, b in others if possible(a, b)], seed)
