"""Exporting: the preview follows the choices, and writing says what came of it."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QTextBrowser, QWidget

from pos_helper.domain.errors import Trouble
from pos_helper.domain.sheet import Format, Paper, SheetLanguage, SheetOptions
from pos_helper.domain.text import Lang, Text
from pos_helper.ui.export_dialog import ExportDialog, ask_path
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Theme
from tests.ui.fits import texts

PDF = SheetOptions(Format.PDF, SheetLanguage.ZH, Paper.A4)
FULL = Text("磁盘满了。", "The disk is full.")


class PaperSheets:
    """A sheet that says what it was asked to be, on a disk that may be full."""

    def __init__(self) -> None:
        self.full = False
        self.written: list[tuple[SheetOptions, str]] = []

    def preview(self, options: SheetOptions) -> str:
        mark = "<b>" if options.format in (Format.HTML, Format.PDF) else "**"
        return f"{mark}{options.format} {options.language} {options.paper}"

    def suggested_name(self, options: SheetOptions) -> str:
        return f"E1.{options.format}"

    def write(self, options: SheetOptions, path: str) -> None:
        if self.full:
            raise Trouble(FULL)
        self.written.append((options, path))


class Picker:
    """Stands for a person choosing a file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.suggested: list[str] = []

    def __call__(self, parent: QWidget, title: str, suggested: str) -> str:
        self.suggested.append(suggested)
        return self.path


class Desk:
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
def desk(theme: Theme, language: Language, qtbot: Any) -> Desk:
    language.use(Lang.EN)
    return Desk(theme, language, qtbot)


def test_the_preview_follows_the_choices(desk: Desk) -> None:
    assert desk.preview == "pdf zh a4"
    desk.press("80mm")
    assert desk.preview == "pdf zh 80mm"
    desk.press("both")
    assert desk.preview == "pdf both 80mm"


def test_formats_that_are_plain_are_shown_as_they_are(desk: Desk) -> None:
    desk.press("text")
    assert desk.preview == "**text zh a4"


def test_paper_can_be_chosen_for_a_pdf_only(desk: Desk) -> None:
    paper = desk.dialog.findChild(QWidget, "paperChoice")
    assert isinstance(paper, QWidget)
    assert paper.isEnabled()
    desk.press("csv")
    assert not paper.isEnabled()


def test_saving_writes_what_is_shown_and_says_where(desk: Desk, qtbot: Any) -> None:
    desk.press("en")
    with qtbot.waitSignal(desk.dialog.saved) as saved:
        desk.press("saveSheetButton")
    options = SheetOptions(Format.PDF, SheetLanguage.EN, Paper.A4)
    assert saved.args == [options, "out/E1.pdf"]
    assert desk.sheets.written == [(options, "out/E1.pdf")]
    assert "Saved: out/E1.pdf" in texts(desk.dialog)
    assert [path.replace("\\", "/") for path in desk.picker.suggested] == ["out/E1.pdf"]


def test_trouble_is_said_in_the_dialog_which_stays(desk: Desk, language: Language, qtbot: Any) -> None:
    desk.sheets.full = True
    with qtbot.assertNotEmitted(desk.dialog.saved):
        desk.press("saveSheetButton")
    assert desk.dialog.isVisible()
    assert FULL.en in texts(desk.dialog)
    language.use(Lang.ZH)
    qtbot.waitUntil(lambda: FULL.zh in texts(desk.dialog))
    desk.sheets.full = False
    with qtbot.waitSignal(desk.dialog.saved):
        desk.press("saveSheetButton")


def test_thinking_better_of_it_writes_nothing(desk: Desk, qtbot: Any) -> None:
    desk.picker.path = ""
    with qtbot.assertNotEmitted(desk.dialog.saved):
        desk.press("saveSheetButton")
    assert desk.sheets.written == []


@pytest.mark.parametrize("saves", [True, False])
def test_the_file_dialog_starts_from_the_suggestion(tmp_path: Path, desk: Desk, saves: bool) -> None:
    suggested = tmp_path / "E1.pdf"

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.accept() if saves else dialog.reject()

    QTimer.singleShot(0, answer)
    chosen = ask_path(desk.dialog, "Save the sheet", str(suggested))
    assert (Path(chosen) if chosen else None) == (suggested if saves else None)
