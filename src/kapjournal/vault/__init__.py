"""The key file of a journal: what a passphrase or a recovery key opens, and nothing else does."""
