"""Words and signs that :mod:`readability` looks for. Data only; the browser gets the same lists.

Put together from the Danish language council's advice on plain official language and from what readers of the
field stumble on. A star stands for any ending.
"""

# (what authorities write, what a friend would say). Longer phrases first where one holds another.
AUTHORITY_WORDS = (
    ("i henhold til", "efter"),
    ("med henblik på", "for at"),
    ("i forbindelse med", "når, ved"),
    ("i forhold til", "om, til, med"),
    ("såfremt", "hvis"),
    ("hvorvidt", "om"),
    ("herunder", "fx"),
    ("vedrørende", "om"),
    ("angående", "om"),
    ("endvidere", "også"),
    ("desuden", "også"),
    ("ligeledes", "også"),
    ("samt", "og"),
    ("dog", "men"),
    ("idet", "fordi"),
    ("således", "så"),
    ("ovenstående", "det, der står over"),
    ("nedenstående", "det, der står her"),
    ("pågældende", "den, det"),
    ("vedkommende", "du, personen"),
    ("visiter*", "finde den rette hjælp"),
    ("målgruppe*", "dem, det er for"),
    ("indsats*", "hjælp, arbejde"),
    ("iværksæt*", "begynde, gå i gang med"),
    ("bevilg*", "give, sige ja til"),
    ("foranstaltning*", "hjælp"),
    ("sårbar*", "mennesker, der har det svært"),
    ("ydelsesmodtager*", "du, der får penge fra det offentlige"),
    ("tilbuddet", "det, du kan være med i"),
    ("tilbyder", "giver, har"),
    ("anvend*", "bruge"),
    ("benytte*", "bruge"),
    ("foretage*", "gøre, lave"),
    ("udfærdig*", "skrive"),
    ("udarbejd*", "lave, skrive"),
    ("fremsend*", "sende"),
    ("afhold*", "holde"),
    ("påbegynd*", "begynde"),
    ("opstart*", "begynde, begyndelse"),
    ("igangsæt*", "begynde, gå i gang med"),
    ("varetag*", "klare, passe"),
    ("forefind*", "være"),
    ("erhverve*", "få"),
    ("modtage", "få"),
    ("modtager", "får"),
    ("orienter*", "fortælle"),
    ("informer*", "fortælle"),
    ("kontakt os", "ring eller skriv til os"),
    ("rett* henvendelse", "ringe, skrive"),
    ("henvendelse*", "opkald, brev"),
    ("problemstilling*", "det, der er svært"),
    ("udfordring*", "det, der er svært"),
    ("kompetence*", "det, du kan"),
    ("ressourcestærk*", "stærk"),
    ("funktionsnedsættelse*", "det, der gør noget svært"),
    ("psykisk sygdom", "at have det svært"),
    ("inkluder*", "tage med"),
    ("inddrag*", "tage med"),
    ("tilrettelæg*", "planlægge"),
    ("understøtte*", "hjælpe"),
    ("forudsætning*", "det, der skal til"),
    ("fremadrettet", "fra nu af"),
    ("løbende", "tit, hele tiden"),
    ("primært", "mest"),
    ("individuel*", "din egen, for en"),
    ("relevant*", "som passer"),
    ("dokumentation", "papirer"),
    ("retningslinje*", "regler, råd"),
    ("handleplan*", "plan"),
    ("sagsbehandling*", "arbejdet med din sag"),
)

# (words for somebody who could be called "you", what to write instead)
THIRD_PERSON = (
    ("borgeren", "du"),
    ("borgerens", "din"),
    ("borgerne", "I"),
    ("borgernes", "jeres"),
    ("brugeren", "du"),
    ("brugerne", "I"),
    ("klienten", "du"),
    ("patienten", "du"),
    ("den enkelte", "du"),
    ("den frivillige skal", "du skal"),
    ("de frivillige skal", "I skal"),
    ("deltageren skal", "du skal"),
    ("deltagerne skal", "I skal"),
)

# Verbs in -es that say what people do with each other, and genitives and small words that only look like a passive.
NOT_PASSIVE = tuple(
    "alles andres anderledes begges behøves deres disses enes findes flestes følges fælles færdes hjælpes høres "
    "indbyrdes jeres kendes ligeledes lykkes længes manges mindes mislykkes mødes nogles samles ses skiftes skændes "
    "særdeles således synes tales trives undres unges vores voksnes".split()
)

# After these, a verb in -es is a passive.
MODALS = ("skal", "kan", "må", "bør", "vil", "skulle", "kunne", "måtte", "burde", "ville", "at")

# Forms in -es that are passives wherever they stand.
PASSIVES = tuple(
    "aflyses afholdes aftales anbefales anvendes bedes behandles bekræftes benyttes bruges forventes foretages "
    "fremsendes gemmes gives gøres henvises indkaldes kontaktes meddeles modtages oplyses oprettes registreres "
    "sendes skrives slettes tages tilbydes tildeles udarbejdes udbetales udfyldes udføres udleveres varetages vælges".split()
)

# Participles after "bliver" that do not end in -et.
PARTICIPLES = tuple(
    "bedt bragt brugt fulgt gjort hjulpet holdt kaldt lagt meldt sat sendt spurgt stillet taget tilbudt trukket "
    "valgt vist".split()
)

# Words in -et that are no participles: "det bliver meget", "hvad bliver svaret".
NOT_PARTICIPLE = tuple(
    "meget noget andet intet livet året mødet svaret stedet huset vejret arbejdet forløbet håbet målet".split()
)
