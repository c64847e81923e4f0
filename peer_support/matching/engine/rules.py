"""The hard rules: whether a pair is possible, and which rules stop it.

Every rule names itself with a stable code. What is unknown never stops a pair. The functions take `rows` and
`columns`, equally long index arrays: pair k is request `rows[k]` with offer `columns[k]`. They give the same
integers as the same sentence in plain Python, because they use only comparison, + - * and square root.
"""

import numpy as np

from .bits import padded
from .columns import ANY_CHANNEL, IN_PERSON, KINDS

# In the order in which a rule is named as the first one to fail: what concerns the volunteer or citizen alone,
# then what is known about the pair, then the wishes, the dearest last.
RULES = (
    "pause_citizen",
    "pause_volunteer",
    "contract",
    "certificate",
    "capacity",
    "declined",
    "ended",
    "relative",
    "excluded",
    "language",
    "channel",
    "gender",
    "age",
    "distance",
)
BIT = {rule: 1 << number for number, rule in enumerate(RULES)}
_KIND_BITS = tuple(BIT["excluded" if kind == "other" else kind] for kind in KINDS)


def failing(requests, offers, rows, columns, settings, excluded):
    """Which rules stop each pair, as int64 bits of `BIT`; 0 is a possible pair."""
    found = alone_request(requests)[rows] | alone_offer(offers)[columns]
    found |= excluded_bits(requests, offers, rows, columns, excluded)
    shared, certain = channels_in_common(requests, offers, rows, columns)
    found |= np.where(shared == 0, BIT["channel"], 0)
    found |= np.where(languages_apart(requests, offers, rows, columns), BIT["language"], 0)
    apart = gender_apart(requests, offers, rows, columns) | gender_apart(offers, requests, columns, rows)
    found |= np.where(apart, BIT["gender"], 0)
    apart = age_apart(requests, offers, rows, columns, settings) | age_apart(
        offers, requests, columns, rows, settings
    )
    found |= np.where(apart, BIT["age"], 0)
    must_travel = np.flatnonzero(shared == IN_PERSON)
    if len(must_travel):
        far = too_far(requests, offers, rows[must_travel], columns[must_travel], settings)
        found[must_travel] |= np.where(far, BIT["distance"], 0)
    return found


def names(bits):
    """The codes in a bit pattern, in the order of `RULES`."""
    return tuple(rule for rule in RULES if bits & BIT[rule])


def alone_request(requests):
    """Bits of the rules that a request fails whoever the other is."""
    return np.where(requests.paused, BIT["pause_citizen"], 0).astype(np.int64)


def alone_offer(offers):
    """Bits of the rules that an offer fails whoever the other is."""
    found = np.where(offers.paused, BIT["pause_volunteer"], 0).astype(np.int64)
    found |= np.where(offers.missing_contract, BIT["contract"], 0)
    found |= np.where(offers.missing_certificate, BIT["certificate"], 0)
    found |= np.where(offers.capacity < 1, BIT["capacity"], 0)
    return found


def excluded_bits(requests, offers, rows, columns, excluded):
    """Bits of the exclusions of the pairs: declined, ended, relative, excluded."""
    found = np.zeros(len(rows), dtype=np.int64)
    if not excluded.triples or not len(rows):
        return found
    size = max(len(offers), 1)
    wanted = {}
    for request, row in excluded.by_request.items():
        i = requests._rows.get(request)
        if i is None:
            continue
        for offer, kinds in row.items():
            j = offers._rows.get(offer)
            if j is not None:
                bits = sum(bit for k, bit in enumerate(_KIND_BITS) if kinds >> k & 1)
                wanted[i * size + j] = bits
    if not wanted:
        return found
    keys = np.array(sorted(wanted), dtype=np.int64)
    values = np.array([wanted[key] for key in keys.tolist()], dtype=np.int64)
    here = np.asarray(rows, dtype=np.int64) * size + columns
    at = np.minimum(keys.searchsorted(here), len(keys) - 1)
    return np.where(keys[at] == here, values[at], 0)


def channels_in_common(requests, offers, rows, columns):
    """(bits both may use, whether both sides are known). Who has not answered may use anything."""
    a, b = requests.channels[rows], offers.channels[columns]
    certain = (a > 0) & (b > 0)
    return np.where(a == 0, ANY_CHANNEL, a) & np.where(b == 0, ANY_CHANNEL, b), certain


def languages_apart(requests, offers, rows, columns):
    """True where both have stated languages and none is common."""
    a, b = padded(requests.language_words, offers.language_words)
    known = a.any(axis=1)[rows] & b.any(axis=1)[columns]
    common = np.zeros(len(rows), dtype=bool)
    for word in range(a.shape[1]):
        common |= (a[rows, word] & b[columns, word]) != 0
    return known & ~common


def gender_apart(wishing, other, mine, theirs):
    """True where one side wishes a gender of the other, and the other has stated another one."""
    wish, gender = wishing.wish_gender[mine], other.gender[theirs]
    return (wish > 0) & (gender > 0) & (wish != gender)


def age_apart(wishing, other, mine, theirs, settings):
    """True where one side has an age limit that the other is outside of, whenever in the year the birthday is."""
    low, high = wishing.wish_age_min[mine], wishing.wish_age_max[mine]
    born = other.birth_year[theirs]
    stated = ((low > 0) | (high > 0)) & (born > 0)
    if not settings.year:
        if stated.any():
            raise ValueError("settings.year is needed, because somebody has an age limit")
        return stated
    oldest = settings.year - born
    return stated & (((low > 0) & (oldest < low)) | ((high > 0) & (oldest - 1 > high)))


def limits(requests, offers, rows, columns, settings):
    """The travel limits of both sides in whole metres; -1 where there is none."""
    default = -1 if settings.default_limit is None else settings.default_limit
    a, b = requests.limit_metres[rows], offers.limit_metres[columns]
    return np.where(a < 0, default, a), np.where(b < 0, default, b)


def too_far(requests, offers, rows, columns, settings):
    """True where the nearest meeting is further than the limit of either side."""
    metres, _, _ = nearest(requests, offers, rows, columns)
    a, b = limits(requests, offers, rows, columns, settings)
    return (metres >= 0) & (((a >= 0) & (metres > a)) | ((b >= 0) & (metres > b)))


def nearest(requests, offers, rows, columns):
    """The shortest way between a point of one and a point of the other, over homes and accepted meeting places.

    Returns (metres rounded down, point of the request, point of the offer) as int64; point 0 is home, k is meeting
    place k - 1; metres is -1 where one side has no known point. Of equally short ways the first counts.
    """
    ax, ay = requests.points
    bx, by = offers.points
    best = np.full(len(rows), np.inf)
    from_point = np.zeros(len(rows), dtype=np.int64)
    to_point = np.zeros(len(rows), dtype=np.int64)
    for p in range(ax.shape[1]):
        has_p = ~np.isnan(ax[:, p])[rows]
        for q in range(bx.shape[1]):
            at = np.flatnonzero(has_p & ~np.isnan(bx[:, q])[columns])
            if not len(at):
                continue
            dx = ax[rows[at], p] - bx[columns[at], q]
            dy = ay[rows[at], p] - by[columns[at], q]
            square = dx * dx + dy * dy
            nearer = square < best[at]
            at = at[nearer]
            best[at] = square[nearer]
            from_point[at], to_point[at] = p, q
    known = np.isfinite(best)
    metres = np.where(known, np.floor(np.sqrt(np.where(known, best, 0.0))), -1).astype(np.int64)
    return metres, from_point, to_point
