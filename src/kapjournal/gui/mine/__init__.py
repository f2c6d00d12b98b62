"""The screen that shows the therapist's own notes, over time."""
