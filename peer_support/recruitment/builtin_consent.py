"""Consent texts and sources of enquiries to begin with, in Danish, as data that editors own from then on.

The periods are those recommended for a small association: what nobody can give a reason for keeping, is deleted
(Datatilsynet's guidance for small associations, step 3).
"""

from django.apps import apps as installed_apps
from django.db import router, transaction

from .models_consent import hash_of

APP = "peer_support"

_RIGHTS = """Fortryder du? Ring eller skriv til os. Du behøver ikke sige hvorfor. Så stopper vi med det samme, og vi sletter det, vi har, inden en måned. Er du i gang med noget hos os, slutter vi det først sammen. Vi gemmer kun en note om, at du sagde ja, og at du tog dit ja tilbage. Den har ikke dit navn, og efter to år sletter vi også den.

Du kan altid få at se, hvad vi har gemt. Er der fejl, så retter vi dem. Du kan også klage til Datatilsynet."""

TEXTS = {
    "support": f"""Vi gemmer det, du skriver her: dit navn eller et navn, du selv finder på. Et nummer eller en mail. Og de ord, du ellers skriver.

Vi bruger det til at ringe eller skrive til dig. Så taler vi om, hvad du ønsker dig. At du skriver til os, kan sige noget om, hvordan du har det. Derfor spørger vi, om du siger ja.

Kun koordinatoren ser det, og den, der passer telefonen, når koordinatoren har fri. Vi giver det ikke til andre. Skal en frivillig vide noget om dig, så spørger vi dig først.

Bliver det ikke til noget, sletter vi det efter 3 måneder. Får du en frivillig, sletter vi det 6 måneder efter, at I er færdige.

{_RIGHTS}""",
    "volunteer": f"""Vi gemmer det, du skriver her: dit navn, et nummer eller en mail, og de ord, du ellers skriver.

Vi bruger det til at ringe eller skrive til dig, så vi kan mødes og tale om at være frivillig. En frivillig peer har selv haft det svært. Derfor siger det noget om dig, at du skriver til os. Vi passer på det, og vi spørger, om du siger ja.

Kun koordinatoren ser det, og den, der passer telefonen, når koordinatoren har fri. Vi giver det ikke til andre uden at spørge dig.

Bliver det ikke til noget, sletter vi det efter 3 måneder. Bliver du frivillig, sletter vi det 12 måneder efter, at du er stoppet.

{_RIGHTS}""",
    "referral": f"""Vi gemmer det, du skriver her om den anden: navn eller et navn, I finder på. Et nummer eller en mail. Og hvad den anden har sagt ja til. Vi gemmer også dit navn, og hvor vi kan få fat i dig.

Vi bruger det til at ringe eller skrive til den anden. Vi gør ikke mere, før den anden selv har sagt ja til os.

Kun koordinatoren ser det, og den, der passer telefonen, når koordinatoren har fri. Vi fortæller ikke dig, hvad vi taler med den anden om. Det gør den anden selv, hvis han eller hun vil.

Siger den anden nej, sletter vi det med det samme. Hører vi ikke fra den anden, sletter vi det efter 3 måneder.

{_RIGHTS}""",
    "course": f"""Vi gemmer det, du skriver her: dit navn eller et navn, du selv finder på. Et nummer eller en mail. Og de ord, du ellers skriver.

Vi bruger det til at fortælle dig, når der er plads på et hold. At du skriver til os, kan sige noget om, hvordan du har det. Derfor spørger vi, om du siger ja.

Kun koordinatoren ser det, og den, der passer telefonen, når koordinatoren har fri. Vi giver det ikke til andre.

Bliver det ikke til noget, sletter vi det efter 3 måneder. Kommer du med på et hold, sletter vi dit navn 6 måneder efter, at holdet er slut.

{_RIGHTS}""",
    "talk": f"""Vi gemmer det, du skriver her: hvem I er, dit navn, et nummer eller en mail, og hvad I ønsker jer.

Vi bruger det til at svare dig og til at finde en, der kan holde oplægget. Den, der holder det, får dit navn og nummer. Andre får det ikke.

Vi sletter det 3 måneder efter, at oplægget er holdt, eller efter at vi sidst har talt sammen.

{_RIGHTS}""",
}

SOURCES = (
    "En ven eller en i familien",
    "Kommunen eller jobcentret",
    "Min læge eller et hospital",
    "En frivillig peer",
    "Sociale medier",
    "En søgning på nettet",
    "Avis, radio eller et opslag",
    "Biblioteket",
)


def load_consent_texts(sender=None, using="default", apps=None, **kwargs):
    """Fill empty tables of consent texts and of sources; safe to run again. A table that holds anything is left alone."""
    apps = apps or installed_apps
    try:
        texts, sources = (apps.get_model(APP, name) for name in ("ConsentText", "EnquirySource"))
    except LookupError:
        return  # the package's tables are not made yet, or were just removed
    if not all(router.allow_migrate_model(using, model) for model in (texts, sources)):
        return
    text_rows, source_rows = (model._default_manager.using(using) for model in (texts, sources))
    with transaction.atomic(using=using):
        if not text_rows.exists():
            text_rows.bulk_create(
                texts(purpose=purpose, version=1, text=text, text_hash=hash_of(text))
                for purpose, text in TEXTS.items()
            )
        if not source_rows.exists():
            source_rows.bulk_create(
                sources(name=name, sort_order=10 * place) for place, name in enumerate(SOURCES, 1)
            )
