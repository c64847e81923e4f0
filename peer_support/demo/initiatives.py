"""Thirty-one invented initiatives of the kinds that exist: house and project, ward and online, paid and volunteer.

Each is a dictionary of the fields of ``Initiative``; terms stand by their code, municipalities by their name.
``sections`` holds the answers of those that have filled in the questionnaire.
"""

# title, operator, region code, municipalities, forms, settings, audiences, relations, status, started, in short
_ROWS = [
    ("Peer-støtte Nordkysten", "Frivilligcenter Eksempelby", "1084", ["Helsingør", "Hillerød", "Fredensborg", "Gribskov", "Hørsholm"],
     ["one-to-one", "group-course", "accompaniment"], ["home-community", "course-school"], ["adults"], ["volunteer"], "running", "2021",
     "To mennesker mødes en gang om ugen. Den ene har været igennem en svær tid og er kommet videre. I går en tur, drikker kaffe eller tager i svømmehallen."),
    ("Sammen i Trekanten", "Frivilligcenter Trekanten", "1083", ["Fredericia", "Kolding", "Vejle", "Middelfart"],
     ["one-to-one", "drop-in"], ["home-community"], ["adults"], ["volunteer"], "running", "2022",
     "Vi finder en frivillig, der deler dine interesser og bor i nærheden. I bestemmer selv, hvad I vil bruge tiden på."),
    ("Vendepunktet", "Foreningen Vendepunktet", "1084", ["København"], ["drop-in", "mutual-aid", "activity"], ["user-run-place"], ["adults"], ["volunteer"],
     "running", "1998", "Et hus, som brugerne selv driver. Der er værksted, madlavning og et øvelokale. Man hjælper hinanden undervejs."),
    ("Erfaring på afsnittet", "Psykiatrisk center og en brugerforening", "1084", ["Hillerød"], ["ward-based", "teaching"], ["hospital-psychiatry"], ["adults"], ["hourly"],
     "running", "2016", "To undervisere med egen erfaring holder samtaler og små workshops for patienter og personale på samme tid."),
    ("Med til mødet", "Landsforeningen Ved Siden Af", "1084", ["København", "Frederiksberg"], ["accompaniment", "one-to-one"], ["authority-meetings"], ["adults"], ["volunteer"],
     "running", "2009", "En frivillig følges med dig til lægen, banken eller jobcentret og hjem igen. Den frivillige taler ikke på dine vegne."),
    ("Klub Kridt", "Glostrup Kommune og idrætsforeningen", "1084", ["Glostrup", "Brøndby"], ["activity", "co-teaching"], ["sport-activity-house"], ["adults"], ["flexjob", "volunteer"],
     "running", "2012", "Idræt og køkken med tidligere deltagere som instruktører. Ingen skal tilmelde sig for at prøve."),
    ("Skærmtid med en, der ved det", "Region Hovedstaden", "1084", [], ["online"], ["online", "district-psychiatry"], ["adults"], ["ordinary"],
     "pilot", "2024", "Videosamtaler aften og weekend med ansatte, som selv har haft det svært. Under afprøvning i to distrikter."),
    ("Recoveryskolen Øst", "Ballerup Kommune", "1084", ["Ballerup", "Herlev", "Gladsaxe"], ["recovery-school", "group-course", "co-teaching"], ["course-school"], ["adults"], ["hourly"],
     "running", "2015", "Korte hold, som altid har to undervisere: en fagperson og en med egen erfaring."),
    ("Broen til job", "Aftenskolen Dit Næste Skridt", "1084", ["København"], ["peer-training"], ["course-school"], ["adults"], ["internship"],
     "running", "2010", "Et halvt års uddannelse og praktik for mennesker, som vil bruge deres erfaring i et arbejde."),
    ("Telefonen på Strandvejen", "Foreningen Et Øre", "1084", ["Gentofte"], ["telephone"], ["online"], ["adults"], ["volunteer"],
     "running", "2018", "Ring om aftenen og tal med et menneske, der selv har prøvet at ligge søvnløs."),
    ("Unge Vinkler", "Rudersdal Kommune", "1084", ["Rudersdal", "Furesø"], ["one-to-one", "activity"], ["municipal"], ["young"], ["part-time"],
     "running", "2020", "Unge mellem 18 og 30 får følgeskab af en, der er få år ældre og kender turen."),
    ("Havnegruppen", "Halsnæs Kommune", "1084", ["Halsnæs"], ["mutual-aid"], ["home-community"], ["adults"], ["not-stated"],
     "ended", "2013", "En selvhjælpsgruppe ved havnen. Den sluttede, da lokalet blev solgt."),
    ("Værkstedet på Amager", "Værkstedet I/S", "1084", ["København"], ["social-enterprise"], ["media-enterprise"], ["adults"], ["flexjob", "internship"],
     "running", "2011", "Trykkeri og cykelværksted, hvor nye lærer af dem, der har været der længe."),
    ("Avisen Kanten", "Foreningen Kanten", "1084", [], ["media-editorial"], ["media-enterprise"], ["adults"], ["volunteer"],
     "running", "2004", "Et blad og en podcast, lavet af mennesker med egne erfaringer."),
    ("Nabohjælp Egedal", "Egedal Kommune", "1084", ["Egedal"], ["network"], ["home-community"], ["adults"], ["not-stated"], "planned", "",
     "Et netværk er på vej. Kommunen leder efter de første frivillige."),
    ("Kurset Lær at tackle hverdagen", "Et landsdækkende komitéarbejde", "1084", [], ["group-course"], ["course-school"], ["adults"], ["volunteer"],
     "running", "2008", "Syv mødegange med en fast plan og to frivillige instruktører. Udbydes i mange kommuner."),
    ("Udskrevet – og hvad så?", "En brugerforening med støtte fra en fond", "1084", ["Frederikssund"], ["staff-teaching", "ward-based"], ["hospital-psychiatry"], ["adults"], ["project"],
     "ended", "2014", "Et projekt, der hjalp patienter med at lægge en plan for den første tid hjemme."),
    ("Aftenhøjskolen Håb", "Aftenhøjskolen Håb", "1084", ["Allerød"], ["group-course"], ["course-school"], ["adults"], ["not-stated"], "running", "2019",
     "Hold i fortælling, musik og natur for alle, der har haft det svært."),
    ("Naboskab på tværs", "To kommuner i fællesskab", "1084", ["Tårnby", "Dragør"], ["network"], ["municipal"], ["adults"], ["not-stated"], "planned", "",
     "To kommuner vil dele frivillige. Nærmere følger."),
    ("Sporet", "Næstved Kommune og et idrætsforbund", "1085", ["Næstved"], ["activity", "staff-teaching"], ["sport-activity-house"], ["adults"], ["wage-subsidy"],
     "running", "2017", "Vandreture og træning med guider, som selv er gået vejen."),
    ("Med hjem fra Slagelse", "Region Sjælland", "1085", ["Slagelse"], ["one-to-one", "ward-based"], ["hospital-psychiatry", "home-community"], ["adults"], ["project", "hourly"],
     "ended", "2012", "En støtteperson mødte patienten før udskrivelsen og fulgte med de første måneder hjemme."),
    ("Åben Dør Roskilde", "Roskilde Kommune og et kulturhus", "1085", ["Roskilde"], ["outreach"], ["culture-house"], ["young"], ["not-stated"], "running", "2021",
     "Unge værter i kulturhuset tager imod nye, som kommer alene."),
    ("Peermentor Fyn", "Odense Kommune og en forening", "1083", ["Odense", "Nyborg"], ["one-to-one", "peer-training"], ["municipal", "home-community"], ["young"], ["volunteer"],
     "running", "2014", "Et halvt års mentorskab mellem unge. Mentorerne lærer undervejs, en hel dag hver måned."),
    ("Besøgsven Sydvest", "En hjælpeorganisation i Esbjerg", "1083", ["Esbjerg"], ["one-to-one"], ["home-community"], ["young"], ["volunteer"],
     "running", "2013", "Frivillige på besøg i højst seks måneder. De frivillige har ikke nødvendigvis egen erfaring."),
    ("Kollega med erfaring", "Region Syddanmark", "1083", ["Aabenraa"], ["embedded-staff", "teaching"], ["district-psychiatry"], ["adults"], ["ordinary"],
     "running", "2015", "Medarbejdere med egen erfaring indgår i distriktets hold på lige fod."),
    ("Fællesskabet Ådalen", "Foreningen Ådalen", "1082", ["Randers"], ["mutual-aid", "drop-in"], ["user-run-place"], ["adults"], ["volunteer"],
     "running", "1995", "Et værested, hvor medlemmerne åbner, laver mad og lukker sammen."),
    ("Skolen for Livet", "Aarhus Kommune", "1082", ["Aarhus"], ["group-course", "co-teaching", "drop-in"], ["municipal"], ["adults"], ["volunteer-contract"],
     "running", "2009", "Hold på seks til otte om at skrive, male og støtte andre. Én lønnet og én frivillig underviser pr. hold."),
    ("Radio Ro", "Den selvejende institution Radio Ro", "1082", ["Silkeborg"], ["media-editorial", "group-course"], ["media-enterprise"], ["adults"], ["not-stated"],
     "running", "2016", "Lær at klippe lyd og fortæl din egen historie. Plads til seks ad gangen."),
    ("Café Midt i Ugen", "Den sociale virksomhed Midt", "1082", ["Viborg"], ["social-enterprise", "peer-training"], ["media-enterprise"], ["adults"], ["flexjob", "volunteer"],
     "running", "2018", "En café, hvor man kan arbejde i sit eget tempo og få et skulderklap af en kollega."),
    ("Haven i Horsens", "Haven", "1082", ["Horsens"], ["activity", "drop-in"], ["user-run-place"], ["adults"], ["not-stated"], "running", "2020",
     "En fælles have. Man kommer, når man orker, og graver dér, hvor der er plads."),
    ("Linjen Midt", "En forening med flere kommuner bag", "1082", ["Aarhus", "Skanderborg", "Favrskov"], ["online", "telephone"], ["online"], ["adults"], ["volunteer"],
     "running", "2013", "To på vagt hver aften, ved skærm eller telefon. En fagperson kan altid ringes op."),
]

