"""Where bundled and user data live: the only module that knows.

User data live in the platform's data folder, or in ``data/`` beside the program if a file named
``portable`` stands there, or where ``--data-dir`` says.
"""

import sys
from pathlib import Path

from msgspec import Struct

PORTABLE_FLAG = "portable"

_PACKAGE = Path(__file__).resolve().parent


def _bundled(name: str) -> Path:
    """A bundled folder: inside the installed package, or beside it in a source tree."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def resources() -> Path:
    """The bundled catalog, fonts, icons and report templates."""
    return _bundled("resources")


def translations() -> Path:
    """The built translations of the window."""
    return _bundled("translations")


def program_dir() -> Path:
    """The folder in which the ``portable`` flag file is looked for.

    That is the folder of the program file when frozen, else the one above the package.
    """
    return Path(sys.executable).resolve().parent if getattr(sys, "frozen", False) else _PACKAGE.parent


class UserPaths(Struct, frozen=True):
    """Where one user's data live. No folder is made before something is written to it."""

    data: Path
    cache: Path

    @property
    def packs(self) -> Path:
        """Where the shop drops its own catalog files."""
        return self.data / "packs"

    @property
    def cases(self) -> Path:
        """The case store."""
        return self.data / "cases.sqlite3"

    @property
    def settings(self) -> Path:
        """The settings and the shop's details."""
        return self.data / "settings.json"

    @property
    def log(self) -> Path:
        """The program's log."""
        return self.data / "log" / "pos-helper.log"

    @property
    def fatal_error_log(self) -> Path:
        """What was running when the whole program died; there is none after a good end."""
        return self.data / "log" / "faults.txt"

    @property
    def index(self) -> Path:
        """The compiled catalog. It may be deleted at any time."""
        return self.cache / "catalog-index.sqlite3"


def user_paths(data_dir: Path | None = None, program: Path | None = None) -> UserPaths:
    """Where to keep the user's data, by ``--data-dir``, the ``portable`` flag or the platform's rule."""
    base = program or program_dir()
    if data_dir is None and (base / PORTABLE_FLAG).is_file():
        data_dir = base / "data"
    if data_dir is not None:
        data_dir = data_dir.expanduser().resolve()
        return UserPaths(data=data_dir, cache=data_dir / "cache")
    import platformdirs

    dirs = platformdirs.PlatformDirs("pos-helper", appauthor=False)
    return UserPaths(data=Path(dirs.user_data_dir), cache=Path(dirs.user_cache_dir))
