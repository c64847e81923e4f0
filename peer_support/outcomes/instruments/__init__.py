"""Instruments: what a questionnaire is, how it is counted, and whether anything has changed."""
