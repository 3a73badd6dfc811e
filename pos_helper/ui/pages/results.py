"""What was found: a list to choose from, and above it a line saying how the text was read."""

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_helper.domain.entries import GENERAL_CHECKS
from pos_helper.domain.labels import DISPUTED, OF_OTHERS, REFUSED, WRITTEN_OTHERWISE, unknown_code
from pos_helper.domain.lookup import Lookup, Outcome
from pos_helper.ui.language import Language
from pos_helper.ui.pages.result_list import ResultDelegate, ResultModel
from pos_helper.ui.theme import SPACE, TOUCH, Role, Theme
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.row_list import RowList
from pos_helper.ui.widgets.surfaces import TextLabel, batched_layout, in_short, named_button, plain_tip

_LONG = 20
"""A line above the list names so many characters of what was typed; the box shows all of it."""

_ALL = 1000
"""A stretch factor with which the list gets nearly all of the height before the space below it does."""

_UNLIMITED = (1 << 24) - 1
"""Qt's value for no limit of the height."""

NO_LOOKUP = Lookup(query="", read_as="", outcome=Outcome.NONE)
"""What stands here before anything is typed."""


class Results(Retranslated, QWidget):
    """Shows the hits of a lookup, with the row of the entry on screen chosen.

    A row that a person chooses, by mouse, touch or keys, is asked for; showing something asks for nothing.
    """

    entry_chosen = Signal(str)
    """The id of an entry that is not the one on screen."""
    general_checks_requested = Signal()
    record_requested = Signal(str)
    """An unknown code that is to be recorded, as it was read."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._lookup = NO_LOOKUP
        self._entry_on_screen: str | None = None

        self.headline = TextLabel(theme, Role.STRONG, self)
        self.detail = TextLabel(theme, Role.CAPTION, self, muted=True)
        self.list = RowList(theme, self)
        self.list.setObjectName("resultList")
        self.list.setProperty("kind", "plain")
        self.list.setMinimumHeight(TOUCH)
        self._model = ResultModel(language, self)
        self.list.show_model(self._model, ResultDelegate(theme, language, self._model, self.list))
        self.general_checks = named_button("generalChecksButton", self)
        self.record_code = named_button("recordCodeButton", self)
        self.others = named_button("othersButton", self)
        self.others.setCheckable(True)
        self.others.setProperty("align", "left")

        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.headline)
        column.addWidget(self.detail)
        column.addSpacing(SPACE // 2)
        column.addWidget(self.others)
        column.addWidget(self.list, _ALL)
        column.addWidget(self.general_checks)
        column.addWidget(self.record_code)
        column.addStretch()

        self.list.height_of_rows_changed.connect(self._fit_guesses)
        self.list.selectionModel().selectionChanged.connect(self._request_chosen)
        self.others.toggled.connect(self._unfold_others)
        theme.changed.connect(self._draw_arrow)
        self.general_checks.clicked.connect(self.general_checks_requested)
        self.record_code.clicked.connect(self._request_record)
        self._draw_arrow()
        self.retranslate()

    @property
    def lookup(self) -> Lookup:
        """The lookup that is shown."""
        return self._lookup

    @property
    def chosen(self) -> str | None:
        """The id of the chosen entry, or ``None``."""
        indexes = self.list.selectedIndexes()
        return self._model.at(indexes[0]).id if indexes else None

    def show_lookup(self, lookup: Lookup) -> None:
        """Show what was found, with the row of its answer chosen if there is one."""
        self._lookup = lookup
        self._entry_on_screen = lookup.answer.id if lookup.answer else None
        self._model.show_rows(lookup.hits)
        self.others.setChecked(False)
        self._say()
        if lookup.answer is not None:
            self.move_selection(1)

    def move_selection(self, rows: int) -> None:
        """Move the choice down (up if negative), as far as there are rows; what is folded unfolds first."""
        if self._are_of_others and not self.others.isChecked():
            self.others.setChecked(True)
            return
        last = self._model.rowCount() - 1
        if last >= 0:
            row = self.list.currentIndex().row() + rows
            self._select(min(max(row, 0), last))

    def _select(self, row: int) -> None:
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(self._model.index(row), select)

    def show_chosen(self, entry_id: str) -> None:
        """Show which entry is on screen: no row is chosen if it is none of these."""
        self._entry_on_screen = entry_id
        self._show_general_checks()
        rows = [row for row, hit in enumerate(self._lookup.hits) if hit.id == entry_id]
        if not rows:
            self.list.selectionModel().clear()
        elif self.chosen != entry_id:
            self._select(rows[0])

    def retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("What was found"))
        self.general_checks.setText(self.tr("General checks"))
        self.record_code.setText(self.tr("Record this code"))
        self._say()

    def _request_record(self) -> None:
        self.record_requested.emit(self._lookup.code)

    @property
    def _is_answered(self) -> bool:
        lookup = self._lookup
        return not lookup.query or lookup.answer is not None or lookup.is_refused

    @property
    def _are_of_others(self) -> bool:
        """Whether all that was found is what other makers mean by an unknown code."""
        return unknown_code(self._lookup) is not None and bool(self._lookup.hits)

    def _show_general_checks(self) -> None:
        """They are offered where they are not on screen instead of an answer."""
        self.general_checks.setVisible(not self._is_answered and self._entry_on_screen != GENERAL_CHECKS)

    def _unfold_others(self) -> None:
        with batched_layout(self._column):
            self._say_list()
        self._draw_arrow()

    def _draw_arrow(self) -> None:
        self.others.setIcon(self._theme.icon("chevron-up" if self.others.isChecked() else "chevron-down"))

    def _say(self) -> None:
        headline, detail = self._words()
        with batched_layout(self._column):
            self.headline.setText(headline)
            self.detail.setText(detail)
            self.detail.setVisible(bool(detail))
            self.others.setText(self.tr("Other makers' ({0})").format(len(self._lookup.hits)))
            self.others.setToolTip(plain_tip(OF_OTHERS.of(self._language.current)))
            self.others.setVisible(self._are_of_others)
            self._show_general_checks()
            self.record_code.setVisible(not self._is_answered)
            self._say_list()

    def _say_list(self) -> None:
        folded = self._are_of_others and not self.others.isChecked()
        self.list.setVisible(bool(self._lookup.hits) and not folded)
        self._fit_guesses()

    def _fit_guesses(self) -> None:
        """A list of guesses is as high as its rows, so that the general checks stand right below it."""
        guesses = bool(self._lookup.hits) and self._lookup.answer is None
        self.list.setMaximumHeight(self.list.height_of_rows(self.list.width()) if guesses else _UNLIMITED)
        self._column.setStretch(self._column.count() - 1, int(guesses or self.list.isHidden()))

    def _words(self) -> tuple[str, str]:
        """The line above the list, and a smaller one below it."""
        lookup = self._lookup
        query, read_as = in_short(lookup.query.strip(), _LONG), in_short(lookup.read_as, _LONG)
        if lookup.refused:
            headline, detail = REFUSED[lookup.refused]
            return headline.of(self._language.current), detail.of(self._language.current)
        if lookup.outcome is Outcome.CARD_DATA:
            return (
                self.tr("This looks like a card number"),
                self.tr("It was not searched, kept or shown. Type only the code that the screen shows."),
            )
        if not query:
            return self.tr("Nothing typed yet"), ""
        if lookup.disputed:
            return DISPUTED.of(self._language.current), self.tr(
                "Choose one only if the screen shows exactly that."
            )
        if unknown := unknown_code(lookup):
            lang = self._language.current
            return unknown.of(lang), "" if lookup.hits else self.tr("Do the general checks.")
        if lookup.outcome is Outcome.OTHERWISE:
            return self.tr("Not found: “{0}”").format(query), WRITTEN_OTHERWISE.of(self._language.current)
        if lookup.outcome is Outcome.NONE:
            return (
                self.tr("Nothing found for “{0}”").format(query),
                self.tr("Look at the screen once more and type exactly what it shows, or a few words of it."),
            )
        if lookup.outcome is Outcome.NEAR:
            return (
                self.tr("Not found: “{0}”. Did you mean one of these?").format(query),
                self.tr("These are only guesses. Choose one only if the screen shows exactly that."),
            )
        if lookup.outcome is Outcome.TEXT:
            return self.tr("Found by words: {0}").format(len(lookup.hits)), ""
        explained = self.tr("Read as {0}").format(read_as) if read_as != query else ""
        sources = len(lookup.sources)
        if sources > 1 and not lookup.is_sure:
            return (
                self.tr("“{0}” has {1} sources: which screen showed it?").format(read_as, sources),
                explained,
            )
        return self.tr("Found: {0}").format(read_as), explained

    def _request_chosen(self) -> None:
        # Not the current row: Qt makes the first one current when the list gets the keyboard.
        if (entry_id := self.chosen) not in (None, self._entry_on_screen):
            self.entry_chosen.emit(entry_id)
