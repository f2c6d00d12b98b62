"""What leaves the screen on paper or in a file: asks where to, and lays simple HTML out on pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QMarginsF, QSizeF
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QFileDialog, QWidget

from kapjournal.durable import write_private
from kapjournal.gui.look import SANS, SERIF

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


_POINTS = (14.0, 12.5, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0)  # tried from the largest, until all fits
MARGIN_MM = 24
_READS_WELL = 10.5  # points, where any number of pages will do


def document(html: str, points: float) -> QTextDocument:
    """The pages as a document whose words have this size."""
    made = QTextDocument()
    made.setDefaultFont(QFont(SANS, round(points)))
    made.setDefaultStyleSheet(
        f"h1 {{ font-family: '{SERIF}'; font-size: {points * 1.7:.1f}pt; font-weight: 400; }}"
        f"h2 {{ font-size: {points * 0.85:.1f}pt; font-weight: 600; color: #4D463C; }}"
        f"h3 {{ font-size: {points * 1.05:.1f}pt; font-weight: 600; margin: 6px 0 0 0; }} p {{ margin: 2px 0; }}"
        f".words {{ font-family: '{SERIF}'; font-size: {points * 1.15:.1f}pt; line-height: 140%; margin: 0; }}"
    )
    made.setHtml(html)
    return made


def fitted(html: str, device: QPagedPaintDevice, pages: int | None = 1) -> QTextDocument:
    """The largest type at which everything stands on so many pages of the device; None for as many as it takes."""
    size = QSizeF(device.pageLayout().paintRectPoints().size())
    for points in _POINTS if pages is not None else (_READS_WELL,):
        made = document(html, points)
        made.documentLayout().setPaintDevice(None)  # type: ignore[arg-type]
        made.setPageSize(_at_screen(size))
        if pages is None or made.pageCount() <= pages:
            break
    return made


def _at_screen(points: QSizeF) -> QSizeF:
    """Points as the units a document without a device counts in (96 to the inch)."""
    return points * (96 / 72)


def pdf(html: str, title: str = "In my own words", pages: int | None = 1) -> bytes:
    """A PDF of so many pages at most."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("KAP Journal")
    set_up(writer)
    fitted(html, writer, pages).print_(writer)
    del writer  # the file is whole only when its writer is gone
    return bytes(buffer.data().data())


def save_pdf(html: str, path: Path) -> None:
    """Write one page to a file that only its owner may read. Raises OSError."""
    write_private(path, pdf(html))


def print_page(html: str, parent: QWidget, pages: int | None = 1) -> None:
    """Ask for a printer and print."""
    send = to_chosen_printer(parent, pages)
    if send is not None:
        send(html)


def to_chosen_printer(parent: QWidget, pages: int | None = 1) -> Callable[[str], None] | None:
    """Ask for a printer; what prints HTML on it, or None if the dialog was left."""
    printer = ask_printer(parent, "Print one page" if pages == 1 else "Print")
    return (lambda html: fitted(html, printer, pages).print_(printer)) if printer is not None else None


def choose_pdf(parent: QWidget, name: str, look_name: str) -> Path | None:
    """Ask where the PDF of one page goes."""
    return choose_file(parent, "Save one page as PDF", Path.home() / name, "PDF (*.pdf)", look_name)


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
