"""Initiatives for the tests of the public directory: some by hand, many at once."""

import random

from wagtail.models import Locale

from peer_support.directory.models import DirectoryTerm, Initiative, InitiativeSection, Municipality
from peer_support.pages.models import DirectoryPage
from peer_support.testing.factories import InitiativeFactory

TERM_FIELDS = {"form": "forms", "setting": "settings", "audience": "audiences", "relation": "relations"}


def make_directory(front):
    """Return a directory below the section's front page."""
    return front.add_child(instance=DirectoryPage(title="Find et initiativ", slug="find", intro="Her er de."))


def make_initiative(title, towns=(), terms=(), **fields):
    """Return a published initiative. ``terms`` are written ``"form:one-to-one"``."""
    initiative = InitiativeFactory(title=title, **{"runs_here": False, **fields})
    initiative.municipalities.set(Municipality.objects.filter(name__in=towns))
    for term in terms:
        kind, __, code = term.partition(":")
        getattr(initiative, TERM_FIELDS[kind]).add(DirectoryTerm.objects.get(kind=kind, code=code))
    initiative.save()
    return initiative


def make_full(title="Haven ved åen", **fields):
    """Return an initiative that has answered everything."""
    initiative = make_initiative(
        title,
        ["Køge", "Aarhus"],
        ["form:one-to-one", "setting:home", "audience:adults", "relation:volunteer"],
        **{
            "other_names": "Haveholdet",
            "summary": "Vi graver, drikker kaffe og taler om det svære.",
            "description": "Man kommer, når man kan.\n\nDer er altid te.",
            "operator": "Foreningen Haven",
            "region": "1085",
            "status": "running",
            "started": "2019",
            "for_whom": "Voksne, som har haft det svært.",
            "peer_count": "5-8",
            "training_stated": "none",
            "supervision_stated": "yes",
            "supervision": "Hver anden uge.",
            "funding": "Puljemidler.",
            "peer_support": "yes",
            "has_questionnaire": True,
            "source": "Eksempel",
            **fields,
        },
    )
    for number in range(1, 9):
        state = "answered" if number != 8 else "empty"
        text = f"Svar nummer {number}." if number != 8 else ""
        initiative.sections.add(InitiativeSection(number=number, text=text, state=state, sort_order=number))
    initiative.save()
    return initiative


def make_many(count, seed=1):
    """Make ``count`` initiatives at once, spread over all towns and words; some say nothing at all."""
    dice = random.Random(seed)
    locale = Locale.get_default()
    stem = Initiative.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    rows = Initiative.objects.bulk_create(
        Initiative(
            title=f"Initiativ {stem + n} {dice.choice(['Åen', 'Æblet', 'Øen', 'Peer-støtte', 'Zonen'])}",
            summary="To mennesker mødes en gang om ugen og drikker kaffe. Man bestemmer selv, hvad man taler om.",
            region=dice.choice(["", "1081", "1082", "1083", "1084", "1085"]),
            nationwide=dice.random() < 0.05,
            status=dice.choice(["", "running", "pilot", "ended", "planned"]),
            live=True,
            locale=locale,
            search_text=f" peerstoette {dice.choice(['aaen', 'oeen'])}\n",
        )
        for n in range(count)
    )
    towns = list(Municipality.objects.values_list("pk", flat=True))
    _tie(Initiative.municipalities.through, "municipality_id", rows, towns, dice)
    for kind, name in TERM_FIELDS.items():
        terms = list(DirectoryTerm.objects.filter(kind=kind).values_list("pk", flat=True))
        _tie(getattr(Initiative, name).through, "directoryterm_id", rows, terms, dice)
    return rows


def _tie(through, column, rows, values, dice):
    through.objects.bulk_create(
        through(initiative_id=row.pk, **{column: value})
        for row in rows
        for value in dice.sample(values, dice.randint(0, 3))
    )
