"""The course on paper or in a file: asks where to, and lays it on one page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QMarginsF, QRectF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

_MARGIN_MM = 14


def png(image: QImage) -> bytes:
    """A picture as a file holds it."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def choose_png(parent: QWidget, name: str, look_name: str) -> Path | None:
    """Ask where the picture goes; in Night by the program's own chooser, since the system's is bright."""
    options = QFileDialog.Option.DontUseNativeDialog if look_name == "night" else QFileDialog.Option(0)
    chosen, _ = QFileDialog.getSaveFileName(
        parent, "Save the course as a picture", str(Path.home() / name), "PNG (*.png)", options=options
    )
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.casefold() == ".png" else path.with_name(f"{path.name}.png")


def print_picture(image: QImage, parent: QWidget) -> None:
    """Ask for a printer and print on one page, as large as fits."""
    # The system's printing is loaded when it is asked for: some machines have none, and it is slow to start.
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415

    printer = QPrinter()
    turned = QPageLayout.Orientation.Landscape if image.width() > image.height() else QPageLayout.Orientation.Portrait
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(turned)
    printer.setPageMargins(QMarginsF(*(_MARGIN_MM,) * 4), QPageLayout.Unit.Millimeter)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("Print the course")
    if dialog.exec():
        painter = QPainter(printer)
        place = QRectF(painter.viewport()).size().toSize()
        size = image.size().scaled(place, Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(0, 0, size.width(), size.height()), image)
        painter.end()
