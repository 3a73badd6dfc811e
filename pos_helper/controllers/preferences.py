"""The user's settings: language, appearance, text size, the shop's details, machines and report options."""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

import pos_helper
from pos_helper.controllers.view import View
from pos_helper.domain.machines import Machine
from pos_helper.domain.periods import Retention
from pos_helper.domain.report_options import ReportFormat, ReportLanguage, ReportOptions
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Lang, Text
from pos_helper.settings import Settings, save_settings
from pos_helper.ui.theme import Appearance

if TYPE_CHECKING:
    from pos_helper.controllers.catalog import CatalogController

_CONFLICTS = Text(
    "数据文件夹里还有别的处理记录文件：{names}，多半是同步盘留下的，里面的记录不在历史里。"
    "同步文件夹里的数据，请同一时间只在一台电脑上打开。",
    "There are other case files in the data folder: {names}. A sync program has probably left them; their "
    "cases are not in the history. Data in a synced folder should be open on one PC at a time only.",
)

_log = logging.getLogger(__name__)


class PreferencesController(QObject):
    """Applies a setting immediately and saves it for the next start."""

    shop_changed = Signal()
    """Codes are to be read for other ``machines`` from now on."""
    retention_changed = Signal()
    """Cases are to be kept for another time from now on."""
    backup_requested = Signal()
    """The dialog for backing up and restoring is asked for."""
    order_changed = Signal()
    """``puts_helped_first`` is another one from now on."""

    def __init__(
        self, view: View, settings: Settings, path: Path, catalog: "CatalogController", parent: QObject
    ) -> None:
        """``path`` is the settings file; ``catalog`` supplies the version that the settings dialog shows."""
        super().__init__(parent)
        self._view = view
        self._settings = settings
        self._saved = settings
        self._path = path
        self._catalog = catalog
        view.window.show_shop(settings.shop)

    @property
    def shop(self) -> Shop:
        """The shop's details, printed on every report."""
        return self._settings.shop

    @property
    def machines(self) -> Sequence[Machine]:
        """The machines that stand in the shop."""
        return self._settings.machines

    @property
    def choices(self) -> Mapping[str, str]:
        """The id of the entry that was chosen for good for a code, by the key of the code."""
        return self._settings.choices

    @property
    def retention(self) -> Retention:
        """How long ended cases are kept."""
        return self._settings.retention

    @property
    def puts_helped_first(self) -> bool:
        """Whether causes and steps that often helped in this shop are shown first."""
        return self._settings.helped_first

    @property
    def export_folder(self) -> str:
        """The folder of the last report; ``""`` before the first."""
        return self._settings.export_folder

    def report_options(self, report_format: ReportFormat | None = None) -> ReportOptions:
        """The options for the next report, in this format or else in the last one used."""
        settings = self._settings
        language = settings.report_language or ReportLanguage(self._view.language.current)
        return ReportOptions(report_format or settings.report_format, language, settings.paper)

    def remember_report(self, options: ReportOptions, path: str) -> None:
        """Save the options for the next report. If its language is the window's, it keeps following that."""
        follows = options.language is ReportLanguage(self._view.language.current)
        self._use(
            replace(
                self._settings,
                report_format=options.format,
                report_language=None if follows else options.language,
                paper=options.paper,
                export_folder=str(Path(path).parent),
            )
        )

    def show_dialog(self) -> None:
        """Open the settings dialog."""
        from pos_helper.ui.dialogs.settings_dialog import About, SettingsDialog

        view = self._view
        about = About(pos_helper.__version__, self._catalog.version, str(self._path.parent))
        dialog = SettingsDialog(
            view.theme,
            view.language,
            self.shop,
            self.retention,
            about,
            self._save_shop,
            view.window,
            helped_first=self.puts_helped_first,
        )
        dialog.language_requested.connect(self.use_language)
        dialog.appearance_requested.connect(self.use_appearance)
        dialog.text_percent_requested.connect(self.use_text_percent)
        dialog.helped_first_requested.connect(self.put_helped_first)
        dialog.machines_requested.connect(self.show_machines)
        dialog.retention_requested.connect(self.use_retention)
        dialog.backup_requested.connect(self.backup_requested)
        dialog.present()

    def ask_machines(self) -> None:
        """Ask on the start page which machines stand here, if that was never asked."""
        asks = not self._settings.machines_asked and not self.machines
        self._view.window.start_page.ask_machines(asks)

    def show_machines(self) -> None:
        """Open the dialog with the machines of the shop."""
        from pos_helper.ui.dialogs.machines_dialog import MachinesDialog

        if kinds := self._catalog.machine_kinds:
            view = self._view
            dialog = MachinesDialog(
                view.theme, view.language, kinds, self.machines, self._save_machines, view.window
            )
            dialog.rejected.connect(self.decline_machines)
            dialog.present()

    def decline_machines(self) -> None:
        """Do not ask again by oneself which machines stand here."""
        if not self._settings.machines_asked:
            self._use(replace(self._settings, machines_asked=True))
        self.ask_machines()

    def tell_of_conflicts(self, copies: Sequence[Path]) -> None:
        """Tell of copies of the case file that a sync program left, of each once."""
        names = tuple(sorted(each.name for each in copies))
        if names != self._settings.conflicts_told:
            if {*names} - {*self._settings.conflicts_told}:
                _log.warning("Other copies of the case file: %s", ", ".join(names))
                self._view.notify(_CONFLICTS.format(names=", ".join(names)))
            self._use(replace(self._settings, conflicts_told=names))

    def switch_language(self) -> None:
        """Switch between Chinese and English."""
        self.use_language(Lang.EN if self._view.language.current is Lang.ZH else Lang.ZH)

    def use_language(self, lang: Lang) -> None:
        """Show the window in a language."""
        self._view.language.use(lang)
        self._use(replace(self._settings, language=lang))

    def use_appearance(self, appearance: Appearance) -> None:
        """Show the window light, dark, or as the system does."""
        self._view.theme.set_appearance(appearance)
        self._use(replace(self._settings, appearance=appearance.value))

    def step_text_size(self, step: int) -> None:
        """Make the text one step larger (1), smaller (-1), or normal (0)."""
        self.use_text_percent(self._view.theme.stepped(step))

    def use_text_percent(self, percent: int) -> None:
        """Show the text at this percentage of its normal size."""
        self._view.theme.set_text_percent(percent)
        self._use(replace(self._settings, text_percent=percent))

    def use_retention(self, retention: Retention) -> None:
        """Keep ended cases for so long from now on."""
        self._use(replace(self._settings, retention=retention))
        self.retention_changed.emit()

    def put_helped_first(self, wanted: bool) -> None:
        """Show causes and steps that often helped in this shop first, or in the catalog's order."""
        self._use(replace(self._settings, helped_first=wanted))
        self.order_changed.emit()

    def keep_choice(self, code_key: str, entry_id: str | None) -> None:
        """Take this entry as the answer to a code from now on; ``None`` to ask again. Who asks applies it."""
        choices = {key: chosen for key, chosen in self._settings.choices.items() if key != code_key}
        if entry_id is not None:
            choices[code_key] = entry_id
        self._use(replace(self._settings, choices=choices))

    def _save_shop(self, shop: Shop) -> None:
        """Save the shop's details. Raises ``UserError``, which the dialog shows."""
        self._settings = self._save(replace(self._settings, shop=shop))
        self._view.window.show_shop(self._settings.shop)

    def _save_machines(self, machines: Sequence[Machine]) -> None:
        """Save the machines of the shop. Raises ``UserError``, which the dialog shows."""
        settings = replace(self._settings, machines=tuple(machines), machines_asked=True)
        self._settings = self._save(settings)
        self.ask_machines()
        self.shop_changed.emit()

    def _use(self, settings: Settings) -> None:
        self._settings = settings
        self._view.attempt(self._save, settings)

    def _save(self, settings: Settings) -> Settings:
        """Save what this window has changed. Raises ``UserError``; the next call tries again then."""
        self._saved = save_settings(self._path, settings, self._saved)
        return self._saved
