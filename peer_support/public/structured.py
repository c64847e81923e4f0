"""Data for search engines inside a page. A data block is no script, so the strict policy lets it stand."""

import json

from django.utils.safestring import SafeString

_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def json_ld(data):
    """Return ``data`` as a JSON-LD block. No text in it can end the block: the signs that could are written as codes."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return SafeString(f'<script type="application/ld+json">{text}</script>')
