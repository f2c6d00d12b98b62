"""The screen that keeps the list of themes."""
