"""The dialog that reports an error of the program, with details to copy."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit, QWidget

from pos_helper.domain.text import Text
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Role, Theme
from pos_helper.ui.widgets.surfaces import TextLabel


class CrashDialog(Dialog):
    """Says what happened and lets the details be copied. The program goes on behind it."""

    def __init__(
        self, theme: Theme, language: Language, sentence: Text, details: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, language, parent)
        self.setObjectName("faultDialog")
        self._sentence = sentence
        self._said_sentence = TextLabel(theme, Role.STRONG, self)
        self._details = QPlainTextEdit(details, self)
        self._details.setObjectName("faultDetails")
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._copy = self.buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self._copy.setObjectName("copyDetailsButton")
        self._copy.clicked.connect(self._copy_details)
        self.add_button(QDialogButtonBox.StandardButton.Close, primary=True)
        self.body.addWidget(self._said_sentence)
        self.body.addWidget(self._details, 1)
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Something went wrong"))
        self._said_sentence.setText(self._sentence.of(self._language.current))
        self._details.setAccessibleName(self.tr("Details"))
        self._copy.setText(self.tr("Copy the details"))

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())
