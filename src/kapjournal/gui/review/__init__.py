"""The screen that shows a session along its time since the first dose, beside the client's own account."""
