"""The three kinds of conversation; apart, because the guides and the conversations both speak of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    INITIAL = "initial", _("initial conversation")
    FOLLOW_UP = "follow_up", _("follow-up")
    CLOSING = "closing", _("closing conversation")
