"""The preparation screen: for now a plain form for what the pinned card shows."""
