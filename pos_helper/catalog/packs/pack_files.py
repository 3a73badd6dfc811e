"""Which files make up a pack, and whether any of them changed. Nothing in here reads YAML."""

import logging
import os
from collections.abc import Iterable
from pathlib import Path

_SUFFIXES = (".yaml", ".yml")

_log = logging.getLogger(__name__)


def find_packs(
    built_in: Path, user_folder: Path | None = None, more: Iterable[Path] = ()
) -> tuple[Path, ...]:
    """The packs to load: the built-in one, those dropped into the user's folder by name, and more.

    In the user's folder each folder and each YAML file is a pack of its own. A pack that is named
    twice is taken once.
    """
    try:
        dropped = sorted(path for path in user_folder.iterdir() if _is_pack(path)) if user_folder else []
    except FileNotFoundError:  # it is made by whoever drops the first one
        dropped = []
    except OSError as error:
        _log.warning("The packs in %s cannot be listed: %s", user_folder, error)
        dropped = []
    packs: dict[Path, Path] = {}
    for pack in (built_in, *dropped, *more):
        packs.setdefault(pack.resolve(), pack)
    return tuple(packs.values())


def pack_files(pack: Path) -> tuple[Path, ...]:
    """The files of a pack, sorted: the file itself, or all ``*.yaml`` and ``*.yml`` below the folder.

    Names that begin with a dot are left out: editors and archive programs leave such files behind.
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
    """The whole path of a pack, by which the index knows it."""
    return _as_text(str(pack.absolute()))


def fingerprint(pack: Path) -> str:
    """The pack's present state as a text: it changes when any file is added, removed or written.

    It looks at paths, sizes and times of change only. A hash would be shorter, and cost every start 3 MiB
    for the library that makes it.
    """
    lines = []
    try:
        for file in pack_files(pack):
            found = file.stat()
            lines.append(f"{file} {found.st_size} {found.st_mtime_ns}")
    except OSError as error:
        lines.append(str(error.errno))
    return _as_text("\n".join(lines))


def _as_text(name: str) -> str:
    # A name that is no text is told apart as well, and SQLite keeps only texts.
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _is_pack(path: Path) -> bool:
    return not path.name.startswith(".") and (path.is_dir() or _is_yaml(path.name))


def _is_yaml(name: str) -> bool:
    return not name.startswith(".") and name.lower().endswith(_SUFFIXES)


def _raise(error: OSError) -> None:
    raise error
