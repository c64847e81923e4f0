"""What a spreadsheet can bring, and by which headings it is recognised."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ...directory.importing.spellings import spellings
from . import cells

BOTH = ("citizen", "volunteer")


@dataclass(frozen=True)
class Column:
    """``code`` is the field, or one of the columns that become several; ``headings`` are what people write."""

    code: str
    label: object
    read: object
    headings: tuple
    kinds: tuple = BOTH
    example: str = ""


COLUMNS = (
    Column("name", _("Whole name"), cells.text, ("navn", "name", "fulde navn", "fuldt navn", "for og efternavn")),
    Column("first_name", _("First name or alias"), cells.text, ("fornavn eller alias", "fornavn", "first name", "firstname", "alias", "kaldenavn"), example="Alma"),
    Column("last_name", _("Last name"), cells.text, ("efternavn", "last name", "lastname", "surname"), example="Askholt"),
    Column("phone", _("Telephone"), cells.text, ("telefon", "tlf", "tlf nr", "telefonnummer", "telefonnr", "mobil", "mobilnummer", "mobilnr", "mobil nr", "phone", "telephone", "mobile"), example="12 34 56 78"),
    Column("email", _("E-mail"), cells.text, ("email", "e mail", "mail", "mailadresse", "emailadresse", "e mailadresse", "e mail adresse"), example="alma@example.com"),
    Column("postcode", _("Postcode"), cells.postcode, ("postnummer", "postnr", "post nr", "postcode", "post code", "zip", "post nummer"), example="3000"),
    Column("birth_year", _("Year of birth"), cells.year, ("fødselsår", "født", "årgang", "fødselsdato", "year of birth", "birth year", "born"), example="1974"),
    Column("gender", _("Gender"), cells.gender, ("køn", "gender", "sex"), example="kvinde"),
    Column("languages", _("Languages"), cells.words, ("sprog", "languages", "language"), example="Dansk, Engelsk"),
    Column("interests", _("Interests"), cells.words, ("interesser", "interesse", "interests", "hobby", "hobbyer"), example="Gåture, Cykling"),
    Column("channels", _("How to meet"), cells.channels, ("kontaktform", "mødeform", "måde at mødes på", "hvordan mødes", "how to meet", "channels", "channel"), example="fysisk, telefon"),
    Column("times", _("Times in the week"), cells.weekly, ("tider", "tidspunkter", "ugentlige tider", "hvornår", "times", "times in the week", "availability"), example="ti 17-20; to 9.30-11"),
    Column("hours", _("Hours a week (from–to)"), cells.hour_range, ("timer om ugen (fra–til)", "timer", "timer om ugen", "timer pr uge", "timer ugentligt", "hours", "hours a week", "hours per week"), example="1-2"),
    Column("hours_min", _("Hours a week, from"), cells.hours, ("timer om ugen, fra", "timer fra", "timer mindst", "hours from", "hours min")),
    Column("hours_max", _("Hours a week, to"), cells.hours, ("timer om ugen, til", "timer til", "timer højst", "hours to", "hours max")),
    Column("travel_km", _("Travels up to (km)"), cells.whole, ("rejser højst (km)", "rejseafstand", "afstand", "km", "max km", "travel km", "travels up to km", "transport km"), example="8"),
    Column("gender_wish", _("Wishes to be matched with"), cells.gender_wish, ("ønsker køn", "ønsket køn", "ønsker match med", "gender wish", "wishes to be matched with")),
    Column("expectations", _("Expectations"), cells.text, ("forventninger", "expectations")),
    Column("wish", _("Need, wish or dream"), cells.text, ("ønske", "ønsker", "behov", "drøm", "behov ønske eller drøm", "wish", "need"), ("citizen",), "En at gå tur med"),
    Column("special_knowledge", _("What the volunteer needs to know"), cells.text, ("hvad den frivillige skal vide", "særlig viden", "særlige hensyn", "special knowledge"), ("citizen",)),
    Column("came_by", _("How they came"), cells.came_by, ("henvist", "kom via", "henvendelse fra", "came by", "how they came"), ("citizen",), "selv"),
    Column("referred_by", _("Who made the contact"), cells.text, ("hvem der tog kontakt", "henvist af", "henviser", "kontaktperson", "referred by"), ("citizen",)),
    Column("consent_on", _("Said yes to being registered"), cells.day, ("sagde ja til at blive registreret", "samtykke", "samtykke dato", "samtykkedato", "consent", "consent on"), ("citizen",), "03.08.2026"),
    Column("waiting_since", _("Waiting since"), cells.day, ("venter siden", "på venteliste siden", "venteliste", "ventet siden", "waiting since"), ("citizen",), "10.08.2026"),
    Column("motivation", _("Why peer support"), cells.text, ("hvorfor peer-støtte", "motivation", "hvorfor", "begrundelse"), ("volunteer",), "Vil gerne give noget videre"),
    Column("resources", _("What they bring"), cells.text, ("hvad de kan bidrage med", "ressourcer", "kompetencer", "erfaring", "resources"), ("volunteer",)),
    Column("capacity", _("Matches at a time"), cells.whole, ("antal matches ad gangen", "kapacitet", "antal matches", "antal borgere", "pladser", "capacity", "matches at a time"), ("volunteer",), "1"),
    Column("approved_on", _("Approved"), cells.day, ("godkendt", "godkendt dato", "approved", "approved on"), ("volunteer",), "10.08.2026"),
    Column("contract_on", _("Contract signed"), cells.day, ("kontrakt", "kontrakt underskrevet", "kontraktdato", "frivilligkontrakt", "contract", "contract signed"), ("volunteer",), "10.08.2026"),
    Column("contract_until", _("Contract until"), cells.day, ("kontrakt til", "kontrakt udløber", "kontraktudløb", "contract until"), ("volunteer",)),
    Column("certificate_seen_on", _("Certificate seen"), cells.day, ("attest", "straffeattest", "børneattest", "attest set", "certificate", "certificate seen"), ("volunteer",)),
    Column("certificate_until", _("Certificate valid until"), cells.day, ("attest til", "attest udløber", "attest gyldig til", "certificate until", "certificate valid until"), ("volunteer",)),
    Column("enquired_on", _("First contact"), cells.day, ("første kontakt", "henvendt", "henvendelse", "henvendelsesdato", "dato", "tilmeldt", "first contact"), example="03.08.2026"),
    Column("heard_of_us", _("Heard of us"), cells.text, ("hørt om os", "hvor har du hørt om os", "kilde", "heard of us", "source"), example="biblioteket"),
    Column("notes", _("Notes"), cells.text, ("noter", "note", "bemærkninger", "bemærkning", "kommentar", "kommentarer", "notes", "comments")),
    Column("external_id", _("Number in another system"), cells.text, ("nummer i et andet system", "id", "nummer", "nr", "medlemsnummer", "medlemsnr", "løbenummer", "sagsnummer", "external id")),
)  # fmt: skip


def for_kind(kind):
    """Return the columns that ``"citizen"`` or ``"volunteer"`` can have, in order."""
    return [column for column in COLUMNS if kind in column.kinds]


def by_code(kind):
    """Return the same columns by code."""
    return {column.code: column for column in for_kind(kind)}


def _plain(heading):
    return " ".join(re.sub(r"[^\w]+", " ", str(heading).casefold()).split())


def guess(headings, kind="", columns=None):
    """Return a code per heading, or an empty text where none fits; no code is guessed twice.

    ``columns`` is another room's list; without it, those of ``kind``.
    """
    columns = columns or for_kind(kind)
    # A column's own label, in either language, comes before what people call another one.
    names = {_plain(name): column.code for column in columns for name in spellings(column.label)}
    for column in columns:
        for name in (*column.headings, column.code):
            names.setdefault(_plain(name), column.code)
    taken, guessed = set(), []
    for heading in headings:
        code = names.get(_plain(heading), "")
        guessed.append("" if code in taken else code)
        taken.add(code)
    return guessed
