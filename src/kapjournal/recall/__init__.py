"""Finds earlier notes by theme and says why: text in, ranked and explained notes out."""
