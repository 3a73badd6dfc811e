"""The sheet on its way out: how it will look, in which format and language; to a file, a printer, a phone."""

from collections.abc import Callable
from pathlib import PurePath

from msgspec.structs import replace
from PySide6.QtCore import QSize, QStandardPaths, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo, QPrintPreviewWidget
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from pos_helper.domain.errors import UserError
from pos_helper.domain.ports import ReportWriter
from pos_helper.domain.report_options import Paper, ReportFormat, ReportLanguage, ReportOptions
from pos_helper.domain.text import Text
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.dialogs.qr_dialog import QrDialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.option_buttons import OptionButtons
from pos_helper.ui.widgets.surfaces import TextLabel, named_button

AskPath = Callable[[QWidget, str, str], str]
"""Asks where to save, given a window title and a suggested path; empty if that is cancelled."""

Draw = Callable[[ReportOptions, QPrinter], None]
"""Draws the sheet on a printer, or on one that only shows it. Raises ``UserError``."""

AskPrinter = Callable[[QWidget, QPrinter], bool]
"""Asks which printer shall print, and how; ``False`` if that is cancelled. Raises ``UserError``."""

_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation
_LEAST_COLUMNS = 24
_LEAST_LINES = 10
_MORE_COLUMNS = 44
_MORE_LINES = 14
_SAVED = Text("已保存：{path}", "Saved: {path}")
_PRINTED = Text("已交给打印机。", "Sent to the printer.")
_NO_PRINTER = Text(
    "这台电脑没有装打印机。请保存成 PDF，拿到有打印机的电脑上打印。",
    "This PC has no printer. Save the sheet as a PDF and print it on a PC that has one.",
)


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


def ask_printer(parent: QWidget, printer: QPrinter) -> bool:
    """Ask for a printer with the system's own dialog. Raises ``UserError`` if there is none."""
    if not QPrinterInfo.availablePrinterNames():
        raise UserError(_NO_PRINTER)
    dialog = QPrintDialog(printer, parent)
    accepted = bool(dialog.exec())
    dialog.deleteLater()
    return accepted


