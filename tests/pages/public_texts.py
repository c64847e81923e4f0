"""Finds every Danish text that a visitor of the public pages can read, grouped by where it stands.

Sentences of templates, forms and mails are looked up in the Danish catalogue; built-in rules, words, ideas and page
texts, and the demo's pages, are Danish already.
"""

import ast
import html
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from peer_support.pages import guidance_texts
from peer_support.recruitment.builtin_guidance import TABLES, entries

TOP = Path(__file__).resolve().parent.parent.parent
PACKAGE = TOP / "peer_support"
TEMPLATES = PACKAGE / "templates" / "peer_support"
# Templates that visitors meet: these folders, whatever extends the public frame, every mail, and what those include.
PUBLIC_FOLDERS = ("public", "pages")
ADMIN_TEMPLATES = re.compile(r"admin|panel")
FRAMED = re.compile(r"{%\s*extends\s+peer_base\s*%}")
INCLUDED = re.compile(r"{%\s*include\s+[\"']peer_support/([^\"']+)[\"']")
# Python that speaks to visitors: forms, mails, pages behind links, consent texts.
PUBLIC_CODE = (
    "public/[!m]*.py",
    "templatetags/peer_public.py",
    "recruitment/*mail*.py",
    "recruitment/notices*.py",
    "recruitment/sections*.py",
    "recruitment/validation*.py",
    "recruitment/*texts*.py",
    "recruitment/forms_enquir*.py",
    "recruitment/forms_public*.py",
    "recruitment/forms_sign*.py",
    "recruitment/public*.py",
    "pages/happening.py",
    "pages/talks.py",
    "pages/directory*.py",
    "directory/presenting*.py",
    "directory/public*.py",
    "courses/public*.py",
    "courses/presenting*.py",
    "courses/mail*.py",
    "matching/link*.py",
    "matching/shown_to_other.py",
    "matching/services_calls.py",
    "people/links.py",
    "people/forms_own.py",
    "people/services_own.py",
    "people/views_links.py",
    "followup/links.py",
    "followup/*_meeting.py",
    "followup/views_meeting_link.py",
)
# Demo files that hold no page texts.
NO_PAGES = {
    "initiatives.json",
    "initiatives.py",
    "people.py",
    "matches.py",
    "clock.py",
    "loader.py",
    "__init__.py",
}
# What people read at the hardest moment, or before they give something of themselves.
STRICT = re.compile(
    r"link_screens|shown_to_other|services_calls|_own|_meeting|notices|crisis|leave|link_problem|mail|sign|enquir|interest|forms|consent|talk|thanks|receipt"
)
STRICT_LIMIT, LIMIT = 30, 35
CALLS = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
}


@dataclass(frozen=True)
class PublicText:
    """All that stands in one place: ``where`` names the file (and entry), ``parts`` its sentences, ``limit`` the LIX."""

    where: str
    parts: tuple
    limit: int

    @property
    def whole(self):
        return "\n".join(self.parts)


