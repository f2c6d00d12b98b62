"""The page for the client on paper or as a PDF that only its owner may read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QMarginsF, QSizeF
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QFileDialog, QWidget

from kapjournal.durable import write_private
from kapjournal.gui.look import SANS, SERIF

_POINTS = (14.0, 12.5, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0)  # tried from the largest, until all is on one page
_MARGIN_MM = 24


def document(html: str, points: float) -> QTextDocument:
    """The page as a document whose words have this size."""
    made = QTextDocument()
    made.setDefaultFont(QFont(SANS, round(points)))
    made.setDefaultStyleSheet(
        f"h1 {{ font-family: '{SERIF}'; font-size: {points * 1.7:.1f}pt; font-weight: 400; }}"
        f"h2 {{ font-size: {points * 0.85:.1f}pt; font-weight: 600; color: #4D463C; }}"
        f".words {{ font-family: '{SERIF}'; font-size: {points * 1.15:.1f}pt; line-height: 140%; margin: 0; }}"
    )
    made.setHtml(html)
    return made


def one_page(html: str, device: QPagedPaintDevice) -> QTextDocument:
    """The largest type at which everything stands on one page of the device."""
    made = document(html, _POINTS[0])
    size = QSizeF(device.pageLayout().paintRectPoints().size())
    for points in _POINTS:
        made = document(html, points)
        made.documentLayout().setPaintDevice(None)  # type: ignore[arg-type]
        made.setPageSize(_at_screen(size))
        if made.pageCount() == 1:
            break
    return made


def _at_screen(points: QSizeF) -> QSizeF:
    """Points as the units a document without a device counts in (96 to the inch)."""
    return points * (96 / 72)


def _set_up(device: QPagedPaintDevice) -> None:
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageMargins(QMarginsF(*(_MARGIN_MM,) * 4), QPageLayout.Unit.Millimeter)


def pdf(html: str) -> bytes:
    """The page as a PDF of one page."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle("In my own words")
    writer.setCreator("KAP Journal")
    _set_up(writer)
    one_page(html, writer).print_(writer)
    del writer  # the file is whole only when its writer is gone
    return bytes(buffer.data().data())


def save_pdf(html: str, path: Path) -> None:
    """Write the page to a file that only its owner may read. Raises OSError."""
    write_private(path, pdf(html))


def print_page(html: str, parent: QWidget) -> None:
    """Ask for a printer and print."""
    # The system's printing is loaded when it is asked for: some machines have none, and it is slow to start.
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415

    printer = QPrinter()
    _set_up(printer)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("Print one page")
    if dialog.exec():
        one_page(html, printer).print_(printer)


def choose_pdf(parent: QWidget, name: str, look_name: str) -> Path | None:
    """Ask where the PDF goes; in Night by the program's own chooser, since the system's is bright."""
    options = QFileDialog.Option.DontUseNativeDialog if look_name == "night" else QFileDialog.Option(0)
    chosen, _ = QFileDialog.getSaveFileName(
        parent, "Save one page as PDF", str(Path.home() / name), "PDF (*.pdf)", options=options
    )
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.casefold() == ".pdf" else path.with_name(f"{path.name}.pdf")
