"""Web addresses: printed in the text, or left at the foot of a page, and whose they are."""

from __future__ import annotations

import re
from collections import defaultdict

from .answers import sentences
from .lines import Line, Margin
from .messages import Message
from .model import Initiative, Link
from .patterns import BARE_DOMAIN, EMAIL, URL, clean_url, letters, url_host, url_key

_POINTED = re.compile(r"(?:hjemmeside\w*|læs mere|se mere|mere info\w*|web\w*|på|her|information)\W*$", re.I)


def full_url(url: str) -> str:
    """An address with its scheme, as a browser needs it."""
    url = clean_url(url)
    return url if re.match(r"https?://", url, re.I) else "http://" + url


def printed_links(lines: list[Line], text: str) -> list[Link]:
    """The addresses printed in an entry's own lines, each once, with the sentence they stand in."""
    links: dict[str, Link] = {}
    told = [sentence for part in text.split("\n") for sentence in sentences(part)]
    for line in lines:
        found = [match.group() for match in URL.finditer(line.text)]
        for match in BARE_DOMAIN.finditer(EMAIL.sub(lambda m: " " * len(m.group()), line.text)):
            whole = any(
                match.start() >= m.start() and match.end() <= m.end() for m in URL.finditer(line.text)
            )
            if not whole and _POINTED.search(line.text[: match.start()]):
                found.append(match.group())
        for url in found:
            if len(url_key(url)) < 4 or "." not in url_host(url):
                continue
            at = next((index for index, sentence in enumerate(told) if url in sentence), None)
            label = line.text if at is None else told[at]
            if at and label == clean_url(url):
                label = told[at - 1] + " " + label
            links.setdefault(url_key(url), Link(full_url(url), label, line.no))
    return list(links.values())


def place_margins(
    margins: list[Margin], entries: list[tuple[Initiative, list[Line]]]
) -> tuple[list[Message], dict[int, list[str]]]:
    """Give the links from page feet to the initiatives that print them.

    A link whose address is printed is sure; one whose site or words are printed is attached as doubtful; the
    rest
    is only reported. Returns messages and, for each entry's position, the e-mail addresses that belong to it.
    """
    messages: list[Message] = []
    mails: dict[int, list[str]] = defaultdict(list)
    texts = [" ".join(line.text for line in lines) for _entry, lines in entries]
    pages = [{line.page for line in lines} for _entry, lines in entries]
    for margin in margins:
        here = [index for index, page in enumerate(pages) if margin.page in page]
        if margin.url.casefold().startswith("mailto:"):
            address = margin.url[7:]
            owner = next((i for i in _near(here, texts) if address.casefold() in texts[i].casefold()), None)
            if owner is None:
                messages.append(Message("mail_not_attached", margin.no))
            else:
                mails[owner].append(address)
            continue
        _place(margin, here, entries, texts, messages)
    return messages, mails


def _near(here: list[int], texts: list[str]) -> list[int]:
    return here + [index for index in range(len(texts)) if index not in here]


def _place(margin: Margin, here, entries, texts, messages) -> None:
    key, host = url_key(margin.url), url_host(margin.url)
    holders = [
        i for i in range(len(entries)) if any(url_key(link.url) == key for link in entries[i][0].links)
    ]
    local = [i for i in holders if i in here] or holders
    if len(local) == 1 or local and len(holders) == len(local):
        for index in local:
            for link in entries[index][0].links:
                if url_key(link.url) == key:
                    link.url = full_url(margin.url)
        if len(local) > 1:
            messages.append(Message("link_shared", margin.no, {"url": margin.url}))
        return
    by_host = [i for i in here if host in texts[i].casefold()]
    if len(by_host) == 1:
        _attach(margin, entries[by_host[0]][0], "link_by_host", messages)
        return
    words = [letters(word) for word in re.split(r"[^\wæøå]+", re.sub(r"[-_+/]", " ", key.partition("/")[2]))]
    words += [letters(word) for word in re.findall(r"[a-zæøå]{5,}", host.rpartition(".")[0])]
    wanted = {word for word in words if len(word) >= 8}
    scores = {i: sum(len(word) for word in wanted if word in letters(texts[i])) for i in here}
    best = sorted((score, -i) for i, score in scores.items() if score)
    if best and (len(best) == 1 or best[-1][0] > best[-2][0]):
        _attach(margin, entries[-best[-1][1]][0], "link_by_words", messages)
    else:
        messages.append(Message("link_not_attached", margin.no, {"url": margin.url}))


def _attach(margin: Margin, initiative: Initiative, why: str, messages: list[Message]) -> None:
    if any(url_key(link.url) == url_key(margin.url) for link in initiative.links):
        return
    initiative.links.append(Link(full_url(margin.url), "", margin.no, doubtful=True, why=why))
    messages.append(Message(why, margin.no, {"url": margin.url, "title": initiative.title}))
