"""The words an ambassador is asked to say yes to. A change of the words is a new version; old records keep theirs."""

from django.utils.translation import gettext as _

VERSION = "2026-11"


def consent_words():
    """Return the present words, in the reader's language. An editor may write their own in the form instead."""
    return "\n\n".join(
        (
            _("I say yes to the centre showing my story on its website."),
            _("I have read the story, and it is right as it stands. I choose which name stands by it."),
            _("Everybody can read it. Others can copy it, and the centre cannot call such copies back."),
            _(
                "I can take my yes back at any time, and I need not say why. Then the centre takes the story off its "
                "website at once and deletes the text."
            ),
            _("Saying no, or taking my yes back, changes nothing else between me and the centre."),
        )
    )
