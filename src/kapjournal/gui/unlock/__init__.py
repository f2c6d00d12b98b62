"""The unlock screen: open, make or recover a journal."""
