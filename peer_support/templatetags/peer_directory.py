"""Tags of the directory's pages."""

from django import template

from ..directory.public_entry import slug_of

register = template.Library()


@register.simple_tag
def entry_path(initiative):
    """Return the last part of an entry's address."""
    return f"{initiative.pk}-{slug_of(initiative)}/"


@register.simple_tag
def directory_page(directory, number):
    """Return the query string of another page of the same list."""
    return directory.query(page=number)


@register.simple_tag
def described(field):
    """Draw a bound field that names its hint and its error to a screen reader."""
    parts = [f"{field.auto_id}_hint"] if field.help_text else []
    attrs = {}
    if field.errors:
        parts.append(f"{field.auto_id}_problem")
        attrs["aria-invalid"] = "true"
    if parts:
        attrs["aria-describedby"] = " ".join(parts)
    return field.as_widget(attrs=attrs)
