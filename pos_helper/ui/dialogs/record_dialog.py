"""Recording an unknown code for the next time: which screen, what it meant, what helped."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos_helper.domain.card_data import has_card_data
from pos_helper.domain.entries import Origin, Tab
from pos_helper.domain.errors import UserError
from pos_helper.domain.labels import TAB
from pos_helper.domain.query import MAX_CODE
from pos_helper.domain.recorded_code import MAX_SENTENCE, RecordedCode, recorded_code_error
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.dialogs.origin_list import OriginList
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, TOUCH, Role, Theme, Tone
from pos_helper.ui.widgets.option_buttons import OptionButtons
from pos_helper.ui.widgets.surfaces import TextLabel

_WIDTH = 780
"""The width at normal text size in which most screens are told in two lines."""

_ROWS = 4
"""The least height of the list of screens, in rows of one line."""


class RecordDialog(Dialog):
    """Asks for what the shop knows about a code, and hands it over on Save.

    Nothing is asked twice: what was typed stays until it is kept.
    """

    def __init__(
        self,
        theme: Theme,
        language: Language,
        code: str,
        origins: Sequence[Origin],
        record: Callable[[RecordedCode], None],
        parent: QWidget | None = None,
    ) -> None:
        """``code`` is what was typed. ``record`` keeps it or raises ``UserError``, which is shown here."""
        super().__init__(theme, language, parent)
        self.setObjectName("recordDialog")
        self._record = record
        self._tab: Tab | None = None
        self._explanation = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._labels: dict[str, TextLabel] = {}
        self._fields: dict[str, QWidget] = {}
        self._code = self._line("code", MAX_CODE, code)
        self._screens = OriginList(theme, language, origins, self)
        self._label_field("origin", self._screens)
        self._meaning = self._line("meaning", MAX_SENTENCE)
        self._helped = self._line("helped", MAX_SENTENCE)
        self._tabs = self._fields["tab"] = OptionButtons(theme, "tabChoice", list(Tab), self, columns=2)
        self._tabs.chosen.connect(self._choose_tab)
        self._warning = TextLabel(theme, Role.CAPTION, self, tone=Tone.NEUTRAL)
        self.add_button(QDialogButtonBox.StandardButton.Save, primary=True)
        self.add_button(QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.retranslate()
        (self._meaning if code else self._code).setFocus()

    def _line(self, field: str, most: int, text: str = "") -> QLineEdit:
        edit = QLineEdit(self)
        edit.setMaxLength(most)
        edit.setText(text)
        edit.textChanged.connect(self._warn)
        self._label_field(field, edit)
        return edit

    def _label_field(self, field: str, widget: QWidget) -> None:
        widget.setObjectName(field)
        self._fields[field] = widget
        label = self._labels[field] = TextLabel(self._theme, Role.CAPTION, self, muted=True)
        label.setBuddy(widget)

    def _lay_out(self) -> None:
        """What the screen showed at the left, what the shop knows about it at the right."""
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, parts in ((left, ("code", "origin")), (right, ("meaning", "helped"))):
            column.setSpacing(SPACE // 2)
            for field in parts:
                column.addWidget(self._labels[field])
                column.addWidget(self._fields[field], int(field == "origin"))
                column.addSpacing(SPACE)
        right.addWidget(self._tabs)
        right.addSpacing(SPACE)
        right.addWidget(self._warning)
        right.addStretch()
        columns = QHBoxLayout()
        columns.setSpacing(SPACE * 3)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        self.body.addWidget(self._explanation)
        self.body.addLayout(columns, 1)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(self._theme.scaled(_WIDTH), 0))

    # --- what was typed -----------------------------------------------------------------------

    def _typed(self) -> RecordedCode:
        return RecordedCode(
            code=self._code.text(),
            origin=self._screens.chosen,
            meaning=self._meaning.text(),
            helped=self._helped.text(),
            tab=self._tab,
        ).tidied()

    def _choose_tab(self, tab: StrEnum) -> None:
        self._tab = Tab(tab)

    def _warn(self) -> None:
        """Show the reminder about card data, as a warning where a field seems to hold some."""
        seen = any(has_card_data(edit.text()) for edit in (self._code, self._meaning, self._helped))
        self._warning.set_tone(Tone.BAD if seen else Tone.NEUTRAL)
        self._warning.setText(
            self.tr("This looks like a card number. It cannot be kept.")
            if seen
            else self.tr("Never write a card number, a verification code or a PIN here.")
        )

    def accept(self) -> None:
        """Keep the code and close; if that cannot be done, say why and stay."""
        own = self._typed()
        if fault := recorded_code_error(own):
            self.show_notice(fault.text, Tone.BAD)
            self._fields[fault.field].setFocus()
            return
        try:
            self._record(own)
        except UserError as error:
            self.show_notice(error.text, Tone.BAD)
            return
        super().accept()

    # --- words --------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Record this code"))
        self._explanation.setText(
            self.tr("Kept in your shop's own pack on this computer, and found from now on, marked as yours.")
        )
        for field, word in {
            "code": self.tr("Code, as the screen shows it"),
            "origin": self.tr("Which screen showed it?"),
            "meaning": self.tr("What did it mean?"),
            "helped": self.tr("What helped? (may stay empty)"),
        }.items():
            self._labels[field].setText(word)
            self._fields[field].setAccessibleName(word)
        self._meaning.setPlaceholderText(self.tr("As the hotline explained it"))
        self._helped.setPlaceholderText(self.tr("In one sentence"))
        lang = self._language.current
        self._tabs.set_words(
            self.tr("If something helped: where does it belong?"), {tab: TAB[tab].of(lang) for tab in Tab}
        )
        self._warn()

    def _follow_theme(self) -> None:
        self._screens.setMinimumHeight(self._theme.scaled(TOUCH) * _ROWS)
