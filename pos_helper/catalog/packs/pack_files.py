"""Finding packs and their files, and detecting changes. No YAML is read here."""

import logging
import os
from collections.abc import Iterable
from pathlib import Path

_SUFFIXES = (".yaml", ".yml")

_log = logging.getLogger(__name__)


def find_packs(
    built_in: Path, user_folder: Path | None = None, more: Iterable[Path] = ()
) -> tuple[Path, ...]:
    """Return the packs to load: the built-in one, those in the user's folder sorted by name, then ``more``.

    Each folder and each YAML file in the user's folder is one pack. Duplicates are dropped.
    """
    try:
        dropped = sorted(path for path in user_folder.iterdir() if _is_pack(path)) if user_folder else []
    except FileNotFoundError:  # it exists only once somebody has put a pack there
        dropped = []
    except OSError as error:
        _log.warning("The packs in %s cannot be listed: %s", user_folder, error)
        dropped = []
    packs: dict[Path, Path] = {}
    for pack in (built_in, *dropped, *more):
        packs.setdefault(pack.resolve(), pack)
    return tuple(packs.values())


def pack_files(pack: Path) -> tuple[Path, ...]:
    """Return the files of a pack: the file itself, or all ``*.yaml`` and ``*.yml`` below the folder, sorted.

    Names starting with a dot are skipped, because editors and archive programs leave such files behind.
    Raises ``OSError`` if the pack or a folder in it cannot be read.
    """
    if not pack.is_dir():
        pack.stat()
        return (pack,)
    files: list[Path] = []
    for folder, folders, names in os.walk(pack, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(folder, name) for name in names if _is_yaml(name)]
    return tuple(sorted(files, key=lambda path: path.relative_to(pack).as_posix()))


def path_text(pack: Path) -> str:
    """Return the absolute path of a pack as text: its key in the index."""
    return _as_text(str(pack.absolute()))


def fingerprint(pack: Path) -> str:
    """Return a text that changes whenever a file of the pack is added, removed or written.

    It contains paths, sizes and modification times. It is not hashed, because importing ``hashlib`` costs
    3 MiB at every start. An unreadable pack has a fingerprint too; nothing is raised.
    """
    lines = []
    try:
        for file in pack_files(pack):
            found = file.stat()
            lines.append(f"{file} {found.st_size} {found.st_mtime_ns}")
    except OSError as error:
        lines.append(str(error.errno))
    return _as_text("\n".join(lines))


def contents(pack: Path) -> tuple[str, float]:
    """Return the names and sizes of a pack's files as text, and when the newest of them was written.

    Unlike ``fingerprint`` the text is the same wherever the pack is installed. The time is in seconds since
    1970. Raises ``OSError`` if the pack cannot be read.
    """
    lines, newest = [], 0.0
    for file in pack_files(pack):
        found = file.stat()
        lines.append(f"{file.relative_to(pack).as_posix()} {found.st_size}")
        newest = max(newest, found.st_mtime)
    return _as_text("\n".join(lines)), newest


def _as_text(name: str) -> str:
    # File names that are not valid UTF-8 stay distinct too; SQLite stores valid text only.
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _is_pack(path: Path) -> bool:
    return not path.name.startswith(".") and (path.is_dir() or _is_yaml(path.name))


def _is_yaml(name: str) -> bool:
    return not name.startswith(".") and name.lower().endswith(_SUFFIXES)


def _raise(error: OSError) -> None:
    raise error
