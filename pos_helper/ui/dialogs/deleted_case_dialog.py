"""A case was deleted elsewhere while it is on screen: keep its ticks as a new case, or let them go."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Role, Theme
from pos_helper.ui.widgets.surfaces import TextLabel


class DeletedCaseDialog(Dialog):
    """Asks what becomes of the ticks and notes on screen. Only its button discards them."""

    keep_requested = Signal()
    discard_requested = Signal()

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(theme, language, parent)
        self.setObjectName("deletedCase")
        self._what = TextLabel(theme, Role.STRONG, self)
        self._question = TextLabel(theme, Role.BODY, self)
        self.body.addWidget(self._what)
        self.body.addWidget(self._question)
        self.body.addStretch()
        self._keep = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self._keep.setObjectName("keepAsNewCaseButton")
        self.make_primary(self._keep)
        self._discard = self.buttons.addButton("", QDialogButtonBox.ButtonRole.DestructiveRole)
        self._discard.setObjectName("discardCaseButton")
        self._discard.clicked.connect(self._discard_case)
        self.accepted.connect(self.keep_requested)
        # Escape must not cost anything.
        self.rejected.connect(self.keep_requested)
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("This case was deleted"))
        self._what.setText(self.tr("This case was deleted in another window."))
        self._question.setText(self.tr("Keep the ticks and notes on screen as a new case?"))
        self._keep.setText(self.tr("Keep as a new case"))
        self._discard.setText(self.tr("Discard"))

    def _discard_case(self) -> None:
        self.rejected.disconnect(self.keep_requested)
        self.discard_requested.emit()
        self.reject()
