"""What happens after the match: meetings, pauses, follow-up, endings, and today's list."""
