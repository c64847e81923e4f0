"""Questionnaires: asked, answered by link, on paper or together, and kept no longer than they are needed."""
