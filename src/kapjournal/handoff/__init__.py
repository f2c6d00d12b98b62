"""The sealed bundle for a colleague: made, opened and checked in memory. docs/bundle-format.md describes it."""
