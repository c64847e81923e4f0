"""Collect the strings Wagtail's screens show that have no Danish upstream.

Run it once in each environment we support (each Wagtail version), then translate what it lists:

    python -m peer_support.danish_admin.collect                 # merge new strings, list what lacks Danish
    python -m peer_support.danish_admin.collect --check         # change nothing; fail if a string lacks Danish
    python -m peer_support.danish_admin.collect --todo todo.json   # write the untranslated strings to a file
    python -m peer_support.danish_admin.collect --apply done.json  # read the translated file back

Translations already in our catalogues are kept. A string goes into our catalogues only if the installed
packages have no Danish for it, or if ``corrections.py`` names upstream's Danish as wrong. When upstream gets
Danish for a string that is here, the entry takes over upstream's words, so that we never overrule them, and is
dropped once no supported version needs it.

``polib`` is needed here (it is in the development environment); the app itself does not need it.
"""

import argparse
import importlib.util
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

import polib

from peer_support.danish_admin.corrections import CORRECTIONS
from peer_support.danish_admin.labels import LABELS

HERE = Path(__file__).parent
LOCALE = HERE / "locale" / "da" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")

#: The Wagtail versions the catalogues are made for; an entry that none of them needs is dropped.
SUPPORTED = ("7.4", "8.0")

#: Packages whose English strings must have Danish, the most used first (it is also the order in the file).
SOURCES = {
    "django": (
        "wagtail.admin",
        "wagtail",
        "wagtail.snippets",
        "wagtail.users",
        "wagtail.images",
        "wagtail.documents",
        "wagtail_modeladmin",
        "django_filters",
        "taggit",
        "wagtail.embeds",
        "wagtail.contrib.forms",
        "wagtail.contrib.settings",
        "wagtail.contrib.table_block",
        "wagtail.contrib.typed_table_block",
        "wagtail.sites",
        "wagtail.locales",
        "wagtail.search",
        "wagtail.contrib.redirects",
        "wagtail.contrib.search_promotions",
    ),
    # Wagtail's JavaScript catalogue is read from wagtail.admin alone.
    "djangojs": ("wagtail.admin",),
}

#: Packages every Wagtail project has installed: their Danish serves a string of any other package as well,
#: because Django merges the catalogues of all installed apps.
ALWAYS = {
    "django": (
        "django.conf",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "wagtail.admin",
        "wagtail",
        "wagtail.users",
        "wagtail.images",
        "wagtail.documents",
    ),
    "djangojs": ("wagtail.admin",),
}

HEADER = (
    "Danish for the strings of Wagtail's screens that have no Danish upstream.\n"
    "Made by python -m peer_support.danish_admin.collect; see docs/danish-admin.md."
)
METADATA = {
    "Project-Id-Version": "peer_support.danish_admin",
    "Language": "da",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}

#: What gettext looks a string up by: the context, the string, and whether it has a plural.
Key = tuple[str | None, str, bool]


@dataclass
class Wanted:
    """A string some packages show, and which packages they are."""

    entry: polib.POEntry
    packages: list[str] = field(default_factory=list)


def key_of(entry: polib.POEntry) -> Key:
    return (entry.msgctxt, entry.msgid, bool(entry.msgid_plural))


def forms_of(entry: polib.POEntry) -> tuple[str, ...]:
    """The Danish of an entry: one text, or one per plural form."""
    if entry.msgid_plural:
        return tuple(entry.msgstr_plural.get(number, "") for number in (0, 1))
    return (entry.msgstr,)


def set_forms(entry: polib.POEntry, forms: tuple[str, ...]) -> None:
    if entry.msgid_plural:
        entry.msgstr_plural = dict(enumerate(forms))
    else:
        entry.msgstr = forms[0]


def is_translated(entry: polib.POEntry) -> bool:
    return not getattr(entry, "fuzzy", False) and all(forms_of(entry))


def locale_of(package: str) -> Path | None:
    """The package's locale folder, or None if the package is not installed or has none."""
    try:
        spec = importlib.util.find_spec(package)
    except ModuleNotFoundError:
        return None
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(next(iter(spec.submodule_search_locations))) / "locale"
    return folder if folder.is_dir() else None


def catalogue_files(folder: Path, language: str, domain: str) -> list[Path]:
    messages = folder / language / "LC_MESSAGES"
    return [path for path in (messages / f"{domain}.po", messages / f"{domain}.mo") if path.exists()]


