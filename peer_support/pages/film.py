"""Addresses of films: which hosts may show their player here, and the address of the player."""

from urllib.parse import parse_qs, urlsplit

from ..conf import peer_settings

YOUTUBE = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"}
YOUTUBE_PLAYER = "www.youtube-nocookie.com"
VIMEO = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
VIMEO_PLAYER = "player.vimeo.com"
_KEY = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


def player_address(address):
    """Return the address of the player for ``address``, or "" where no allowed host shows it.

    YouTube is shown without cookies and Vimeo without tracking; a film on another host of ``FILM_HOSTS`` is
    shown from the address as it stands. Nothing is asked of the host: the address is made here.
    """
    try:
        parts = urlsplit(address or "")
        host = (parts.hostname or "").lower()
        odd = parts.port or parts.username or parts.password
    except ValueError:
        return ""
    if parts.scheme != "https" or odd:
        return ""
    if host in YOUTUBE:
        made = _made(YOUTUBE_PLAYER, _youtube_key(parts, host), "https://{host}/embed/{key}")
    elif host in VIMEO:
        made = _made(VIMEO_PLAYER, _vimeo_key(parts), "https://{host}/video/{key}?dnt=1")
    else:
        made = address if host in peer_settings.FILM_HOSTS else ""
    return made


def _made(host, key, pattern):
    if host not in peer_settings.FILM_HOSTS or not key or not set(key) <= _KEY:
        return ""
    return pattern.format(host=host, key=key)


def _youtube_key(parts, host):
    steps = [step for step in parts.path.split("/") if step]
    if host == "youtu.be":
        return steps[0] if steps else ""
    if steps and steps[0] in {"embed", "shorts", "live"}:
        return steps[1] if len(steps) > 1 else ""
    return (parse_qs(parts.query).get("v") or [""])[0]


def _vimeo_key(parts):
    numbers = [step for step in parts.path.split("/") if step.isdigit()]
    return numbers[0] if numbers else ""


def host_of(address):
    """Return the host of ``address`` as a reader knows it, without "www."."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def frame_source(address):
    """Return the source that a content security policy names for the player at ``address``."""
    return f"https://{urlsplit(address).hostname}"
