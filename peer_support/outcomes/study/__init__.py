"""Effect studies: who gets a place is drawn by lot, and anybody can check afterwards that nobody steered it."""
