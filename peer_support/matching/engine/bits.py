"""Sets as bits, and the stable hash: small pieces that give the same integers in NumPy and in plain Python."""

from hashlib import blake2b

import numpy as np

WORD = 64
LOW = (1 << WORD) - 1
HASH_BITS = 20

# Three odd 64-bit constants and three shifts: the finaliser "splitmix64" (Steele, Lea and Flood 2014).
_STEP, _MIX_A, _MIX_B = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


def as_mask(value):
    """A set of small whole numbers as a Python int with those bits on; an int is taken as it is, None is 0."""
    if value is None:
        return 0
    if isinstance(value, (int, np.integer)):
        if isinstance(value, bool) or value < 0:
            raise ValueError(f"a bit mask is an integer >= 0 or a set of bit numbers, not {value!r}")
        return int(value)
    mask = 0
    for bit in value:
        mask |= 1 << int(bit)
    return mask


def bits_of(mask):
    """The bit numbers that are on in a Python int, lowest first."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return tuple(found)


def packed(masks, words=None):
    """Python int masks as a uint64 array of shape (people, words), lowest word first."""
    masks = list(masks)
    if words is None:
        words = max(1, max((-(-mask.bit_length() // WORD) for mask in masks), default=1))
    raw = b"".join(mask.to_bytes(words * 8, "little") for mask in masks)
    return np.frombuffer(raw, dtype="<u8").astype(np.uint64).reshape(len(masks), words)


def padded(a, b):
    """Two packed arrays made equally wide."""
    words = max(a.shape[1], b.shape[1])
    return tuple(np.pad(x, ((0, 0), (0, words - x.shape[1]))) if x.shape[1] < words else x for x in (a, b))


def _popcount_swar(words):
    """Bits per 64-bit word by pairwise sums (Warren, Hacker's Delight, ch. 5), for NumPy before 2.0."""
    x = words - ((words >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (x * np.uint64(0x0101010101010101)) >> np.uint64(56)


_popcount = getattr(np, "bitwise_count", _popcount_swar)


def counted(words):
    """Number of bits that are on in each row of a packed array, as int64."""
    return _popcount(words).astype(np.int64).sum(axis=1)


def seed_number(seed):
    """A seed text as a 64-bit number that is the same on every machine."""
    return int.from_bytes(blake2b(str(seed).encode(), digest_size=8).digest(), "little")


def pair_hash(seed, request_ids, offer_ids):
    """A 20-bit hash of (seed, request id, offer id), as int64 array; of ids only, so it does not know the row order.

    seed: from `seed_number`. The ids are int64 arrays of equal length.
    """
    with np.errstate(over="ignore"):
        x = _mixed(np.uint64(seed) + request_ids.astype(np.uint64) * np.uint64(_STEP))
        x = _mixed(x + offer_ids.astype(np.uint64) * np.uint64(_STEP))
    return (x >> np.uint64(WORD - HASH_BITS)).astype(np.int64)


def _mixed(x):
    x = (x ^ (x >> np.uint64(30))) * np.uint64(_MIX_A)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(_MIX_B)
    return x ^ (x >> np.uint64(31))


def pair_hash_of(seed, request_id, offer_id):
    """`pair_hash` for one pair in plain Python."""
    x = seed
    for number in (request_id, offer_id):
        x = (x + number * _STEP) & LOW
        x = ((x ^ (x >> 30)) * _MIX_A) & LOW
        x = ((x ^ (x >> 27)) * _MIX_B) & LOW
        x ^= x >> 31
    return x >> (WORD - HASH_BITS)
