"""The words of a paper: headings, paragraphs, lists and bold, with named places to fill in. Pure text, no Django models.

A text is a list of blocks, each a dictionary: ``{"tag": "h2", "parts": [[bold, words], …]}`` for a heading or a
paragraph, ``{"tag": "ul", "lines": [parts, …]}`` for a list. What stands in a block is plain text, which a template
escapes: nothing that somebody wrote ever becomes markup. A place to fill in is a name in braces, ``{navn}``; a name is
looked up in a dictionary of texts and nothing else, so that a text cannot reach anything it was not given.
"""

import hashlib
import json
import re
from html import escape
from html.parser import HTMLParser

HEADINGS, LISTS = ("h2", "h3"), ("ul", "ol")
# What editors of other programs write, and what it is here.
_ALIASES = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "div": "p", "blockquote": "p", "strong": "b"}
_SILENT = {"script", "style", "template", "title", "textarea", "iframe", "noscript"}
_PLACE = re.compile(r"\{([^{}]*)\}")
_SPACES = re.compile(r"[ \t\r\n\f]+")


class _Reader(HTMLParser):
    """Reads rich text into blocks. Anything but the few tags above loses its tag and keeps its words."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks, self._bold, self._silent = [], 0, 0
        self._list, self._parts = None, None

    def handle_starttag(self, tag, attrs):
        tag = _ALIASES.get(tag, tag)
        if tag in _SILENT:
            self._silent += 1
        elif tag == "b":
            self._bold += 1
        elif tag in LISTS:
            self._end_block()
            self._list = {"tag": tag, "lines": []}
        elif tag == "li":
            self._begin("li")
        elif tag in (*HEADINGS, "p"):
            # A paragraph inside an item of a list is the item.
            if self._list is None or self._parts is None:
                self._begin(tag)
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag):
        tag = _ALIASES.get(tag, tag)
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag == "b":
            self._bold = max(self._bold - 1, 0)
        elif tag in LISTS:
            self._end_block()
            self._end_list()
        elif tag == "li" or (tag in (*HEADINGS, "p") and self._list is None):
            self._end_block()

    def handle_data(self, data):
        if self._silent:
            return
        words = _SPACES.sub(" ", data)
        if self._parts is None:
            if not words.strip():
                return
            self._begin("li" if self._list is not None else "p")
        bold = bool(self._bold)
        if self._parts and self._parts[-1][0] == bold:
            self._parts[-1][1] += words
        else:
            self._parts.append([bold, words])

    def _begin(self, tag):
        self._end_block()
        if tag != "li":
            self._end_list()
        self._tag, self._parts = tag, []

    def _end_block(self):
        parts, self._parts = self._parts, None
        parts = _tidy(parts or [])
        if not parts:
            return
        if self._tag == "li":
            if self._list is None:
                self._list = {"tag": "ul", "lines": []}
            self._list["lines"].append(parts)
        else:
            self.blocks.append({"tag": self._tag, "parts": parts})

    def _end_list(self):
        found, self._list = self._list, None
        if found and found["lines"]:
            self.blocks.append(found)

    def done(self):
        self.close()
        self._end_block()
        self._end_list()
        return self.blocks


def _tidy(parts):
    """Take the empty parts away, and the spaces at both ends."""
    parts = [[bold, words] for bold, words in parts if words]
    if parts:
        parts[0][1] = parts[0][1].lstrip()
        parts[-1][1] = parts[-1][1].rstrip()
    return [part for part in parts if part[1]]


def parse(html):
    """Return rich text as blocks. Tags that are not headings, paragraphs, lists or bold are dropped, with their attributes."""
    reader = _Reader()
    reader.feed(html or "")
    return reader.done()


def _lines(block):
    return block["lines"] if block["tag"] in LISTS else [block["parts"]]


def _words(parts):
    return "".join(words for __, words in parts)


def to_html(blocks):
    """Return blocks as the rich text that the editor reads: the few tags, no attributes, everything else escaped."""

    def line(parts):
        return "".join(f"<b>{escape(words)}</b>" if bold else escape(words) for bold, words in parts)

    def block_html(block):
        if block["tag"] in LISTS:
            inner = "".join(f"<li>{line(parts)}</li>" for parts in block["lines"])
        else:
            inner = line(block["parts"])
        return f"<{block['tag']}>{inner}</{block['tag']}>"

    return "".join(block_html(block) for block in blocks)


def to_plain(blocks):
    """Return blocks as plain text: an empty line between blocks, "- " before what stands in a list, "# " before a heading."""
    return "\n\n".join(_plain_block(block) for block in blocks)


def _plain_block(block):
    tag = block["tag"]
    if tag == "ol":
        return "\n".join(f"{number}. {_words(parts)}" for number, parts in enumerate(block["lines"], 1))
    if tag == "ul":
        return "\n".join(f"- {_words(parts)}" for parts in block["lines"])
    return f"# {_words(block['parts'])}" if tag in HEADINGS else _words(block["parts"])


def from_plain(text):
    """Return plain text, as :func:`to_plain` writes it, as blocks."""
    blocks = []
    for chunk in re.split(r"\n\s*\n", (text or "").replace("\r\n", "\n").replace("\r", "\n")):
        lines = [line.strip() for line in chunk.split("\n") if line.strip()]
        if lines and all(line.startswith("- ") for line in lines):
            blocks.append({"tag": "ul", "lines": [[[False, line[2:].strip()]] for line in lines]})
        elif lines and lines[0].startswith("# "):
            blocks.append({"tag": "h2", "parts": [[False, lines[0][2:].strip()]]})
            lines = lines[1:]
            if lines:
                blocks.append({"tag": "p", "parts": [[False, " ".join(lines)]]})
        elif lines:
            blocks.append({"tag": "p", "parts": [[False, " ".join(lines)]]})
    return blocks


def placeholders(blocks):
    """Return the names in braces, in the order in which they stand, each once."""
    found = (name for block in blocks for parts in _lines(block) for name in _PLACE.findall(_words(parts)))
    return list(dict.fromkeys(found))


def stray_braces(blocks):
    """Return whether a brace stands alone: a place that was begun and not ended."""
    return any(
        brace in _PLACE.sub("", _words(parts))
        for block in blocks
        for parts in _lines(block)
        for brace in "{}"
    )


def fill(blocks, values):
    """Return blocks with every place filled in from ``values`` (``{name: text}``). What is filled in is never read again.

    A paragraph, or an item of a list, whose places are all empty is left out, with the words around them: "Place:" and
    nothing after it reads like a mistake. A name that is not in ``values`` raises ``KeyError``: a text is checked when it
    is saved.
    """
    filled = []
    for block in blocks:
        lines = [_filled_line(parts, values) for parts in _lines(block)]
        lines = [line for line in lines if line]
        if block["tag"] in LISTS and lines:
            filled.append({"tag": block["tag"], "lines": lines})
        elif lines:
            filled.append({"tag": block["tag"], "parts": lines[0]})
    return filled


def _filled_line(parts, values):
    names = _PLACE.findall(_words(parts))
    if names and not any(values[name] for name in names):
        return []
    return _tidy([[bold, _PLACE.sub(lambda m: str(values[m[1]]), words)] for bold, words in parts])


def dump(blocks):
    """Return blocks as text to keep."""
    return json.dumps(blocks, ensure_ascii=False)


def load(text):
    """Return the blocks that :func:`dump` wrote."""
    return json.loads(text) if text else []


def hash_of(blocks):
    """Return the SHA-256 (hexadecimal) of the words of ``blocks``, as :func:`to_plain` writes them, in UTF-8."""
    return hashlib.sha256(to_plain(blocks).encode()).hexdigest()
