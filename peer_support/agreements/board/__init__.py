"""The screens of papers in the admin."""
