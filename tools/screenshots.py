"""Take the screenshots for the documentation from the real window: ``make screenshots``.

Of an open case one per language, appearance (light, dark) and scale (100 %, 150 %), of the other pages one
per language, in the size that a 1366x768 screen leaves beside its title bar and task bar.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

TARGET = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
PIXELS = (1366, 708)
SCALES = {"": "1", "-150": "1.5"}
PAGES = {"start": "", "screen": "11", "unknown": "拉卡拉 L1"}
"""The other pages, with what is typed to come to them."""


def main() -> None:
    """Take all screenshots; Qt reads the scale once per process, so each scale runs in its own process."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for ending, scale in SCALES.items():
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": scale,
            "LANGUAGE": "en",
        }
        environment["QT_LOGGING_RULES"] = "default.warning=false"
        subprocess.run([sys.executable, __file__, ending, scale], env=environment, check=True)


def take(ending: str, scale: float) -> None:
    """Take the screenshots of one scale: an open case and, at 100 %, the other pages and the export."""
    from PySide6.QtWidgets import QApplication

    from pos_helper import paths
    from pos_helper.app import App
    from pos_helper.catalog.indexed_catalog import open_catalog
    from pos_helper.catalog.packs.pack_files import find_packs
    from pos_helper.domain.machines import Machine
    from pos_helper.domain.text import Lang
    from pos_helper.settings import Settings, save_settings
    from pos_helper.ui.theme import STYLE, Appearance

    application = QApplication([sys.argv[0], *STYLE])
    with tempfile.TemporaryDirectory() as folder:
        user = paths.user_paths(Path(folder))
        open_catalog(find_packs(paths.resources() / "catalog", user.packs), user.index).close()
        machines = (
            Machine(kind="card-terminal"),
            Machine(kind="wechat-alipay"),
            Machine(kind="receipt-printer"),
        )
        save_settings(user.settings, Settings(machines=machines, machines_asked=True))
        app = App(application, user, ())
        window = app.window
        window.resize(*(round(pixels / scale) for pixels in PIXELS))
        window.show()
        app.start()
        for page, query in PAGES.items() if not ending else ():
            window.search_bar.set_query(query)
            for lang in Lang:
                app.language.use(lang)
                settle(application)
                window.grab().save(str(TARGET / f"{page}-{lang}.png"))
        window.search_bar.set_query("E1")

        window.tabs.setCurrentIndex(2)
        for step_id in ("check-last-sale", "check-network-connection"):
            window.tabs.tick_requested.emit(step_id, True)
        for lang in Lang:
            for look in (Appearance.LIGHT, Appearance.DARK):
                app.language.use(lang)
                app.theme.set_appearance(look)
                settle(application)
                window.grab().save(str(TARGET / f"main-{lang}-{look}{ending}.png"))
            if not ending:
                app.theme.set_appearance(Appearance.LIGHT)
                window.action_bar.export_requested.emit()
                settle(application)
                dialog = application.activeModalWidget()
                assert dialog is not None
                dialog.grab().save(str(TARGET / f"export-{lang}.png"))
                dialog.close()
        app.stop()


def settle(application: "QApplication") -> None:
    """Process events until the layout is stable; one widget's size may depend on another's."""
    for _ in range(20):
        application.processEvents()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        take(sys.argv[1], float(sys.argv[2]))
    else:
        main()
