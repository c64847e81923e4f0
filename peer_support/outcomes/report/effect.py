"""Whether it helps, as far as the answers go: means of those who answered both times, where they are enough."""
