"""Danish texts, light and heavy, that Python and the browser must count alike."""

HEAVY = "I henhold til reglerne kontaktes borgeren af en koordinator med henblik på visitering til et støtteforløb."

TEXTS = (
    "",
    "Kort.",
    "Du ringer til os, og vi taler. Koordinatoren finder nogen, der passer. Så ses I.",
    HEAVY,
    "Kom kl. 10 d. 3. maj, bl.a. med kaffe. Ring på: 12 34 56 78! Kan du? Ja … Så ses vi den 24.12.2026.",
    "Han sagde “ja.” Så gik vi (langsomt). ”Æblet,” sagde Øjvind. Ånden er villig. peer-støtte, a-kasse, Åse's kop",
    "Overskrift\n\n- et punkt\n- et punkt til\nSkemaet skal ikke sendes. Det kan ændres, og du bliver snart kontaktet.\n",
    "Vi mødes, og vi synes, det er hyggeligt. Det bliver meget sjovt. De blev valgt, og det blev ikke fulgt op.",
    "DEN ENKELTE VIL MODTAGE EN BEVILLING. Såfremt målgruppen visiteres, iværksættes en indsats,   samt herunder andet.",
    "Café Ünïcode ½ 1.000.000 kr. koster ikke noget for dig, der er under 18 år i København Ø … eller hvad?",
    "Koordinatoren planlægger efterfølgende individuelle opfølgningssamtaler med deltagerne på baggrund af deres "
    "tilbagemeldinger hver måned. Vi ses. Hej hej. Det var det hele, og så er der kaffe og kage til alle.",
    "Uden punktum til sidst står sætningen her, og den er ikke slut",
)
