"""The sheet as a QR code, as large as the screen allows: a phone takes it from a PC without a network."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialogButtonBox, QSizePolicy, QWidget

from pos_helper.domain.report_compact import CompactText
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Role, Theme, Tone
from pos_helper.ui.widgets.surfaces import TextLabel

_LEAST_DOTS = 2
"""Of the screen, for each module of the code."""

_SIDE = 540
"""Where there is room; a phone reads five dots per module from an arm's length."""


class QrDialog(Dialog):
    """Shows a QR code, says what to do with it and what it leaves out."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        compact: CompactText,
        code: bytes,
        parent: QWidget | None = None,
    ) -> None:
        """``code`` is a PNG with one dot per module."""
        super().__init__(theme, language, parent)
        self.setObjectName("qrDialog")
        self._how = TextLabel(theme, Role.BODY, self)
        self._code = _Code(code, compact, self)
        self.body.addWidget(self._how)
        self.body.addWidget(self._code, 1)
        self.add_button(QDialogButtonBox.StandardButton.Close, primary=True)
        if compact.left_out is not None:
            self.show_notice(compact.left_out, Tone.WARN)
        self.retranslate()

    def sizeHint(self) -> QSize:
        # On a small screen the code becomes smaller: half a code behind a scroll bar is none.
        least, wish = super().sizeHint(), self._code.wish
        return QSize(max(least.width(), wish.width()), least.height() + wish.height())

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("QR code of the sheet"))
        self._how.setText(self.tr("Scan it with a phone, then copy the text into the chat."))
        self._code.setAccessibleName(self.tr("QR code of the sheet"))


class _Code(QWidget):
    """The code in whole dots of the screen, black on white in any appearance."""

    def __init__(self, code: bytes, compact: CompactText, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("qrCode")
        self.setAccessibleDescription(compact.text)
        self._pixmap = QPixmap()
        self._pixmap.loadFromData(code)
        self.setMinimumSize(self._pixmap.size() * _LEAST_DOTS)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    @property
    def wish(self) -> QSize:
        """The size that is easy to read."""
        size = self._pixmap.size()
        return size * max(_LEAST_DOTS, _SIDE // size.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatio()
        modules = self._pixmap.width()
        dots = max(1, int(min(self.width(), self.height()) * ratio / modules))
        side = dots * modules / ratio
        painter = QPainter(self)
        painter.translate(int((self.width() - side) / 2), int((self.height() - side) / 2))
        painter.scale(dots / ratio, dots / ratio)
        painter.drawPixmap(0, 0, self._pixmap)
