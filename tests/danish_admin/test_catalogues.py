"""Our Danish catalogues hold up: complete, compiled, with placeholders whole, overruling nobody unawares."""

import gettext
import re
from collections import Counter

import django
import polib
import pytest

from peer_support.danish_admin import collect
from peer_support.danish_admin.corrections import CORRECTIONS

pytestmark = pytest.mark.one_database

both_catalogues = pytest.mark.parametrize("domain", collect.DOMAINS)
needs_supported_wagtail = pytest.mark.skipif(
    collect.installed_version() not in collect.SUPPORTED,
    reason="the catalogues are made for other Wagtail versions",
)

#: %(name)s and %s, {name}, HTML tags with their attributes, and HTML entities.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;")

#: Words of the glossary in docs/danish-admin.md that are not ours to use, and English left standing.
WRONG_WORDS = re.compile(
    r"\b(skitse\w*|kodeord\w*|email\w*|forælder\w*|forældre\w*|snippets?|uploaded|uploading|draft\w*|workflows?"
    r"|redigér|kopiér|publicér|publicer|the|your|pages?|images?|please|with)\b",
    re.IGNORECASE,
)

#: Strings whose Danish may be the same as the English: names, and words both languages have.
SAME_IN_BOTH = {
    "Administrator",
    "Alias",
    "App",
    "Filter",
    "Format",
    "ID",
    "Permanent",
    "permanent",
    "port",
    "site",
    "sites",
    "Sites",
    "slug",
    "status",
    "Status %(status)s",
    "Status: ",
    "system",
    "System",
    "Tag",
    "Tags",
    "Token",
    "Wagtail API v2",
    "Wagtail API v3",
    "Wagtail ModelAdmin",
    "Wagtail frontend cache",
    "Wagtail routablepage",
    "Wagtail sitemaps",
    "%(num)s pixel",
    "%(site_setting)s for %(site)s",
}


def placeholders(text):
    return Counter(PLACEHOLDER.findall(text))


def pairs(entry):
    """Each form of an entry with the English it stands for."""
    english = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
    return list(zip(english, collect.forms_of(entry), strict=True))


def broken_placeholders(entries):
    return [
        (english, danish)
        for entry in entries
        for english, danish in pairs(entry)
        if placeholders(english) != placeholders(danish)
    ]


def overruled(domain, entries):
    """Our entries that say something else than the Danish the packages bring, corrections aside."""
    danish = collect.upstream(domain)
    return [
        entry.msgid
        for entry in entries
        if (theirs := danish.get(collect.key_of(entry)))
        and collect.forms_of(entry) not in theirs.values()
        and collect.key_of(entry)[:2] not in CORRECTIONS[domain]
    ]


@both_catalogues
class TestEntries:
    def test_every_entry_has_danish(self, domain):
        entries = collect.read_ours(domain)
        assert len(entries) > 50
        assert [entry.msgid for entry in entries if not collect.is_translated(entry) or entry.obsolete] == []

    def test_no_entry_is_there_twice(self, domain):
        keys = Counter(entry.msgid_with_context for entry in collect.read_ours(domain))
        assert [key for key, count in keys.items() if count > 1] == []

    def test_placeholders_and_tags_are_kept(self, domain):
        assert broken_placeholders(collect.read_ours(domain)) == []

    def test_white_space_around_and_last_sign_are_kept(self, domain):
        for entry in collect.read_ours(domain):
            for english, danish in pairs(entry):
                assert (english[:1].isspace(), english[-1:].isspace()) == (
                    danish[:1].isspace(),
                    danish[-1:].isspace(),
                ), english
                assert english.endswith("?") <= ("?" in danish), english
                assert (english[-1:] == ":") == (danish[-1:] == ":"), english

    def test_words_of_the_glossary(self, domain):
        for entry in collect.read_ours(domain):
            for _, danish in pairs(entry):
                assert not WRONG_WORDS.search(PLACEHOLDER.sub("", danish)), danish

    def test_nothing_is_english_by_oversight(self, domain):
        same = {
            entry.msgid
            for entry in collect.read_ours(domain)
            if entry.msgid == collect.forms_of(entry)[0]
            and re.search(r"[A-Za-z]", PLACEHOLDER.sub("", entry.msgid))
        }
        assert same <= SAME_IN_BOTH

    def test_two_plural_forms_as_in_upstreams_danish(self, domain):
        assert collect.read_ours(domain).metadata["Plural-Forms"] == "nplurals=2; plural=(n != 1);"


@both_catalogues
class TestCompiled:
    def test_mo_says_what_po_says(self, domain):
        compiled = polib.mofile(str(collect.mo_path(domain)))
        assert {collect.key_of(entry): collect.forms_of(entry) for entry in compiled} == {
            collect.key_of(entry): collect.forms_of(entry) for entry in collect.read_ours(domain)
        }

    def test_gettext_reads_it(self, domain):
        with collect.mo_path(domain).open("rb") as file:
            catalogue = gettext.GNUTranslations(file)
        for entry in collect.read_ours(domain):
            one, *more = collect.forms_of(entry)
            if more:
                assert catalogue.ngettext(entry.msgid, entry.msgid_plural, 1) == one
                assert catalogue.ngettext(entry.msgid, entry.msgid_plural, 2) == more[0]
            else:
                assert catalogue.gettext(entry.msgid) == one


# Django has since put one of our strings into Danish itself; ours goes when Django 5.2 is no longer supported.
of_the_oldest_django = pytest.mark.skipif(django.VERSION >= (6, 0), reason="compared on the oldest Django")


