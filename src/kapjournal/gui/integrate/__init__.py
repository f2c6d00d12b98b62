"""The screen that shows earlier notes by theme, beside the note being written."""
