"""Write the JSON Schema of the data into docs/schema, from the models: `make schema`. A test holds it current."""

from __future__ import annotations

import json
from pathlib import Path

from kapjournal.domain.schema import line_schema, manifest_schema

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "schema"


def files() -> dict[str, str]:
    """Every file by its name."""
    schemas = {"interchange-line.json": line_schema(), "bundle-manifest.json": manifest_schema()}
    return {name: json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in schemas.items()}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, content in files().items():
        (FOLDER / name).write_text(content, encoding="utf-8")
        print(FOLDER / name)
