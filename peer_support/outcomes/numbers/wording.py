"""How numbers are written: whole where they are whole, with one decimal and a comma where not."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format


def number(value):
    """Return ``value`` as text, rounded to one decimal; half is rounded up."""
    if value is None:
        return "–"
    if isinstance(value, Decimal):
        value = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
        if value == value.to_integral_value():
            value = int(value)
    return number_format(value, force_grouping=True)
