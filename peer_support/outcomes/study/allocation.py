"""The list of allocations of a study, from its seed: permuted blocks of changing size, one list for each town.

Pure: the standard library only, no Django, no clock and no chance but the seed. ``docs/effect-study.md`` says the same
in words, and :mod:`.verify_allocation` does it once more, written independently, for whoever wants to check.

Why blocks of a size that changes: with one known size the last of each block can be known beforehand (Schulz & Grimes,
"Generation of allocation sequences in randomised trials", The Lancet 2002; CONSORT 2010 and 2025, the items on
randomisation). With a largest size a run of equals still tells when the block must be that large. So there is none here:
nothing that was drawn ever makes the next one certain.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from enum import StrEnum

ALGORITHM = "peer-blocks-1"
SEED_BYTES = 32
# A block holds 2, 4 or 6; one time in LONGER_IN it gets 6 more, and is asked about again.
SIZES = (2, 4, 6)
LONGER_IN = 8
LONGER_BY = 6
# Longer than any town; a seed that gave so long a block would be a fault in the program.
MOST_SLOTS = 100_000


class Arm(StrEnum):
    """The two arms. The value is what lists, exports and the database hold."""

    PLACE = "place"
    CONTROL = "control"


@dataclass(frozen=True)
class Seed:
    """256 bits that nobody sees. Says nothing of itself when it is printed, logged or shown in an error."""

    secret: bytes = field(repr=False)

    def __post_init__(self):
        if not isinstance(self.secret, bytes) or len(self.secret) != SEED_BYTES:
            raise ValueError("A seed is 32 bytes.")

    @classmethod
    def of_hex(cls, text):
        """Return the seed that :attr:`hex` wrote; raises ``ValueError`` for anything else."""
        return cls(bytes.fromhex(text))

    @property
    def hex(self):
        """The seed as 64 hexadecimal digits, for sealing and revealing only."""
        return self.secret.hex()

    @property
    def commitment(self):
        """SHA-256 of the 32 bytes, hexadecimal: shown before the first allocation, and compared at the end."""
        return hashlib.sha256(self.secret).hexdigest()

    def __reduce__(self):
        raise TypeError("A seed is not kept in sessions, caches or queues.")


class Draws:
    """The stream of draws of one stratum: HMAC-SHA256(seed, label ‖ counter), counter 0, 1, 2, … in eight bytes."""

    __slots__ = ("_bytes", "_counter", "_label", "_seed")

    def __init__(self, seed, stratum):
        self._seed, self._counter, self._bytes = seed, 0, b""
        self._label = f"{ALGORITHM}|{stratum}|".encode()

    def __repr__(self):
        return "<Draws>"

    def _byte(self):
        if not self._bytes:
            message = self._label + self._counter.to_bytes(8, "big")
            self._bytes = hmac.digest(self._seed.secret, message, "sha256")
            self._counter += 1
        first, self._bytes = self._bytes[0], self._bytes[1:]
        return first

    def below(self, n):
        """Return a number from 0 to ``n`` - 1, each as likely: a byte that would favour the low ones is drawn anew."""
        if not 1 <= n <= 256:
            raise ValueError("A draw is made among 1 to 256.")
        fair = 256 - 256 % n
        while (byte := self._byte()) >= fair:
            pass
        return byte % n


def block_of(draws):
    """Return the next block as a list of arms, half of each, in an order where each is as likely (Fisher–Yates)."""
    size = SIZES[draws.below(len(SIZES))]
    while draws.below(LONGER_IN) == 0 and size + LONGER_BY <= 256:
        size += LONGER_BY
    block = [Arm.PLACE] * (size // 2) + [Arm.CONTROL] * (size // 2)
    for last in range(size - 1, 0, -1):
        chosen = draws.below(last + 1)
        block[last], block[chosen] = block[chosen], block[last]
    return block


def blocks_of(seed, stratum, slots):
    """Return the blocks of ``stratum`` until at least ``slots`` are filled: a list of lists of arms."""
    if not 0 <= slots <= MOST_SLOTS:
        raise ValueError("So many allocations are not made in one town.")
    draws, blocks, filled = Draws(seed, stratum), [], 0
    while filled < slots:
        blocks.append(block_of(draws))
        filled += len(blocks[-1])
    return blocks


def arms_of(seed, stratum, slots):
    """Return the arms of the first ``slots`` slots of ``stratum``, in the order of allocation."""
    flat = [arm for block in blocks_of(seed, stratum, slots) for arm in block]
    return flat[:slots]


def arm_of(seed, stratum, slot):
    """Return the arm of one slot; the first is 1."""
    if slot < 1:
        raise ValueError("The first slot is 1.")
    return arms_of(seed, stratum, slot)[-1]
