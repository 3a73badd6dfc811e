"""Opens the window's catalog, compiles it in the background, and records the shop's own codes."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_helper import paths
from pos_helper.controllers.view import View
from pos_helper.domain.text import Text
from pos_helper.ui.theme import Tone

if TYPE_CHECKING:
    from pos_helper.catalog.indexed_catalog import IndexedCatalog
    from pos_helper.controllers.catalog_builder import CatalogBuilder
    from pos_helper.domain.entries import MachineKind
    from pos_helper.domain.recorded_code import RecordedCode

_BUILDING = Text("正在准备代码库，可以先输入…", "Preparing the catalog; you can type already…")
_RECORDED = Text("已记下“{code}”，以后都查得到。", "“{code}” is recorded and will be found from now on.")


class CatalogController(QObject):
    """Owns the compiled catalog. The window stays usable during compilation."""

    opened = Signal(object)
    """The first ``IndexedCatalog``; searching is possible from now on."""
    renewed = Signal(object)
    """The ``IndexedCatalog`` that replaces the previous one, which is closed after this signal."""
    recorded = Signal(str)
    """A recorded code, emitted after the renewed catalog contains it."""

    def __init__(
        self,
        view: View,
        user: paths.UserPaths,
        packs: Sequence[Path],
        now: Callable[[], datetime],
        parent: QObject,
    ) -> None:
        """``packs`` are loaded in addition to the built-in one and the user's own."""
        super().__init__(parent)
        self._view = view
        self._user = user
        self._more_packs = packs
        self._now = now
        self._builder: CatalogBuilder | None = None
        self._catalog: IndexedCatalog | None = None
        self._recorded: tuple[str, str] = ("", "")

    @property
    def version(self) -> str:
        """The version of the catalog; ``""`` before one is open."""
        return self._catalog.version if self._catalog is not None else ""

    @property
    def machine_kinds(self) -> "Sequence[MachineKind]":
        """The kinds of machines that a shop can have; none before a catalog is open."""
        return self._catalog.machine_kinds() if self._catalog is not None else ()

    def open(self) -> None:
        """Open the compiled catalog, after compiling it if it is out of date; ``opened`` follows."""
        from pos_helper.catalog.indexed_catalog import open_current

        if catalog := open_current(self._packs(), self._user.index, paths.shipped_index()):
            self._take(catalog)
        else:
            self._build()

    def close(self) -> None:
        """Stop a running compilation and close the index file."""
        self._stop_building()
        if self._catalog is not None:
            self._catalog.close()
            self._catalog = None

    def ask_record(self, code: str) -> None:
        """Open the dialog that records a code which is not in the catalog."""
        from pos_helper.ui.dialogs.record_dialog import RecordDialog

        if self._catalog is not None:
            view, origins = self._view, self._catalog.origins()
            RecordDialog(view.theme, view.language, code, origins, self._record, view.window).present()

    def _record(self, own: "RecordedCode") -> None:
        """Write a code to the shop's own pack and recompile the catalog. Raises ``UserError``."""
        from pos_helper.catalog.packs.shop_pack import record
        from pos_helper.domain.resolved_entry import SHOP_PACK

        assert self._catalog is not None  # the dialog was made from it
        entry_id = record(self._user.packs / SHOP_PACK, own, self._catalog, self._now().date())
        self._recorded = (entry_id, own.code)
        self._view.window.search_bar.set_query(own.code)
        self._build()

    def _packs(self) -> tuple[Path, ...]:
        """The paths of the packs now: recording the first code creates a pack."""
        from pos_helper.catalog.packs.pack_files import find_packs

        return find_packs(paths.resources() / "catalog", self._user.packs, self._more_packs)

    def _build(self) -> None:
        from pos_helper.controllers.catalog_builder import CatalogBuilder

        self._stop_building()
        self._view.window.banner.show_progress(_BUILDING)
        self._builder = CatalogBuilder(self._packs(), self._user.index, self)
        self._builder.progressed.connect(self._show_progress)
        self._builder.built.connect(self._take)
        self._builder.start()

    def _stop_building(self) -> None:
        if self._builder is not None:
            self._builder.requestInterruption()
            self._builder.wait()
            self._builder.deleteLater()
            self._builder = None

    def _show_progress(self, done: int, total: int) -> None:
        self._view.window.banner.show_progress(_BUILDING, done, total)

    def _take(self, catalog: "IndexedCatalog") -> None:
        """Use a catalog from now on, instead of the previous one if any."""
        if self._builder is not None:
            self._view.window.banner.hide_progress()
        for problem in catalog.problems:
            self._view.notify(problem)
        before, self._catalog = self._catalog, catalog
        if before is None:
            self.opened.emit(catalog)
            return
        self.renewed.emit(catalog)
        before.close()
        entry_id, code = self._recorded
        # A pack with another broken file is not loaded, so the code is missing; the problem is shown above.
        if catalog.resolve(entry_id) is not None:
            self._view.notify(_RECORDED.format(code=code), Tone.GOOD)
            self.recorded.emit(code)
