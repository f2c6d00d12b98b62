"""The screen of one client: the course, what was meant and agreed, and the facts."""
