"""Exporting: the preview follows the choices, and writing says what came of it."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QPushButton,
    QTextBrowser,
    QWidget,
)

from pos_helper.domain.errors import UserError
from pos_helper.domain.report_compact import CompactText
from pos_helper.domain.report_options import Paper, ReportFormat, ReportLanguage, ReportOptions
from pos_helper.domain.text import Lang, Text
from pos_helper.export.qr_code import qr_png
from pos_helper.ui.dialogs.export_dialog import ExportDialog, ask_path, ask_printer
from pos_helper.ui.dialogs.qr_dialog import QrDialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Theme
from tests.qr import read_qr
from tests.ui.fits import settle, texts

PDF = ReportOptions(ReportFormat.PDF, ReportLanguage.ZH, Paper.A4)
FULL = Text("磁盘满了。", "The disk is full.")


class PaperSheets:
    """A sheet that says what it was asked to be, on a disk that may be full."""

    def __init__(self) -> None:
        self.full = False
        self.written: list[tuple[ReportOptions, str]] = []

    def preview(self, options: ReportOptions) -> str:
        mark = "<b>" if options.format in (ReportFormat.HTML, ReportFormat.PDF) else "**"
        return f"{mark}{options.format} {options.language} {options.paper}"

    def compact(self, options: ReportOptions) -> CompactText:
        return CompactText(f"E1 {options.language}", Text("（没写全）", "(not all)"))

    def qr_code(self, options: ReportOptions) -> bytes:
        return qr_png(self.compact(options).text)

    def suggested_name(self, options: ReportOptions) -> str:
        return f"E1.{options.format}"

    def write(self, options: ReportOptions, path: str) -> None:
        if self.full:
            raise UserError(FULL)
        self.written.append((options, path))


class Picker:
    """Stands for a person choosing a file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.suggested: list[str] = []

    def __call__(self, parent: QWidget, title: str, suggested: str) -> str:
        self.suggested.append(suggested)
        return self.path


class CaseSession:
    """A dialog with its sheets, its printer and the person before it."""

    def __init__(self, theme: Theme, language: Language, qtbot: Any) -> None:
        self.sheets = PaperSheets()
        self.picker = Picker("out/E1.pdf")
        self.drawn: list[ReportOptions] = []
        self.printers: list[QPrinter] = []
        self.trouble: Text | None = None
        self.dialog = ExportDialog(
            theme,
            language,
            self.sheets,
            self.draw,
            PDF,
            "out",
            ask=self.picker,
            ask_printer=self.choose_printer,
        )
        self._qtbot = qtbot
        qtbot.addWidget(self.dialog)
        self.dialog.show()

    def draw(self, options: ReportOptions, printer: QPrinter) -> None:
        self.drawn.append(options)

    def choose_printer(self, parent: QWidget, printer: QPrinter) -> bool:
        if self.trouble is not None:
            raise UserError(self.trouble)
        self.printers.append(printer)
        return True

    def press(self, name: str) -> None:
        button = self.dialog.findChild(QAbstractButton, name)
        assert isinstance(button, QAbstractButton)
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    @property
    def preview(self) -> str:
        browser = self.dialog.findChild(QTextBrowser, "sheetPreview")
        assert isinstance(browser, QTextBrowser)
        return browser.toPlainText()


@pytest.fixture
def session(theme: Theme, language: Language, qtbot: Any) -> CaseSession:
    language.use(Lang.EN)
    return CaseSession(theme, language, qtbot)


def test_the_preview_follows_the_choices(session: CaseSession) -> None:
    session.press("text")
    assert session.preview == "**text zh a4"
    session.press("both")
    assert session.preview == "**text both a4"
    session.press("html")
    assert session.preview == "html both a4"


def test_the_preview_of_a_pdf_is_drawn_like_the_pdf(session: CaseSession, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: session.drawn[-1:] == [PDF])
    for name in ("80mm", "en", "untriedBox"):
        session.press(name)
    wanted = ReportOptions(ReportFormat.PDF, ReportLanguage.EN, Paper.ROLL_80MM, untried=True)
    assert session.drawn[-1] == wanted
    assert session.printers == []


