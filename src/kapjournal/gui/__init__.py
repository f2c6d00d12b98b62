"""The windows: one folder a screen, each a view (Qt) and a presenter (no Qt)."""
