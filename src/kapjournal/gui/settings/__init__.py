"""The settings screen: what the therapist chooses, and the safekeeping of the journal."""
