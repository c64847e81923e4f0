"""The words of the invented centre's pages. Short sentences, "du", and nothing that sounds like an office."""

FRONT = {
    "title": "Du behøver ikke gå alene",
    "slug": "forside",
    "intro": "Har du det svært? Tal med en, der selv har været der. Det er gratis, og du bestemmer farten.",
    "search_description": "Gratis støtte fra en frivillig, der selv har haft det svært. Du bestemmer farten.",
    "picture": ("koekkenbord", "To mennesker sidder ved et køkkenbord med kaffe og ler."),
}
# The order of the menu.
MENU = ("stoette", "bliv-frivillig", "fortaellinger", "find", "forloeb", "fagfolk")
WAYS = (
    ("support", "Jeg vil gerne have støtte", "Mød en, der har prøvet noget af det samme.", "stoette"),
    ("volunteer", "Jeg vil være frivillig", "Brug det, du selv har været igennem. En time om ugen rækker.", "bliv-frivillig"),
    ("professional", "Jeg hjælper en anden", "Er du ven, familie eller fagperson? Se, hvad du kan gøre.", "fagfolk"),
    ("support", "Find et sted nær dig", "Se, hvad der er i din by og i resten af landet.", "find"),
)  # fmt: skip
WHAT = (
    "<h2>Hvad er en peer?</h2><p>En peer er en, der selv har haft det svært og er kommet videre. Han eller hun er frivillig. "
    "I drikker kaffe, går en tur eller taler sammen. I finder selv ud af hvad.</p>"
    "<p>En peer er ikke læge. En peer er et menneske, der ved, hvordan det føles.</p>"
)
STEPS = {
    "title": "Sådan går det til",
    "steps": [
        {"title": "Du skriver eller ringer", "text": "Et fornavn og et nummer er nok."},
        {"title": "Vi taler sammen", "text": "Du siger, hvad du kunne ønske dig. Det tager en halv time, og der er kaffe på kanden."},
        {"title": "I mødes", "text": "Vi er med første gang. Dagen efter kan I begge sige nej tak. Ingen skal sige hvorfor."},
    ],
}  # fmt: skip
FACTS = {
    "title": "Kort fortalt",
    "facts": [
        {"term": "Pris", "text": "Det koster ikke noget."},
        {"term": "Hvem", "text": "Alle over 18 år. Du skal ikke have et papir fra lægen."},
        {"term": "Hvor tit", "text": "En til to timer om ugen. I aftaler selv tid og sted."},
        {"term": "Stop", "text": "Du kan holde pause eller stoppe, når du vil."},
    ],
}
NUMBERS = {
    "title": "Vores tal",
    "figures": ["enquiries", "matches_started", "participants", "volunteers"],
    "period": "last12",
    "year": None,
    "initiative": None,
}
RECRUITMENT = (
    {
        "slug": "stoette",
        "title": "Få støtte",
        "seo_title": "Få støtte af en, der selv har prøvet det",
        "audience": "citizens",
        "intro": "Du får en ved din side, som selv har haft det svært. I mødes om det, I har lyst til.",
        "search_description": "Få en frivillig ved din side, der selv har haft det svært. Gratis og uden henvisning.",
        "picture": ("baenk", "To mennesker sidder på en bænk og ser på solen over havet."),
        "action": ("Skriv til os", "Vi ringer inden for en uge. Du siger ikke ja til noget endnu.", "jeg-vil-have-stoette"),
        "gains": (
            ("En, der lytter", "Din peer har selv været der. Du skal ikke forklare alt."),
            ("Noget at se frem til", "En gåtur, en kop kaffe eller en tur i biffen. Hver uge."),
            ("Mod til det næste skridt", "I kan tage bussen sammen eller gå med til lægen."),
        ),
        "asks": (
            ("Du bestemmer", "Du siger selv, hvad du vil tale om. Du kan altid sige nej."),
            ("Det bliver mellem os", "Vi gemmer kun det, vi har brug for. Det kan du få slettet."),
            ("Det er ikke behandling", "En peer er en støtte ved siden af den hjælp, du ellers får."),
        ),
        "faces": ("samira", "bente"),
        "poster": ("Har du det svært? Du er ikke den eneste", "Mød en, der selv har været der. Gratis. Du bestemmer farten."),
    },
    {
        "slug": "bliv-frivillig",
        "title": "Bliv frivillig",
        "seo_title": "Bliv frivillig peer",
        "audience": "volunteers",
        "intro": "Du ved, hvordan det føles. Netop det er der en, der mangler lige nu.",
        "search_description": "Bliv frivillig peer: brug det, du selv har været igennem. En til to timer om ugen.",
        "picture": ("gaatur", "To mennesker går en tur ved vandet og taler sammen."),
        "action": ("Jeg vil høre mere", "Vi ringer til dig inden for en uge. Du siger ikke ja til noget endnu.", "jeg-vil-vaere-frivillig"),
        "gains": (
            ("Du gør en forskel", "Du følger ét menneske uge for uge. Du kan se, at det nytter."),
            ("Du lærer noget", "Vi holder kurser i at lytte, sige fra og passe på dig selv."),
            ("Du får et hold", "Vi spiser sammen hver måned og hjælper hinanden."),
            ("Du er ikke alene med det", "Du kan altid ringe til din koordinator."),
        ),
        "asks": (
            ("En til to timer om ugen", "I et halvt år ad gangen. Du kan altid holde pause."),
            ("Du har selv haft det svært", "Og du har det så godt nu, at du har lidt at give af."),
            ("Du holder tæt", "Det, I taler om, bliver mellem jer."),
            ("Du skal ikke kunne det hele", "Du er ikke læge. Du er et menneske, der er med."),
        ),
        "faces": ("malthe", "jonas"),
        "poster": ("Brug det, du selv har været igennem", "Bliv frivillig peer. En time om ugen er nok."),
    },
)  # fmt: skip
PROFESSIONAL = {
    "slug": "fagfolk",
    "title": "Hjælper du en anden?",
    "intro": "Er du fagperson, ven eller familie? Her ser du på fire minutter, hvad vi tilbyder, og hvordan I kommer i gang.",
    "search_description": "Til fagfolk og pårørende: hvad peer-støtte er, hvem det er for, og hvordan I kommer i gang.",
    "for_whom": (
        ("Voksne, der har det svært", "For eksempel med angst, sorg eller uro. Der er ingen krav om en diagnose."),
        ("Dem, der selv har lyst", "Det virker kun, når den, det handler om, siger ja."),
        ("Ikke i en akut krise", "Er der fare for et liv, så ring 112."),
    ),
    "refer": (
        ("Spørg først", "Fortæl, hvad en peer er. Vis gerne siden her på din telefon."),
        ("Ring sammen", "Det bedste er, at I ringer sammen. Så hører alle det samme."),
        ("Eller skriv for en anden", "Brug formularen, når den anden har sagt ja. Vi ringer til den, det handler om."),
        ("Så tager vi over", "Du hører kun fra os, hvis den anden gerne vil have det."),
    ),
    "action": ("Skriv for en anden", "Det tager to minutter. Den anden skal have sagt ja.", "jeg-skriver-for-en-anden"),
}  # fmt: skip
STORY_INDEX = {
    "slug": "fortaellinger",
    "title": "Fortællinger",
    "intro": "Her fortæller mennesker, der selv har været der. De har skrevet det sammen med os.",
    "search_description": "Fortællinger fra mennesker, der har haft det svært og er kommet videre.",
}
DIRECTORY = {
    "slug": "find",
    "title": "Find peer-støtte",
    "intro": "Her er steder i hele landet, hvor du kan møde en, der selv har været der.",
    "search_description": "Find peer-støtte i din by: grupper, samtaler, steder at være og støtte på nettet.",
    "booklet_title": "Peer-støtte i hele landet",
}
ABOUT = {
    "slug": "om-os",
    "title": "Om os",
    "intro": "Frivilligcenter Eksempelby er et hus for alle, der vil gøre noget for andre.",
    "search_description": "Om Frivilligcenter Eksempelby: hvem vi er, hvor vi bor, og hvornår du kan komme forbi.",
    "body": (
        "<h2>Hvem er vi?</h2><p>Vi er tre ansatte og over hundrede frivillige. Mange af os har selv haft det svært. "
        "Det er ikke noget, vi gemmer væk. Det er det, vi bruger.</p>"
        "<h2>Kom forbi</h2><p>Vi bor i det gule hus ved havnen i Eksempelby. Der er åbent mandag til torsdag fra klokken 10 til 16. "
        "Du skal ikke have en aftale. Der er altid nogen, der siger hej.</p>"
        "<h2>Hvem betaler?</h2><p>Vi får penge fra kommunen og fra fonde. Derfor koster det ikke noget for dig.</p>"
    ),
}
PRIVACY = {
    "slug": "dine-oplysninger",
    "title": "Dine oplysninger",
    "intro": "Du skal kunne stole på os. Derfor gemmer vi så lidt som muligt.",
    "search_description": "Hvad vi gemmer om dig, hvem der ser det, og hvordan du får det slettet.",
    "body": (
        "<h2>Hvad gemmer vi?</h2><p>Et navn, eller det du vil kaldes. Ét sted, hvor vi kan nå dig. Og det, du selv siger til os. "
        "Skriv ikke dit CPR-nummer til os. Vi har ikke brug for det.</p>"
        "<h2>Hvem ser det?</h2><p>Kun den koordinator, du taler med, og en kollega, når hun holder ferie. Din peer får kun dit fornavn, "
        "til du siger, at det er i orden at dele mere.</p>"
        "<h2>Hvor længe?</h2><p>Når I er færdige, sletter vi det igen. Du kan også få det slettet før. Ring eller skriv til os. "
        "Du skal ikke sige hvorfor.</p>"
    ),
}
SIGN_UPS = (
    {
        "slug": "jeg-vil-have-stoette",
        "kind": "support",
        "title": "Jeg vil gerne have støtte",
        "intro": "Skriv et navn og ét sted, vi kan nå dig. Så ringer vi og hører, hvad du kunne ønske dig.",
        "search_description": "Skriv til os, hvis du gerne vil have en frivillig ved din side.",
    },
    {
        "slug": "jeg-vil-vaere-frivillig",
        "kind": "volunteer",
        "title": "Jeg vil gerne være frivillig",
        "intro": "Skriv et navn og ét sted, vi kan nå dig. Så drikker vi en kop kaffe og ser, om det er noget for dig.",
        "search_description": "Skriv til os, hvis du gerne vil være frivillig peer.",
    },
    {
        "slug": "jeg-skriver-for-en-anden",
        "kind": "referral",
        "title": "Jeg skriver for en anden",
        "intro": "Spørg først den, det handler om. Når du har fået et ja, kan du skrive til os her.",
        "search_description": "Skriv for en ven, et barn, en borger eller en patient, som har sagt ja til det.",
    },
    {
        "slug": "bestil-et-foredrag",
        "kind": "talk",
        "title": "Bestil et foredrag",
        "intro": "Vil I høre en fortælling fra det rigtige liv? Vi kommer gerne ud til skoler, foreninger og arbejdspladser.",
        "search_description": "Bed om at få besøg af en, der fortæller om at have det svært og komme videre.",
    },
    {
        "slug": "hoer-om-et-forloeb",
        "kind": "course",
        "title": "Hør om et gruppeforløb",
        "intro": "Skriv et navn og ét sted, vi kan nå dig. Så fortæller vi, hvornår det næste hold begynder.",
        "search_description": "Hør om de næste hold, hvor otte mødes om at få det bedre.",
    },
)  # fmt: skip
COURSES = {
    "slug": "forloeb",
    "title": "Gruppeforløb",
    "intro": "Her er du en af otte. I mødes to timer om ugen i ti uger. To frivillige, der selv har prøvet det, står for det.",
    "search_description": "Gruppeforløb for otte ad gangen, ledet af to, der selv har været der.",
}
ROLE = {
    "slug": "hvad-goer-en-peer",
    "title": "Hvad gør en peer?",
    "search_description": "Hvad en frivillig peer gør: en til en, i grupper, på telefon og på nettet.",
}
SELF_CHECK = {
    "slug": "er-det-noget-for-mig",
    "title": "Er det noget for mig?",
    "search_description": "Tolv ting at tænke over, før du bliver frivillig. Vi gemmer ikke dine svar.",
    "action": (
        "Ja, lad os tale sammen",
        "Vi ringer til dig. Du siger ikke ja til noget endnu.",
        "jeg-vil-vaere-frivillig",
    ),
}
RULES = {
    "slug": "maa-jeg-vaere-frivillig",
    "title": "Må jeg være frivillig?",
    "search_description": "Må du være frivillig, når du får dagpenge, sygedagpenge eller pension? Se, hvad du skal vide.",
    "action": (
        "Ring til os, hvis du er i tvivl",
        "Så finder vi ud af det sammen.",
        "jeg-vil-vaere-frivillig",
    ),
}
IDEAS = {
    "slug": "ideer",
    "title": "Ni idéer til jer",
    "search_description": "Ni steder, hvor det gør en forskel, at en har prøvet det selv.",
}
GLOSSARY = {
    "slug": "ordbog",
    "title": "Ord, der er gode at kende",
    "search_description": "De vigtigste ord om peer-støtte, forklaret så man kan forstå dem.",
}
# What stands below the points of the recruitment page for volunteers; the braces are filled with links.
BEFORE_YOU_START = (
    "<h2>Er du i tvivl?</h2><p>Det er der mange, der er. Her er tre steder at begynde:</p><ul>"
    "<li>{hvad-goer-en-peer}</li><li>{er-det-noget-for-mig}</li><li>{maa-jeg-vaere-frivillig}</li></ul>"
)
AFTER_WHAT = "<p>Læs mere: {hvad-goer-en-peer}</p>"
FOR_TEAMS = (
    "<h2>Vil I begynde noget nyt?</h2><p>Her er idéer, I kan tage og gøre til jeres: {ideer}</p>"
    "<p>Vil I høre en, der selv har været der? {bestil-et-foredrag}</p>"
)
