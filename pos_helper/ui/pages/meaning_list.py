"""The rows of the known meanings: a thin model and the delegate that paints it."""

from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos_helper.domain.entries import Meaning
from pos_helper.domain.labels import CONFIDENCE
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.ui.language import Language
from pos_helper.ui.theme import RADIUS, SPACE, TOUCH, Role, Theme
from pos_helper.ui.widgets.flat_model import FlatModel
from pos_helper.ui.widgets.looks import CONFIDENCE_TONES
from pos_helper.ui.widgets.row_list import RowList
from pos_helper.ui.widgets.row_text import LaidOut, Run, lay_out

_Index = QModelIndex | QPersistentModelIndex
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
            self.retranslate()

    def sources_line(self, index: _Index) -> str:
        """Who published the meaning, and where to read it."""
        sources = self._resolved.sources if self._resolved else {}
        lang = self._language.current
        return " · ".join(
            f"{sources[source_id].title.of(lang)} ({sources[source_id].where})"
            for source_id in self.at(index).sources
        )

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if index.row() == self._chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            meaning, lang = self.at(index), self._language.current
            confidence = CONFIDENCE[meaning.confidence].of(lang)
            return ", ".join((meaning.text.of(lang), confidence, self.sources_line(index)))
        return None


class MeaningDelegate(QStyledItemDelegate):
    """Paints a meaning with its confidence and sources, and a round mark that tells if it is chosen."""

    def __init__(self, theme: Theme, language: Language, model: MeaningModel, view: RowList) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._language = language
        self._model = model
        self._texts: dict[tuple[int, int], LaidOut] = {}

    def forget(self) -> None:
        """Lay out anew what was kept: the language, the theme or the meanings have changed."""
        self._texts.clear()

    def height(self, index: _Index, width: int) -> int:
        """How high a row is at a width."""
        return max(TOUCH, round(self._text(index, width).height) + 2 * SPACE)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(TOUCH, self.height(index, self._view.row_width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        colours = self._theme.colours
        area = QRectF(option.rect)
        text = self._text(index, option.rect.width())
        chosen = index.row() == self._model.chosen
        dot = self._theme.scaled(_DOT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, colours.window)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colours.accent, 2))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        ring = QRectF(area.left() + SPACE * 1.5, area.top() + SPACE + 1, dot, dot)
        painter.setPen(QPen(colours.accent if chosen else colours.muted, 2))
        painter.drawEllipse(ring.adjusted(1, 1, -1, -1))
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawEllipse(ring.adjusted(dot / 4, dot / 4, -dot / 4, -dot / 4))
        text.draw(painter, area.topLeft() + QPointF(self._indent(), SPACE))
        painter.restore()

    def _indent(self) -> float:
        return SPACE * 1.5 + self._theme.scaled(_DOT) + SPACE

    def _text(self, index: _Index, width: int) -> LaidOut:
        key = (index.row(), width)
        text = self._texts.get(key)
        if text is None:
            meaning, lang = self._model.at(index), self._language.current
            colours = self._theme.colours
            confidence = self._theme.tint(CONFIDENCE_TONES[meaning.confidence]).text
            paragraphs = [
                [Run(meaning.text.of(lang), Role.BODY, colours.text)],
                [
                    Run(CONFIDENCE[meaning.confidence].of(lang), Role.CAPTION, confidence),
                    Run(" · " + self._model.sources_line(index), Role.CAPTION, colours.muted),
                ],
            ]
            text = lay_out(self._theme, paragraphs, width - self._indent() - SPACE, SPACE / 4)
            self._texts[key] = text
        return text
