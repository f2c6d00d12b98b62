"""What a therapist can do, one module a verb."""
