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
