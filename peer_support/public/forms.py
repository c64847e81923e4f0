"""The base of every form that a visitor fills in without an account.

It keeps machines out without asking people to prove anything: a field that only machines fill in, a signed moment
that says when the page was opened, and a limit per address. None of them loses a word: whoever is asked again finds
everything as it was written. CPR numbers are taken out before anything is kept or shown again. A word of illness is
asked about once, and stands if the person presses once more.

A view hands the post to :func:`take_post`::

    form = MyForm(request.POST or None)
    status = 200
    if request.method == "POST":
        taken = take_post(request, form, accept=lambda form: services.take(…, **form.values))
        if taken.done:
            return redirect(thanks_url)
        status = taken.status
    return public_response(request, "my.html", {"form": form}, status=status, personal=True)
"""

import secrets
import unicodedata
from dataclasses import dataclass, field

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..access.decisions import NotAllowed
from ..conf import peer_settings
from ..privacy.cpr import strip_cpr
from ..privacy.fields import stands_for_unreadable
from . import throttle
from .words import names_illness

SALT = "peer_support.public.forms"
# A page may stand open for days; after a week it is signed anew, and the person presses once more.
OLDEST_SECONDS = 7 * 24 * 3600
TRAP = "webpage"
MARK = "form_mark"
SEEN = "form_seen"
_OWN = (TRAP, MARK, SEEN)
# What is asked once and then stands; it travels with the form.
ASKED_ONCE = {"fast", "illness"}


@dataclass(frozen=True)
class Remark:
    """A friendly word above a form or at one of its fields (``field``); it is no error and stops nobody twice."""

    code: str
    text: str
    field: str = ""


@dataclass(frozen=True)
class Taken:
    """What became of a post: ``done`` (also for the second of two presses), or draw the form again with ``status``."""

    done: bool = False
    status: int = 200
    result: object = None


class Refused(Exception):
    """The form was refused inside the transaction; what it says stands on the form already."""


@dataclass
class _Mark:
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    age: float | None = None

    def signed(self):
        return signing.TimestampSigner(salt=SALT).sign(self.nonce)


def _read_mark(text):
    """Return the mark of a form, with its age in seconds; ``None`` where it is missing, forged or too old."""
    signer = signing.TimestampSigner(salt=SALT)
    try:
        nonce = signer.unsign(text or "", max_age=OLDEST_SECONDS)
        moment = signing.b62_decode(text.rsplit(signer.sep, 2)[1])
    except (signing.BadSignature, ValueError, OverflowError):
        return None
    return _Mark(nonce, max(timezone.now().timestamp() - moment, 0))


