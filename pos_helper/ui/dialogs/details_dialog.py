"""What the hotline may ask about a case, and who has taken the case over."""

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from pos_helper.domain.cases import HANDOVER, CaseDetails
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Role, Theme
from pos_helper.ui.widgets.details_fields import DetailsFields
from pos_helper.ui.widgets.surfaces import TextLabel


class DetailsDialog(Dialog):
    """Some of the details of a case; each may be left empty."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        details: CaseDetails,
        fields: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        """``fields`` are ``FOR_HOTLINE`` or ``HANDOVER``."""
        super().__init__(theme, language, parent)
        self.setObjectName("detailsDialog")
        self._details = details
        self._is_handover = fields is HANDOVER
        self._hint = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._fields = DetailsFields(theme, language, details, fields, self)
        self.body.addWidget(self._hint)
        self.body.addWidget(self._fields)
        self.body.addStretch()
        done = self.add_button(QDialogButtonBox.StandardButton.Ok, primary=True)
        self._fields.checked.connect(done.setEnabled)
        self.add_button(QDialogButtonBox.StandardButton.Cancel)
        self.retranslate()

    @staticmethod
    def ask(
        theme: Theme,
        language: Language,
        details: CaseDetails,
        fields: Sequence[str],
        parent: QWidget | None = None,
    ) -> CaseDetails | None:
        """Ask and wait; ``None`` if nothing shall change."""
        dialog = DetailsDialog(theme, language, details, fields, parent)
        return dialog.details if dialog.run() else None

    @property
    def details(self) -> CaseDetails:
        """The details with what stands in the lines."""
        return replace(self._details, **self._fields.values)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Handed over") if self._is_handover else self.tr("For the hotline"))
        self._hint.setText(self.tr("Nothing is required, and all of it can be changed later."))
        self._fields.check()
