"""The composition root of the window: it builds every part and connects every signal.

Widgets ask, ``Counter`` answers: it hands what was asked to the desk and shows what came of it.

What the first painting can do without is imported where it is used, and that is after it: the catalog, the
cases, the sheets and the dialogs. So is ``QtCore.Qt``: docs/decisions/012 says what that is worth.
"""

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6 import QtCore
from PySide6.QtCore import QLocale, QObject, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

import pos_helper
from pos_helper import paths
from pos_helper.domain.errors import UserError
from pos_helper.domain.report_options import ReportFormat, ReportLanguage, ReportOptions
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Lang, Text
from pos_helper.runtime import quick_start
from pos_helper.runtime.crash import CrashHook, CrashReport, FatalErrorLog
from pos_helper.runtime.log import Log
from pos_helper.runtime.single_instance import SingleInstance
from pos_helper.settings import Settings, load_settings, save_settings
from pos_helper.ui.fonts import window_families
from pos_helper.ui.language import Language, system_language
from pos_helper.ui.pages.main_window import MainWindow
from pos_helper.ui.theme import STYLE, Appearance, Theme, Tone

if TYPE_CHECKING:
    from pos_helper.catalog.indexed_catalog import IndexedCatalog
    from pos_helper.controllers.catalog_builder import CatalogBuilder
    from pos_helper.domain.case_session import CaseSession
    from pos_helper.domain.cases import CaseState, StepResult
    from pos_helper.domain.entries import Money
    from pos_helper.domain.recorded_code import RecordedCode
    from pos_helper.export.case_report import CaseReportWriter

_SIZE = QSize(1366, 768)
"""The size of an old shop PC's screen, in device-independent pixels: what the window is drawn for."""

_BUILDING = Text("正在准备代码库，可以先输入…", "Preparing the catalog; you can type already…")
_DIED = Text(
    "程序上次意外退出了。打过的勾和备注都在。",
    "The program ended unexpectedly last time. Your ticks and notes are all here.",
)
_RECORDED = Text("已记下“{code}”，以后都查得到。", "“{code}” is recorded and will be found from now on.")
_NOTE_COPIED = Text(
    "备注没有存上，已复制到剪贴板，可以粘贴到别处。",
    "The note was not kept; it was copied, so that you can paste it.",
)
_COPIED = Text("清单已复制，可以粘贴到聊天里。", "The sheet was copied; paste it into the chat.")


