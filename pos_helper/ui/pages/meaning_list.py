"""The rows of the known meanings: a thin model and the delegate that paints it."""

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from pos_helper.domain.entries import Meaning
from pos_helper.domain.labels import CONFIDENCE
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme
from pos_helper.ui.widgets.flat_model import FlatModel, Index
from pos_helper.ui.widgets.looks import CONFIDENCE_TONES
from pos_helper.ui.widgets.row_list import RowList, TextRowDelegate
from pos_helper.ui.widgets.row_text import Run

_DOT = 18


class MeaningModel(FlatModel[Meaning]):
    """The published readings of one code; at most one is chosen, and its check state says so."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(language, parent)
        self._resolved: ResolvedEntry | None = None
        self._chosen: int | None = None

    @property
    def chosen(self) -> int | None:
        """The number of the chosen meaning, or ``None``."""
        return self._chosen

    def show_entry(self, resolved: ResolvedEntry | None) -> None:
        """Replace all rows; none is chosen."""
        self._resolved = resolved
        self._chosen = None
        self.show_rows(resolved.entry.meanings if resolved else ())

    def set_chosen(self, chosen: int | None) -> None:
        """Show which meaning is chosen."""
        if chosen != self._chosen:
            self._chosen = chosen
            self.announce_change()

    def sources_line(self, meaning: Meaning) -> str:
        """Who published the meaning, and where to read it."""
        sources = self._resolved.sources if self._resolved else {}
        lang = self._language.current
        return " · ".join(
            f"{sources[source_id].title.of(lang)} ({sources[source_id].where})"
            for source_id in meaning.sources
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if index.row() == self._chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            meaning, lang = self.at(index), self._language.current
            confidence = CONFIDENCE[meaning.confidence].of(lang)
            return ", ".join((meaning.text.of(lang), confidence, self.sources_line(meaning)))
        return None


class MeaningDelegate(TextRowDelegate[Meaning]):
    """Paints a meaning with its confidence and sources, and a round mark that tells if it is chosen."""

    def __init__(self, theme: Theme, language: Language, model: MeaningModel, view: RowList) -> None:
        super().__init__(theme, model, view)
        self._language = language
        self._meanings = model

    def sides(self) -> tuple[float, float]:
        return SPACE * 2.5 + self._theme.scaled(_DOT), SPACE

    def paint_beside(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the round mark."""
        colours, dot = self._theme.colours, self._theme.scaled(_DOT)
        chosen = index.row() == self._meanings.chosen
        ring = QRectF(option.rect.left() + SPACE * 1.5, option.rect.top() + SPACE + 1, dot, dot)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.accent if chosen else colours.muted, 2))
        painter.drawEllipse(ring.adjusted(1, 1, -1, -1))
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawEllipse(ring.adjusted(dot / 4, dot / 4, -dot / 4, -dot / 4))

    def paragraphs(self, item: Meaning) -> list[list[Run]]:
        colours = self._theme.colours
        confidence = CONFIDENCE[item.confidence].of(self._language.current)
        tone = self._theme.tint(CONFIDENCE_TONES[item.confidence])
        return [
            [Run(item.text.of(self._language.current), Role.BODY, colours.text)],
            [
                Run(confidence, Role.CAPTION, tone.text),
                Run(" · " + self._meanings.sources_line(item), Role.CAPTION, colours.muted),
            ],
        ]
