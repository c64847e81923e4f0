"""How the answers to an instrument become a number. Knows nothing of people, languages or Django."""

from functools import partial


def summed(*, items, lowest, highest, times=1):
    """Return a scoring function: the sum of ``items`` answers from ``lowest`` to ``highest``, ``times`` a factor.

    The function takes a sequence with one answer, or ``None``, per item. It returns ``None`` unless every item has an
    answer, and raises ``ValueError`` where the number of answers or one of them is wrong.
    """
    return partial(_sum, items, lowest, highest, times)


def _sum(items, lowest, highest, times, answers):
    answers = list(answers)
    if len(answers) != items:
        raise ValueError(f"{items} answers are needed, not {len(answers)}.")
    for answer in answers:
        if answer is None:
            continue
        if isinstance(answer, bool) or not isinstance(answer, int) or not lowest <= answer <= highest:
            raise ValueError(f"An answer is a whole number from {lowest} to {highest}, or none.")
    if None in answers:
        return None
    return sum(answers) * times
