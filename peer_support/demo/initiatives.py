"""Thirty-one invented initiatives of the kinds that exist: house and project, ward and online, paid and volunteer.

Each is a dictionary of the fields of ``Initiative``; terms stand by their code, municipalities by their name.
``sections`` holds the answers of those that have filled in the questionnaire.
"""

import json
from importlib.resources import files

# Positions in ``initiatives.json`` of those that have filled in the questionnaire.
_WITH_FORM = (0, 1, 2, 3, 4, 5, 7, 8, 10, 15, 16, 19, 20, 22, 23, 26, 30)
_NO_PEER_SUPPORT = {
    "Besøgsven Sydvest": "no",
    "Nabohjælp Egedal": "",
    "Naboskab på tværs": "",
    "Avisen Kanten": "partly",
}
_TRAINING = {
    "one-to-one": "To aftener om samtale og grænser, derefter en prøvetid med støtte.",
    "group-course": "Fire dage efter en fast manual og et hold som føl.",
    "peer-training": "Seks hele dage, én om måneden, ved siden af praksis.",
    "ward": "Følger en erfaren underviser de første fem gange.",
}
_SUPERVISION = [
    "Gruppe hver måned",
    "Hver anden uge hos en psykolog",
    "Ved koordinator, når der er brug for det",
]


def _answers(title, forms, place):
    first = forms[0]
    return {
        1: f"{title} vil give håb og mod til hverdagen. Støtten kommer fra mennesker, der selv har været der.",
        2: "Man mødes en til to timer ad gangen. Formen er blevet enklere med årene, fordi papirerne fyldte for meget.",
        3: _TRAINING.get(first, "Nye begynder sammen med en erfaren. Der er ingen eksamen."),
        4: f"Alle voksne i {place} kan komme. Man behøver ikke en henvisning, og man kan holde pause.",
        5: "Personalet er med til at planlægge og siger til, når nogen kunne have glæde af det.",
        6: "Vi spørger deltagerne to gange om året. De fleste siger, at de er mindre alene.",
        7: "En del er fast drift, resten er puljer, som skal søges igen.",
        8: "",
    }


def _entry(index, row):
    title, forms, towns = row["title"], row["forms"], row["municipalities"]
    has_form = index in _WITH_FORM
    first = forms[0]
    place = towns[0] if towns else "hele landet"
    return {
        **row,
        "nationwide": not towns,
        "description": row["summary"],
        "for_whom": "Voksne, som har eller har haft det svært. Ingen diagnose er nødvendig."
        if has_form
        else "",
        "peer_count": ["12", "5–8", "omkring 20", ""][index % 4],
        "training_stated": "yes" if has_form and first in _TRAINING else ("none" if index == 23 else ""),
        "training": _TRAINING.get(first, "") if has_form else "",
        "supervision_stated": "yes" if has_form and index % 5 else ("none" if index in (19, 27) else ""),
        "supervision": _SUPERVISION[index % 3] if has_form and index % 5 else "",
        "recruitment_stated": "yes" if has_form else "",
        "recruitment": "Tidligere deltagere og opslag på frivilligportalen." if has_form else "",
        "evaluation_stated": ["", "yes", "planned", "none"][index % 4] if has_form else "",
        "funding": "Drift og puljemidler." if has_form else "",
        "peer_support": _NO_PEER_SUPPORT.get(title, "yes"),
        "has_questionnaire": has_form,
        "source": "Eksempel, opfundet til denne prøveside",
        "runs_here": index in (0, 1),
        "sections": _answers(title, forms, place) if has_form else {},
    }


def entries():
    """Return the thirty-one entries, in order."""
    rows = json.loads(files("peer_support.demo").joinpath("initiatives.json").read_text(encoding="utf-8"))
    return [_entry(index, row) for index, row in enumerate(rows)]
