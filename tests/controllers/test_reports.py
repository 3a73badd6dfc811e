"""Copying and exporting what is on screen."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrintPreviewWidget
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog

from pos_helper.app import App
from pos_helper.domain.report_options import ReportFormat
from pos_helper.ui.dialogs.export_dialog import ExportDialog
from tests.window import Open, press


def ask_to_export(app: App, name: str = "exportButton") -> ExportDialog:
    """Press a button of the bar; gives the dialog that it opens."""
    press(app, name)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    return dialog


def click(dialog: ExportDialog, name: str) -> None:
    button = dialog.findChild(QAbstractButton, name)
    assert button is not None
    button.click()


def save_as(dialog: ExportDialog, folder: Path | None = None) -> Path:
    """Save the sheet under its suggested name in a folder, or in the one that is suggested."""
    saved: list[str] = []

    def answer() -> None:
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, QFileDialog)
        if folder is not None:
            asked.setDirectory(str(folder))
        asked.accept()

    dialog.saved.connect(lambda _options, path: saved.append(path))
    QTimer.singleShot(0, answer)
    click(dialog, "saveSheetButton")
    (path,) = saved
    return Path(path)


def test_the_sheet_can_be_copied(open_window: Open, qapp: QApplication) -> None:
    app = open_window("E1")
    press(app, "copyButton")
    assert "E1" in qapp.clipboard().text()


def test_print_shows_the_pages_that_are_printed(open_window: Open) -> None:
    dialog = ask_to_export(open_window("E1"), "printButton")
    pages = dialog.findChild(QPrintPreviewWidget)
    assert pages is not None
    assert pages.isVisible()
    assert pages.pageCount() == 1
    first = dialog.focusWidget()
    assert first is not None
    assert first.objectName() == "printSheetButton"
    dialog.reject()


def test_the_next_sheet_is_offered_in_the_folder_and_the_format_of_the_last(
    open_window: Open, tmp_path: Path
) -> None:
    folder = tmp_path / "for the acquirer"
    folder.mkdir()
    first = open_window("E1")
    dialog = ask_to_export(first)
    click(dialog, ReportFormat.HTML)
    path = save_as(dialog, folder)
    assert (path.parent, path.suffix) == (folder, ".html")
    dialog.reject()
    path.unlink()
    first.stop()
    again = ask_to_export(open_window("E1"))
    offered = save_as(again)  # the minute in its name may be the next one
    assert (offered.parent, offered.suffix) == (folder, ".html")
    again.reject()
