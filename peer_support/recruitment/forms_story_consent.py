"""The forms with which an editor writes a consent down and takes it back."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from ..privacy.cpr import CarefulForm, CarefulFormMixin
from .models_story_consent import StoryConsent
from .story_texts import VERSION, consent_words


class ConsentForm(CarefulFormMixin, forms.ModelForm):
    """What was agreed, by whom and how. The story itself is always covered."""

    class Meta:
        model = StoryConsent
        fields = [
            "name",
            "contact",
            "given_on",
            "how",
            "kept_where",
            "covers_picture",
            "covers_film",
            "covers_elsewhere",
            "until",
            "text_version",
            "text",
        ]
        widgets = {
            "given_on": AdminDateInput,
            "until": AdminDateInput,
            "text": forms.Textarea(attrs={"rows": 12}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text_version"].initial = VERSION
        self.fields["text"].initial = consent_words()
        self.fields["text"].help_text = _(
            "Did you use a paper of your own? Then write its words and its version here."
        )

    def clean_given_on(self):
        day = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                _("The day lies ahead. Write the day on which the ambassador said yes.")
            )
        return day

    def clean(self):
        values = super().clean()
        given, until = values.get("given_on"), values.get("until")
        if given and until and until < given:
            self.add_error("until", _("The last day lies before the day of the consent."))
        return values


class WithdrawForm(CarefulForm):
    """Asked before a story is taken down. Nothing in it has to be filled in."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("If the ambassador gave one. Nobody has to give a reason."),
    )
    delete_files = forms.BooleanField(
        label=gettext_lazy("Delete the story's pictures, film and sound too"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "Files that other pages use as well are kept, and you are told where they are used."
        ),
    )
