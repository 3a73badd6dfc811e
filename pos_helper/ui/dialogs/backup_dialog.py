"""Backing up into a file, and restoring from one or from the copies that the program keeps."""

from collections.abc import Callable, Sequence
from pathlib import PurePath

from PySide6.QtCore import QDate, QLocale, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from pos_helper.domain.backups import Backup
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.dialogs.export_dialog import ask_path
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, TOUCH, Role, Theme
from pos_helper.ui.widgets.flat_model import FlatModel, Index
from pos_helper.ui.widgets.row_list import RowList, TextRowDelegate
from pos_helper.ui.widgets.row_text import Run
from pos_helper.ui.widgets.surfaces import TextLabel, named_button

AskFile = Callable[[QWidget, str, str], str]
"""Asks for a file, given a window title and a suggested path; empty if that is cancelled."""

_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation
_ROWS = 3


def ask_backup(parent: QWidget, title: str, suggested: str) -> str:
    """Ask for a backup that is there, with the system's own dialog."""
    dialog = QFileDialog(parent, title, str(PurePath(suggested).parent))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter("*.zip")
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    return chosen[0] if chosen else ""


class BackupDialog(Dialog):
    """Asks for a backup or for a restoring; ``show_progress`` and ``show_notice`` say what comes of it."""

    back_up_requested = Signal(str)
    """The path of the backup to be written."""
    restore_requested = Signal(str)
    """The path of the backup to be restored."""
    restore_kept_requested = Signal(str)
    """The name of the copy to be restored."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        parent: QWidget | None = None,
        ask_new: AskFile = ask_path,
        ask_old: AskFile = ask_backup,
    ) -> None:
        super().__init__(theme, language, parent)
        self.setObjectName("backupDialog")
        self._ask_new = ask_new
        self._ask_old = ask_old
        self._backup_title = TextLabel(theme, Role.STRONG, self)
        self._backup_hint = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._back_up = self._button("backUpButton", self._choose_new)
        self._file_title = TextLabel(theme, Role.STRONG, self)
        self._file_hint = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._restore = self._button("restoreFileButton", self._choose_old)
        self._kept_title = TextLabel(theme, Role.STRONG, self)
        self._kept_hint = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._model = _BackupModel(language, self)
        self._list = RowList(theme, self)
        self._list.setObjectName("keptBackups")
        self._list.show_model(self._model, _BackupDelegate(theme, self._model, self._list))
        self._list.selectionModel().selectionChanged.connect(self._follow_choice)
        self._restore_kept = self._button("restoreKeptButton", self._choose_kept)
        self._bar = QProgressBar(self)
        self._bar.setObjectName("backupProgress")
        self._bar.setTextVisible(False)
        self.add_button(QDialogButtonBox.StandardButton.Close)
        self._lay_out()
        self._bar.hide()
        theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.show_backups(())
        self.retranslate()

    def show_backups(self, backups: Sequence[Backup]) -> None:
        """Show the copies that the program keeps, the newest first; none is chosen."""
        self._model.show_rows(tuple(backups))
        self._list.setVisible(bool(backups))
        self._restore_kept.setVisible(bool(backups))
        self._follow_choice()
        self._say_kept()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the work is, and let nothing else be asked for meanwhile."""
        self.hide_notice()
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.show()
        self._let_ask(False)

    def hide_progress(self) -> None:
        """The work is done, or it failed."""
        self._bar.hide()
        self._let_ask(True)

    # --- asking -------------------------------------------------------------------------------

    def _choose_new(self) -> None:
        name = f"pos-helper-{QDate.currentDate().toString(Qt.DateFormat.ISODate)}.zip"
        folder = QStandardPaths.writableLocation(_DOCUMENTS)
        if path := self._ask_new(self, self.tr("Back up"), str(PurePath(folder) / name)):
            self.back_up_requested.emit(path)

    def _choose_old(self) -> None:
        folder = QStandardPaths.writableLocation(_DOCUMENTS)
        if path := self._ask_old(self, self.tr("Restore a backup"), str(PurePath(folder) / "*.zip")):
            self.restore_requested.emit(path)

    def _choose_kept(self) -> None:
        if (chosen := self._chosen()) is not None:
            self.restore_kept_requested.emit(chosen.name)

    def _chosen(self) -> Backup | None:
        # The keyboard stands on a row as soon as it is here; that is no choice yet.
        return next((self._model.at(index) for index in self._list.selectedIndexes()), None)

    def _follow_choice(self) -> None:
        self._restore_kept.setEnabled(self._chosen() is not None)

    def _let_ask(self, may: bool) -> None:
        for part in (self._back_up, self._restore, self._list, self._restore_kept):
            part.setEnabled(may)
        if may:
            self._follow_choice()

    # --- looks --------------------------------------------------------------------------------

    def _button(self, name: str, slot: Callable[[], None]) -> QPushButton:
        button = named_button(name, self)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        for title, hint, button in (
            (self._backup_title, self._backup_hint, self._back_up),
            (self._file_title, self._file_hint, self._restore),
            (self._kept_title, self._kept_hint, self._restore_kept),
        ):
            self.add_row(title, hint, button)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._bar)

    def _follow_theme(self) -> None:
        self._list.setMinimumHeight(self._theme.scaled(TOUCH) * _ROWS)
        self._bar.setFixedHeight(SPACE)
        for button, icon in (
            (self._back_up, "export"),
            (self._restore, "history"),
            (self._restore_kept, "undo"),
        ):
            button.setIcon(self._theme.icon(icon))

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Back up and restore"))
        self._backup_title.setText(self.tr("Back up"))
        self._backup_hint.setText(
            self.tr("One file with all cases, machines, own codes and settings. Keep it on a USB stick.")
        )
        self._back_up.setText(self.tr("Back up..."))
        self._file_title.setText(self.tr("Restore from a file"))
        self._file_hint.setText(
            self.tr("It replaces everything. What is here now is kept as a copy below, so it can be undone.")
        )
        self._restore.setText(self.tr("Restore..."))
        self._kept_title.setText(self.tr("Copies kept by the program"))
        self._restore_kept.setText(self.tr("Restore this copy"))
        self._list.setAccessibleName(self.tr("Copies kept by the program"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self._say_kept()

    def _say_kept(self) -> None:
        self._kept_hint.setText(
            self.tr("One a day for a week, one a week for four weeks. Choose one to go back to it.")
            if self._model.rowCount()
            else self.tr("None yet. The program makes one every day.")
        )


class _BackupModel(FlatModel[Backup]):
    def title(self, backup: Backup) -> str:
        day = QDate(backup.made_on.year, backup.made_on.month, backup.made_on.day)
        date = QLocale().toString(day, QLocale.FormatType.LongFormat)
        return self.tr("{0}, before a backup was restored").format(date) if backup.before_restore else date

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.title(self.at(index))


class _BackupDelegate(TextRowDelegate[Backup]):
    def __init__(self, theme: Theme, model: _BackupModel, view: RowList) -> None:
        super().__init__(theme, model, view)
        self._backups = model

    def sides(self) -> tuple[float, float]:
        return SPACE * 1.5, SPACE * 1.5

    def paragraphs(self, item: Backup) -> list[list[Run]]:
        return [[Run(self._backups.title(item), Role.BODY, self._theme.colours.text)]]
