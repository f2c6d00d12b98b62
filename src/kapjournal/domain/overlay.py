"""Sessions laid over one another at the same time since the dose: what stands around a minute, each time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kapjournal.domain.lanes import Laid, Placed


def around(laid: Sequence[Laid], minute: float, within: float) -> tuple[tuple[Placed, ...], ...]:
    """For each session what stands no further than `within` minutes from `minute`, in the order of time."""
    return tuple(tuple(one for one in each.placed if abs(one.minute - minute) <= within) for each in laid)


def nearest(placed: Iterable[Placed], minute: float) -> Placed | None:
    """What stands closest to a minute; the earlier of two that are as close."""
    return min(placed, key=lambda one: abs(one.minute - minute), default=None)
