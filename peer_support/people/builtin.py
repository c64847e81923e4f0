"""Interests and languages to begin with, in Danish, as data that editors own from then on."""

from django.apps import apps as installed_apps
from django.db import router, transaction

APP = "peer_support"

INTERESTS = {
    "Ud i det fri": ("Gåture", "Cykling", "Natur og fugle", "Fiskeri", "Havearbejde", "Vinterbadning", "Hunde"),
    "Krop og bevægelse": ("Svømning", "Fitness", "Yoga", "Fodbold", "Badminton", "Dans", "Løb"),
    "Samvær": ("Kaffe og snak", "Brætspil", "Kortspil", "Fælles madlavning", "Bankospil"),
    "Kreativt": ("Håndarbejde", "Maling og tegning", "Keramik", "Træarbejde", "Fotografering", "At skrive"),
    "Musik og kultur": ("At lytte til musik", "At spille musik", "Kor og sang", "Koncerter", "Film og serier", "Teater", "Museer"),
    "Viden og sprog": ("Bøger", "Historie", "Sprog", "Samfund og nyheder", "Slægtsforskning"),
    "Teknik og spil": ("Computerspil", "Computer og telefon", "Biler og motorcykler", "Modelbyggeri", "Skak"),
    "I hverdagen": ("Indkøb sammen", "Madlavning", "Dyr", "Genbrug og loppemarked", "Tro og eftertanke", "Frivilligt arbejde"),
}  # fmt: skip
LANGUAGES = {
    "da": "Dansk",
    "dsl": "Dansk tegnsprog",
    "en": "Engelsk",
    "de": "Tysk",
    "sv": "Svensk",
    "no": "Norsk",
    "fo": "Færøsk",
    "kl": "Grønlandsk",
    "ar": "Arabisk",
    "tr": "Tyrkisk",
    "fa": "Persisk",
    "so": "Somali",
    "uk": "Ukrainsk",
    "pl": "Polsk",
    "ur": "Urdu",
    "es": "Spansk",
    "fr": "Fransk",
}


def load_vocabularies(sender=None, using="default", apps=None, **kwargs):
    """Fill empty tables of interests and languages; safe to run again.

    A table that holds anything is left alone: what an editor renamed stays renamed, what was deleted stays away.
    """
    apps = apps or installed_apps
    try:
        group, interest, language = (
            apps.get_model(APP, name) for name in ("InterestGroup", "Interest", "Language")
        )
    except LookupError:
        return  # the package's tables are not made yet, or were just removed
    if not all(router.allow_migrate_model(using, model) for model in (group, interest, language)):
        return
    groups, interests, languages = (m._default_manager.using(using) for m in (group, interest, language))
    with transaction.atomic(using=using):
        if not interests.exists() and not groups.exists():
            _load_interests(groups, interests)
        if not languages.exists():
            rows = enumerate(LANGUAGES.items())
            languages.bulk_create(language(bit=bit, code=code, name=name) for bit, (code, name) in rows)


def _load_interests(groups, interests):
    bit = 0
    for place, (heading, names) in enumerate(INTERESTS.items(), start=1):
        made = groups.create(name=heading, order=place * 10)
        for name in names:
            interests.create(bit=bit, name=name, group=made)
            bit += 1