class PublicForm(forms.Form):
    """A form for visitors. A subclass adds fields and may set:

    - ``purpose``: what its limit per address is counted under (``PEER_SUPPORT["PUBLIC_LIMITS"]``);
    - ``free_text``: the names of the fields where a word of illness is asked about once;
    - ``button``: the words on the button, and ``button_line``: what happens when it is pressed.

    ``values`` holds the cleaned data without the base's own fields. ``cpr_removed`` says that a number was taken out.
    """

    purpose = "form"
    free_text = ()
    button = gettext_lazy("Send")
    button_line = ""
    required_css_class = "peer-required"

    webpage = forms.CharField(label=gettext_lazy("Leave this field empty"), required=False, max_length=500)
    form_mark = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)
    form_seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    def __init__(self, data=None, files=None, **kwargs):
        super().__init__(data, files, **kwargs)
        self.remarks = []
        self.cpr_removed = 0
        self._mark = None
        if self.is_bound:
            self._tidy()
        else:
            self.initial[MARK] = _Mark().signed()

    # Cleaning what came in

    def _tidy(self):
        """Read the base's own fields, and take out of every text what may not be kept nor shown again."""
        data = QueryDict(mutable=True)
        for name in self.data:
            values = self.data.getlist(name) if hasattr(self.data, "getlist") else [self.data[name]]
            data.setlist(name, values)
        self._mark = _read_mark(data.get(self.add_prefix(MARK)))
        for name, form_field in self.fields.items():
            key = self.add_prefix(name)
            if name in _OWN or key not in data or isinstance(form_field, forms.ChoiceField):
                continue
            if isinstance(form_field, forms.CharField):
                data.setlist(key, [self._tidy_text(name, str(value)) for value in data.getlist(key)])
        self.trapped = bool((data.get(self.add_prefix(TRAP)) or "").strip())
        seen = set((data.get(self.add_prefix(SEEN)) or "").split())
        data[self.add_prefix(SEEN)] = " ".join(sorted(seen & ASKED_ONCE))
        data[self.add_prefix(TRAP)] = ""
        data[self.add_prefix(MARK)] = data.get(self.add_prefix(MARK), "") if self._mark else _Mark().signed()
        self.data = data

    def _tidy_text(self, name, text):
        text = "".join(c for c in text if c in "\n\r\t" or unicodedata.category(c) not in ("Cc", "Cs"))
        if stands_for_unreadable(text.strip()):
            text = text.strip().strip("()")  # an encrypted field refuses exactly these words
        text, found = strip_cpr(text)
        if found:
            self.cpr_removed += found
            self.remarks.append(
                Remark(
                    "cpr",
                    _("We have taken out a number that looks like a CPR number. You need not write it here."),
                    name,
                )
            )
        return text

    # Asking once more

    def ask_again(self):
        """Return whether the person has to press once more, and put the reason among the remarks."""
        mark, seen = self._mark, set(self.data[self.add_prefix(SEEN)].split())
        asked = []
        if self.trapped:
            asked.append(Remark("trap", _("A field that should be empty was filled in. We have emptied it.")))
        if mark is None:
            asked.append(
                Remark("old", _("The page had been open for a long time. We have made it ready again."))
            )
        elif mark.age < peer_settings.FORM_MIN_SECONDS and "fast" not in seen:
            asked.append(Remark("fast", _("That went very fast, so we ask if you meant to send it.")))
        if "illness" not in seen:
            asked += [
                Remark(
                    "illness",
                    _(
                        "You need not write about illness here. You decide: change the text, "
                        "or send it as it is."
                    ),
                    name,
                )
                for name in self.free_text
                if names_illness(self.cleaned_data.get(name))
            ]
        if not asked:
            return False
        self.remarks += asked
        seen |= {remark.code for remark in asked}
        self.data[self.add_prefix(SEEN)] = " ".join(sorted(seen & ASKED_ONCE))
        self.remarks.append(
            Remark("again", _("Nothing is lost. Press “%(button)s” once more.") % {"button": self.button})
        )
        return True

    # For the view and the template

    @property
    def values(self):
        """The cleaned data without the base's own fields."""
        return {name: value for name, value in self.cleaned_data.items() if name not in _OWN}

    def say(self, sentence, code="refused"):
        """Put a sentence above the form."""
        self.add_error(None, ValidationError(sentence, code=code))

    def sent_key(self):
        """What two presses on the same button have in common: the form as it was opened, and what was written."""
        words = [
            f"{name}={value}"
            for name in sorted(self.fields)
            if name not in _OWN
            for value in self.data.getlist(self.add_prefix(name))
        ]
        return (self.purpose, self._mark.nonce if self._mark else "", *words)

    def shown_fields(self):
        """The fields a visitor sees, bound, in order; a subclass may group them in its template instead."""
        return [bound for bound in self.visible_fields() if bound.name not in _OWN]

    def remarks_at(self, name):
        """The remarks at the field ``name``; those of the whole form under ""."""
        return [remark for remark in self.remarks if remark.field == name]

    @property
    def form_remarks(self):
        return self.remarks_at("")

    @property
    def problems(self):
        """Return ``[(id of the field or "", label, sentence)]`` for the summary on top, in the order of the fields.

        A label that is a sentence itself is left out: "Where do you want to come?: Choose a place." reads badly.
        """
        found = [("", "", sentence) for sentence in self.non_field_errors()]
        for bound in self:
            label = capfirst(str(bound.label))
            label = "" if label.endswith(("?", ".")) else label
            found += [(focus_id(bound), label, sentence) for sentence in bound.errors]
        return found


def focus_id(bound):
    """Return the id of what a link to the field ``bound`` leads to: the first choice of several, or the field."""
    if isinstance(bound.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def take_post(request, form, *, accept):
    """Check ``form``, and call ``accept(form)`` once, in a transaction, however often the button is pressed.

    ``accept`` may raise ``ValidationError`` or ``NotAllowed``: its sentences are put on the form, and nothing of the
    transaction is kept. Returns a :class:`Taken`.
    """
    allowed = throttle.allow(request, "post")
    if not allowed:
        form.is_valid()
        return _too_many(form, allowed)
    if not form.is_valid() or form.ask_again():
        return Taken()
    allowed = throttle.allow(request, form.purpose)
    if not allowed:
        return _too_many(form, allowed)
    try:
        with transaction.atomic():
            first = throttle.first_time(*form.sent_key())
            result = _accept(form, accept) if first else None
    except Refused:
        return Taken()
    return Taken(done=True, result=result)


def _too_many(form, refusal):
    form.say(refusal.reason, refusal.code)
    return Taken(status=429)


def _accept(form, accept):
    try:
        return accept(form)
    except NotAllowed as refusal:
        form.say(refusal.decision.reason, refusal.decision.code)
    except ValidationError as error:
        faults = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
        for name, sentences in faults.items():
            form.add_error(name if name in form.fields else None, sentences)
    raise Refused
