"""What the hotline asks about a payment, in one row to fill in while the customer waits."""

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_helper.domain.cases import Case, CaseDetails
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, TOUCH, Role, Theme
from pos_helper.ui.widgets.details_fields import DetailsFields
from pos_helper.ui.widgets.kept_typing import KeptTyping
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import TextLabel, named_button

_FIELDS = {
    "amount": "1000.00",
    "sale_time": "00-00 00:00",
    "trace_number": "000000",
    "reference_number": "000000000000",
}
"""The short fields, each with a sample of how long its text is."""


class DetailsRow(Retranslated, QWidget):
    """The short fields of a case's details, and a way to the others. It only asks."""

    changed = Signal(object)
    """The ``CaseDetails`` as they shall be kept: after a pause, or when a field is left."""
    more_requested = Signal(object)
    """All fields are wanted; the ``CaseDetails`` are as they stand here, right or wrong."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detailsRow")
        blank = CaseDetails()
        self._caption = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._caption.setMinimumHeight(TOUCH)
        self._fields = DetailsFields(theme, language, blank, tuple(_FIELDS), self, samples=_FIELDS)
        self._typing = KeptTyping(self._as_typed, self._fields.set_values, blank, self)
        self._typing.changed.connect(self.changed)
        self._fields.typed.connect(self._typing.go_on)
        self._fields.left.connect(self._typing.hand_over)
        self._more = named_button("moreDetailsButton", self)
        self._more.clicked.connect(self._request_more)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._caption, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._fields, 1)
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        self.retranslate()

    def show_case(self, case: Case | None, resolved: ResolvedEntry | None) -> None:
        """Show what is kept of a case."""
        self._typing.show_kept(resolved, case, case.details if case else None)

    def show_details(self, details: CaseDetails) -> None:
        """Show what was filled in elsewhere, in the place of what stands here."""
        self._fields.set_values(details)
        self._typing.is_typed = True

    def take(self) -> CaseDetails | None:
        """What stands in the fields, as far as it is right, if it differs from what is kept."""
        return self._typing.take()

    @property
    def wrong(self) -> tuple[str, Text] | None:
        """A text that is not kept because it is wrong, and why; ``None`` without any."""
        return self._fields.wrong if self._typing.is_typed else None

    def _as_typed(self) -> CaseDetails:
        return replace(self._typing.kept, **self._fields.check())

    def _request_more(self) -> None:
        self.more_requested.emit(replace(self._typing.kept, **self._fields.values))

    def retranslate(self) -> None:
        self._caption.setText(self.tr("If you call,\nthey ask for"))
        self._more.setText(self.tr("More..."))
        self._more.setAccessibleName(self.tr("More details for the hotline"))
