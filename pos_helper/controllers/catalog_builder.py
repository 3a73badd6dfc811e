"""Compiles the catalog in a background thread, so that typing never waits for it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from pos_helper import paths
from pos_helper.catalog.index.progress import CompileCancelled
from pos_helper.catalog.indexed_catalog import open_catalog


class CatalogBuilder(QThread):
    """Opens the catalog, compiling it first if necessary. ``requestInterruption`` stops it."""

    progressed = Signal(int, int)
    """The number of finished units of work, and of all."""
    built = Signal(object)
    """The open ``IndexedCatalog``. Not emitted after an interruption."""

    def __init__(self, packs: Sequence[Path], index: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._packs = packs
        self._index = index

    def run(self) -> None:
        try:
            catalog = open_catalog(
                self._packs,
                self._index,
                self.progressed.emit,
                self.isInterruptionRequested,
                paths.shipped_index(),
            )
        except CompileCancelled:
            return
        self.built.emit(catalog)
