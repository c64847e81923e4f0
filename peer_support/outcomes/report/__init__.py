"""The year's report and the numbers that a centre shows: what leaves the house, and so what has to stay hidden."""
