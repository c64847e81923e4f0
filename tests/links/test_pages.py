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


def test_every_page_behind_a_link_is_easy_short_friendly_and_not_kept(front):  # noqa: F811
    faults = []
    for name, build in states().items():
        with transaction.atomic():
            answer = Client().get(build(front))
            text = answer.content.decode()
            lix = measure(prose_of(text)).lix
            title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1]
            if lix is not None and lix > LIMIT:
                faults.append(f"{name}: LIX {lix}: {' '.join(prose_of(text).split())}")
            faults += [f"{name}: {word}" for word in FORBIDDEN.findall(text)]
            if ILLNESS.search(title):
                faults.append(f"{name}: the title says “{title}”")
            if "no-store" not in answer.headers.get("Cache-Control", ""):
                faults.append(f"{name}: may be kept")
            if answer.headers["X-Robots-Tag"] != "noindex" or "112" not in text:
                faults.append(f"{name}: noindex, or the crisis box")
            transaction.set_rollback(True)
        front.refresh_from_db()
    assert not faults, "\n" + "\n".join(faults)


def test_control_a_heavy_page_is_told():
    page = "<p>Kommunalbestyrelsens visitationsudvalg iværksætter beskæftigelsesrettede foranstaltninger.</p>"
    assert measure(prose_of(f"<main>{page * 12}</main>")).lix > LIMIT
