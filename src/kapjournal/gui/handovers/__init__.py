"""The place of all handovers: what left the journal, what came in, and the key that colleagues seal to."""
