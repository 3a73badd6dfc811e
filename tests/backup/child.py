"""Tasks that tests run in a process of their own: ``child.py TASK DATA BACKUP [MOMENT]``."""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pos_helper.backup import restore
from pos_helper.backup.archive import write_backup
from pos_helper.backup.progress import Progress
from pos_helper.domain.errors import UserError
from pos_helper.paths import UserPaths, user_paths
from tests.backup.conftest import NOW, whole


def _die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _restore_and_die(user: UserPaths, backup: Path, moment: str) -> None:
    """Restore a backup and be killed at a moment of it."""
    staged = restore.prepare(user, backup, NOW, Progress())
    if moment == "staged":
        _die()
    name = {"cases": "copy", "done": "_discard"}.get(moment, "rename")
    function = getattr(restore, name)

    def run_and_die(*values: Any) -> Any:
        result = function(*values)
        if name != "rename" or values[1].name == moment:
            _die()
        return result

    with patch.object(restore, name, run_and_die):
        restore.restore(user, staged)


def restore_on_full_disk(user: UserPaths, backup: Path, room: int) -> None:
    """Fill the disk but for so many bytes when everything is prepared, restore, and say what came of it."""
    before = whole(user)
    staged = restore.prepare(user, backup, NOW, Progress())
    ballast = user.data.parent / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            file.truncate(file.tell() - room)
    try:
        restore.restore(user, staged)
    except UserError as error:
        ballast.unlink()
        is_same = whole(user) == before
        left = sorted(each.name for each in user.data.iterdir())
        said = {"zh": error.text.zh, "en": error.text.en, "same": is_same, "left": left}
        sys.stdout.write(json.dumps(said))


def restore_read_only(user: UserPaths, backup: Path) -> None:
    """Restore where nothing can be written."""
    try:
        restore.restore(user, restore.prepare(user, backup, NOW, Progress()))
    except UserError as error:
        sys.stdout.write(json.dumps({"zh": error.text.zh, "en": error.text.en}))


if __name__ == "__main__":
    task, data, backup, *more = sys.argv[1:]
    user = user_paths(Path(data))
    if task == "restore":
        _restore_and_die(user, Path(backup), more[0])
    elif task == "back_up":
        write_backup(user, Path(backup), NOW, Progress())
    elif task == "restore_on_full_disk":
        restore_on_full_disk(user, Path(backup), int(more[0]))
    else:
        restore_read_only(user, Path(backup))
