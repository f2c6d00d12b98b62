"""The screen that keeps themes, and the roster of parts of a client."""
