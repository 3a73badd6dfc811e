"""Reports of the case on screen, and the history of cases."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from pos_helper.controllers.lookup import LookupController
from pos_helper.controllers.preferences import PreferencesController
from pos_helper.controllers.view import View
from pos_helper.domain.ports import CaseStore
from pos_helper.domain.report_options import ReportFormat
from pos_helper.domain.text import Text
from pos_helper.ui.theme import Tone

# Loaded where they are used: neither the start nor a search needs them.
if TYPE_CHECKING:
    from pos_helper.export.case_report import CaseReportWriter
    from pos_helper.ui.dialogs.history_dialog import HistoryDialog

_COPIED = Text("清单已复制，可以粘贴到聊天里。", "The sheet was copied; paste it into the chat.")


class ReportsController(QObject):
    """Copies and exports the report of what is on screen; lists, opens and deletes cases."""

    def __init__(
        self,
        view: View,
        lookup: LookupController,
        preferences: PreferencesController,
        store: CaseStore,
        now: Callable[[], datetime],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._lookup = lookup
        self._preferences = preferences
        self._store = store
        self._now = now
        self._history: HistoryDialog | None = None

    def copy(self) -> None:
        """Copy the report as text for a chat message."""
        if (writer := self._writer()) is not None:
            options = self._preferences.report_options(ReportFormat.TEXT)
            QGuiApplication.clipboard().setText(writer.preview(options))
            self._view.notify(_COPIED, Tone.GOOD)

    def export(self) -> None:
        """Open the dialog that previews the report and writes it to a file."""
        from pos_helper.ui.dialogs.export_dialog import ExportDialog

        if (writer := self._writer()) is not None:
            view, preferences = self._view, self._preferences
            dialog = ExportDialog(
                view.theme,
                view.language,
                writer,
                preferences.report_options(),
                preferences.export_folder,
                view.window,
            )
            dialog.saved.connect(preferences.remember_report)
            dialog.present()

    def show_history(self) -> None:
        """Open the list of all cases."""
        from pos_helper.ui.dialogs.history_dialog import HistoryDialog

        self._lookup.keep_typed()
        self._history = HistoryDialog(self._view.theme, self._view.language, self._view.window)
        self._history.open_requested.connect(self._lookup.open_case)
        self._history.delete_requested.connect(self._delete_case)
        self._view.attempt(self._list_cases)
        self._history.present()

    def _delete_case(self, case_id: int) -> None:
        self._lookup.delete_case(case_id)
        self._view.attempt(self._list_cases)

    def _list_cases(self) -> None:
        if self._history is not None:
            self._history.show_cases(self._store.cases())

    def _writer(self) -> "CaseReportWriter | None":
        """A writer for the report of the entry on screen, even without a case; ``None`` without an entry."""
        from pos_helper.export.case_report import CaseReportWriter

        case = self._lookup.draft()
        if case is None:
            return None
        return CaseReportWriter(case, self._preferences.shop, self._now)
