"""Words that are forgotten while the record stays: that something happened, and when, is kept; what was said about it goes.

Which columns hold words is asked of the model and of the registry, so that a field that is added later is not forgotten
here: whatever is encrypted, and whatever is registered as words.
"""

from django.db import models
from django.db.models.functions import Coalesce, Length

from .access_log import Action, log_access
from .fields import EncryptedTextField
from .registry import WORDS, table_of
from .retention import register_rule

ROUTE = "purge"


def words_of(model):
    """Return the names of the columns of ``model`` that hold words. ``KeyError`` where the model is not registered."""
    kinds = table_of(model).fields
    return [
        column.name
        for column in model._meta.concrete_fields
        if isinstance(column, EncryptedTextField)
        or (kinds.get(column.name) is WORDS and isinstance(column, models.CharField | models.TextField))
    ]


def with_words(rows):
    """Return those of the queryset ``rows`` in which any word is left."""
    # An encrypted text cannot be compared, but an empty one is empty.
    sizes = [Coalesce(Length(name), 0) for name in words_of(rows.model)]
    return rows.alias(size_of_words=sum(sizes[1:], sizes[0])).filter(size_of_words__gt=0)


def forget_words(row):
    """Empty every word of ``row``, and write in the access log that it was done.

    Past ``save``: no key is needed, a record that is left alone is emptied too, and "last changed" stays as it was, so that
    forgetting does not prolong how long anything else is kept.
    """
    model = type(row)
    model.objects.filter(pk=row.pk).update(**dict.fromkeys(words_of(model), ""))
    log_access(user=None, action=Action.ERASE, objects=[row], route=ROUTE)


def register_words_rule(code, *, find, **values):
    """Register a rule of retention that forgets the words of ``find(before)``; the rest as :func:`.retention.register_rule`."""
    return register_rule(code, find=lambda before: with_words(find(before)), act=forget_words, **values)
