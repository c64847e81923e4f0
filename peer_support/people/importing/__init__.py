"""Bringing people in from a spreadsheet: read, choose columns, try, and only then write all of it or nothing."""
