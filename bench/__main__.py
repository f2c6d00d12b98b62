"""Runs every measurement in this folder and prints one table: `python -m bench [--json FILE] [NAME …]`.

A measurement is a module here with `measure()`. It gives back one row or a list of rows; a row is a flat mapping
of column names to figures, with its unit in the name of the column (`median_ms`). Rows that have different
columns are set as tables of their own. Nothing here passes or fails: a figure is for reading.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import platform
import sys
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from pathlib import Path
from types import ModuleType

Figure = str | int | float | bool | None
Row = Mapping[str, Figure]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def measurements(wanted: Iterable[str]) -> list[ModuleType]:
    """The modules of this folder that measure, all or those named."""
    names = sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    chosen = set(wanted)
    if unknown := chosen - set(names):
        sys.exit(f"There is no measurement called {', '.join(sorted(unknown))}.")
    loaded = [importlib.import_module(f"bench.{name}") for name in names if name != "__main__"]
    return [
        module
        for module in loaded
        if hasattr(module, "measure") and (not chosen or module.__name__.rpartition(".")[2] in chosen)
    ]


def rows(measure: Callable[[], Row | list[Row]]) -> list[Row]:
    """What a measurement gives, as rows."""
    given = measure()
    return list(given) if isinstance(given, list) else [given]


def shown(figure: Figure) -> str:
    """A figure with about three that count."""
    if isinstance(figure, bool) or figure is None:
        return {True: "yes", False: "no", None: "–"}[figure]
    if isinstance(figure, float):
        return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.3g}"
    return f"{figure:,}" if isinstance(figure, int) else figure


def table(group: list[Row]) -> str:
    """Rows of the same columns, set under their names; figures to the right, words to the left."""
    columns = list(group[0])
    cells = [columns, *([shown(row[column]) for column in columns] for row in group)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    words = [isinstance(group[0][column], str) for column in columns]
    set_lines = [
        "  ".join(
            cell.ljust(width) if is_word else cell.rjust(width)
            for cell, width, is_word in zip(line, widths, words, strict=True)
        ).rstrip()
        for line in cells
    ]
    return "\n".join([set_lines[0], "  ".join("─" * width for width in widths), *set_lines[1:]])


def machine() -> Row:
    """What the figures were taken on."""
    return {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()}


def main() -> None:
    """Measure, print, and keep the figures where asked."""
    reader = argparse.ArgumentParser(prog="python -m bench", description="Measure the app, beside bare counterparts.")
    reader.add_argument("--json", type=Path, metavar="FILE", help="keep the figures in FILE too")
    reader.add_argument("names", nargs="*", metavar="NAME", help="only these measurements")
    asked = reader.parse_args()
    figures: dict[str, list[Row]] = {}
    print(*(f"{name}: {shown(value)}" for name, value in machine().items()), sep="   ")
    for module in measurements(asked.names):
        name = module.__name__.rpartition(".")[2]
        print(f"\n{name}: {(module.__doc__ or '').strip().splitlines()[0] if module.__doc__ else ''}", flush=True)
        figures[name] = rows(module.measure)
        for _, group in groupby(figures[name], key=tuple):
            print(table(list(group)), flush=True)
    document = json.dumps({"machine": machine(), "figures": figures}, indent=2, ensure_ascii=False)
    if asked.json:
        asked.json.write_text(document + "\n", encoding="utf-8")
    print(f"\n{document}")


if __name__ == "__main__":
    main()
