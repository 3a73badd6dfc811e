"""The fields of what the hotline asks about a case."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QWidget

from pos_helper.domain.cases import CaseDetails
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Theme
from pos_helper.ui.widgets.checked_fields import CheckedFields
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import named_button

_SALE_TIME = "sale_time"


class DetailsFields(Retranslated, CheckedFields):
    """Some of the fields of ``CaseDetails``. For the time of the sale it proposes that it was just now."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        details: CaseDetails,
        fields: Sequence[str],
        parent: QWidget,
        *,
        samples: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(theme, language, details, fields, parent, samples=samples)
        self._names = tuple(fields)
        self._now = named_button("nowButton", self)
        self._now.setAutoDefault(False)  # Enter is for the dialog's own button
        self._now.clicked.connect(self._fill_in_now)
        self._now.setVisible(_SALE_TIME in fields)
        if _SALE_TIME in fields:
            self.add_beside(_SALE_TIME, self._now)
        self.retranslate()

    def retranslate(self) -> None:
        words = {
            "amount": self.tr("Amount"),
            "sale_time": self.tr("Sale time"),
            "trace_number": self.tr("Trace no."),
            "reference_number": self.tr("Reference no."),
            "authorisation_code": self.tr("Authorisation code"),
            "batch_number": self.tr("Batch no."),
            "order_number": self.tr("Order no."),
            "screen_text": self.tr("What the screen said"),
            "changed": self.tr("What changed since it last worked"),
            "handed_to": self.tr("To whom"),
            "ticket": self.tr("Their number for it"),
        }
        self.set_words({name: words[name] for name in self._names})
        self._now.setText(self.tr("Now"))
        self._now.setToolTip(self.tr("The sale was just now"))

    def _fill_in_now(self) -> None:
        # With its date: a case may be read days later.
        self.fill_in(_SALE_TIME, QDateTime.currentDateTime().toString("MM-dd HH:mm"))
