"""The encrypted database of a journal, and the only room that knows SQL."""
