"""A map of the directory: a dot per municipality, drawn by ourselves, with nobody else's server asked.

The ninety-eight towns have their places; where they lie too close for a finger (around Copenhagen) they are moved
apart, so that each dot can be hit. With the setting ``MAP_TILES`` the dots lie on somebody's tiles instead, where they
really are.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from math import asinh, pi, radians, sqrt, tan
from urllib.parse import urlsplit

import numpy as np

from ..conf import peer_settings
from .geo import project

DRAWN, MARGIN = 500, 14
# Units of the drawing between the middles of two dots; at full width a unit is a pixel.
APART = 24.0
SMALLEST, LARGEST = 5.0, 11.5
# Bornholm is drawn this many metres closer than it lies, as on most Danish maps.
BORNHOLM, CLOSER = "0400", 80_000
TILE, ZOOM = 256, 7


@dataclass(frozen=True)
class Dot:
    """A town with initiatives. ``query`` is the address that shows them."""

    name: str
    count: int
    x: float
    y: float
    r: float
    query: str
    selected: bool


@dataclass
class Map:
    """Everything the template draws. ``empty`` are the towns without any, as points only."""

    box: tuple
    dots: list
    empty: list = field(default_factory=list)
    tiles: list = field(default_factory=list)
    attribution: str = ""


def draw(directory):
    """Return the :class:`Map` of a :class:`~.public_list.PublicDirectory`."""
    places = directory.tables.municipalities
    tiled = tiles_host() is not None
    layout = _on_tiles if tiled else _apart
    where, box = layout(tuple((code, row.latitude, row.longitude) for code, row in sorted(places.items())))
    counts = directory.counts["municipality"]
    chosen = set(directory.selected.get("municipality", ()))
    largest = max((counts[code] for code in places), default=0)
    dots, empty = [], []
    for code, row in places.items():
        x, y = where[code]
        if counts[code] or code in chosen:
            query = (
                directory.query(drop_value=("municipality", code))
                if code in chosen
                else directory.query(add=("municipality", code))
            )
            dots.append(
                Dot(row.name, counts[code], x, y, _radius(counts[code], largest), query, code in chosen)
            )
        else:
            empty.append((x, y))
    found = Map(box, dots, empty)
    if tiled:
        found.tiles, found.attribution = _tiles(), str(peer_settings.MAP_TILES.get("attribution", ""))
    return found


def tiles_host():
    """Return the origin of the tiles for the content security policy, or ``None`` where no tiles are set."""
    parts = urlsplit(peer_settings.MAP_TILES.get("url", "")) if peer_settings.MAP_TILES else None
    if not parts or parts.scheme not in ("https", "http") or not parts.netloc:
        return None
    return f"{parts.scheme}://{parts.netloc}"


def _radius(count, largest):
    if not count:
        return SMALLEST
    # Where no town has many, a dot for one should not look like a dot for many.
    return round(SMALLEST + (LARGEST - SMALLEST) * sqrt(count / max(largest, 6)), 1)


@lru_cache(maxsize=4)
def _apart(places):
    """Return ``({code: (x, y)}, box)``: true places where there is room, moved apart where there is none."""
    points = np.array([project(latitude, longitude) for __, latitude, longitude in places])
    points[:, 1] *= -1
    for row, (code, *__) in zip(points, places, strict=True):
        if code == BORNHOLM:
            row[0] -= CLOSER
    points -= points.min(axis=0)
    home = points * (DRAWN / points[:, 0].max())
    spread = home.copy()
    for step in range(400):
        if step < 300:
            spread += 0.02 * (home - spread)
        gap = spread[:, None, :] - spread[None, :, :]
        distance = np.sqrt((gap**2).sum(axis=2))
        np.fill_diagonal(distance, np.inf)
        push = np.clip(APART + 0.5 - distance, 0, None) / np.maximum(distance, 0.01)
        spread += (gap * push[:, :, None]).sum(axis=1) * 0.3
    spread += MARGIN - spread.min(axis=0)
    where = {
        code: (round(float(x), 1), round(float(y), 1))
        for (code, *__), (x, y) in zip(places, spread, strict=True)
    }
    width, height = (int(side + MARGIN) for side in spread.max(axis=0))
    return where, (0, 0, width, height)


# The tiles of zoom 7 that hold Denmark: columns and rows of the web's Mercator grid, and the part that is shown.
_COLUMNS, _ROWS = range(66, 70), range(38, 41)
_SHOWN = (190, 150, 650, 590)


@lru_cache(maxsize=4)
def _on_tiles(places):
    where = {}
    for code, latitude, longitude in places:
        x = (longitude + 180) / 360 * 2**ZOOM - _COLUMNS[0]
        y = (1 - asinh(tan(radians(latitude))) / pi) / 2 * 2**ZOOM - _ROWS[0]
        where[code] = (round(x * TILE, 1), round(y * TILE, 1))
    return where, _SHOWN


def _tiles():
    url = peer_settings.MAP_TILES["url"]
    return [
        (url.replace("{z}", str(ZOOM)).replace("{x}", str(x)).replace("{y}", str(y)), i * TILE, j * TILE)
        for j, y in enumerate(_ROWS)
        for i, x in enumerate(_COLUMNS)
    ]
