"""A table of contents: what the package adds to the Wagtail admin. Registers, and does nothing else."""
