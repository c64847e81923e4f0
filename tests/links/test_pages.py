"""Pages behind the links of a match and a person: what they say, in words that are easy, and what they never say."""

import re

import pytest
from django.db import transaction
from django.test import Client

from peer_support.recruitment.readability import measure
from tests.pages.conftest import front  # noqa: F401
from tests.pages.states import load_all
from tests.pages.test_lix import FORBIDDEN

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ILLNESS = re.compile(r"psyk|sygdom|diagnos|angst|depress|peer|sårbar|recovery|patient", re.IGNORECASE)
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
# Words that are the person's own, or a list of choices, are not ours to make easier.
NOT_PROSE = re.compile(r"<(script|style|dl|svg)\b.*?</\1>|<label class=\"link-choice\".*?</label>", re.DOTALL)
LIMIT = 30


def prose_of(page):
    """Return what a page says in sentences, without markup."""
    main = NOT_PROSE.sub(" ", MAIN.search(page)[0])
    main = re.sub(r"</(p|h1|h2|h3|li|label|legend|button|summary|dt|dd)>", ".\n", main)
    return re.sub(r"[.?!]\s*\.\n", ".\n", re.sub(r"<[^>]+>", "", main))


def states():
    load_all()
    from tests.pages.states_links import LINK_STATES

    return LINK_STATES


# Where both have said yes and the pair is open, each may know the other's first name.
NAME_IS_KNOWN = re.compile(
    r"proposal: both have|first_meeting: (booked|comes|cannot)|day_after: (asked|would like)"
)


def faults_of_words(text):
    """Yield what is wrong with how a page reads, and with its title."""
    lix = measure(prose_of(text)).lix
    if lix is not None and lix > LIMIT:
        yield f"LIX {lix}: {' '.join(prose_of(text).split())}"
    yield from FORBIDDEN.findall(text)
    title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1]
    if ILLNESS.search(title):
        yield f"the title says “{title}”"


def told_of(name, text, secrets):
    """Return what a page tells of the other one, and whether it names its own reader, as names of fields."""
    ours = "(volunteer)" in name or ("meetings: " in name and "(citizen)" not in name)
    own, other = ("volunteer", "citizen") if ours else ("citizen", "volunteer")
    text = text.lower()
    told = {f"the other's {what}" for what, secret in secrets[other].items() if secret.lower() in text}
    if "own_data: shown" not in name and secrets[own]["last_name"].lower() in text:
        told.add("the reader's name")
    return told


def test_every_page_behind_a_link_reads_easily_and_says_no_more_of_the_other_than_the_step_allows(front):  # noqa: F811
    made = states()
    from tests.pages.states_links import SECRETS

    faults, named = [], 0
    for name, build in made.items():
        with transaction.atomic():
            answer = Client().get(build(front))
            transaction.set_rollback(True)
        front.refresh_from_db()
        text = answer.content.decode()
        faults += [f"{name}: {fault}" for fault in faults_of_words(text)]
        told = told_of(name, text, SECRETS)
        if NAME_IS_KNOWN.search(name):
            named += "the other's first_name" in told
            told.discard("the other's first_name")
        faults += [f"{name}: {what}" for what in told]
        if "no-store" not in answer.headers.get("Cache-Control", ""):
            faults.append(f"{name}: may be kept")
        if answer.headers["X-Robots-Tag"] != "noindex" or "112" not in text:
            faults.append(f"{name}: noindex, or the crisis box")
    assert not faults, "\n" + "\n".join(faults)
    assert named, "the first name is told where it may be"


def test_control_a_heavy_page_is_told():
    page = "<p>Kommunalbestyrelsens visitationsudvalg iværksætter beskæftigelsesrettede foranstaltninger.</p>"
    assert measure(prose_of(f"<main>{page * 12}</main>")).lix > LIMIT


def test_control_a_page_that_says_too_much_is_told():
    secrets = {side: {"last_name": f"navn-{side}", "phone": "51626364"} for side in ("citizen", "volunteer")}
    assert told_of("link proposal: asked (citizen)", "navn-VOLUNTEER", secrets) == {"the other's last_name"}
    assert told_of("link proposal: asked (citizen)", "navn-citizen", secrets) == {"the reader's name"}
