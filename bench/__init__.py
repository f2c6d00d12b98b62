"""Figures: each beside its bare counterpart, taken in the same run."""
