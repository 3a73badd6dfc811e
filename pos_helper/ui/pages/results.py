"""What was found: a list to choose from, and above it a line saying how the text was read."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_helper.domain.labels import DISPUTED, OF_OTHERS, REFUSED, WRITTEN_OTHERWISE, unknown_code
from pos_helper.domain.lookup import Lookup, Outcome
from pos_helper.ui.language import Language
from pos_helper.ui.pages.result_list import ResultDelegate, ResultModel
from pos_helper.ui.theme import SPACE, Role, Theme
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.row_list import RowList
from pos_helper.ui.widgets.surfaces import TextLabel, batched_layout, in_short, named_button

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
        self._language = language
        self._lookup = NO_LOOKUP
        self._entry_on_screen: str | None = None

        self.headline = TextLabel(theme, Role.STRONG, self)
        self.detail = TextLabel(theme, Role.CAPTION, self, muted=True)
        self.list = RowList(theme, self)
        self.list.setObjectName("resultList")
        self.list.setProperty("kind", "plain")
        self._model = ResultModel(language, self)
        self.list.show_model(self._model, ResultDelegate(theme, language, self._model, self.list))
        self.general_checks = named_button("generalChecksButton", self)
        self.record_code = named_button("recordCodeButton", self)

        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.headline)
        column.addWidget(self.detail)
        column.addSpacing(SPACE // 2)
        column.addWidget(self.list, _ALL)
        column.addWidget(self.general_checks)
        column.addWidget(self.record_code)
        column.addStretch()

        self.list.height_of_rows_changed.connect(self._fit_guesses)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.general_checks.clicked.connect(self.general_checks_requested)
        self.record_code.clicked.connect(self._request_record)
        self.retranslate()

    @property
    def lookup(self) -> Lookup:
        """The lookup that is shown."""
        return self._lookup

    @property
    def chosen(self) -> str | None:
        """The id of the chosen entry, or ``None``."""
        index = self.list.currentIndex()
        return self._model.at(index).id if index.isValid() else None

    def show_lookup(self, lookup: Lookup) -> None:
        """Show what was found, with the row of its answer chosen if there is one."""
        self._lookup = lookup
        self._entry_on_screen = lookup.answer.id if lookup.answer else None
        self._model.show_rows(lookup.hits)
        self._say()
        if lookup.answer is not None:
            self.move_selection(1)

    def move_selection(self, rows: int) -> None:
        """Move the choice down (up if negative), as far as there are rows."""
        last = self._model.rowCount() - 1
        if last >= 0:
            row = self.list.currentIndex().row() + rows
            index = self._model.index(min(max(row, 0), last))
            self.list.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def show_chosen(self, entry_id: str) -> None:
        """Show which entry is on screen: no row is chosen if it is none of these."""
        self._entry_on_screen = entry_id
        if self.chosen != entry_id:
            self.list.selectionModel().clear()

    def retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("What was found"))
        self.general_checks.setText(self.tr("General checks"))
        self.record_code.setText(self.tr("Record this code"))
        self._say()

    def _request_record(self) -> None:
        """A code is read in the case it was typed in; words are read in lower case, as they are compared."""
        typed, read_as = self._lookup.query.strip(), self._lookup.read_as
        self.record_requested.emit(typed if typed.casefold() == read_as.casefold() else read_as or typed)

    def _say(self) -> None:
        headline, detail = self._words()
        asked = bool(self._lookup.query)
        refused = self._lookup.outcome is Outcome.CARD_DATA or self._lookup.refused is not None
        unanswered = asked and self._lookup.answer is None and not refused
        with batched_layout(self._column):
            self.headline.setText(headline)
            self.detail.setText(detail)
            self.detail.setVisible(bool(detail))
            self.list.setVisible(bool(self._lookup.hits))
            self.general_checks.setVisible(unanswered)
            self.record_code.setVisible(unanswered)
            self._fit_guesses()

    def _fit_guesses(self) -> None:
        """A list of guesses is as high as its rows, so that the general checks stand right below it."""
        guesses = bool(self._lookup.hits) and self._lookup.answer is None
        self.list.setMaximumHeight(self.list.height_of_rows(self.list.width()) if guesses else _UNLIMITED)
        self._column.setStretch(self._column.count() - 1, int(guesses))

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
            return unknown.of(lang), OF_OTHERS.of(lang) if lookup.hits else self.tr("Do the general checks.")
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
        if sources > 1:
            return (
                self.tr("“{0}” has {1} sources: which screen showed it?").format(read_as, sources),
                explained,
            )
        return self.tr("Found: {0}").format(read_as), explained

    def _current_changed(self, current: QModelIndex) -> None:
        if current.isValid() and (entry_id := self._model.at(current).id) != self._entry_on_screen:
            self.entry_chosen.emit(entry_id)
