"""Check a study's allocations against its seed. Stand-alone: needs Python and nothing else, and copies nothing.

    python verify_allocation.py COMMITMENT SEED allocations.csv

COMMITMENT is the 64 signs that were shown before the first allocation, SEED the 64 that were revealed at the end, and
the list has the columns ``stratum``, ``slot`` (1, 2, 3, … in each stratum) and ``arm`` ("place" or "control").
"""

import csv
import hashlib
import hmac
import sys
from itertools import count


def numbers(seed, stratum):
    """Yield the bytes of the stream of ``stratum``."""
    for counter in count():
        message = b"peer-blocks-1|" + stratum.encode() + b"|" + counter.to_bytes(8, "big")
        yield from hmac.new(seed, message, hashlib.sha256).digest()


def arms(seed, stratum):
    """Yield "place" and "control" in the order of the slots of ``stratum``."""
    stream = numbers(seed, stratum)

    def draw(n):
        return next(byte % n for byte in stream if byte < 256 // n * n)

    while True:
        size = (2, 4, 6)[draw(3)]
        while draw(8) == 0:
            size += 6
        block = ["place"] * (size // 2) + ["control"] * (size // 2)
        for last in range(size - 1, 0, -1):
            chosen = draw(last + 1)
            block[last], block[chosen] = block[chosen], block[last]
        yield from block


def faults(commitment, seed_hex, rows):
    """Return what does not fit, one sentence each; empty where everything does. ``rows``: (stratum, slot, arm)."""
    seed = bytes.fromhex(seed_hex)
    found = []
    if hashlib.sha256(seed).hexdigest() != commitment.strip().lower():
        found.append("The seed is not the one that was sealed.")
    strata = {}
    for stratum, slot, arm in rows:
        strata.setdefault(stratum, {}).setdefault(int(slot), []).append(arm)
    for stratum, slots in sorted(strata.items()):
        for slot, expected in zip(range(1, max(slots) + 1), arms(seed, stratum), strict=False):
            if slots.get(slot) != [expected]:
                found.append(f"Stratum {stratum}, slot {slot}: {slots.get(slot)} and not {expected}.")
    return found


def main(arguments):
    """Print what was found; returns 0 where everything fits."""
    if len(arguments) != 3:
        print(__doc__)
        return 2
    commitment, seed_hex, path = arguments
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = [(row["stratum"], row["slot"], row["arm"]) for row in csv.DictReader(file)]
    found = faults(commitment, seed_hex, rows)
    print("\n".join(found) or f"All {len(rows)} allocations follow from the seed that was sealed.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
