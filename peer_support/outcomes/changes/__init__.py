"""Showing what has changed: to the person, to their coordinator, and for a group. Asking is the questionnaires' affair."""
