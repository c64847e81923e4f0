"""Sixty invented volunteers and forty-five invented citizens, the same every time.

Names are put together from common first and last names; telephone numbers come from a series nobody has.
"""

import random
from dataclasses import dataclass, field

FIRST_NAMES = {
    1: "Amina Birthe Camilla Dorte Ellen Fatma Gitte Hanne Ida Jytte Karen Laila Mette Nanna Oda Pernille Rikke Samira "
    "Tove Ulla Vibeke Yasmin Zainab Astrid Bodil Else Grethe Inger Kirsten Lene".split(),
    2: "Ali Bent Carsten Dennis Erik Flemming Gorm Henrik Ivan Jens Kim Lars Mikkel Niels Ole Peter Rasmus Søren Thomas "
    "Uffe Viggo Walid Yusuf Anton Bjarne Emil Frank Hassan Jørgen Karl".split(),
}
LAST_NAMES = (
    "Agerbo Birkmose Dalsgård Engholm Fynbo Græsted Hedelund Isager Juelsbo Kildemose Lundtofte Mosegård Nørreby Odderbæk "
    "Pilegård Ravnsholt Skovlyst Tangbo Uglebjerg Vesterlund Åkirke Ørbæk Bakkelund Engelbæk Højmark Strandby"
).split()
TOWNS = {
    "nord": ["3000", "3000", "3000", "3000", "2980", "3400", "3200", "2970", "3450", ""],
    "trekant": ["7000", "7000", "7000", "6000", "6000", "7100", "5500", ""],
}
INTERESTS = [
    "Gåture", "Gåture", "Cykling", "Svømning", "Kaffe og snak", "Kaffe og snak", "Fælles madlavning", "At lytte til musik",
    "At spille musik", "Kor og sang", "Koncerter", "Film og serier", "Bøger", "Brætspil", "Skak", "Håndarbejde",
    "Maling og tegning", "Fotografering", "Havearbejde", "Natur og fugle", "Fiskeri", "Hunde", "Fodbold", "Yoga", "Historie",
    "Museer", "Computerspil", "Sprog",
]  # fmt: skip
TIMES = [
    "ti 17-21; to 17-21", "ti 16-20; on 16-20; to 16-20", "ma 9-13; on 9-13; fr 9-13", "lø 10-15; sø 10-15",
    "on 17-20; lø 10-13", "ma 12-17; ti 12-17; to 12-17", "fr 9-14; lø 9-14", "to 17-21; sø 12-17",
    "ma 17-21; ti 17-21; on 17-21; to 17-21", "ma 9-16; ti 9-16; on 9-16; to 9-16", "ti 9-12; ti 17-20; to 17-20", "",
]  # fmt: skip
WISHES = [
    "Vil gerne ud at gå igen sammen med nogen.",
    "Savner en at spille musik med.",
    "Vil prøve at tage bussen til svømmehallen.",
    "En at drikke kaffe med, som ikke bliver forskrækket.",
    "Vil i gang med at lave mad til andre.",
    "Drømmer om at tage til koncert.",
]
MOTIVATIONS = [
    "Fik selv hjælp for nogle år siden og vil give det videre.",
    "Har tid og overskud, nu hvor arbejdet fylder mindre.",
    "Ved, hvor meget ét menneske kan betyde.",
    "Vil bruge sin erfaring til noget godt.",
]


@dataclass
class Invented:
    """What the loader needs to make one person; ``fields`` are the model's, the lists are names of rows."""

    fields: dict
    interests: list
    languages: list = field(default_factory=lambda: ["Dansk"])
    at_library: bool = False
    waiting_days: int = 0
    asked_days: int = 0


def _person(draw, where, number, taken):
    gender = draw.choice([1, 1, 2])
    while True:
        name = (draw.choice(FIRST_NAMES[gender]), draw.choice(LAST_NAMES))
        if name not in taken:
            break
    taken.add(name)
    languages = ["Dansk"] if draw.random() < 0.9 else []
    if draw.random() < 0.25:
        languages.append(draw.choice(["Engelsk", "Tyrkisk", "Arabisk", "Polsk"]))
    low = draw.choice([1, 1, 1, 2, None])
    fields = {
        "first_name": name[0],
        "last_name": name[1],
        "phone": f"0000 {number:04d}",
        "email": f"demo{number}@example.org" if draw.random() < 0.6 else "",
        "gender": gender if draw.random() < 0.9 else 0,
        "birth_year": draw.choice([None, *range(1948, 2003, 3)]),
        "postcode": draw.choice(TOWNS[where]),
        "travel_km": draw.choice([None, 5, 10, 15, 20, 30]),
        "channels": draw.choice([0, 1, 1, 1, 3, 3, 7]),
        "times": draw.choice(TIMES),
        "hours_min": low,
        "hours_max": None if low is None else low + draw.choice([0, 1, 1]),
    }
    # A favourite stands twice in the list: drawn twice, it still counts once.
    interests = sorted(set(draw.sample(INTERESTS, draw.choice([0, 4, 5, 5, 6, 6, 7]))))
    return Invented(fields, interests, languages, at_library=draw.random() < 0.3)


def volunteers(where, count, start):
    """Return ``count`` invented volunteers of ``"nord"`` or ``"trekant"``; ``start`` numbers their telephones."""
    draw, taken, made = random.Random(f"volunteers {where} 6"), set(), []
    for index in range(count):
        person = _person(draw, where, start + index, taken)
        person.fields |= {"capacity": draw.choice([1, 1, 1, 1, 2]), "motivation": draw.choice(MOTIVATIONS)}
        person.asked_days = draw.randrange(40, 900)
        made.append(person)
    return made


def citizens(where, count, start):
    """Return ``count`` invented citizens, those who have waited longest first."""
    draw, taken, made = random.Random(f"citizens {where}"), set(), []
    for index in range(count):
        person = _person(draw, where, start + index, taken)
        person.fields |= {
            "wish": draw.choice(WISHES),
            "came_by": draw.choice(["self", "self", "professional", "relative"]),
            "gender_wish": draw.choice([0, 0, 0, 0, 0, 1, 1, 2]),
        }
        person.waiting_days = max(2, 216 - index * 216 // count + draw.randrange(-4, 5))
        person.asked_days = person.waiting_days + draw.randrange(5, 30)
        made.append(person)
    return made
