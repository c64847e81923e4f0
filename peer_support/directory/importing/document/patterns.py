"""Small shapes that several steps look for: web addresses, e-mails, telephone numbers, list marks."""

from __future__ import annotations

import re

URL = re.compile(r"(?:https?://|www\.)[^\s<>”“\"]+", re.I)
BARE_DOMAIN = re.compile(
    r"(?<![\w@./-])(?:[a-zæøå0-9-]+\.)+(?:dk|com|org|net|info|eu|nu)(?:/[^\s<>”“\"]*)?(?![\w@])", re.I
)
EMAIL = re.compile(r"(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.I)
CPR = re.compile(r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[ -]?\d{4}(?!\d)")
_PHONE = re.compile(
    r"(?<![\d§.,/-])(?:(?:\+|00)\s?45[ .-]?)?"
    r"(?:[2-9]\d{7}|[2-9]\d{3} \d{4}|[2-9]\d(?: \d\d){3}|[2-9]\d(?:\.\d\d){3}|[2-9]\d(?:-\d\d){3}|"
    r"[2-9]\d{3}-\d{4})"
    r"(?![\d/]|[.,-]\d)"
)
_LABELLED = re.compile(
    r"(?:tlf|telefon\w*|mobil\w*|tel|ring(?:e|es)?(?: til| på)?)\.?(?:nr\.?|nummer)?\s*[:.]?\s*"
    r"((?:(?:\+|00)\s?45[ .-]?)?\d(?:[ .-]?\d){7})(?!\d)",
    re.I,
)
_NOT_PHONE_BEFORE = re.compile(
    r"(?:cvr|ean|se|sagsnr|j\.?nr|p|konto|reg)(?:[-.\s]*(?:nr|nummer))?[.:\s]*$", re.I
)
_YEAR_PAIR = re.compile(r"(?:19|20)\d\d[ -](?:19|20)\d\d$")

LIST_MARK = re.compile(r"^(?:[•▪●→*·–—-]|o|\d{1,2}[.)]|[a-zæøå][.)])\s+(?=\S)")
SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*$")
CONTACT_WORD = re.compile(
    r"\b(?:kontakt\w*|henvend\w*|ring\w*|skriv til|mail\w*|e-mail\w*|telefon\w*|tlf|mobil\w*|v/|"
    r"tilmeld\w*|oplysninger fås|hos|samt hos)",
    re.I,
)
FOOTER = re.compile(
    r"^(?:for )?(?:få )?(?:yderligere|mere|flere|nærmere)\s+(?:info\w*|oplysninger)|^(?:læs|se|"
    r"hør)\s+(?:mere|og se|også)|"
    r"^kontakt(?:\b|oplysninger|person)|^henvendelse|^v/|^hjemmeside|^tilmelding|ved henvendelse til|"
    r"^(?:tlf|telefon|mail|e-mail|web)\b",
    re.I,
)


def letters(text: str) -> str:
    """Only the letters of a text, lower case: what is left when spacing and hyphens differ."""
    return "".join(char for char in text.casefold() if char.isalpha())


def phone_spans(text: str) -> list[tuple[int, int]]:
    """Where Danish telephone numbers stand; years, dates, amounts and company numbers are left alone."""
    spans = []
    for match in _PHONE.finditer(text):
        if _NOT_PHONE_BEFORE.search(text[max(0, match.start() - 20) : match.start()]):
            continue
        if _YEAR_PAIR.search(match.group()) or re.match(r"\s?(?:kr\b|kroner|%)", text[match.end() :]):
            continue
        spans.append(match.span())
    for match in _LABELLED.finditer(text):
        if not any(start < match.end(1) and match.start(1) < end for start, end in spans):
            spans.append(match.span(1))
    return sorted(spans)


def clean_url(url: str) -> str:
    """An address without the punctuation that the sentence put after it."""
    url = url.rstrip(".,;:!?’'»…")
    while url.endswith((")", "]")) and url.count("(") < url.count(")") + url.count("]"):
        url = url[:-1].rstrip(".,;:!?")
    return url


def url_spans(text: str) -> list[tuple[int, int]]:
    return [(m.start(), m.start() + len(clean_url(m.group()))) for m in URL.finditer(text)]


def url_key(url: str) -> str:
    """The same address however it is printed: no scheme, no ``www.``, no closing slash, host in lower
    case.
    """
    url = re.sub(r"^(?:mailto:|https?://)", "", clean_url(url), flags=re.I)
    host, slash, path = url.partition("/")
    host = host.casefold().removeprefix("www.")
    return host + ("/" + path.rstrip("/") if path.rstrip("/") else "")


def url_host(url: str) -> str:
    return url_key(url).partition("/")[0]
