"""The cases of the shop: found again, opened, deleted, and counted."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from pos_helper.controllers.lookup import LookupController
from pos_helper.controllers.preferences import PreferencesController
from pos_helper.controllers.view import View
from pos_helper.domain.cases import CaseSummary
from pos_helper.domain.errors import UserError
from pos_helper.domain.periods import Period
from pos_helper.domain.ports import CaseStore
from pos_helper.domain.retention import overdue
from pos_helper.files import write_atomic

# Loaded where they are used: neither the start nor a search needs them.
if TYPE_CHECKING:
    from pos_helper.ui.dialogs.history_dialog import HistoryDialog
    from pos_helper.ui.dialogs.patterns_dialog import PatternsDialog

_PAGE = 200
"""So many cases are read at once; nobody notices that while typing."""

PAUSE = 120_000
"""So many milliseconds after the start old cases are deleted: by then the copy of the day has been made."""

_log = logging.getLogger(__name__)


class HistoryController(QObject):
    """Lists, opens and deletes cases, and deletes those that are not to be kept any longer."""

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
        self._tidying = QTimer(self, singleShot=True)
        self._tidying.timeout.connect(self._tidy)
        self._history: HistoryDialog
        self._patterns: PatternsDialog
        self._older: QTimer
        self._oldest: int | None = None

    def begin(self) -> None:
        """Delete old cases soon."""
        self._tidying.start(PAUSE)

    def finish(self) -> None:
        """Leave the store alone from now on."""
        self._tidying.stop()

    # --- the list -----------------------------------------------------------------------------

    def show(self) -> None:
        """Open the list of all cases."""
        from pos_helper.ui.dialogs.history_dialog import HistoryDialog

        self._lookup.keep_typed()
        view, kinds = self._view, self._lookup.kinds
        self._history = HistoryDialog(view.theme, view.language, kinds, self._now, view.window)
        self._history.open_requested.connect(self._lookup.open_case)
        self._history.delete_requested.connect(self._delete)
        self._history.delete_all_requested.connect(self._delete_all)
        self._history.patterns_requested.connect(self._show_patterns)
        self._older = QTimer(self._history, singleShot=True)  # goes with the dialog
        self._older.timeout.connect(self._list_older)
        self._list_newest()
        self._history.present()

    def _list_newest(self) -> None:
        self._older.stop()
        self._oldest = None
        self._view.attempt(self._read_page, self._history.show_cases)

    def _list_older(self) -> None:
        self._view.attempt(self._read_page, self._history.add_cases)

    def _read_page(self, show: Callable[[Sequence[CaseSummary]], None]) -> None:
        """Show the next cases, and read older ones when everything else is done."""
        page = self._store.cases(limit=_PAGE, before=self._oldest)
        show(page)
        if len(page) == _PAGE:
            self._oldest = page[-1].id
            self._older.start(0)

    def _delete(self, case_id: int) -> None:
        if self._lookup.delete_case(case_id):
            self._history.remove_case(case_id)
        else:
            self._list_newest()

    def _delete_all(self) -> None:
        self._lookup.delete_all_cases()
        self._list_newest()

    # --- what keeps failing -------------------------------------------------------------------

    def _show_patterns(self) -> None:
        from pos_helper.ui.dialogs.patterns_dialog import PatternsDialog

        view, kinds = self._view, self._lookup.kinds
        self._patterns = PatternsDialog(
            view.theme, view.language, kinds, self._now, _write_picture, self._history
        )
        self._patterns.period_requested.connect(self._count)
        self._count(self._patterns.period)
        self._patterns.present()

    def _count(self, period: Period) -> None:
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)  # 50,000 cases take most of a second
        try:
            self._view.attempt(self._read_incidents, period)
        finally:
            QGuiApplication.restoreOverrideCursor()

    def _read_incidents(self, period: Period) -> None:
        self._patterns.show_incidents(self._store.incidents(period.begin(self._now())))

    # --- what is not kept ---------------------------------------------------------------------

    def delete_old(self) -> None:
        """Delete the cases that ended longer ago than the shop keeps them, as a person has just chosen."""
        self._delete_overdue(is_wanted=True)

    def _tidy(self) -> None:
        self._delete_overdue(is_wanted=False)

    def _delete_overdue(self, *, is_wanted: bool) -> None:
        """Delete old cases; unless a person wants it now, only if the clock can be trusted."""
        days = self._preferences.retention.days
        if days is None:
            return
        try:
            found = overdue(self._store, self._now(), days)
            if found.count and not (found.is_sure or is_wanted):
                _log.warning(
                    "%d cases seem to have ended before %s, but the clock may be wrong: they were kept",
                    found.count,
                    found.before.date(),
                )
                return
            deleted = self._lookup.delete_ended_before(found.before)
        except UserError as error:
            # Nobody has asked for it just now; the error appears at the next write.
            _log.warning("Old cases cannot be deleted: %s", error)
            return
        if deleted:
            _log.info("%d cases that ended before %s were deleted", deleted, found.before.date())


def _write_picture(path: str, picture: bytes) -> None:
    write_atomic(Path(path), picture)
