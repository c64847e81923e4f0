"""Danish texts that guidance pages begin with. An editor owns them from the moment the page is made."""

RULES_INTRO = "Får du penge fra det offentlige? Du må næsten altid gerne være frivillig. Her kan du se, hvad du skal vide først."
SELF_CHECK_INTRO = (
    "Tag det i dit eget tempo. Svarene bliver på din skærm. Vi gemmer dem ikke, og vi kan ikke se dem."
)
SELF_CHECK_ENDING = (
    "Der er ingen rigtige svar. Har du lyst til at høre mere, så ring. Du lover ikke noget ved at spørge."
)
GLOSSARY_INTRO = "Her står ordene forklaret, så man kan forstå dem. Mangler der et, så sig det til os."
IDEAS_INTRO = (
    "Ni steder, hvor det gør en forskel, at en har prøvet det selv. Tag en idé, og gør den til jeres."
)
ROLE_INTRO = "En peer har selv haft det svært og bruger det til at støtte en anden. Her kan du se, hvordan det kan være."


def self_check():
    """Return the statements that a self-check begins with."""
    return [
        (
            "statements",
            {
                "title": "Din egen vej",
                "statements": [
                    "Jeg kan fortælle om det svære uden at blive helt slået ud.",
                    "Det går bedre nu, og det har det gjort et stykke tid.",
                    "Jeg ved, hvad jeg gør, når jeg har en dårlig dag.",
                    "Jeg har en, jeg kan tale med, når noget går tæt på.",
                ],
                "most": "Du har fået noget på afstand. Det er et godt sted at støtte en anden fra.",
                "some": "Det lyder, som om du er på vej. Tal med os om, hvad der ville gøre dig tryg.",
                "little": "Måske er det din tur til at få støtte først. Det kan vi også hjælpe med. Du kan blive frivillig senere.",
            },
        ),
        (
            "statements",
            {
                "title": "Sammen med en anden",
                "statements": [
                    "Jeg kan lytte, også når jeg selv ville gøre noget andet.",
                    "Jeg kan lade en anden finde sin egen vej.",
                    "Jeg kan sige fra på en venlig måde.",
                    "Jeg tror på, at folk kan få det bedre.",
                ],
                "most": "Det er det vigtigste, en peer kan. Resten lærer man.",
                "some": "Det er noget, man øver. Vi taler om det, og du får andre frivillige at øve dig med.",
                "little": "Måske passer en opgave i en gruppe bedre, eller en opgave, hvor du gør noget med hænderne. Spørg os.",
            },
        ),
        (
            "statements",
            {
                "title": "Tid og aftaler",
                "statements": [
                    "Jeg har et par timer om ugen.",
                    "Jeg siger til, når jeg ikke kan komme.",
                    "Jeg kan holde på det, andre fortæller mig.",
                    "Jeg vil gerne mødes med de andre frivillige en gang om måneden.",
                ],
                "most": "Så er der plads til det i dit liv lige nu.",
                "some": "Sig, hvad du kan, og hvad du ikke kan. Vi finder noget, der passer.",
                "little": "Det er helt i orden. Der er opgaver på en enkelt dag, og der er også en dag til næste år.",
            },
        ),
        (
            "statements",
            {
                "title": "Derfor vil jeg",
                "statements": [
                    "Jeg vil bruge det, jeg har lært, til noget godt.",
                    "Jeg vil også gerne selv få noget ud af det.",
                    "Det er i orden, at vi taler mest om den anden.",
                ],
                "most": "Det lyder som gode grunde. Fortæl os om dem.",
                "some": "Man må gerne være i tvivl. Kom og hør, hvad andre har fået ud af det.",
                "little": "Måske leder du efter noget andet. Vi kender mange steder og hjælper dig gerne videre.",
            },
        ),
    ]


def peer_role():
    """Return what the page about the role begins with."""
    return [
        (
            "text",
            "<h2>Støtte, ikke behandling</h2><p>En peer lytter, deler lidt af sit eget og går med et stykke af vejen. "
            "I vælger selv, hvad I vil bruge tiden på. Det kan være en tur, en kop kaffe eller et møde, der er svært at gå til alene.</p>"
            "<p>En peer er ikke læge og ikke sagsbehandler. En peer giver støtte og ikke behandling.</p>",
        ),
        (
            "ways",
            {
                "title": "Måder at være sammen på",
                "ways": [
                    {
                        "title": "To og to",
                        "text": "I mødes, fordi I deler noget. I finder selv ud af, hvor og hvornår.",
                    },
                    {
                        "title": "Lille gruppe",
                        "text": "Få mennesker, de samme hver gang. To frivillige leder gruppen.",
                    },
                    {
                        "title": "Stor gruppe",
                        "text": "En café, en fællesspisning eller en tur. Du kommer, når du har lyst.",
                    },
                    {
                        "title": "Undervisning",
                        "text": "En peer fortæller om sit liv på en skole, i en forening eller for dem, der arbejder med det.",
                    },
                    {"title": "I telefonen", "text": "Godt, når der er langt, eller når døren er tung."},
                    {
                        "title": "På nettet",
                        "text": "I skriver eller ser hinanden på skærmen. Vi hjælper med at komme i gang.",
                    },
                ],
            },
        ),
        (
            "facts",
            {
                "title": "Hvor tit, og hvor fast?",
                "facts": [
                    {
                        "term": "Hvor tit",
                        "text": "Som regel en gang om ugen eller sjældnere. Næsten aldrig hver dag.",
                    },
                    {"term": "Hvor længe", "text": "Det aftaler I. Man må gerne stoppe før."},
                    {
                        "term": "Kontrakt",
                        "text": "Nogle frivillige skriver under på en aftale. Andre gør ikke.",
                    },
                    {
                        "term": "Hvem finder hvem",
                        "text": "Nogle gange en koordinator. Andre gange finder I hinanden.",
                    },
                    {
                        "term": "Mål",
                        "text": "Nogle skriver ned, hvad de vil nå. Andre tager det, som det kommer.",
                    },
                    {
                        "term": "Forberedelse",
                        "text": "Et kursus, en samtale eller bare en god snak. Spørg, hvad I har her.",
                    },
                ],
            },
        ),
        (
            "comparison",
            {
                "title": "Frivillig eller lønnet?",
                "left": "Frivillig peer",
                "right": "Lønnet peer",
                "rows": [
                    {"what": "Tid", "left": "Et par timer om ugen", "right": "Et job, ofte på deltid"},
                    {
                        "what": "Hvem bestemmer",
                        "left": "I to finder ud af det sammen",
                        "right": "Lederen lægger rammen",
                    },
                    {
                        "what": "Hvor",
                        "left": "Der, hvor I har lyst til at være",
                        "right": "Mest der, hvor man er ansat",
                    },
                    {
                        "what": "Hvordan I mødes",
                        "left": "Du kan selv ringe eller skrive",
                        "right": "Ofte gennem kommunen eller psykiatrien",
                    },
                    {
                        "what": "Hvem passer på dig",
                        "left": "En koordinator og de andre frivillige",
                        "right": "En leder og kolleger",
                    },
                    {
                        "what": "Bagefter",
                        "left": "For nogle er det et første skridt mod et job",
                        "right": "For nogle er det et arbejde i mange år",
                    },
                ],
            },
        ),
    ]
