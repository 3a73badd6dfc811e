"""The history: all cases, to be found, opened again or deleted."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QSortFilterProxyModel, Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLineEdit,
    QMessageBox,
    QWidget,
)

from pos_helper.domain.cases import CaseSummary
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.dialogs.history_list import FILTER_ROLE, HistoryDelegate, HistoryModel
from pos_helper.ui.language import Language
from pos_helper.ui.theme import TOUCH, Role, Theme
from pos_helper.ui.widgets.row_list import RowList
from pos_helper.ui.widgets.surfaces import TextLabel

AskDelete = Callable[[QWidget, str, str, str], bool]
"""Asks whether to delete, given a title, a question and the word of the button."""

_ROWS = 5


def ask_delete(parent: QWidget, title: str, question: str, delete: str) -> bool:
    """Ask whether to delete something for good. Cancel is the default."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, question, parent=parent)
    yes = box.addButton(delete, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    box.deleteLater()
    return box.clickedButton() is yes


class HistoryDialog(Dialog):
    """Lists cases. It only asks; ``show_cases`` shows what came of it."""

    open_requested = Signal(int)
    """The number of a case to be opened. The dialog closes."""
    delete_requested = Signal(int)
    """The number of a case to be deleted; the person has been asked already."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        parent: QWidget | None = None,
        ask: AskDelete = ask_delete,
    ) -> None:
        super().__init__(theme, language, parent)
        self.setObjectName("historyDialog")
        self._ask = ask
        self._model = HistoryModel(language, self)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self._model)
        self._shown.setFilterRole(FILTER_ROLE)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._filter = QLineEdit(self)
        self._filter.setObjectName("historyFilter")
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._narrow)
        self._list = RowList(theme, self)
        self._list.setObjectName("historyList")
        self._list.show_model(self._shown, HistoryDelegate(theme, self._model, self._shown, self._list))
        self._list.doubleClicked.connect(self._open)
        self._list.selectionModel().currentChanged.connect(self._follow_choice)
        self._nothing = TextLabel(theme, Role.BODY, self, muted=True)
        self._nothing.setObjectName("historyEmpty")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._open_button = self.buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self._open_button.setObjectName("openCaseButton")
        self._open_button.clicked.connect(self._open)
        self.make_primary(self._open_button)
        self._delete_button = self.buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self._delete_button.setObjectName("deleteCaseButton")
        self._delete_button.clicked.connect(self._delete)
        self.add_button(QDialogButtonBox.StandardButton.Close)
        self.body.addWidget(self._filter)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._nothing, 1)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.show_cases(())
        self.retranslate()

    def show_cases(self, cases: Sequence[CaseSummary]) -> None:
        """Show these cases, newest first, with the first one chosen."""
        self._model.show_rows(tuple(cases))
        self._narrow()

    # --- choosing -----------------------------------------------------------------------------

    def _chosen(self) -> CaseSummary | None:
        index = self._shown.mapToSource(self._list.currentIndex())
        return self._model.at(index) if index.isValid() else None

    def _narrow(self) -> None:
        self._shown.setFilterFixedString(self._filter.text().strip())
        if not self._list.currentIndex().isValid():
            first = self._shown.index(0, 0)
            self._list.selectionModel().setCurrentIndex(
                first, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        some = self._shown.rowCount() > 0
        self._list.setVisible(some)
        self._nothing.setVisible(not some)
        self._say_nothing()
        self._follow_choice()

    def _follow_choice(self) -> None:
        chosen = self._chosen() is not None
        self._open_button.setEnabled(chosen)
        self._delete_button.setEnabled(chosen)

    def _open(self) -> None:
        case = self._chosen()
        if case is not None:
            self.open_requested.emit(case.id)
            self.accept()

    def _delete(self) -> None:
        case = self._chosen()
        if case is None:
            return
        question = self.tr("Delete the case “{0}” for good? Its ticks and notes will be gone.").format(
            self._model.title(case)
        )
        if self._ask(self, self.tr("Delete a case"), question, self.tr("Delete")):
            self.delete_requested.emit(case.id)

    # --- looks --------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("History"))
        self._filter.setPlaceholderText(self.tr("Find a case by code, words or date"))
        self._filter.setAccessibleName(self.tr("Find a case"))
        self._list.setAccessibleName(self.tr("Cases"))
        self._open_button.setText(self.tr("Open"))
        self._delete_button.setText(self.tr("Delete..."))
        self._say_nothing()

    def _say_nothing(self) -> None:
        self._nothing.setText(
            self.tr("No case has these words.")
            if self._model.rowCount()
            else self.tr("No cases yet. The first tick under a code opens one.")
        )

    def _follow_theme(self) -> None:
        self._list.setMinimumHeight(self._theme.scaled(TOUCH) * _ROWS)