def read_catalogue(path: Path) -> list[polib.POEntry]:
    entries = polib.mofile(str(path)) if path.suffix == ".mo" else polib.pofile(str(path))
    return [entry for entry in entries if entry.msgid and not entry.obsolete]


def source_entries(folder: Path, domain: str) -> list[polib.POEntry]:
    """The English strings of a package: its own source catalogue, else all languages' catalogues together."""
    for path in catalogue_files(folder, "en", domain):
        entries = read_catalogue(path)
        if entries:
            return entries
    found = {}
    for language in sorted(folder.iterdir()):
        for path in catalogue_files(folder, language.name, domain)[:1]:
            for entry in read_catalogue(path):
                found.setdefault(key_of(entry), entry)
    return list(found.values())


def wanted(domain: str, locales: dict[str, Path | None] | None = None) -> dict[Key, Wanted]:
    """Every string the installed packages show, and the labels we give their forms."""
    if locales is None:
        locales = {package: locale_of(package) for package in SOURCES[domain]}
    strings: dict[Key, Wanted] = {}
    for package, folder in locales.items():
        if folder is None:
            continue
        for entry in source_entries(folder, domain):
            strings.setdefault(key_of(entry), Wanted(entry)).packages.append(package)
    if domain == "django":
        for label in sorted({label for fields in LABELS.values() for label in fields.values()}):
            entry = polib.POEntry(msgid=label)
            strings.setdefault(key_of(entry), Wanted(entry)).packages.append("peer_support.danish_admin")
    return strings


def upstream(domain: str) -> dict[Key, dict[str, tuple[str, ...]]]:
    """The Danish that the installed packages bring, by string and package."""
    danish: dict[Key, dict[str, tuple[str, ...]]] = {}
    for package in dict.fromkeys((*ALWAYS[domain], *SOURCES[domain])):
        folder = locale_of(package)
        # Django loads the .mo, so that is what counts; the .po is read only where no .mo is shipped.
        for path in catalogue_files(folder, "da", domain)[-1:] if folder else []:
            for entry in read_catalogue(path):
                if is_translated(entry):
                    danish.setdefault(key_of(entry), {})[package] = forms_of(entry)
    return danish


def is_covered_upstream(packages: list[str], danish: dict[str, tuple[str, ...]], domain: str) -> bool:
    """Whether each of these packages has Danish for a string, of its own or from one that is always there."""
    if any(package in ALWAYS[domain] for package in danish):
        return True
    return all(package in danish for package in packages)


def needed(domain: str, strings: dict[Key, Wanted] | None = None) -> dict[Key, Wanted]:
    """The strings our catalogue must have: those without Danish upstream, and our corrections."""
    strings = wanted(domain) if strings is None else strings
    danish = upstream(domain)
    return {
        key: string
        for key, string in strings.items()
        if key[:2] in CORRECTIONS[domain]
        or not is_covered_upstream(string.packages, danish.get(key, {}), domain)
    }


def lacking(
    domain: str, ours: list[polib.POEntry] | None = None, strings: dict[Key, Wanted] | None = None
) -> list[Key]:
    """The strings of the installed packages that have Danish neither upstream nor here."""
    ours = read_ours(domain) if ours is None else ours
    here = {key_of(entry) for entry in ours if is_translated(entry)}
    return [key for key in needed(domain, strings) if key not in here]


def po_path(domain: str) -> Path:
    return LOCALE / f"{domain}.po"


def mo_path(domain: str) -> Path:
    return LOCALE / f"{domain}.mo"


def read_ours(domain: str) -> polib.POFile:
    if po_path(domain).exists():
        return polib.pofile(str(po_path(domain)))
    return polib.POFile()


def write_ours(domain: str, entries: list[polib.POEntry]) -> None:
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.header = HEADER
    catalogue.metadata = METADATA
    order = {package: place for place, package in enumerate(SOURCES[domain])}

    def place(entry: polib.POEntry) -> tuple:
        first = min((order.get(package, len(order)) for package, _ in entry.occurrences), default=len(order))
        return (first, entry.msgid.lower(), entry.msgid, entry.msgctxt or "")

    catalogue.extend(sorted(entries, key=place))
    LOCALE.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(po_path(domain)))
    catalogue.save_as_mofile(str(mo_path(domain)))


