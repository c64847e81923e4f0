"""From the first agreement to a good ending: meetings, follow-up, pauses, endings, and the day's list."""
