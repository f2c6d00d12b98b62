"""The preparation screen: intentions, agreements, plans and what is missing before the medicine."""
