"""The screens about keeping volunteers in the Wagtail admin."""
