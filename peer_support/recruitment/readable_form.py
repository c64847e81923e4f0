"""The readability help in the editor: what a form must carry so that it advises while somebody writes."""

import json

from django import forms
from django.forms.widgets import Script
from django.utils.translation import gettext as _

from .readability import rules

CSS = "peer_support/recruitment/readability.css"
COUNTING = "peer_support/recruitment/readability.js"
SHOWING = "peer_support/recruitment/readability-editor.js"


def sentences():
    """Return what the help says, in the language of the person who writes."""
    return {
        "title": _("How easy is this to read?"),
        "short": _("Write a little more, and the figure comes."),
        "very_easy": _("very easy to read"),
        "easy": _("easy to read"),
        "middling": _("a little heavy"),
        "hard": _("hard to read"),
        "very_hard": _("very hard to read"),
        "advice": _("Try shorter sentences, and shorter words."),
        "sentence": _("“{found}” is a heavy sentence. Make two of it."),
        "authority": _("“{found}” can sound like an authority. Perhaps: {instead}"),
        "passive": _("“{found}” does not say who. Write who does it."),
        "distance": _("“{found}” keeps a distance. Perhaps: {instead}"),
        "nothing": _("No heavy words found."),
        "look": _("to look at"),
        "go": _("Go to the place"),
        "scale": _(
            "LIX up to 24 is very easy, 25–34 easy, 35–44 a little heavy, 45–54 hard, from 55 very hard."
        ),
        "free": _("This is advice. You decide."),
    }


def readability_media():
    """Return the scripts and the style of the help, with the words of this site."""
    help_ = Script(
        SHOWING, **{"data-peer-rules": json.dumps(rules()), "data-peer-sentences": json.dumps(sentences())}
    )
    return forms.Media(css={"all": [CSS]}, js=[COUNTING, help_])


class ReadableFormMixin:
    """Put before a form class of the Wagtail admin: the texts in it get the readability help."""

    @property
    def media(self):
        return super().media + readability_media()
