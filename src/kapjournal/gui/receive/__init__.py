"""The screen that opens a colleague's bundle: who signed it, what is in it, and taking it into the journal."""
