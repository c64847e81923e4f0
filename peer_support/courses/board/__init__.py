"""The coordinator's screens of courses: what runs, who is where on the way in, the sessions, and who leads them."""
