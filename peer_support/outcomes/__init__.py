"""What changed for a person, in the person's own words and numbers."""
