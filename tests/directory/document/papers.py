"""Small documents written for the tests: invented initiatives, our own words, both versions of the form.

The printed questions are shortened to the few words by which the parser knows them.
"""

from __future__ import annotations

HEADINGS = {
    1: ("Beskriv kort jeres tilbud/projekt og peer-rollen i det ved at svare på", "spørgsmålene herunder:"),
    2: ("Beskriv peer-støtten i jeres hverdag ved at besvare spørgsmålene herunder:",),
    3: ("Beskriv gruppen der yder støtten ved at besvare spørgsmålene herunder:",),
    4: ("Beskriv gruppen der modtager støtten ved at besvare spørgsmålene herunder:",),
    5: ("Beskriv peer-støttens relation til huset ved at besvare spørgsmålene herunder:",),
    6: ("Beskriv effekten af at have den i huset ved at besvare spørgsmålene", "herunder:"),
    7: ("Beskriv finansieringen af den ved at besvare spørgsmålene herunder:",),
    8: ("Er der andet, det er vigtigt at vide?",),
}
QUESTIONS = {
    1: (
        ("Hvad er formålet med og ideen i jeres tilbud/projekt?",),
        ("Hvordan bidrager peers, og er det en god ide?",),
    ),
    2: (
        ("Hvor længe har tilbuddet eksisteret?",),
        ("Hvad er formålet med og indhold i peer-støtten (hvem giver til hvem)?",),
        ("Hvad er omfanget (hvor tit og", "hvor længe mm)?"),
    ),
    3: (
        ("Hvor mange peer-støttere er der?",),
        ("Hvordan rekrutteres peer-støtterne, og hvad", "de skal have?"),
        ("Har peer-støtterne tilbud om supervision (af hvem mm)?",),
    ),
    4: (("Hvem kan få adgang til den (rekruttering mm)?",), ("Hvor mange modtager tilbud i jeres projekt?",)),
    5: (
        ("Hvordan er tilbuddet om peer-støtte koblet til jeres organisation?",),
        ("Hvordan er peer-støtterne blevet modtaget af fagprofessionelle (kom gerne med", "erfaringer)?"),
    ),
    6: (
        ("Hvilken effekt har det for de der giver peer-støtte?",),
        ("Har I dokumentation for effekter (vedhæft gerne)?",),
    ),
    7: (
        ("Hvordan er peer-støtten i jeres tilbud betalt (drift eller projekt)?",),
        ("Hvad er de største udfordringer for dens", "levedygtighed?"),
    ),
    8: (),
}
QUESTIONS_B = {
    2: (
        ("Hvor længe har tilbuddet eksisteret?",),
        ("Hvad er formålet med og indhold i peerstøtten? (hvem giver til hvem)",),
    ),
    5: (
        ("Hvordan er tilbuddet om peer-støtte koblet til jeres organisation? ?",),
        ("Hvordan er peer-støtterne blevet modtaget af fagprofessionelle?  (kom gerne med", "erfaringer)"),
    ),
    8: (("Herunder kontaktoplysninger og evt hjemmeside",),),
}
BULLET = "\uf0b7 "


def heading(section: int, version: str = "A") -> list[str]:
    lines = list(HEADINGS[section])
    if version == "B" and section == 1:
        lines[1] = "spørgsmåleneherunder :"
    if version == "B" and section == 7:
        lines[0] = lines[0].replace("herunder", "heruner")
    questions = QUESTIONS_B.get(section) if version == "B" else None
    for question in questions or QUESTIONS[section]:
        mark = BULLET if section != 8 else ""
        lines += [mark + question[0], *question[1:]]
    return lines


def form(
    title: str, answers: dict[int, str], version: str = "A", *, without: tuple[int, ...] = ()
) -> list[str]:
    """A filled form. Answers not given stay empty. A title of several lines is a wrapped title."""
    lines = ["", *title.split("\n"), ""]
    for section in range(1, 9):
        if section in without:
            continue
        lines += [line + " " for line in heading(section, version)]
        if section in answers:
            lines += answers[section].split("\n")
        lines += [" ", ""]
    return lines


def prose(title: str, text: str, spaced: bool = True) -> list[str]:
    """An entry without the form; the extraction sets its lines apart."""
    lines = ["", *(line for part in title.split("\n") for line in (part + " ", ""))]
    for line in text.split("\n"):
        lines += [line + " ", ""] if spaced else [line + " "]
    return lines


def chapter(region: str, says_none: bool = False) -> list[str]:
    head = ["", f"Peer-støtte i Region {region} "]
    if says_none:
        return [*head, f"Vi kender endnu ingen initiativer i Region {region} ", " "]
    return [
        *head,
        f"Initiativer i Region {region} – både kommunale og private, samlet af os til",
        "",
        "denne prøve. ",
        "",
    ]


def paper(*parts: list[str]) -> str:
    return "\n".join([" Peer-støtte i et prøveland ", "En samling skrevet til prøver. ", "", *sum(parts, [])])


ANSWERS = {
    1: "Formålet er at mødes om havearbejde og kaffe i fællesskab.",
    2: "Haven åbnede i 2011. Ti frivillige mødes hver uge med dem, der har lyst.",
    3: "Der er ti frivillige. De finder os gennem opslag på biblioteket.",
    4: "Alle over atten år er velkomne. Omkring tredive kommer fast.",
    5: "Haven er en del af kulturhuset, og de ansatte bakker op.",
    6: "Deltagerne fortæller, at de sover bedre.",
    7: "Driften betales af kulturhuset.",
    8: "Haven er åben hele sommeren.",
}
PROSE = (
    "Mødestedet samler naboer med egne erfaringer med ensomhed om fælles madlavning hver\n"
    "torsdag, og alle er med til at bestemme menuen. Ordningen drives af frivillige.\n"
)