def plain(text):
    """Return ``text`` as it is read: no markup, and a short word for what is filled in."""
    text = re.sub(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", "3", text)
    text = re.sub(r"</(?:p|h\d|li|dt|dd|td|th|option|label|button)>|<br\s*/?>", "\n", text)
    return html.unescape(re.sub(r"<[^>]+>", "", text)).strip()


@cache
def catalogue():
    """Return ``{msgid: [Danish, …]}``."""
    danish = {}
    for entry in polib.pofile(PACKAGE / "locale" / "da" / "LC_MESSAGES" / "django.po"):
        if not entry.obsolete and not entry.fuzzy:
            forms = list(entry.msgstr_plural.values()) or [entry.msgstr]
            danish.setdefault(entry.msgid, []).extend(text for text in forms if text)
    return danish


def asked_in(code):
    """Return the strings that a piece of Python (or a templatized template) asks the catalogue for."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS:
            found += [
                arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
    return found


# templatize() blanks out what is no string and leaves calls such as ``_(u'…')``, one after the other.
_CALL = re.compile(
    r"(?:\b|_)(?:gettext|ngettext|pgettext|npgettext|_)\((?:u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")|[^()])*\)"
)


def asked_in_template(source):
    found = []
    for call in _CALL.findall(templatize(source)):
        try:
            found += asked_in(call.replace("(u'", "('").replace('(u"', '("').strip())
        except SyntaxError:
            raise AssertionError(f"cannot read {call!r}") from None
    return found


def in_danish(msgids):
    """Return the Danish of ``msgids``, in order; what has none yet is the catalogue test's affair."""
    return tuple(plain(text) for msgid in dict.fromkeys(msgids) for text in catalogue().get(msgid, []))


def limit_of(path):
    return STRICT_LIMIT if STRICT.search(str(path.relative_to(PACKAGE))) else LIMIT


def named(path):
    return str(path.relative_to(TOP))


def is_public(path, source):
    inside = path.relative_to(TEMPLATES)
    if ADMIN_TEMPLATES.search(str(inside)):
        return False
    return bool(
        inside.parts[0] in PUBLIC_FOLDERS
        or "mail" in str(inside)
        or path.suffix == ".txt"
        or FRAMED.search(source)
    )


def public_templates():
    """Return ``{path: source}`` of the templates that visitors meet, with what they include."""
    sources = {
        path: path.read_text("utf-8")
        for path in sorted(TEMPLATES.rglob("*"))
        if path.suffix in (".html", ".txt")
    }
    found = {path for path, source in sources.items() if is_public(path, source)}
    new = found
    while new:
        included = {TEMPLATES / name for path in new for name in INCLUDED.findall(sources[path])}
        new = (included & sources.keys()) - found
        found = found | new
    return {path: source for path, source in sources.items() if path in found}


def from_templates():
    for path, source in public_templates().items():
        yield PublicText(named(path), in_danish(asked_in_template(source)), limit_of(path))


def from_code():
    for pattern in PUBLIC_CODE:
        for path in sorted(PACKAGE.glob(pattern)):
            yield PublicText(named(path), in_danish(asked_in(path.read_text("utf-8"))), limit_of(path))


def from_builtin():
    for name, file in TABLES.items():
        for entry in entries(name):
            parts = tuple(
                str(value)
                for key, value in entry.items()
                if key not in ("slug", "sort_order", "source_url", "source_name", "also_called")
            )
            yield PublicText(f"{file}: {entry['slug']}", parts, LIMIT)


def from_builtin_elsewhere():
    """Built-in texts of other parts of the room, such as what people say yes to: Danish in Python, or in a data file."""
    for path in sorted((PACKAGE / "recruitment").rglob("*")):
        if path.name in TABLES.values() or path.name == "builtin_guidance.py":
            continue
        if path.suffix == ".json":
            yield PublicText(
                named(path), tuple(strings_in(json.loads(path.read_text("utf-8")))), STRICT_LIMIT
            )
        elif path.name.startswith("builtin_") and path.suffix == ".py":
            parts = filter(is_prose, constants_in(path.read_text("utf-8")))
            yield PublicText(named(path), tuple(parts), STRICT_LIMIT)


def strings_in(value):
    """Yield every string in nested lists, tuples and dictionaries."""
    if isinstance(value, str):
        yield plain(value)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings_in(inner)


def from_page_texts():
    for name, value in vars(guidance_texts).items():
        if not name.startswith("_"):
            value = value() if callable(value) else value
            blocks = [inner for __, inner in value] if isinstance(value, list) else [value]
            for number, block in enumerate(blocks, start=1):
                yield PublicText(f"guidance_texts.{name} {number}", tuple(strings_in(block)), LIMIT)


def is_prose(text):
    """Whether a constant of the demo is something to read, and no key, path or piece of code."""
    return len(text.split()) >= 6 and not text.startswith(("/", "http"))


def from_demo():
    for path in sorted((PACKAGE / "demo").rglob("*")):
        if path.name in NO_PAGES or path.suffix not in (".py", ".json"):
            continue
        source = path.read_text("utf-8")
        found = strings_in(json.loads(source)) if path.suffix == ".json" else constants_in(source)
        yield PublicText(named(path), tuple(filter(is_prose, found)), LIMIT)


def constants_in(source):
    """Yield the strings of a Python file that are no docstrings."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield plain(node.value)


def all_texts():
    """Return every :class:`PublicText` that says something."""
    sources = (from_templates, from_code, from_builtin, from_builtin_elsewhere, from_page_texts, from_demo)
    return [text for source in sources for text in source() if any(text.parts)]
