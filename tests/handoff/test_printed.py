"""The summary on paper: two pages that stand alone, laid out by Qt, read back by another reading of the PDF."""

from __future__ import annotations

from pathlib import Path

import pypdf
from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QApplication

from kapjournal.application.import_records import import_records
from kapjournal.domain.document import Document
from kapjournal.domain.selection import Selection
from tests.conftest import PROJECT
from tests.fakes.clock import FakeClock
from tests.fakes.journal import FakeJournal
from tests.handed import CANARIES, A, fill, handover, previewed, sealer


def printed(document: Document, path: Path) -> pypdf.PdfReader:
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(18, 16, 18, 16), QPageLayout.Unit.Millimeter)
    writer.setResolution(96)
    page = QTextDocument()
    page.setDefaultFont(QFont("Source Sans 3", 9))
    page.setHtml(sealer(A).printed(document))
    page.setPageSize(QSizeF(writer.width(), writer.height()))
    page.print_(writer)
    del writer
    return pypdf.PdfReader(str(path))


def test_two_pages_that_stand_alone(qapp: QApplication, tmp_path: Path) -> None:
    journal = FakeJournal(FakeClock())
    import_records(journal, PROJECT / "resources" / "demo" / "course.jsonl")
    shown = previewed(journal, handover(Selection(client="demo-juniper", themes=frozenset({"th-grief"}))))
    pdf = printed(shown.document, tmp_path / "x.pdf")
    assert len(pdf.pages) == 2
    first, second = (" ".join(page.extract_text().split()) for page in pdf.pages)
    assert "Course so far" in first
    assert "50 mg IM" in first
    assert "Open practices" in second
    assert "PHQ-9" in second


def test_no_canary_is_on_paper(qapp: QApplication, tmp_path: Path) -> None:
    journal = FakeJournal(FakeClock())
    fill(journal)
    shown = previewed(journal, handover(Selection(client="c", themes=frozenset({"t", "u"}))))
    pdf = printed(shown.document, tmp_path / "x.pdf")
    said = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    assert "To breathe out" in said
    assert [canary for canary in CANARIES if canary in said] == []
