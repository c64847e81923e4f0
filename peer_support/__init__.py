"""Volunteer peer support for Wagtail: directory, people, matching and courses."""

__version__ = "0.1.0"
