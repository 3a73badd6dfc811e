"""The question which machines stand at the counter, on the start page: asked once, and in nobody's way."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import EDGE, Icon, TextLabel, TonePanel, named_button


class MachinesQuestion(Retranslated, TonePanel):
    """A panel with the question, a button to answer it and one to put it off."""

    requested = Signal()
    declined = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, Tone.INFO, parent)
        self.setObjectName("machinesQuestion")
        self._title = TextLabel(theme, Role.STRONG, self, tone=Tone.INFO)
        self._hint = TextLabel(theme, Role.CAPTION, self, tone=Tone.INFO)
        self._choose = named_button("chooseMachinesButton", self)
        self._choose.setProperty("kind", "primary")
        self._choose.clicked.connect(self.requested)
        self._later = named_button("laterMachinesButton", self)
        self._later.setProperty("kind", "quiet")
        self._later.clicked.connect(self.declined)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE + SPACE, SPACE, SPACE, SPACE)
        row.setSpacing(SPACE)
        row.addWidget(Icon(theme, "hardware", self, tone=Tone.INFO), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self._later)
        row.addWidget(self._choose)
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("What stands at your counter?"))
        self._hint.setText(self.tr("Two taps, and codes are read for your machines first."))
        self._choose.setText(self.tr("Choose"))
        self._later.setText(self.tr("Later"))
