"""A disk that forgets: it undoes what was done to names in folders and not flushed after, as a power cut may.

It knows renames, new folders and deleted files. A new file without its name is what a rename undone leaves.
"""

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

Undo = Callable[[], object]


class ForgetfulDisk:
    """Notes each change of a name from its making on, until ``cut``."""

    def __init__(self, stash: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """``stash`` is a folder on the same disk for what may have to come back."""
        self._stash = stash
        self._patch = monkeypatch
        self._pending: list[tuple[set[Path], Undo]] = []
        self._numbers = iter(range(1_000_000))
        self._real = {name: getattr(os, name) for name in ("rename", "replace", "mkdir", "unlink", "fsync")}
        for name in ("rename", "replace"):
            monkeypatch.setattr(os, name, partial(self._move, name))
        monkeypatch.setattr(os, "mkdir", self._make)
        monkeypatch.setattr(os, "unlink", self._delete)
        monkeypatch.setattr(os, "fsync", self._flush)

    def cut(self) -> int:
        """Undo all that was not flushed, the last first; return how many changes that were."""
        for name, real in self._real.items():
            self._patch.setattr(os, name, real)
        for _, undo in reversed(self._pending):
            undo()
        return len(self._pending)

    def _move(self, how: str, old: Any, new: Any, **options: Any) -> None:
        kept = self._kept(new)
        self._real[how](old, new, **options)

        def undo() -> None:
            self._real["replace"](new, old)
            if kept is not None:
                os.link(kept, new)

        self._pending.append(({_folder(old), _folder(new)}, undo))

    def _make(self, path: Any, *arguments: Any, **options: Any) -> None:
        self._real["mkdir"](path, *arguments, **options)
        # A temporary folder is gone by then.
        self._pending.append(({_folder(path)}, lambda: shutil.rmtree(path, ignore_errors=True)))

    def _delete(self, path: Any, **options: Any) -> None:
        kept = None if options else self._kept(path)
        self._real["unlink"](path, **options)
        if kept is not None:
            self._pending.append(({_folder(path)}, lambda: os.link(kept, path)))

    def _flush(self, file: int) -> None:
        self._real["fsync"](file)
        place = Path(f"/proc/self/fd/{file}").resolve()
        for folders, _ in self._pending:
            folders.discard(place)
        self._pending = [(folders, undo) for folders, undo in self._pending if folders]

    def _kept(self, path: Any) -> Path | None:
        """What a name stands for, under another name; ``None`` for no file."""
        if not Path(path).is_file():
            return None
        kept = self._stash / f"{next(self._numbers)}"
        os.link(path, kept)
        return kept


def _folder(path: Any) -> Path:
    return Path(path).parent.resolve()