def versions_of(entry: polib.POEntry) -> set[str]:
    """The Wagtail versions that need an entry; they are kept in the entry's extracted comment."""
    return {version for version in SUPPORTED if version in entry.comment.partition(";")[0]}


def merge(domain: str, version: str) -> list[polib.POEntry]:
    """Merge the installed packages' missing strings into our entries; existing Danish is kept."""
    entries = {key_of(entry): entry for entry in read_ours(domain)}
    strings = needed(domain)
    danish = upstream(domain)
    for key, string in strings.items():
        if key not in entries:
            entry = polib.POEntry(
                msgctxt=key[0], msgid=key[1], msgid_plural=string.entry.msgid_plural, msgstr=""
            )
            known = {} if key[:2] in CORRECTIONS[domain] else danish.get(key, {})
            set_forms(entry, next(iter(known.values()), ("", "") if key[2] else ("",)))
            entries[key] = entry
        entry = entries[key]
        entry.flags = [flag for flag in string.entry.flags if flag != "fuzzy"]
        entry.occurrences = [(package, "") for package in string.packages]
        entry.comment = "Wagtail " + ", ".join(sorted(versions_of(entry) | {version}))
    for key, entry in list(entries.items()):
        seen = versions_of(entry) - (set() if key in strings else {version})
        entry.comment = "Wagtail " + ", ".join(sorted(seen))
        if key[:2] in CORRECTIONS[domain]:
            entry.comment += "; upstream: " + " / ".join(CORRECTIONS[domain][key[:2]])
        if not seen:
            del entries[key]
        elif key in danish and key[:2] not in CORRECTIONS[domain]:
            if forms_of(entry) not in danish[key].values():
                set_forms(entry, next(iter(danish[key].values())))
    return list(entries.values())


def installed_version() -> str:
    """The installed Wagtail's version as in ``SUPPORTED``: its first two numbers."""
    from importlib.metadata import version

    return ".".join(version("wagtail").split(".")[:2])


def todo() -> list[dict]:
    """The entries that wait for Danish, as plain data for a translator."""
    return [
        {
            "domain": domain,
            "packages": [package for package, _ in entry.occurrences],
            "context": entry.msgctxt,
            "english": [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid],
            "danish": list(forms_of(entry)),
        }
        for domain in DOMAINS
        for entry in read_ours(domain)
        if not is_translated(entry)
    ]


def apply(items: list[dict]) -> int:
    """Write a translator's file back into the catalogues; returns how many entries got Danish."""
    done = 0
    for domain in DOMAINS:
        catalogue = read_ours(domain)
        entries = {key_of(entry): entry for entry in catalogue}
        for item in items:
            key = (item["context"], item["english"][0], len(item["english"]) == 2)
            if item["domain"] == domain and key in entries and all(item["danish"]):
                set_forms(entries[key], tuple(item["danish"]))
                done += 1
        write_ours(domain, list(catalogue))
    return done


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m peer_support.danish_admin.collect", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail if a string lacks Danish")
    parser.add_argument("--todo", type=Path, help="write the untranslated strings to this JSON file")
    parser.add_argument("--apply", type=Path, help="read translations from this JSON file")
    options = parser.parse_args(arguments)

    version = installed_version()
    if version not in SUPPORTED:
        print(f"Wagtail {version} is not in SUPPORTED ({', '.join(SUPPORTED)}); add it there first.")
        return 2
    if options.apply:
        print(f"{apply(json.loads(options.apply.read_text(encoding='utf-8')))} entries got Danish.")
    if not options.check:
        for domain in DOMAINS:
            write_ours(domain, merge(domain, version))
    waiting = 0
    for domain in DOMAINS:
        strings = wanted(domain)
        without = lacking(domain, strings=strings)
        print(f"{domain}: {len(strings)} strings with Wagtail {version}, {len(without)} without Danish")
        for context, msgid, _ in without:
            print(f"  {f'[{context}] ' if context else ''}{msgid!r}")
        waiting += len(without)
    if options.todo:
        options.todo.write_text(json.dumps(todo(), ensure_ascii=False, indent=1), encoding="utf-8")
    return 1 if options.check and waiting else 0


if __name__ == "__main__":
    sys.exit(main())
