"""What a write did, so that the screens that care can look again."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from kapjournal.domain.course import Record


class Changes(BaseModel):
    """Records that are new or different since a write; empty when everything stood already."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    records: tuple[Record, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.records)
