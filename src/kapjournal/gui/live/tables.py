"""The data that the live view works with: phases by route, tap codes, danger signs, the landing list, themes."""

from __future__ import annotations


