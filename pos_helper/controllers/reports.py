"""Reports of the case on screen."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from pos_helper.controllers.lookup import LookupController
from pos_helper.controllers.preferences import PreferencesController
from pos_helper.controllers.view import View
from pos_helper.domain.report_options import ReportFormat, ReportOptions
from pos_helper.domain.text import Text
from pos_helper.ui.theme import Tone

# Loaded where they are used: neither the start nor a search needs them.
if TYPE_CHECKING:
    from pos_helper.export.case_report import CaseReportWriter

_COPIED = Text("清单已复制，可以粘贴到聊天里。", "The sheet was copied; paste it into the chat.")


class ReportsController(QObject):
    """Copies, exports and prints the report of what is on screen."""

    def __init__(
        self,
        view: View,
        lookup: LookupController,
        preferences: PreferencesController,
        now: Callable[[], datetime],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._lookup = lookup
        self._preferences = preferences
        self._now = now

    def copy(self) -> None:
        """Copy the report as text for a chat message."""
        if (writer := self._writer()) is not None:
            options = self._preferences.report_options(ReportFormat.TEXT)
            QGuiApplication.clipboard().setText(writer.preview(options))
            self._view.notify(_COPIED, Tone.GOOD)

    def export(self) -> None:
        """Open the dialog that previews the report and writes it to a file."""
        self._open_dialog(self._preferences.report_options())

    def print_sheet(self) -> None:
        """Open the same dialog to print the report."""
        self._open_dialog(self._preferences.report_options(ReportFormat.PDF), printing=True)

    def _open_dialog(self, options: ReportOptions, *, printing: bool = False) -> None:
        from pos_helper.export.paper import draw_sheet
        from pos_helper.ui.dialogs.export_dialog import ExportDialog

        if (writer := self._writer()) is not None:
            view, preferences = self._view, self._preferences
            dialog = ExportDialog(
                view.theme,
                view.language,
                writer,
                lambda chosen, printer: draw_sheet(writer.report(chosen), chosen.paper, printer),
                options,
                preferences.export_folder,
                view.window,
                printing=printing,
            )
            dialog.saved.connect(preferences.remember_report)
            dialog.present()

    def _writer(self) -> "CaseReportWriter | None":
        """A writer for the report of the entry on screen, even without a case; ``None`` without an entry."""
        from pos_helper.export.case_report import CaseReportWriter

        case = self._lookup.draft()
        if case is None:
            return None
        return CaseReportWriter(case, self._preferences.shop, self._now)
