"""The settings: language and looks, which apply at once, and what is saved: the shop, how long cases stay."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pos_helper.domain.errors import UserError
from pos_helper.domain.periods import Retention
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Lang
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, TEXT_PERCENTS, TOUCH, Appearance, Role, Theme, Tone
from pos_helper.ui.widgets.checked_fields import CheckedFields
from pos_helper.ui.widgets.option_buttons import OptionButtons
from pos_helper.ui.widgets.surfaces import TextLabel, named_button

_FIELDS = (
    "terminal_id",
    "hotline",
    "merchant_id",
    "acquirer",
    "name",
    "contact",
    "device_model",
    "serial",
)
"""The shop's fields; first those that the hotline asks for."""


class About(Struct, frozen=True):
    """What the settings tell about the program."""

    version: str
    catalog: str
    data_folder: str


class SettingsDialog(Dialog):
    """Language, appearance and text size are asked for at once; all else on Save."""

    language_requested = Signal(object)
    """The ``Lang`` that was chosen."""
    appearance_requested = Signal(object)
    """The ``Appearance`` that was chosen."""
    text_percent_requested = Signal(int)
    """The text size in percent that was chosen."""
    machines_requested = Signal()
    retention_requested = Signal(object)
    """The ``Retention`` that was chosen, on Save: a shorter one deletes cases."""
    backup_requested = Signal()
    helped_first_requested = Signal(bool)
    """Whether what often helped in this shop is to be shown first."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        shop: Shop,
        retention: Retention,
        about: About,
        save_shop: Callable[[Shop], None],
        parent: QWidget | None = None,
        *,
        helped_first: bool = True,
    ) -> None:
        """``save_shop`` keeps the shop's details or raises ``UserError``, which is shown here."""
        super().__init__(theme, language, parent)
        self.setObjectName("settingsDialog")
        self._shop = shop
        self._kept_for = self._keep_for = retention
        self._about = about
        self._save_shop = save_shop
        self._languages = OptionButtons(theme, "languageChoice", list(Lang), self)
        self._languages.chosen.connect(self.language_requested)
        self._appearances = OptionButtons(theme, "appearanceChoice", list(Appearance), self)
        self._appearances.chosen.connect(self.appearance_requested)
        self._size_label = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._size = TextLabel(theme, Role.BODY, self)
        self._size.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._size.setWordWrap(False)
        self._smaller = self._size_button("smallerButton", self._shrink)
        self._larger = self._size_button("largerButton", self._grow)

        self._helped_first = QCheckBox(self)
        self._helped_first.setObjectName("helpedFirstBox")
        self._helped_first.setMinimumHeight(TOUCH)
        self._helped_first.setChecked(helped_first)
        self._helped_first.toggled.connect(self.helped_first_requested)
        self._helped_first_hint = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._machines_title = TextLabel(theme, Role.STRONG, self)
        self._machines_hint = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._machines = named_button("machinesButton", self)
        self._machines.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._machines.clicked.connect(self.machines_requested)
        self._retentions = OptionButtons(theme, "retentionChoice", list(Retention), self)
        self._retentions.set_value(retention)
        self._retentions.chosen.connect(self._choose_retention)
        self._retention_hint = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._backup_title = TextLabel(theme, Role.STRONG, self)
        self._backup_hint = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._backup = named_button("backupButton", self)
        self._backup.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._backup.clicked.connect(self.backup_requested)
        self._shop_title = TextLabel(theme, Role.STRONG, self)
        self._shop_hint = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._fields = CheckedFields(theme, language, shop, _FIELDS, self)

        self._about_words = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._about_words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        save = self.add_button(QDialogButtonBox.StandardButton.Save, primary=True)
        self._fields.checked.connect(save.setEnabled)
        self.add_button(QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self.body.setSpacing(SPACE)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.retranslate()

    def _size_button(self, name: str, slot: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        size_row = QHBoxLayout()
        size_row.addWidget(self._smaller)
        size_row.addWidget(self._size, 1)
        size_row.addWidget(self._larger)
        size = QVBoxLayout()
        size.setSpacing(SPACE // 2)
        size.addWidget(self._size_label)
        size.addLayout(size_row)
        looks = QHBoxLayout()
        looks.setSpacing(SPACE * 3)
        looks.addWidget(self._languages, 2, Qt.AlignmentFlag.AlignTop)
        looks.addWidget(self._appearances, 3, Qt.AlignmentFlag.AlignTop)
        looks.addLayout(size, 2)
        self.body.addLayout(looks)
        order = QVBoxLayout()
        order.setSpacing(0)
        order.addWidget(self._helped_first)
        order.addWidget(self._helped_first_hint)
        self.body.addLayout(order)
        self.body.addSpacing(SPACE)
        self.add_row(self._machines_title, self._machines_hint, self._machines)
        self.body.addSpacing(SPACE)
        self.body.addWidget(self._retentions)
        self.body.addWidget(self._retention_hint)
        self.body.addSpacing(SPACE)
        self.add_row(self._backup_title, self._backup_hint, self._backup)
        self.body.addSpacing(SPACE)
        self.body.addWidget(self._shop_title)
        self.body.addWidget(self._shop_hint)
        self.body.addWidget(self._fields)
        self.body.addSpacing(SPACE)
        self.body.addWidget(self._about_words)
        self.body.addStretch()

    # --- looks --------------------------------------------------------------------------------

    def _grow(self) -> None:
        self._step_size(1)

    def _shrink(self) -> None:
        self._step_size(-1)

    def _step_size(self, step: int) -> None:
        self.text_percent_requested.emit(TEXT_PERCENTS[TEXT_PERCENTS.index(self._theme.text_percent) + step])

    def _follow_theme(self) -> None:
        self._appearances.set_value(self._theme.appearance)
        percent = self._theme.text_percent
        self._size.setText(f"{percent} %")
        self._smaller.setEnabled(percent > TEXT_PERCENTS[0])
        self._larger.setEnabled(percent < TEXT_PERCENTS[-1])
        self._machines.setIcon(self._theme.icon("hardware"))
        self._backup.setIcon(self._theme.icon("history"))
        self._smaller.setIcon(self._theme.icon("minus"))
        self._larger.setIcon(self._theme.icon("plus"))

    # --- what is saved ------------------------------------------------------------------------

    def _choose_retention(self, retention: Retention) -> None:
        self._keep_for = retention

    def accept(self) -> None:
        """Save the shop's details and how long cases are kept, and close; on failure say why and stay."""
        shop = replace(self._shop, **self._fields.values)
        if shop != self._shop:
            try:
                self._save_shop(shop)
            except UserError as error:
                self.show_notice(error.text, Tone.BAD)
                return
        if self._keep_for is not self._kept_for:
            self.retention_requested.emit(self._keep_for)
        super().accept()

    # --- words --------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        # A language is named in itself, so that its readers find it.
        self._languages.set_words(self.tr("Language"), {Lang.ZH: "中文", Lang.EN: "English"})
        self._languages.set_value(self._language.current)
        self._appearances.set_words(
            self.tr("Appearance"),
            {
                Appearance.AUTO: self.tr("As the system"),
                Appearance.LIGHT: self.tr("Light"),
                Appearance.DARK: self.tr("Dark"),
            },
        )
        self._size_label.setText(self.tr("Text size"))
        self._smaller.setAccessibleName(self.tr("Smaller text"))
        self._larger.setAccessibleName(self.tr("Larger text"))
        self._helped_first.setText(self.tr("Put what helped here first"))
        self._helped_first_hint.setText(
            self.tr("In the tabs, never before a check or a stop sign. Off: the same order everywhere.")
        )
        self._machines_title.setText(self.tr("Our machines"))
        self._machines_hint.setText(
            self.tr("Codes are read for these first. Each can have its own terminal ID and hotline.")
        )
        self._machines.setText(self.tr("Choose machines..."))
        self._retentions.set_words(
            self.tr("Keep ended cases for"),
            {
                Retention.DAYS_30: self.tr("30 days"),
                Retention.DAYS_90: self.tr("90 days"),
                Retention.DAYS_180: self.tr("180 days"),
                Retention.DAYS_365: self.tr("A year"),
                Retention.FOR_EVER: self.tr("For ever"),
            },
        )
        self._retention_hint.setText(
            self.tr("Older ones are deleted for good on Save and at each start. Open cases always stay.")
        )
        self._backup_title.setText(self.tr("Back up and restore"))
        self._backup_hint.setText(
            self.tr("Move everything to another PC, or go back to the copy of an earlier day.")
        )
        self._backup.setText(self.tr("Back up or restore..."))
        self._shop_title.setText(self.tr("Shop details"))
        self._shop_hint.setText(self.tr("Filled in once, printed on every sheet. The hotline asks for them."))
        self._fields.set_words(
            {
                "terminal_id": self.tr("Terminal ID (TID)"),
                "hotline": self.tr("Acquirer's hotline"),
                "merchant_id": self.tr("Merchant ID (MID)"),
                "acquirer": self.tr("Acquirer"),
                "name": self.tr("Shop name"),
                "contact": self.tr("Contact person and phone"),
                "device_model": self.tr("Terminal model"),
                "serial": self.tr("Serial number"),
            }
        )
        self._about_words.setText(
            self.tr("POS Helper {0} · catalog {1}\nYour data stay on this computer, in: {2}").format(
                self._about.version, self._about.catalog, self._about.data_folder
            )
        )
