"""A table of contents: what the package adds to the Wagtail admin. Registers, and does nothing else."""

from wagtail_modeladmin.options import modeladmin_register

from .access.admin import AssignmentAdmin

modeladmin_register(AssignmentAdmin)
