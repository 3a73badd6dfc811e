"""The locations of bundled and user data. No other module builds these paths.

User data are in the folder given by ``--data-dir``, else in ``data/`` next to the program if a file named
``portable`` is there, else in the platform's data folder.
"""

import sys
from pathlib import Path

from msgspec import Struct

PORTABLE_FLAG = "portable"

PRIVATE = ("cases*", "settings*", "packs", "packs/**/*", "backups", "backups/*", "log", "log/*")
"""Patterns of what is for its user alone, in the data folder."""

_PACKAGE = Path(__file__).resolve().parent


def _bundled(name: str) -> Path:
    """A bundled folder: inside the installed package, or next to it in a source tree."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def resources() -> Path:
    """The folder of the bundled catalog, fonts, icons and report templates."""
    return _bundled("resources")


def translations() -> Path:
    """The folder of the compiled translations of the window."""
    return _bundled("translations")


def shipped_index() -> Path:
    """The compiled built-in catalog of a packaged program; a source tree has none."""
    return resources() / "index" / "catalog-index.sqlite3"


def program_dir() -> Path:
    """The folder that may contain the ``portable`` flag file.

    That is the folder of the executable in a packaged program, else the parent of the package.
    """
    return Path(sys.executable).resolve().parent if getattr(sys, "frozen", False) else _PACKAGE.parent


class UserPaths(Struct, frozen=True):
    """The locations of one user's data. Folders are created on the first write, not here."""

    data: Path
    cache: Path

    @property
    def packs(self) -> Path:
        """The folder for the shop's own packs."""
        return self.data / "packs"

    @property
    def cases(self) -> Path:
        """The database of the case store."""
        return self.data / "cases.sqlite3"

    @property
    def settings(self) -> Path:
        """The file of the settings and the shop's details."""
        return self.data / "settings.json"

    @property
    def backups(self) -> Path:
        """The folder of the copies that the program makes by itself."""
        return self.data / "backups"

    @property
    def restoring(self) -> Path:
        """What is to take the place of the data. It is there only if the program ended in between."""
        return self.data / "restoring"

    @property
    def log(self) -> Path:
        """The log file."""
        return self.data / "log" / "pos-helper.log"

    @property
    def fatal_error_log(self) -> Path:
        """The stack traces of a fatal error such as a segmentation fault; absent after a normal exit."""
        return self.data / "log" / "faults.txt"

    @property
    def index(self) -> Path:
        """The compiled catalog. It may be deleted at any time and is then rebuilt."""
        return self.cache / "catalog-index.sqlite3"


def user_paths(data_dir: Path | None = None, program: Path | None = None) -> UserPaths:
    """The locations of the user's data.

    ``data_dir`` is the value of ``--data-dir``; without it the ``portable`` flag in ``program`` (by default
    ``program_dir()``) decides, and without that the platform's convention.
    """
    base = program or program_dir()
    if data_dir is None and (base / PORTABLE_FLAG).is_file():
        data_dir = base / "data"
    if data_dir is not None:
        data_dir = data_dir.expanduser().resolve()
        return UserPaths(data=data_dir, cache=data_dir / "cache")
    import platformdirs

    dirs = platformdirs.PlatformDirs("pos-helper", appauthor=False)
    return UserPaths(data=Path(dirs.user_data_dir), cache=Path(dirs.user_cache_dir))
