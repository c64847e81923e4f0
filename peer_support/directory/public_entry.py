"""One initiative as visitors read it, the booklet's chapters, and what a search engine is told."""

from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

from .models import Initiative
from .presenting import entry_of
from .public import danish_key
from .search import words_of

# What stands folded, because few look for it.
QUIET_GROUPS_FROM = 3


def slug_of(initiative):
    """Return the words of an initiative's address. Letters of other alphabets leave the plain word."""
    return slugify("-".join(words_of(initiative.title)))[:80].strip("-") or "initiativ"


@dataclass
class PublicEntry:
    """An entry without what is for editors. ``notes`` are kind sentences about the text itself."""

    initiative: object
    entry: object
    links: list
    notes: list
    groups: list
    quiet_groups: list


def public_entry(initiative):
    """Return the :class:`PublicEntry`: doubtful links left out, the editors' flags turned into sentences."""
    entry = entry_of(initiative)
    notes = []
    if initiative.damaged_lines:
        notes.append(
            _("A few letters were lost when this text was copied. Ring if something is hard to read.")
        )
    if initiative.peer_support == Initiative.PeerSupport.NO:
        notes.append(
            _("They say themselves that it is not peer support. It may still be the right help for you.")
        )
    return PublicEntry(
        initiative=initiative,
        entry=entry,
        links=[link for link in entry.links if not link.doubtful],
        notes=notes,
        groups=entry.groups[:QUIET_GROUPS_FROM],
        quiet_groups=entry.groups[QUIET_GROUPS_FROM:],
    )


def organisation(initiative, url):
    """Return the JSON-LD of an initiative: an organisation, with what is public of it."""
    data = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": initiative.title,
        "url": url,
        "description": initiative.summary,
        "alternateName": initiative.other_names,
        "sameAs": [link.url for link in initiative.links.all() if not link.doubtful],
        "areaServed": _("Denmark")
        if initiative.nationwide
        else [str(municipality) for municipality in initiative.municipalities.all()]
        or initiative.get_region_display(),
    }
    if initiative.operator:
        data["parentOrganization"] = {"@type": "Organization", "name": initiative.operator}
    return {name: value for name, value in data.items() if value}


@dataclass
class Chapter:
    """A region of the booklet with its initiatives."""

    title: str
    anchor: str
    entries: list


def chapters(initiatives, regions):
    """Return the booklet's :class:`Chapter` list: the whole country, the regions, and those without a place."""
    found = {}
    for initiative in initiatives:
        towns = initiative.municipalities.all()
        code = "dk" if initiative.nationwide else initiative.region or next((t.region for t in towns), "")
        found.setdefault(code, []).append(initiative)
    titles = {"dk": _("The whole country"), **regions, "": _("Place not stated")}
    order = ["dk", *sorted(regions, key=lambda code: danish_key(regions[code])), ""]
    return [
        Chapter(
            str(titles[code]),
            f"chapter-{code or 'none'}",
            [public_entry(i) for i in sorted(found[code], key=lambda row: danish_key(row.title))],
        )
        for code in order
        if code in found
    ]
