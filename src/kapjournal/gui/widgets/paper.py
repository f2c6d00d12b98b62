"""What leaves the screen on paper or in a file: asks where to, and says how the page lies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize
from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

MARGIN_MM = 24


def set_up(device: QPagedPaintDevice, *, margin_mm: float = MARGIN_MM, wide: bool = False) -> None:
    """A4 with even margins."""
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    turned = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    device.setPageOrientation(turned)
    device.setPageMargins(QMarginsF(*(margin_mm,) * 4), QPageLayout.Unit.Millimeter)


def ask_printer(parent: QWidget, title: str, *, margin_mm: float = MARGIN_MM, wide: bool = False) -> QPrinter | None:
    """Ask for a printer with the system's dialog; None if it was left."""
    # The system's printing is loaded when it is asked for: some machines have none, and it is slow to start.
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415

    printer = QPrinter()
    set_up(printer, margin_mm=margin_mm, wide=wide)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    return printer if dialog.exec() else None


def choose_file(parent: QWidget, title: str, start: Path, kind: str, look_name: str) -> Path | None:
    """Ask where a file goes; in Night by the program's own chooser, since the system's is bright.

    `kind` is what it is and how its name ends, such as `PDF (*.pdf)`.
    """
    options = QFileDialog.Option.DontUseNativeDialog if look_name == "night" else QFileDialog.Option(0)
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(start), kind, options=options)
    if not chosen:
        return None
    path, ending = Path(chosen), kind.rpartition("*")[2].rstrip(")")
    return path if path.name.casefold().endswith(ending) else path.with_name(f"{path.name}{ending}")


def find_file(parent: QWidget, title: str, start: Path, kind: str, look_name: str) -> Path | None:
    """Ask which file to open, in the same way."""
    options = QFileDialog.Option.DontUseNativeDialog if look_name == "night" else QFileDialog.Option(0)
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(start), kind, options=options)
    return Path(chosen) if chosen else None
