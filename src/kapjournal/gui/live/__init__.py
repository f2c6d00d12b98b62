"""The live view: a dosing session, written down while it happens."""
