"""Exporting: the preview follows the choices, and writing says what came of it."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QTextBrowser, QWidget

from pos_helper.domain.errors import UserError
from pos_helper.domain.report_options import Paper, ReportFormat, ReportLanguage, ReportOptions
from pos_helper.domain.text import Lang, Text
from pos_helper.ui.dialogs.export_dialog import ExportDialog, ask_path
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Theme
from tests.ui.fits import texts

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
    """A dialog with its sheets and the person before it."""

    def __init__(self, theme: Theme, language: Language, qtbot: Any) -> None:
        self.sheets = PaperSheets()
        self.picker = Picker("out/E1.pdf")
        self.dialog = ExportDialog(theme, language, self.sheets, PDF, "out", None, self.picker)
        self._qtbot = qtbot
        qtbot.addWidget(self.dialog)
        self.dialog.show()

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
    assert session.preview == "pdf zh a4"
    session.press("80mm")
    assert session.preview == "pdf zh 80mm"
    session.press("both")
    assert session.preview == "pdf both 80mm"


def test_formats_that_are_plain_are_shown_as_they_are(session: CaseSession) -> None:
    session.press("text")
    assert session.preview == "**text zh a4"


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
