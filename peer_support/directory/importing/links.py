"""Web addresses as they are printed, and as a browser takes them."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

_valid = URLValidator(schemes=["http", "https"])
LONGEST = 500


def usable(printed):
    """Return the address with its scheme, or ``None`` where no browser could open it."""
    printed = printed.strip()
    url = printed if "://" in printed else f"https://{printed}"
    try:
        _valid(url)
    except ValidationError:
        return None
    return url if len(url) <= LONGEST else None