class ExportDialog(Dialog):
    """Shows a sheet as it will be, writes it and prints it. When that fails it says why and stays.

    What is printed is what a PDF shows: both are drawn by the same code, as is the preview of a PDF.
    """

    saved = Signal(object, str)
    """The ``ReportOptions`` of a sheet that was written, and its path."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        sheets: ReportWriter,
        draw: Draw,
        options: ReportOptions,
        folder: str,
        parent: QWidget | None = None,
        *,
        printing: bool = False,
        ask: AskPath = ask_path,
        ask_printer: AskPrinter = ask_printer,
    ) -> None:
        """``options`` and ``folder`` are what to start from; without a folder: the documents.

        With ``printing`` the button that Enter presses prints, else it saves.
        """
        super().__init__(theme, language, parent)
        self.setObjectName("exportDialog")
        self._sheets = sheets
        self._options = options
        self._folder = folder or QStandardPaths.writableLocation(_DOCUMENTS)
        self._draw = draw
        self._ask = ask
        self._ask_printer = ask_printer

        self._format = OptionButtons(theme, "formatChoice", list(ReportFormat), self, columns=2)
        self._sheet_language = OptionButtons(theme, "sheetLanguageChoice", list(ReportLanguage), self)
        self._paper = OptionButtons(theme, "paperChoice", list(Paper), self)
        self._format.set_value(options.format)
        self._sheet_language.set_value(options.language)
        self._paper.set_value(options.paper)
        self._untried = named_button("untriedBox", self)
        self._untried.setCheckable(True)
        self._untried.setChecked(options.untried)
        self._preview_label = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._preview = QTextBrowser(self)
        self._preview.setObjectName("sheetPreview")
        self._preview.setOpenLinks(False)
        self._preview.setTabChangesFocus(True)
        self._preview_label.setBuddy(self._preview)
        self._pages = QPrintPreviewWidget(self)
        self._pages.setObjectName("pagePreview")
        self._pages.fitToWidth()
        self._previews = QStackedWidget(self)
        self._previews.addWidget(self._preview)
        self._previews.addWidget(self._pages)
        self._qr = self._action("qrButton")
        self._print = self._action("printSheetButton")
        self._save = self._action("saveSheetButton")
        first = self.make_primary(self._print if printing else self._save)
        self.add_button(QDialogButtonBox.StandardButton.Close)
        self._lay_out()

        self._format.chosen.connect(self._choose_format)
        self._sheet_language.chosen.connect(self._choose_language)
        self._paper.chosen.connect(self._choose_paper)
        self._untried.toggled.connect(self._choose_untried)
        self._pages.paintRequested.connect(self._draw_pages)
        self._qr.clicked.connect(self._show_qr)
        self._print.clicked.connect(self._print_pages)
        self._save.clicked.connect(self._save_as)
        self._show_preview()
        # Qt has Tab enter the row at its default button, and the ones before it would be left out.
        self.buttons.setFocusProxy(self._qr)
        first.setFocus()
        self.retranslate()

    def _action(self, name: str) -> QPushButton:
        button = self.buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        button.setObjectName(name)
        return button

    def _lay_out(self) -> None:
        choices = QVBoxLayout()
        choices.setSpacing(SPACE * 2)
        for choice in (self._format, self._sheet_language, self._paper):
            choices.addWidget(choice)
        choices.addWidget(self._untried)
        choices.addStretch()
        sheet = QVBoxLayout()
        sheet.setSpacing(SPACE // 2)
        sheet.addWidget(self._preview_label)
        sheet.addWidget(self._previews, 1)
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        row.addLayout(choices)
        row.addLayout(sheet, 1)
        self.body.addLayout(row, 1)
        # Left to itself the preview of pages asks for 600 by 600.
        self._previews.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        text = self.fontMetrics()
        self._previews.setMinimumSize(
            text.averageCharWidth() * _LEAST_COLUMNS, text.lineSpacing() * _LEAST_LINES
        )

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

    def _choose_untried(self, listed: bool) -> None:
        self._set_options(replace(self._options, untried=listed))

    def _set_options(self, options: ReportOptions) -> None:
        self._options = options
        self.hide_notice()
        self._show_preview()

    def _show_preview(self) -> None:
        is_paper = self._options.format is ReportFormat.PDF
        self._paper.setEnabled(is_paper)
        self._print.setEnabled(is_paper)
        self._previews.setCurrentWidget(self._pages if is_paper else self._preview)
        if is_paper:
            self._pages.updatePreview()
            return
        try:
            sheet = self._sheets.preview(self._options)
        except UserError as error:
            self.show_notice(error.text, Tone.BAD)
            sheet = ""
        if self._options.format is ReportFormat.HTML:
            self._preview.setHtml(sheet)
        else:
            self._preview.setPlainText(sheet)

    def _draw_pages(self, printer: QPrinter) -> None:
        try:
            self._draw(self._options, printer)
        except UserError as error:
            self.show_notice(error.text, Tone.BAD)

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

    def _print_pages(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(PurePath(self._sheets.suggested_name(self._options)).stem)
        try:
            if not self._ask_printer(self, printer):
                return
            self._draw(self._options, printer)
        except UserError as error:
            self.show_notice(error.text, Tone.BAD)
            return
        self.show_notice(_PRINTED, Tone.GOOD)

    def _show_qr(self) -> None:
        compact, code = self._sheets.compact(self._options), self._sheets.qr_code(self._options)
        QrDialog(self._theme, self._language, compact, code, self).present()

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
        self._untried.setText(self.tr("List the steps not tried"))
        self._preview_label.setText(self.tr("Preview"))
        self._preview.setAccessibleName(self.tr("Preview"))
        self._pages.setAccessibleName(self.tr("Preview"))
        self._qr.setText(self.tr("Show as QR code"))
        self._print.setText(self.tr("Print..."))
        self._save.setText(self.tr("Save as..."))
