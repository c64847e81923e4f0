"""The screens of accompaniment in the Wagtail admin."""
