"""The standard texts, which every centre can use as they are, or write anew. In Danish, as they are read by people."""

from django.apps import apps as installed_apps
from django.db import router, transaction

APP = "peer_support"

TEXTS = {
    "contract": """
<h2>Hvem aftalen er mellem</h2>
<p>Aftalen er mellem <b>{navn}</b> og <b>{initiativ}</b> ved {center}.</p>
<p>Sådan får vi fat i dig: {kontakt}</p>
<h2>Det, du skal</h2>
<p>{opgave}</p>
<ul>
<li>Du begynder: {start}</li>
<li>Aftalen gælder til: {slut}</li>
<li>Sted: {sted}</li>
<li>Tid, du mindst regner med: {timer}</li>
</ul>
<p>Du er med, fordi du selv har prøvet at have det svært. Du er et medmenneske. Du behandler ikke, og du lover ikke noget, du ikke kan holde.</p>
<h2>Det, du siger ja til</h2>
<ul>
<li>Du kommer, når du har sagt, at du kommer. Kan du ikke, så sig det i god tid.</li>
<li>Du er med til vores møder og til supervision.</li>
<li>Du fortæller ikke andre, hvad du hører eller ser. Det gælder også, når du er stoppet.</li>
<li>Er du bange for, at nogen kommer til skade, så ring til koordinatoren med det samme.</li>
<li>Du låner ikke penge ud, og du låner ikke af dem, du støtter.</li>
<li>Det vil vi gerne se: {attester}. Vi gemmer det ikke. Vi skriver kun ned, at vi har set det, og hvornår.</li>
</ul>
<h2>Det, du får</h2>
<ul>
<li>Du bliver lært op, og du kan komme på kurser.</li>
<li>Du får supervision og kan altid ringe til koordinatoren.</li>
<li>Du er forsikret, mens du er frivillig for os.</li>
<li>Vi betaler for det, du har lagt ud, når det er aftalt først. Det kan være bus og tog.</li>
<li>Du kan få en udtalelse, når du har været med et stykke tid.</li>
<li>Du møder andre frivillige, og vi laver noget rart sammen.</li>
</ul>
<h2>Når noget ændrer sig</h2>
<p>Du kan holde pause, og du kan stoppe, når du vil. Du behøver ikke sige hvorfor. Vi vil gerne tale sammen, før du stopper.</p>
<p>Du kan altid tale med koordinatoren: {koordinator_kontakt}</p>
""",
    "confidential": """
<p>Jeg hedder <b>{navn}</b>, og jeg er frivillig i <b>{initiativ}</b> ved {center}.</p>
<h2>Det lover jeg</h2>
<ul>
<li>Jeg fortæller ikke andre, hvem jeg støtter.</li>
<li>Jeg fortæller ikke andre, hvad jeg hører og ser, når jeg er frivillig.</li>
<li>Jeg skriver ikke om det på nettet, og jeg tager ingen billeder.</li>
<li>Det, jeg skriver ned, passer jeg på. Jeg sletter det, når jeg ikke skal bruge det mere.</li>
<li>Løftet gælder også, når jeg ikke længere er frivillig.</li>
</ul>
<h2>Det må jeg gerne</h2>
<p>Jeg må altid tale med koordinatoren om det, der er svært. Det kan jeg også gøre, når vi har supervision.</p>
<p>Er jeg bange for, at nogen er i fare, så ringer jeg. Er det lige nu, så ringer jeg 112. Ellers ringer jeg til koordinatoren: {koordinator_kontakt}</p>
<p>Dato: {dato}</p>
""",
    "match_c": """
<p>Aftalen er din, <b>{fornavn}</b>. Den er lavet med dig, og du kan altid få den lavet om.</p>
<h2>Hvem I er</h2>
<p>Din frivillige: {anden}</p>
<h2>Det har I aftalt</h2>
<ul>
<li>I begynder: {start}</li>
<li>Aftalen gælder til: {slut}</li>
<li>Hvor tit: {timer}</li>
<li>Hvor I mødes: {sted}</li>
<li>Det, du gerne vil have ud af det: {maal}</li>
<li>Sådan får I fat i hinanden: {kontaktform}</li>
<li>Det, I har aftalt ikke at gøre: {graenser}</li>
</ul>
<h2>Godt at vide</h2>
<ul>
<li>Du bestemmer, hvad du vil fortælle.</li>
<li>Din frivillige har lovet ikke at fortælle det videre.</li>
<li>Din frivillige er et medmenneske. Det er støtte, og det er gratis.</li>
<li>Du kan holde pause eller stoppe, når du vil. Du behøver ikke sige hvorfor.</li>
</ul>
<p>Ring, hvis noget ikke er, som det skal være: {koordinator_kontakt}</p>
""",
    "match_v": """
<p>Aftalen er til dig, <b>{fornavn}</b>, som frivillig i {initiativ}.</p>
<h2>Hvem I er</h2>
<p>Den, du støtter: {anden}</p>
<h2>Det har I aftalt</h2>
<ul>
<li>I begynder: {start}</li>
<li>Aftalen gælder til: {slut}</li>
<li>Hvor tit: {timer}</li>
<li>Hvor I mødes: {sted}</li>
<li>Det, I gerne vil have ud af det: {maal}</li>
<li>Sådan får I fat i hinanden: {kontaktform}</li>
<li>Det, I har aftalt ikke at gøre: {graenser}</li>
</ul>
<h2>Godt at vide</h2>
<ul>
<li>Du fortæller ikke andre, hvem du støtter, eller hvad I taler om.</li>
<li>Du lytter og går med. Du behandler ikke, og du tager ikke parti.</li>
<li>Bliver det for meget, så ring. Du skal ikke bære det alene.</li>
<li>Kan du ikke komme, så sig det i god tid.</li>
<li>Du kan holde pause eller stoppe. Tal med os, så ender det godt for jer begge.</li>
</ul>
<p>Ring, når du har brug for det: {koordinator_kontakt}</p>
""",
    "reference": """
<p>{navn} har været frivillig i {initiativ} ved {center} siden {siden}. Det er {aar} i alt.</p>
<p>En frivillig peer har selv prøvet at have det svært. Man lytter, går med og passer på det, man får at vide.</p>
<p>Vi har skrevet ned: {optegnelser}.</p>
<p>Vi siger {fornavn} mange tak og giver gerne vores bedste anbefaling. Ring, hvis du vil høre mere: {koordinator_kontakt}</p>
""",
}


def load_paper_texts(sender=None, using="default", apps=None, **kwargs):
    """Fill the table of texts where it is empty; safe to run again. A table that holds anything is left alone."""
    from .text_format import parse, to_html

    apps = apps or installed_apps
    try:
        texts = apps.get_model(APP, "PaperText")
    except LookupError:
        return  # the package's tables are not made yet, or were just removed
    if not router.allow_migrate_model(using, texts):
        return
    rows = texts._default_manager.using(using)
    with transaction.atomic(using=using):
        if not rows.exists():
            rows.bulk_create(
                texts(kind=kind, version=1, body=to_html(parse(body))) for kind, body in TEXTS.items()
            )
