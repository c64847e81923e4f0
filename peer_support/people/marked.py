"""The little of Markdown that the papers of data protection are written in, as blocks for a template."""

import re

_CODE = re.compile(r"`([^`]*)`")


def blocks_of(text):
    """Return ``[{"kind", …}]``: h1–h3 and p with ``text``, ul with ``items``, table with ``head`` and ``rows``."""
    blocks = []
    for line in text.splitlines():
        line = _CODE.sub(r"\1", line.strip())
        last = blocks[-1] if blocks else None
        if not line:
            blocks.append({"kind": "gap"})
        elif line.startswith("#"):
            marks, __, words = line.partition(" ")
            blocks.append({"kind": f"h{min(len(marks), 3)}", "text": words})
        elif line.startswith("- "):
            if last and last["kind"] == "ul":
                last["items"].append(line[2:])
            else:
                blocks.append({"kind": "ul", "items": [line[2:]]})
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if last and last["kind"] == "table":
                if set("".join(cells)) != {"-"}:
                    last["rows"].append(cells)
            else:
                blocks.append({"kind": "table", "head": cells, "rows": []})
        else:
            blocks.append({"kind": "p", "text": line})
    return [block for block in blocks if block["kind"] != "gap"]
