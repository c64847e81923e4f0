"""What a name in ``list_display``, ``list_export`` or ``inspect_view_fields`` is called, and what it says."""

from datetime import datetime

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

from ..privacy.fields import EncryptedTextField


def model_field(model, name):
    """Return the model field called ``name``, or ``None``."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _attribute(model_admin, name):
    return getattr(model_admin, name, None) or getattr(model_admin.model, name, None)


def label_of(model_admin, name):
    """Return the heading of ``name``: a method's ``short_description``, else the field's own name."""
    if name == "__str__":
        return capfirst(model_admin.opts.verbose_name)
    own = getattr(getattr(model_admin, name, None), "short_description", None)
    field = model_field(model_admin.model, name)
    if own is None and field is not None:
        return capfirst(getattr(field, "verbose_name", name))
    own = own or getattr(_attribute(model_admin, name), "short_description", None)
    return capfirst(own or name.replace("_", " "))


def sort_key_of(model_admin, name):
    """Return the field that a list may be ordered by, or ``None``: ciphertext has no order."""
    attribute = getattr(model_admin, name, None)
    if attribute is not None:
        return getattr(attribute, "admin_order_field", None)
    field = model_field(model_admin.model, name)
    if field is None:
        return getattr(getattr(model_admin.model, name, None), "admin_order_field", None)
    if not field.concrete or field.many_to_many or isinstance(field, EncryptedTextField):
        return None
    return name


def value_of(model_admin, obj, name):
    """Return what ``name`` says about ``obj``: a method of the admin, a labelled choice, names of flags, or the value.

    Several related records come as a list. Falsy values come as they are; ``None`` is *unknown*.
    """
    if name == "__str__":
        return str(obj)
    method = getattr(model_admin, name, None)
    if callable(method):
        return method(obj)
    field = model_field(model_admin.model, name)
    if field is not None and getattr(field, "flags", None):
        return [str(label) for label in field.names(getattr(obj, name))]
    if field is not None and getattr(field, "choices", None):
        return getattr(obj, f"get_{name}_display")()
    value = getattr(obj, name)
    if isinstance(value, models.Manager):
        return [str(related) for related in value.all()]
    return value() if callable(value) else value


def as_text(value):
    """Return ``value`` as a screen shows it; the empty string stands for *unknown*."""
    if value is True:
        return _("yes")
    if value is False:
        return _("no")
    if isinstance(value, datetime) and is_aware(value):
        return localtime(value)  # the template's ``localize`` would show another clock
    if isinstance(value, (list, tuple, set)):
        return ", ".join(str(item) for item in value)
    return "" if value is None else value
