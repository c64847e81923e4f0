"""Numbers for those who lead and fund the work: each with its definition, by period, initiative and town.

:mod:`.registry` says what a figure is, :mod:`.counting` counts, and one module per room holds the figures.
"""
