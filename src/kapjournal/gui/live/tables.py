"""The lists that the live view works with; see application/own_lists.py."""

from __future__ import annotations

from kapjournal.application.own_lists import Tables, load_tables

__all__ = ["Tables", "load_tables"]
