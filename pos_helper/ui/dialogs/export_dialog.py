"""Exporting the sheet: what it will look like, in which format and language, and where it is put."""

from collections.abc import Callable
from pathlib import PurePath

from msgspec.structs import replace
from PySide6.QtCore import QSize, QStandardPaths, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from pos_helper.domain.errors import UserError
from pos_helper.domain.ports import ReportWriter
from pos_helper.domain.report_options import Paper, ReportFormat, ReportLanguage, ReportOptions
from pos_helper.domain.text import Text
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.option_buttons import OptionButtons
from pos_helper.ui.widgets.surfaces import TextLabel

AskPath = Callable[[QWidget, str, str], str]
"""Asks where to save, given a window title and a suggested path; empty if that is cancelled."""

_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation
_LEAST_COLUMNS = 24
_MORE_COLUMNS = 36
_MORE_LINES = 14
_RICH = (ReportFormat.HTML, ReportFormat.PDF)
_SAVED = Text("已保存：{path}", "Saved: {path}")


def ask_path(parent: QWidget, title: str, suggested: str) -> str:
    """Ask for a file to save to, with the system's own dialog, which also asks before it overwrites."""
    dialog = QFileDialog(parent, title, str(PurePath(suggested).parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(f"*{PurePath(suggested).suffix}")
    dialog.setDefaultSuffix(PurePath(suggested).suffix)
    dialog.selectFile(PurePath(suggested).name)
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    return chosen[0] if chosen else ""


class ExportDialog(Dialog):
    """Shows a sheet as it will be and writes it. When writing fails it says why and stays."""

    saved = Signal(object, str)
    """The ``ReportOptions`` of a sheet that was written, and its path."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        sheets: ReportWriter,
        options: ReportOptions,
        folder: str,
        parent: QWidget | None = None,
        ask: AskPath = ask_path,
    ) -> None:
        """``options`` and ``folder`` are what to start from; without a folder: the documents."""
        super().__init__(theme, language, parent)
        self.setObjectName("exportDialog")
        self._sheets = sheets
        self._options = options
        self._folder = folder or QStandardPaths.writableLocation(_DOCUMENTS)
        self._ask = ask

        self._format = OptionButtons(theme, "formatChoice", list(ReportFormat), self, columns=2)
        self._sheet_language = OptionButtons(theme, "sheetLanguageChoice", list(ReportLanguage), self)
        self._paper = OptionButtons(theme, "paperChoice", list(Paper), self)
        self._format.set_value(options.format)
        self._sheet_language.set_value(options.language)
        self._paper.set_value(options.paper)
        self._preview_label = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._preview = QTextBrowser(self)
        self._preview.setObjectName("sheetPreview")
        self._preview.setOpenLinks(False)
        self._preview.setTabChangesFocus(True)
        self._preview_label.setBuddy(self._preview)
        self._save = self.buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self._save.setObjectName("saveSheetButton")
        self.make_primary(self._save)
        self.add_button(QDialogButtonBox.StandardButton.Close)
        self._lay_out()

        self._format.chosen.connect(self._choose_format)
        self._sheet_language.chosen.connect(self._choose_language)
        self._paper.chosen.connect(self._choose_paper)
        self._save.clicked.connect(self._save_as)
        self._show_preview()
        self._save.setFocus()
        self.retranslate()

    def _lay_out(self) -> None:
        choices = QVBoxLayout()
        choices.setSpacing(SPACE * 2)
        for choice in (self._format, self._sheet_language, self._paper):
            choices.addWidget(choice)
        choices.addStretch()
        sheet = QVBoxLayout()
        sheet.setSpacing(SPACE // 2)
        sheet.addWidget(self._preview_label)
        sheet.addWidget(self._preview, 1)
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        row.addLayout(choices)
        row.addLayout(sheet, 1)
        self.body.addLayout(row, 1)
        self._preview.setMinimumWidth(self.fontMetrics().averageCharWidth() * _LEAST_COLUMNS)

    def sizeHint(self) -> QSize:
        # Half a page with whole lines in the preview, where the screen has room for it.
        text = self.fontMetrics()
        more = QSize(text.averageCharWidth() * _MORE_COLUMNS, text.lineSpacing() * _MORE_LINES)
        return super().sizeHint() + more

    # --- choices ------------------------------------------------------------------------------

    def _choose_format(self, chosen: ReportFormat) -> None:
        self._set_options(replace(self._options, format=chosen))

    def _choose_language(self, chosen: ReportLanguage) -> None:
        self._set_options(replace(self._options, language=chosen))

    def _choose_paper(self, chosen: Paper) -> None:
        self._set_options(replace(self._options, paper=chosen))

    def _set_options(self, options: ReportOptions) -> None:
        self._options = options
        self.hide_notice()
        self._show_preview()

    def _show_preview(self) -> None:
        self._paper.setEnabled(self._options.format is ReportFormat.PDF)
        try:
            sheet = self._sheets.preview(self._options)
        except UserError as error:
            self.show_notice(error.text, Tone.BAD)
            sheet = ""
        if self._options.format in _RICH:
            self._preview.setHtml(sheet)
        else:
            self._preview.setPlainText(sheet)

    # --- writing ------------------------------------------------------------------------------

    def _save_as(self) -> None:
        suggested = str(PurePath(self._folder) / self._sheets.suggested_name(self._options))
        path = self._ask(self, self.tr("Save the sheet"), suggested)
        if not path:
            return
        try:
            self._sheets.write(self._options, path)
        except UserError as error:
            self.show_notice(error.text, Tone.BAD)
            return
        self._folder = str(PurePath(path).parent)
        self.show_notice(_SAVED.format(path=path), Tone.GOOD)
        self.saved.emit(self._options, path)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Export the sheet"))
        self._format.set_words(
            self.tr("Format"),
            {
                ReportFormat.TEXT: self.tr("Text for a chat"),
                ReportFormat.HTML: self.tr("Web page"),
                ReportFormat.PDF: self.tr("PDF to print"),
                ReportFormat.CSV: self.tr("Table for Excel"),
                ReportFormat.JSON: self.tr("Data (JSON)"),
            },
        )
        # A language is named in itself, so that its readers find it.
        self._sheet_language.set_words(
            self.tr("Language of the sheet"),
            {ReportLanguage.ZH: "中文", ReportLanguage.EN: "English", ReportLanguage.BOTH: self.tr("Both")},
        )
        self._paper.set_words(
            self.tr("Paper (PDF only)"),
            {Paper.A4: "A4", Paper.ROLL_80MM: self.tr("80 mm roll")},
        )
        self._preview_label.setText(self.tr("Preview"))
        self._preview.setAccessibleName(self.tr("Preview"))
        self._save.setText(self.tr("Save as..."))
