"""Tables that come with the package and are kept up to date after every migration."""


def load_builtin_tables(sender=None, using="default", **kwargs):
    """Fill municipalities, the postcodes of their seats, and the built-in directory terms; safe to run again."""
