"""From answers to a result, by the instrument's own rule, and from the result to "somebody rings"."""

from decimal import Decimal

from ..instruments.registry import instrument_of


def score_of(questionnaire):
    """Return the score of what is answered so far, a ``Decimal``, or ``None`` where the rule for missing items says no."""
    instrument = instrument_of(questionnaire.instrument)
    answers = questionnaire.answers
    if instrument is None or instrument.score is None or not answers:
        return None
    score = instrument.score([answers.get(number) for number in range(1, instrument.items + 1)])
    return None if score is None else Decimal(score)


def care_of(questionnaire):
    """Return what ``care_text`` is to be: "open" where the score asks for a call that nobody has made, "done", or "no"."""
    instrument = instrument_of(questionnaire.instrument)
    if instrument is None or not instrument.asks_care(questionnaire.score):
        return "no"
    return "done" if questionnaire.care == "done" else "open"
