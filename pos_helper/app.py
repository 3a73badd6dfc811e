"""The composition root of the window: builds the parts, connects the signals and runs the program.

Widgets emit signals and controllers handle them; the ``_connect_`` methods say which.

Whatever the first paint does not need (catalog, cases, reports, dialogs) is imported where it is used, after
the first paint. The same goes for ``QtCore.Qt``; docs/decisions/012 gives the figures.
"""

import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QLocale, QObject, QSize, QTimer
from PySide6.QtWidgets import QApplication

import pos_helper
from pos_helper import paths
from pos_helper.controllers.catalog import CatalogController
from pos_helper.controllers.preferences import PreferencesController
from pos_helper.controllers.view import View
from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Text
from pos_helper.files import make_folder, make_private
from pos_helper.runtime import quick_start
from pos_helper.runtime.crash import CrashHook, CrashReport, FatalErrorLog
from pos_helper.runtime.input_method import offer_ibus
from pos_helper.runtime.log import Log
from pos_helper.runtime.single_instance import SingleInstance
from pos_helper.settings import load_settings
from pos_helper.ui.fonts import window_families
from pos_helper.ui.language import Language, system_language
from pos_helper.ui.pages.main_window import MainWindow
from pos_helper.ui.theme import STYLE, Appearance, Theme, Tone

if TYPE_CHECKING:
    from pos_helper.cases.opening import OpenedStore
    from pos_helper.catalog.indexed_catalog import IndexedCatalog
    from pos_helper.controllers.backups import BackupsController
    from pos_helper.controllers.history import HistoryController
    from pos_helper.controllers.lookup import LookupController
    from pos_helper.controllers.reminders import RemindersController
    from pos_helper.controllers.reports import ReportsController

_SIZE = QSize(1366, 768)
"""The size the window is designed for, in device-independent pixels: the screen of an old shop PC."""

_SCANNED = Text(
    "扫到的内容在这里没有用，什么都没改。要查代码，请输入到上面的框里。",
    "What was scanned did nothing here. To look a code up, type it into the box above.",
)

_OPENING_TRIES, _BETWEEN_TRIES_MS = 8, 250
"""So often is it tried to open the cases at a start, while another program holds them."""

_DIED = Text(
    "程序上次意外退出了。打过的勾和备注都在。",
    "The program ended unexpectedly last time. Your ticks and notes are all here.",
)


