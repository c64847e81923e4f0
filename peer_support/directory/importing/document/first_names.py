"""Common Danish first names (and some that are common among Danes with roots elsewhere). Plain facts.

Left out on purpose: names that are everyday Danish words ("Bo", "Liv", "Dag", "Maj", "Storm", "Fri", "My").
"""

FIRST_NAMES = frozenset(
    """
    aage abdi abdul adam agnes agnete ahmad ahmed aida aisha alan albert alberte alex alexander alfred ali
    alice alma amalie amanda amina amir anders andrea andreas ane anette anita anja anker ann anna annalise
    anne annelise annemarie annemette annette anni annika anny anton arly arne arthur asger asta astrid
    august aya ayse basma bastian beate benedikte benjamin benny bent bente berit bertel bertil betina
    bettina bettine bianca birger birgit birgitta birgitte birte birthe bitten bjarke bjarne bjarni bjørn
    bodil brian britt britta bruno børge camilla carina carl carla caroline carsten caspar casper cathrine
    cecilie celina charlie charlotte chris christel christen christian christiane christina christine
    christoffer christopher claes clara claus connie conny daniel daniella david denise dennis diana ditte
    dorte dorthe dorthea ebbe edel edith egon eigil eik einar elena elias elin elisa elisabeth elise ella
    elle ellen elly elna elo else elsebeth elvira emil emilia emilie emma emmanuel emmy erik erika erland
    erling ernst esben eskild esther eva evald evy fahad fatih fatima fatma fie filip finn flemming florian
    frank franz freddy frederik frederikke freja frida frits frode gabriel georg gerda gert gitte gorm grete
    grethe gudrun gunhild gunnar gunver gurli gustav hanna hannah hanne hans harald harry hasan hassan heidi
    heine helen helena helene helga helge helle henning henny henriette henrik herdis herluf herman hilda
    hilde hildur holger hugo hussein ibrahim ida ilse inga inge ingeborg ingelise inger ingrid irene iris
    irma isabel isabella ismail ivan ivar iver jack jacob jakob jan jane janne janni jannie jannik jasmin
    jeanet jeanette jenny jens jeppe jes jesper jette jim jimmy joakim joan joanna johan johanna johanne
    john johnni johnny jon jonas jonathan jonna josefine josephine judith julia julian julie julius justyna
    jytte jørgen jørn kai kaj kamilla kamma karen karin karina karl karla karoline karsten kasper kate
    katharina kathe kathrine katja katrine keld kenneth kenni kent kerstin ketty khalid kim kirsten kirstine
    kitte kjeld klara klaus klavs knud konrad kresten kris krista kristen kristian kristina kristine
    kristoffer kurt laila lars lasse laura laurits lauritz lea leif leila lena lene leo leon leonora lilian
    lilly linda line linea lis lisa lisbet lisbeth lise liselotte lissi lissy lizzi lone lotte louis louise
    luca lucas ludvig lukas lykke lærke mads magda magnus maj-britt maja malene malou malthe maren margit
    margrete margrethe maria mariam marianne marie marion marius marlene martha martin mary maryam mathias
    mathilde mathis max maya merete merethe merle meryem mette mia michael michala michelle mie mikael mike
    mikkel milla mille mimi minna mogens mohamad mohamed mohammad mohammed mona morten mostafa muhammad
    mustafa nadia naja nana nanna natalie natasja nete nick niclas nicolai nicoline niels niklas nikolaj
    nils nina nis noah nora noura oda ola olav ole olfert olga oliver olivia oluf omar oscar osman otto ove
    palle patricia patrick paul pauline peder pelle per pernille peter petra petrea pia poul povl preben
    rasmus rebecca rebekka regina regitze reza richard rie rikke rita robert robin rolf rosa ruben rudi rune
    ruth ryan sabina sabine said salma sami samira samuel sandra sanne sara sarah sebastian selma sidse sif
    signe sigrid sigurd silas silje simon simone sine sisse siv sofia sofie sofus solveig sonja sonny sophie
    steen stefan steffen stella sten stephan stig stine sune susan susanne susi sussi sussie suzanne sven
    svend sverre sylvester sølvi søren sørine tage tanja tatiana tea tenna teresa terkel thea theis theodor
    therese thomas thor thora thorbjørn thorkild thorleif thorsten thyra tim tina tine tobias tom tommy tor
    tora torben tore torkil torsten tove trine troel troels tue tyge uffe ulf ulla ulrik ulrikke ursula vagn
    valborg valdemar vera verner vibeke victor victoria vigdis viggo viktor viktoria vilhelm villads villy
    viola vita vivi vivian walid walther wilhelm william willy winnie xenia yasmin yasmina younes yrsa yusuf
    yvonne zahra zainab zara zeynep åge åse øjvind øyvind
    """.split()
)