_WITH_FORM = (0, 1, 2, 3, 4, 5, 7, 8, 10, 15, 16, 19, 20, 22, 23, 26, 30)
_NO_PEER_SUPPORT = {"Besøgsven Sydvest": "no", "Nabohjælp Egedal": "", "Naboskab på tværs": "", "Avisen Kanten": "partly"}
_TRAINING = {
    "one-to-one": "To aftener om samtale og grænser, derefter en prøvetid med støtte.",
    "group-course": "Fire dage efter en fast manual og et hold som føl.",
    "peer-training": "Seks hele dage, én om måneden, ved siden af praksis.",
    "ward-based": "Følger en erfaren underviser de første fem gange.",
}
_SUPERVISION = ["Gruppe hver måned", "Hver anden uge hos en psykolog", "Ved koordinator, når der er brug for det"]


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
    (title, operator, region, towns, forms, settings, audiences, relations, status, started, summary) = row
    has_form = index in _WITH_FORM
    first = forms[0]
    place = towns[0] if towns else "hele landet"
    return {
        "title": title,
        "operator": operator,
        "region": region,
        "nationwide": not towns,
        "municipalities": towns,
        "forms": forms,
        "settings": settings,
        "audiences": audiences,
        "relations": relations,
        "status": status,
        "started": started,
        "summary": summary,
        "description": summary,
        "for_whom": "Voksne, som har eller har haft det svært. Ingen diagnose er nødvendig." if has_form else "",
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
    return [_entry(index, row) for index, row in enumerate(_ROWS)]
