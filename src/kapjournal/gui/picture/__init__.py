"""The screen that shows the course in pictures: themes, parts and measures over its sessions."""
