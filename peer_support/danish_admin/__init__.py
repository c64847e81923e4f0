"""Danish for the parts of Wagtail's own screens that have none: an app with nothing but catalogues."""
