"""What all widgets with texts of their own share: they set these again when the language changes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as _Widget
else:
    _Widget = object  # a second Qt class among the bases of a widget is not allowed


class Retranslated(_Widget):
    """Calls ``retranslate`` at each change of language. It stands before the Qt class among the bases."""

    def retranslate(self) -> None:
        """Set all texts in the current language. The constructor calls it once."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