def test_what_was_not_tried_is_listed_if_asked_for(session: CaseSession) -> None:
    session.press("untriedBox")
    session.press("saveSheetButton")
    ((options, _),) = session.sheets.written
    assert options.untried


def test_printing_prints_what_is_shown(session: CaseSession) -> None:
    session.press("80mm")
    session.drawn.clear()
    session.press("printSheetButton")
    assert session.drawn == [replace(PDF, paper=Paper.ROLL_80MM)]
    (printer,) = session.printers
    assert printer.docName() == "E1"
    assert "Sent to the printer." in texts(session.dialog)


def test_without_a_printer_it_says_what_to_do(session: CaseSession) -> None:
    session.trouble = Text("没有打印机。", "No printer.")
    session.drawn.clear()
    session.press("printSheetButton")
    assert session.drawn == []
    assert "No printer." in texts(session.dialog)


def test_no_printer_is_one_sentence(session: CaseSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    with pytest.raises(UserError, match="Save the sheet as a PDF"):
        ask_printer(session.dialog, QPrinter())


@pytest.mark.parametrize("printing", [False, True])
def test_enter_does_what_the_dialog_was_opened_for(
    printing: bool, theme: Theme, language: Language, qtbot: Any, session: CaseSession
) -> None:
    dialog = ExportDialog(theme, language, session.sheets, session.draw, PDF, "out", printing=printing)
    qtbot.addWidget(dialog)
    first = {
        button.objectName()
        for button in dialog.findChildren(QPushButton)
        if button.property("kind") == "primary"
    }
    assert first == {"printSheetButton" if printing else "saveSheetButton"}


def test_the_qr_code_can_be_read_from_the_screen(session: CaseSession, qtbot: Any) -> None:
    session.press("en")
    session.press("qrButton")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QrDialog)
    qtbot.waitExposed(dialog)
    for size in (dialog.size(), QSize(480, 420)):
        dialog.resize(size)
        settle()
        assert read_qr(dialog.grab().toImage()) == ["E1 en"]
    assert "(not all)" in texts(dialog)
    dialog.reject()


def test_paper_can_be_chosen_for_a_pdf_only(session: CaseSession) -> None:
    paper = session.dialog.findChild(QWidget, "paperChoice")
    assert isinstance(paper, QWidget)
    assert paper.isEnabled()
    session.press("csv")
    assert not paper.isEnabled()


def test_saving_writes_what_is_shown_and_says_where(session: CaseSession, qtbot: Any) -> None:
    session.press("en")
    with qtbot.waitSignal(session.dialog.saved) as saved:
        session.press("saveSheetButton")
    options = ReportOptions(ReportFormat.PDF, ReportLanguage.EN, Paper.A4)
    assert saved.args == [options, "out/E1.pdf"]
    assert session.sheets.written == [(options, "out/E1.pdf")]
    assert "Saved: out/E1.pdf" in texts(session.dialog)
    assert [path.replace("\\", "/") for path in session.picker.suggested] == ["out/E1.pdf"]


def test_trouble_is_said_in_the_dialog_which_stays(
    session: CaseSession, language: Language, qtbot: Any
) -> None:
    session.sheets.full = True
    with qtbot.assertNotEmitted(session.dialog.saved):
        session.press("saveSheetButton")
    assert session.dialog.isVisible()
    assert FULL.en in texts(session.dialog)
    language.use(Lang.ZH)
    qtbot.waitUntil(lambda: FULL.zh in texts(session.dialog))
    session.sheets.full = False
    with qtbot.waitSignal(session.dialog.saved):
        session.press("saveSheetButton")


def test_thinking_better_of_it_writes_nothing(session: CaseSession, qtbot: Any) -> None:
    session.picker.path = ""
    with qtbot.assertNotEmitted(session.dialog.saved):
        session.press("saveSheetButton")
    assert session.sheets.written == []


@pytest.mark.parametrize("saves", [True, False])
def test_the_file_dialog_starts_from_the_suggestion(
    tmp_path: Path, session: CaseSession, saves: bool
) -> None:
    suggested = tmp_path / "E1.pdf"

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.accept() if saves else dialog.reject()

    QTimer.singleShot(0, answer)
    chosen = ask_path(session.dialog, "Save the sheet", str(suggested))
    assert (Path(chosen) if chosen else None) == (suggested if saves else None)
