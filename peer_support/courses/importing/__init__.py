"""Bringing participants and dates into a course from a spreadsheet: read and tried as people are, all of it or nothing."""
