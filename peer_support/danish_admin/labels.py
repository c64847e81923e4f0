"""Labels of Wagtail's forms that Wagtail leaves to Django to make of the field's name, which is always English."""

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy

#: The English label of each field, by form. Only forms of ``wagtail.admin``, so that they are sure to be there.
LABELS = {
    "wagtail.admin.forms.auth.LoginForm": {"password": "Password"},
    "wagtail.admin.forms.choosers.ExternalLinkChooserForm": {"link_text": "Link text"},
    "wagtail.admin.forms.choosers.AnchorLinkChooserForm": {"link_text": "Link text"},
    "wagtail.admin.forms.choosers.EmailLinkChooserForm": {
        "email_address": "Email address",
        "link_text": "Link text",
        "subject": "Subject",
        "body": "Body",
    },
    "wagtail.admin.forms.choosers.PhoneLinkChooserForm": {
        "phone_number": "Phone number",
        "link_text": "Link text",
    },
}


def give_labels(labels=LABELS):
    """Give each field its label as a string to translate; a label Wagtail has given it itself is left alone."""
    for path, fields in labels.items():
        try:
            form = import_string(path)
        except ImportError:
            continue
        for name, label in fields.items():
            field = form.base_fields.get(name)
            if field is not None and field.label is None:
                field.label = gettext_lazy(label)
