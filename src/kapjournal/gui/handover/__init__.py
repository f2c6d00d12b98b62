"""The screen that shows what a colleague would get, chosen, read and sealed."""