class Counter(QObject):
    """One window at one counter: every request of its parts ends here."""

    def __init__(self, application: QApplication, user: paths.UserPaths, packs: Sequence[Path]) -> None:
        """Build the window; ``start`` brings the catalog and the cases. Nothing is shown yet."""
        super().__init__(application)
        self._application = application
        self._user = user
        self._more_packs = packs
        self._settings, settings_notice = load_settings(user.settings)
        self.language = Language(application, paths.translations())
        self.language.use(self._settings.language or system_language(QLocale.system().uiLanguages()))
        families = window_families(paths.resources() / "fonts")
        self.theme = Theme(application, paths.resources() / "icons", families)
        self.theme.set_appearance(Appearance(self._settings.appearance))
        self.theme.set_text_percent(self._settings.text_percent)
        self.window = MainWindow(self.theme, self.language)
        self.window.show_shop(self._settings.shop)
        self._builder: CatalogBuilder | None = None
        self._recorded: tuple[str, str] = ("", "")
        self._is_started = False
        # There as soon as the catalog is, and nothing asks for them before.
        self._catalog: IndexedCatalog
        self._session: CaseSession
        self.is_ready = False
        """Whether searches are answered."""
        self.say(settings_notice)
        self._connect_looks()

    # --- starting -----------------------------------------------------------------------------

    def start(self, query: str = "") -> None:
        """Open the cases and the catalog, and bring back the open case or search for ``query``."""
        from pos_helper.cases.opening import open_store
        from pos_helper.catalog.indexed_catalog import open_current

        self._opened = open_store(self._user.cases)
        self._store = self._opened.store
        self._is_started = True
        self.say(self._opened.notice)
        if query:  # else what was typed until now stays
            self.window.search_bar.set_query(query)
        if catalog := open_current(self._packs(), self._user.index):
            self._catalog_ready(catalog)
        else:
            self._build(self._catalog_ready)

    def stop(self) -> None:
        """Let go of the files. Nothing waits to be written: every change was kept when it was made."""
        if self.is_ready:
            self.window.action_bar.commit_note()
        self._stop_building()
        if self._is_started:
            self._store.close()

    def _packs(self) -> tuple[Path, ...]:
        """The packs as they are now: the first code that is recorded makes a new one."""
        from pos_helper.catalog.packs.pack_files import find_packs

        return find_packs(paths.resources() / "catalog", self._user.packs, self._more_packs)

    def _build(self, ready: "Callable[[IndexedCatalog], None]") -> None:
        from pos_helper.controllers.catalog_builder import CatalogBuilder

        self._stop_building()
        self.window.banner.show_progress(_BUILDING)
        self._builder = CatalogBuilder(self._packs(), self._user.index, self)
        self._builder.progressed.connect(self._show_building)
        self._builder.built.connect(ready)
        self._builder.start()

    def _stop_building(self) -> None:
        if self._builder is not None:
            self._builder.requestInterruption()
            self._builder.wait()
            self._builder.deleteLater()
            self._builder = None

    def _show_building(self, done: int, total: int) -> None:
        self.window.banner.show_progress(_BUILDING, done, total)

    def _take(self, catalog: "IndexedCatalog") -> None:
        if self._builder is not None:
            self.window.banner.hide_progress()
        for problem in catalog.problems:
            self.say(problem)
        self._catalog = catalog

    def _catalog_ready(self, catalog: "IndexedCatalog") -> None:
        from pos_helper.domain.case_session import CaseSession

        self._take(catalog)
        self._session = CaseSession(catalog, self._store, _now)
        self._connect_desk()
        self.is_ready = True
        # What was typed while the catalog was being built is searched for now.
        if query := self.window.search_bar.query:
            self._search(query)
        elif self._attempt(self._session.resume_latest) and self._session.resolved:
            self._show_desk()
        else:
            self._show_start()

    def _show_start(self) -> None:
        self.window.show_start()
        self._attempt(self._show_recent)

    def _show_recent(self) -> None:
        self.window.start_page.show_recent(self._store.cases())

    # --- who answers what ---------------------------------------------------------------------

    def _connect_looks(self) -> None:
        """What needs no catalog works from the beginning."""
        bar = self.window.search_bar
        bar.language_requested.connect(self._switch_language)
        bar.settings_requested.connect(self._show_settings)
        self.window.text_size_requested.connect(self._step_text_size)

    def _connect_desk(self) -> None:
        window = self.window
        bar, page, results = window.search_bar, window.start_page, window.results
        bar.query_changed.connect(self._search)
        bar.cleared.connect(self._clear)
        bar.history_requested.connect(self._show_history)
        page.case_chosen.connect(self._open_case)
        results.entry_chosen.connect(self._choose)
        results.general_checks_requested.connect(self._choose_general_checks)
        results.record_requested.connect(self._ask_record)
        for checklist in (window.tabs, window.answer_card.quick_steps):
            checklist.tick_requested.connect(self._tick)
            checklist.result_requested.connect(self._set_result)
            checklist.note_requested.connect(self._ask_step_note)
        window.answer_card.money_found.connect(self._set_money_found)
        window.meanings.meaning_chosen.connect(self._set_meaning)
        actions = window.action_bar
        actions.copy_requested.connect(self._copy)
        actions.export_requested.connect(self._export)
        actions.state_requested.connect(self._set_state)
        actions.note_changed.connect(self._set_note)
        actions.undo_requested.connect(self._undo)
        window.undo_requested.connect(self._undo)
        window.redo_requested.connect(self._redo)

    # --- looking up ---------------------------------------------------------------------------

    def _search(self, text: str) -> None:
        from pos_helper.domain.lookup import Outcome

        self.window.action_bar.commit_note()
        if not text.strip():
            self._clear()
            return
        lookup = self._session.search(text)
        if lookup.outcome is Outcome.CARD_DATA:
            self.window.search_bar.replace_text(lookup.query)
        self.window.show_lookup(lookup)

    def _clear(self) -> None:
        self.window.action_bar.commit_note()
        self._session.clear()
        # A note that could not be kept belongs to nothing now.
        self.window.action_bar.show_case(None, None)
        self._show_start()

    def _choose(self, entry_id: str) -> None:
        self.window.action_bar.commit_note()
        self._attempt(self._session.choose, entry_id)
        self._show_desk()

    def _choose_general_checks(self) -> None:
        from pos_helper.domain.entries import GENERAL_CHECKS

        self._choose(GENERAL_CHECKS)

    def _show_desk(self) -> None:
        """Show the entry on the desk, if there is one, with what is kept of it."""
        if self._session.resolved is not None:
            self.window.show_entry(self._session.resolved)
            self._refresh()

    def _refresh(self) -> None:
        """Show what the store has acknowledged, and nothing else."""
        session = self._session
        if session.resolved is None:
            return
        window, case, marks = self.window, session.case, session.marks
        window.answer_card.show_answers(*session.answers(), case.money_found if case else None)
        window.answer_card.show_chosen_meaning(case.meaning if case else None)
        window.answer_card.set_marks(marks)
        window.tabs.set_marks(marks)
        window.action_bar.show_case(case, session.resolved, can_undo=session.can_undo)

    # --- a code of the shop's own -------------------------------------------------------------

    def _ask_record(self, code: str) -> None:
        from pos_helper.ui.dialogs.record_dialog import RecordDialog

        origins = self._catalog.origins()
        RecordDialog(self.theme, self.language, code, origins, self._record, self.window).present()

    def _record(self, own: "RecordedCode") -> None:
        """Write a code into the shop's own pack and compile the catalog anew. Raises ``UserError``."""
        from pos_helper.catalog.packs.shop_pack import record
        from pos_helper.domain.resolved_entry import SHOP_PACK

        entry_id = record(self._user.packs / SHOP_PACK, own, self._catalog, _now().date())
        self._recorded = (entry_id, own.code)
        self.window.search_bar.set_query(own.code)
        self._build(self._catalog_renewed)

    def _catalog_renewed(self, catalog: "IndexedCatalog") -> None:
        """Go on with a new catalog. What was recorded is shown, unless the person is elsewhere by now."""
        before = self._catalog
        self._take(catalog)
        self._session.use(catalog)
        before.close()
        entry_id, code = self._recorded
        if catalog.resolve(entry_id) is None:
            return  # another file of the pack is broken; that was said just now
        self.window.banner.show_notice(_RECORDED.format(code=code), Tone.GOOD)
        if self.window.search_bar.query == code:
            self._search(code)

    # --- what is kept -------------------------------------------------------------------------

    def _attempt(self, action: Callable[..., object], *values: object) -> bool:
        """Do something that may end in expected trouble, which is then said on screen."""
        try:
            action(*values)
        except UserError as error:
            self.window.banner.show_notice(error.text, Tone.BAD)
            return False
        return True

    def _keep(self, action: Callable[..., object], *values: object) -> bool:
        """Change what is kept, and show what the store has made of it. Gives whether it was kept."""
        kept = self._attempt(action, *values)
        if not self._opened.durable:
            # Whoever dismissed the notice is told again: nothing is saved in silence.
            self.say(self._opened.notice)
        self._refresh()
        return kept

    def _tick(self, step_id: str, ticked: bool) -> None:
        self._keep(self._session.tick, step_id, ticked)

    def _set_result(self, step_id: str, result: "StepResult") -> None:
        self._keep(self._session.set_result, step_id, result)

    def _ask_step_note(self, step_id: str) -> None:
        from pos_helper.ui.widgets.note_edit import NoteDialog

        session = self._session
        if session.resolved is None:
            return
        mark = session.marks.get(step_id)
        step = session.resolved.steps[step_id]
        note = NoteDialog.ask(self.theme, self.language, step, mark.note if mark else "", self.window)
        if note is not None:
            self._keep(session.set_step_note, step_id, note)

    def _set_note(self, note: str) -> None:
        from pos_helper.domain.card_data import mask_card_data

        if not self._keep(self._session.set_note, note):
            # The field will soon show another case; the words must not be lost with it.
            QGuiApplication.clipboard().setText(mask_card_data(note))
            self.say(_NOTE_COPIED)

    def _set_state(self, state: "CaseState") -> None:
        self._keep(self._session.set_state, state)

    def _set_money_found(self, money: "Money | None") -> None:
        self._keep(self._session.set_money_found, money)

    def _set_meaning(self, meaning: int | None) -> None:
        self._keep(self._session.set_meaning, meaning)

    def _undo(self) -> None:
        self._keep(self._session.undo)

    def _redo(self) -> None:
        self._keep(self._session.redo)

    # --- the sheet ----------------------------------------------------------------------------

    def _sheets(self) -> "CaseReportWriter | None":
        """The sheet of what is on the desk; of an entry that nobody has worked on yet too."""
        from pos_helper.export.case_report import CaseReportWriter

        session = self._session
        if session.resolved is None:
            return None
        self.window.action_bar.commit_note()
        case = session.draft()
        return CaseReportWriter(case, self._settings.shop, _now)

    def _sheet_options(self, form: ReportFormat) -> ReportOptions:
        language = self._settings.sheet_language or ReportLanguage(self.language.current)
        return ReportOptions(form, language, self._settings.paper)

    def _copy(self) -> None:
        if sheets := self._sheets():
            QGuiApplication.clipboard().setText(sheets.preview(self._sheet_options(ReportFormat.TEXT)))
            self.window.banner.show_notice(_COPIED, Tone.GOOD)

    def _export(self) -> None:
        from pos_helper.ui.dialogs.export_dialog import ExportDialog

        if sheets := self._sheets():
            options = self._sheet_options(self._settings.sheet_format)
            folder = self._settings.export_folder
            dialog = ExportDialog(self.theme, self.language, sheets, options, folder, self.window)
            dialog.saved.connect(self._sheet_saved)
            dialog.present()

    def _sheet_saved(self, options: ReportOptions, path: str) -> None:
        """Offer the same the next time. A language that is the window's goes on following it."""
        follows = options.language is ReportLanguage(self.language.current)
        self._use(
            replace(
                self._settings,
                sheet_format=options.format,
                sheet_language=None if follows else options.language,
                paper=options.paper,
                export_folder=str(Path(path).parent),
            )
        )

    # --- history ------------------------------------------------------------------------------

    def _show_history(self) -> None:
        from pos_helper.ui.dialogs.history_dialog import HistoryDialog

        self.window.action_bar.commit_note()
        self._history = HistoryDialog(self.theme, self.language, self.window)
        self._history.open_requested.connect(self._open_case)
        self._history.delete_requested.connect(self._delete_case)
        self._attempt(self._list_cases)
        self._history.present()

    def _list_cases(self) -> None:
        self._history.show_cases(self._store.cases())

    def _open_case(self, case_id: int) -> None:
        self.window.action_bar.commit_note()
        if self._attempt(self._session.open, case_id):
            self._show_desk()

    def _delete_case(self, case_id: int) -> None:
        self._keep(self._session.delete, case_id)
        self._attempt(self._list_cases)

    # --- the person's choices -----------------------------------------------------------------

    def _show_settings(self) -> None:
        from pos_helper.ui.dialogs.settings_dialog import About, SettingsDialog

        catalog = self._session.catalog.version if self.is_ready else ""
        about = About(pos_helper.__version__, catalog, str(self._user.data))
        dialog = SettingsDialog(
            self.theme, self.language, self._settings.shop, about, self._save_shop, self.window
        )
        dialog.language_requested.connect(self._use_language)
        dialog.appearance_requested.connect(self._use_appearance)
        dialog.text_percent_requested.connect(self._use_text_percent)
        dialog.present()

    def _save_shop(self, shop: Shop) -> None:
        self._settings = save_settings(self._user.settings, replace(self._settings, shop=shop))
        self.window.show_shop(self._settings.shop)

    def _switch_language(self) -> None:
        self._use_language(Lang.EN if self.language.current is Lang.ZH else Lang.ZH)

    def _use_language(self, lang: Lang) -> None:
        self.language.use(lang)
        self._use(replace(self._settings, language=lang))

    def _use_appearance(self, appearance: Appearance) -> None:
        self.theme.set_appearance(appearance)
        self._use(replace(self._settings, appearance=appearance.value))

    def _step_text_size(self, step: int) -> None:
        self._use_text_percent(self.theme.stepped(step))

    def _use_text_percent(self, percent: int) -> None:
        self.theme.set_text_percent(percent)
        self._use(replace(self._settings, text_percent=percent))

    def _use(self, settings: Settings) -> None:
        """Go by new settings at once, and keep them for the next start."""
        self._settings = settings
        self._attempt(save_settings, self._user.settings, settings)

    # --- from outside -------------------------------------------------------------------------

    def say(self, notice: Text | None) -> None:
        """Say something that the person must know, if there is something."""
        if notice is not None:
            self.window.banner.show_notice(notice)

    def summon(self, query: str) -> None:
        """Come to the front, for another start that was made with this query (maybe empty)."""
        window = self.window
        window.setWindowState(window.windowState() & ~QtCore.Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()
        if query:
            window.search_bar.set_query(query)

    def show_fault(self, report: CrashReport) -> None:
        """Say that the program had a fault; it goes on."""
        from pos_helper.ui.dialogs.crash_dialog import CrashDialog

        CrashDialog(self.theme, self.language, report.sentence, report.details, self.window).run()


def _now() -> datetime:
    return datetime.now().astimezone()


def _show(window: MainWindow) -> None:
    """Show it in the size that it is drawn for; on a small screen it takes all of that."""
    room = window.screen().availableSize()
    window.resize(_SIZE.boundedTo(room))
    if room.width() <= _SIZE.width():
        window.showMaximized()
    else:
        window.show()


def run(user: paths.UserPaths, packs: Sequence[Path], query: str) -> int:
    """Open the window and work until it is closed; or hand the query to the window that is open already."""
    application = QApplication([*sys.argv[:1], *STYLE])
    application.setApplicationName("POS Helper")
    application.setApplicationVersion(pos_helper.__version__)
    instance = SingleInstance(user.data, application)
    if not instance.claim(query):
        return 0
    log = Log(user.log)
    fatal_error_log = FatalErrorLog(user.fatal_error_log)
    hook = CrashHook(log.latest, application)
    hook.install()
    counter = Counter(application, user, packs)
    hook.crashed.connect(counter.show_fault)
    instance.summoned.connect(counter.summon)
    if fatal_error_log.previous:
        counter.say(_DIED)
    counter.window.search_bar.set_query(query)
    counter.window.painted.connect(counter.start)
    counter.window.painted.connect(instance.listen)
    counter.window.painted.connect(quick_start.end)
    _show(counter.window)
    exit_code = application.exec()
    counter.stop()
    instance.close()
    hook.uninstall()
    fatal_error_log.close()
    log.close()
    return exit_code
