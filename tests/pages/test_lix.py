"""Every text that the package shows to visitors is easy to read, and none of it sounds like an authority.

LIX at most 35; at most 30 for what is read in a crisis, on signing up, and in mails. Short labels say little alone, so
what stands on one template is counted together, what is long is counted by itself too, and no single sentence may be very hard.
"""

import re

import pytest

from peer_support.recruitment.readability import hints, measure

from . import public_texts
from .public_texts import PublicText, all_texts

pytestmark = pytest.mark.one_database

FORBIDDEN = re.compile(
    r"\b(visiter\w*|målgruppe\w*|indsats\w*|iværksæt\w*|i henhold til|bevilg\w*|foranstaltning\w*|vedkommende|såfremt)\b",
    re.I,
)
# A part of this many words is counted alone as well. Below it, one long word would decide.
ALONE = 25


def faults_of(text):
    """Return a sentence for everything that is wrong with a text, so that one can go and mend it."""
    found = []
    for what, words in (("together", text.whole), *((repr(part[:60]), part) for part in text.parts)):
        counted = measure(words)
        if counted.lix is None or (what != "together" and counted.words < ALONE):
            continue
        if counted.lix > text.limit:
            found.append(f"{text.where}: LIX {counted.lix} > {text.limit}, {counted.words} words, {what}")
    found += [f"{text.where}: the word “{word}”" for word in FORBIDDEN.findall(text.whole)]
    found += [f"{text.where}: a heavy sentence: {h.found}" for h in hints(text.whole) if h.kind == "sentence"]
    return found


def test_every_public_text_is_easy_to_read_and_friendly():
    faults = [fault for text in all_texts() for fault in faults_of(text)]
    assert not faults, "\n" + "\n".join(faults)


def test_the_texts_are_found():
    texts = {text.where: text for text in all_texts()}
    crisis = texts["peer_support/templates/peer_support/public/crisis_box.html"]
    assert crisis.limit == 30 and "112" in crisis.whole
    assert "Spørg først" in texts["peer_support/templates/peer_support/pages/_benefit_rule.html"].whole
    assert texts["peer_support/public/links.py"].limit <= 35
    assert "a-kasse" in texts["benefit_rules.json: dagpenge"].whole
    assert any(where.startswith("peer_support/demo/pages") for where in texts)
    assert sum(measure(text.whole).words for text in texts.values()) > 2000


def test_control_a_heavy_text_and_a_forbidden_word_are_seen():
    heavy = (
        "Kommunalbestyrelsen iværksætter beskæftigelsesrettede foranstaltninger overfor ydelsesmodtagere i henhold til "
        "gældende bekendtgørelse, herunder visitering af sårbare borgere til relevante samarbejdspartnere."
    )
    text = PublicText("control", (heavy,), 35)
    faults = faults_of(text)
    assert any("LIX" in fault for fault in faults)
    assert {"iværksætter", "i henhold til", "visitering", "foranstaltninger"} <= set(FORBIDDEN.findall(heavy))
    assert len(faults) >= 5


def test_control_sentences_are_read_out_of_templates():
    source = (
        '{% load i18n %}{% trans "Ask first" %} {% blocktrans trimmed with day=x %}We last looked at this rule on '
        "{{ day }}. It can have changed. Ask before you count on it.{% endblocktrans %}"
    )
    assert public_texts.in_danish(public_texts.asked_in_template(source))[0] == "Spørg først"
    assert len(public_texts.in_danish(public_texts.asked_in_template(source))) == 2