@needs_supported_wagtail
@both_catalogues
class TestUpstream:
    def test_every_string_of_the_installed_packages_has_danish(self, domain):
        assert len(collect.wanted(domain)) > 80
        assert collect.lacking(domain) == []

    def test_a_string_without_danish_is_noticed(self, domain):
        strings = collect.wanted(domain)
        planted = polib.POEntry(msgid="A string nobody has put into Danish")
        strings[collect.key_of(planted)] = collect.Wanted(planted, ["wagtail.admin"])
        assert collect.lacking(domain, strings=strings) == [collect.key_of(planted)]

    def test_an_entry_taken_out_is_noticed(self, domain):
        ours = list(collect.read_ours(domain))
        here = collect.needed(domain)
        taken = next(entry for entry in ours if collect.key_of(entry) in here)
        ours.remove(taken)
        assert collect.lacking(domain, ours) == [collect.key_of(taken)]

    @of_the_oldest_django
    def test_upstreams_danish_is_not_overruled(self, domain):
        assert overruled(domain, collect.read_ours(domain)) == []

    def test_corrections_still_correct_something(self, domain):
        danish = collect.upstream(domain)
        ours = {(entry.msgctxt, entry.msgid): entry for entry in collect.read_ours(domain)}
        for key, noted in CORRECTIONS[domain].items():
            theirs = danish.get((*key, len(noted) > 1), {})
            assert noted in theirs.values(), f"upstream no longer says {noted} for {key}"
            assert collect.forms_of(ours[key]) != noted

    @of_the_oldest_django
    def test_collecting_again_changes_nothing(self, domain):
        before = {collect.key_of(entry): collect.forms_of(entry) for entry in collect.read_ours(domain)}
        merged = collect.merge(domain, collect.installed_version())
        assert {collect.key_of(entry): collect.forms_of(entry) for entry in merged} == before


class TestTheTestsThemselves:
    @pytest.mark.parametrize(
        ("english", "danish"),
        [
            ("%(count)s pages", "%(antal)s sider"),
            ("<b>{title}</b> is locked", "<b>{title} er låst"),
            ("Hello {name}", "Hej"),
            ('<a href="%(url)s">add</a>', '<a href="%(url)s" class="x">tilføj</a>'),
        ],
    )
    def test_a_broken_placeholder_is_noticed(self, english, danish):
        assert broken_placeholders([polib.POEntry(msgid=english, msgstr=danish)])

    def test_overruling_upstream_is_noticed(self):
        assert overruled("django", [polib.POEntry(msgid="Publish", msgstr="Publicer")]) == ["Publish"]
        assert overruled("django", [polib.POEntry(msgid="Publish", msgstr="Udgiv")]) == []


@needs_supported_wagtail
class TestCollecting:
    @pytest.fixture(autouse=True)
    def folder(self, tmp_path, monkeypatch):
        monkeypatch.setattr(collect, "LOCALE", tmp_path)

    def entry(self, **values):
        return polib.POEntry(
            **{"comment": "Wagtail 8.0", "occurrences": [("wagtail.admin", "")], "msgstr": "", **values}
        )

    def other_version(self):
        return next(version for version in collect.SUPPORTED if version != collect.installed_version())

    def merged(self):
        return {entry.msgid: entry for entry in collect.merge("django", collect.installed_version())}

    def test_danish_that_is_there_is_kept(self):
        collect.write_ours("django", [self.entry(msgid="Workflow", msgstr="Arbejdsgang!")])
        merged = self.merged()
        assert merged["Workflow"].msgstr == "Arbejdsgang!"
        assert merged["Workflows"].msgstr == ""

    def test_upstreams_danish_is_taken_over(self):
        """While another Wagtail version still needs our entry, it is to say the same as upstream."""
        publish = self.entry(msgid="Publish", msgstr="Publicer", comment=f"Wagtail {self.other_version()}")
        collect.write_ours("django", [publish])
        assert self.merged()["Publish"].msgstr == "Udgiv"

    def test_an_entry_no_supported_wagtail_needs_is_dropped(self):
        here = f"Wagtail {collect.installed_version()}"
        entries = [
            self.entry(msgid="Gone from the sources", msgstr="Væk", comment=here),
            self.entry(msgid="Publish", msgstr="Udgiv", comment=here),
            self.entry(msgid="Elsewhere", msgstr="Andetsteds", comment=f"Wagtail {self.other_version()}"),
        ]
        collect.write_ours("django", entries)
        merged = self.merged()
        assert "Gone from the sources" not in merged
        assert "Publish" not in merged
        assert "Elsewhere" in merged

    def test_a_translators_file_goes_out_and_back(self):
        entries = [
            self.entry(msgid="One word"),
            self.entry(msgid="%(n)s day", msgid_plural="%(n)s days", msgstr_plural={0: "", 1: ""}),
        ]
        collect.write_ours("django", entries)
        items = collect.todo()
        assert [item["english"] for item in items] == [["%(n)s day", "%(n)s days"], ["One word"]]
        items[0]["danish"] = ["%(n)s dag", "%(n)s dage"]
        assert collect.apply(items) == 1
        assert [item["english"] for item in collect.todo()] == [["One word"]]
        compiled = polib.mofile(str(collect.mo_path("django")))
        assert [collect.forms_of(entry) for entry in compiled] == [("%(n)s dag", "%(n)s dage")]

    def test_checking_fails_while_a_string_lacks_danish(self, capsys):
        collect.write_ours("django", [])
        collect.write_ours("djangojs", [])
        assert collect.main(["--check"]) == 1
        assert "'Workflow'" in capsys.readouterr().out
        assert len(collect.read_ours("django")) == 0