class App(QObject):
    """One window with its controllers. ``start`` opens the cases and the catalog."""

    def __init__(self, application: QApplication, user: paths.UserPaths, packs: Sequence[Path]) -> None:
        """Build the window without showing it. ``packs`` are loaded in addition to the installed ones."""
        super().__init__(application)
        settings, notice = load_settings(user.settings)
        self.language = Language(application, paths.translations())
        self.language.use(settings.language or system_language(QLocale.system().uiLanguages()))
        self.theme = Theme(
            application, paths.resources() / "icons", window_families(paths.resources() / "fonts")
        )
        self.theme.set_appearance(Appearance(settings.appearance))
        self.theme.set_text_percent(settings.text_percent)
        self.window = MainWindow(self.theme, self.language)
        self._user = user
        self._view = View(self.window, self.theme, self.language)
        self._catalog = CatalogController(self._view, user, packs, _now, self)
        self._preferences = PreferencesController(self._view, settings, user.settings, self._catalog, self)
        self._opened: OpenedStore | None = None
        self._opening = QTimer(self, singleShot=True)
        self._opening.timeout.connect(self._open_cases)
        self._tries_left = _OPENING_TRIES
        self._lookup: LookupController | None = None
        self._reports: ReportsController | None = None
        self._history: HistoryController | None = None
        self._backups: BackupsController | None = None
        self.prepared: Path | None = None
        """What is to take the place of the data when this window has let go of them."""
        self._view.notify(notice)
        self._connect_preferences()

    @property
    def is_ready(self) -> bool:
        """Whether searching is possible: cases and catalog are open."""
        return self._lookup is not None

    def start(self, query: str = "") -> None:
        """Open the cases and the catalog, then search for ``query`` or else resume the last open case."""
        if query:  # otherwise keep what was typed so far
            self.window.search_bar.set_query(query)
        self._catalog.opened.connect(self._begin_work)
        self._open_cases()

    def _open_cases(self) -> None:
        """Open the cases, then the catalog. While another program holds the cases it is tried again."""
        from pos_helper.cases.connection import WINDOW_BUSY_SECONDS
        from pos_helper.cases.opening import open_store

        opened = open_store(self._user.cases, WINDOW_BUSY_SECONDS)
        self._tries_left -= 1
        if opened.is_held and self._tries_left > 0:
            opened.store.close()
            self._opening.start(_BETWEEN_TRIES_MS)
            return
        self._opened = opened
        self._view.notify(self._notice(opened))
        self._tell_of_conflicts()
        self._catalog.open()

    def stop(self) -> None:
        """Save the note that is being typed, and close the files. Nothing else is pending."""
        self._opening.stop()
        try:
            if self._lookup is not None:
                self._lookup.finish()
            if self._history is not None:
                self._history.finish()
        finally:
            if self._backups is not None:
                self._backups.stop()
            self._catalog.close()
            if self._opened is not None:
                self._opened.store.close()

    def _begin_work(self, catalog: "IndexedCatalog") -> None:
        """Build and connect the controllers that need the catalog and the cases."""
        from pos_helper.controllers.backups import BackupsController
        from pos_helper.controllers.history import HistoryController
        from pos_helper.controllers.lookup import LookupController
        from pos_helper.controllers.reminders import RemindersController
        from pos_helper.controllers.reports import ReportsController
        from pos_helper.domain.case_session import CaseSession
        from pos_helper.domain.reminders import Reminders

        assert self._opened is not None  # ``start`` opened it before the catalog
        session = CaseSession(catalog, self._opened.store, _now)
        self._lookup = LookupController(self._view, session, self._opened, self._preferences, self)
        self._reports = ReportsController(self._view, self._lookup, self._preferences, _now, self)
        self._history = HistoryController(
            self._view, self._lookup, self._preferences, self._opened.store, _now, self
        )
        self._backups = BackupsController(
            self._view, self._user, self._opened, self._lookup.keep_typed, _now, self
        )
        self._backups.begin()
        reminders = RemindersController(self._view, Reminders(self._opened.store, _now), _now, self)
        self._guard_keys()
        self._connect_backups(self._backups)
        self._connect_lookup(self._lookup)
        self._connect_reminders(reminders, self._lookup)
        self._connect_reports(self._reports)
        self._connect_history(self._history)
        self._lookup.begin()
        self._history.begin()
        self._preferences.ask_machines()

    # --- signals and their handlers -----------------------------------------------------------

    def _connect_preferences(self) -> None:
        bar, preferences = self.window.search_bar, self._preferences
        bar.language_requested.connect(preferences.switch_language)
        bar.settings_requested.connect(preferences.show_dialog)
        self.window.text_size_requested.connect(preferences.step_text_size)
        self.window.start_page.machines_requested.connect(preferences.show_machines)
        self.window.start_page.machines_declined.connect(preferences.decline_machines)

    def _connect_lookup(self, lookup: "LookupController") -> None:
        window = self.window
        window.search_bar.query_changed.connect(lookup.search)
        window.search_bar.cleared.connect(lookup.clear)
        window.start_page.tile_chosen.connect(lookup.browse)
        window.start_page.case_chosen.connect(lookup.open_case)
        window.search_bar.case_chosen.connect(lookup.open_case)
        window.search_bar.open_cases_requested.connect(lookup.show_open_cases)
        window.start_page.met_chosen.connect(lookup.show_met)
        window.entry_chosen.connect(lookup.choose_browsed)
        window.search_bar.back_requested.connect(lookup.back)
        window.results.entry_chosen.connect(lookup.choose)
        window.results.general_checks_requested.connect(lookup.choose_general_checks)
        window.results.record_requested.connect(self._catalog.ask_record)
        self._catalog.renewed.connect(lookup.use_catalog)
        self._catalog.recorded.connect(lookup.show_recorded)
        self._preferences.shop_changed.connect(lookup.use_shop)
        self._preferences.order_changed.connect(lookup.use_order)
        for checklist in (window.tabs, window.answer_card.quick_steps):
            checklist.tick_requested.connect(lookup.tick)
            checklist.result_requested.connect(lookup.set_result)
            checklist.note_requested.connect(lookup.ask_step_note)
        window.answer_card.chooser.entry_chosen.connect(lookup.choose)
        window.answer_card.chooser.none_chosen.connect(lookup.choose_general_checks)
        window.answer_card.question_requested.connect(lookup.ask_again)
        window.answer_card.keep_choice_requested.connect(lookup.keep_choice)
        window.answer_card.money_found.connect(lookup.set_money_found)
        window.answer_card.details.changed.connect(lookup.set_details)
        window.answer_card.details.more_requested.connect(lookup.ask_details)
        window.answer_card.case_line.reopen_requested.connect(lookup.reopen)
        window.answer_card.case_line.handover_requested.connect(lookup.change_handover)
        window.answer_card.case_line.case_chosen.connect(lookup.open_case)
        window.meanings.meaning_chosen.connect(lookup.set_meaning)
        window.action_bar.state_requested.connect(lookup.set_state)
        window.action_bar.note_changed.connect(lookup.set_note)
        window.action_bar.machine_requested.connect(lookup.set_machine)
        window.action_bar.undo_requested.connect(lookup.undo)
        window.activated.connect(lookup.look_again)
        window.undo_requested.connect(lookup.undo)
        window.redo_requested.connect(lookup.redo)

    def _connect_reports(self, reports: "ReportsController") -> None:
        window = self.window
        window.action_bar.copy_requested.connect(reports.copy)
        window.action_bar.export_requested.connect(reports.export)
        window.action_bar.print_requested.connect(reports.print_sheet)

    def _connect_history(self, history: "HistoryController") -> None:
        self.window.search_bar.history_requested.connect(history.show)
        self._preferences.retention_changed.connect(history.delete_old)

    def _connect_backups(self, backups: "BackupsController") -> None:
        self._preferences.backup_requested.connect(backups.show_dialog)
        backups.restart_requested.connect(self._restart)

    def _restart(self, prepared: Path) -> None:
        """End this window; ``run`` opens another one on the restored data."""
        self.prepared = prepared
        QApplication.closeAllWindows()

    def _connect_reminders(self, reminders: "RemindersController", lookup: "LookupController") -> None:
        start = self.window.start_page
        self.window.tabs.reminder_requested.connect(reminders.remind)
        start.reminder_done.connect(reminders.done)
        start.reminder_put_off.connect(reminders.put_off)
        start.reminder_ended.connect(reminders.end)
        lookup.start_shown.connect(reminders.show)
        reminders.show()

    def _guard_keys(self) -> None:
        from pos_helper.ui.scan_guard import ScanGuard

        guard = ScanGuard(self.window.search_bar.box)
        guard.scanned.connect(partial(self._view.notify, _SCANNED, Tone.INFO))

    # --- other processes and crashes ----------------------------------------------------------

    def summon(self, query: str) -> None:
        """Raise the window because the program was started again, with this query (may be empty)."""
        window = self.window
        window.setWindowState(window.windowState() & ~QtCore.Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()
        if query and QApplication.activeModalWidget() is None:  # a dialog is about the entry on screen
            window.search_bar.set_query(query)

    def show_crash(self, report: CrashReport) -> None:
        """Show an unexpected error. The program continues."""
        from pos_helper.ui.dialogs.crash_dialog import CrashDialog

        CrashDialog(self.theme, self.language, report.sentence, report.details, self.window).run()

    def tell(self, news: Text | None) -> None:
        """Show a notice of what happened before this window was there, if anything did."""
        self._view.notify(news)

    def discard(self) -> None:
        """Delete the window and all that belongs to it, so that another one can take its place."""
        self.window.close()
        for each in (self.window, self.theme, self.language, self):
            each.deleteLater()
        QApplication.sendPostedEvents(None, QtCore.QEvent.Type.DeferredDelete)

    def _notice(self, opened: "OpenedStore") -> Text | None:
        """What is to be said of the case file; if its cases are gone, with the copy that there is."""
        if opened.notice is None or not opened.is_anew:
            return opened.notice
        from pos_helper.backup.kept import with_offer

        return with_offer(opened.notice, self._user.backups)

    def _tell_of_conflicts(self) -> None:
        """Tell once of the case files that a sync program has put beside ours."""
        from pos_helper.cases.opening import conflict_copies

        self._preferences.tell_of_conflicts(conflict_copies(self._user.cases))

    def tell_of_crash(self) -> None:
        """Show a notice that the last run ended unexpectedly."""
        self._view.notify(_DIED)


def _now() -> datetime:
    return datetime.now().astimezone()


def _show(window: MainWindow) -> None:
    """Show the window in its design size, or maximised if the screen is no wider than that."""
    room = window.screen().availableSize()
    window.resize(_SIZE.boundedTo(room))
    if room.width() <= _SIZE.width():
        window.showMaximized()
    else:
        window.show()


def _run_window(app: App, application: QApplication) -> int:
    _show(app.window)
    exit_code = application.exec()
    app.stop()
    return exit_code


def _finish_restoring(user: paths.UserPaths) -> Text | None:
    """Finish what a killed program began to restore; what to tell the user of it."""
    if not user.restoring.exists():
        return None
    from pos_helper.backup.restore import finish_restoring

    try:
        restored = finish_restoring(user)
    except UserError as error:
        return error.text
    return restored.sentence if restored is not None else None


def _restore(user: paths.UserPaths, prepared: Path) -> Text:
    """Put what was prepared in the place of the data; what to tell the user of it."""
    from pos_helper.backup.restore import restore

    try:
        return restore(user, prepared).sentence
    except UserError as error:
        return error.text


def run(user: paths.UserPaths, packs: Sequence[Path], query: str) -> int:
    """Run the window until it is closed, and return its exit code.

    If another process of this user's data folder has a window, pass it ``query`` and return 0 instead.
    """
    offer_ibus()
    application = QApplication([*sys.argv[:1], *STYLE])
    application.setApplicationName("POS Helper")
    application.setApplicationVersion(pos_helper.__version__)
    with suppress(UserError, OSError):  # the window opens all the same, and says what it cannot keep
        make_folder(user.data)
        # A folder with other things in it and no cases may be any folder.
        if user.cases.exists() or not any(user.data.iterdir()):
            make_private(user.data, paths.PRIVATE)
    instance = SingleInstance(user.data, application)
    if not instance.claim(query):
        return 0
    log = Log(user.log)
    fatal_error_log = FatalErrorLog(user.fatal_error_log)
    hook = CrashHook(log.latest, application)
    hook.install()
    finished = _finish_restoring(user)

    def build(news: Text | None) -> App:
        app = App(application, user, packs)
        app.tell(news)
        hook.crashed.connect(app.show_crash)
        instance.summoned.connect(app.summon)
        app.window.painted.connect(app.start)
        return app

    app = build(finished)
    if fatal_error_log.previous:
        app.tell_of_crash()
    app.window.search_bar.set_query(query)
    app.window.painted.connect(instance.listen)
    app.window.painted.connect(quick_start.end)
    exit_code = _run_window(app, application)
    while app.prepared is not None:
        news = _restore(user, app.prepared)
        app.discard()
        app = build(news)
        exit_code = _run_window(app, application)
    instance.close()
    hook.uninstall()
    fatal_error_log.close()
    log.close()
    return exit_code
