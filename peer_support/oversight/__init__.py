"""For the data officer: the access log, what stands out in it, and what to do after a breach. By case number only."""
