"""The copies that the program keeps by itself, in the folder ``backups`` of the data."""

import logging
import re
import shutil
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from pos_helper.backup.archive import write_backup
from pos_helper.backup.progress import Progress
from pos_helper.domain.backups import Backup, superfluous
from pos_helper.domain.resolved_entry import SHOP_PACK
from pos_helper.domain.text import Text
from pos_helper.files import TEMPORARIES, aside, left_behind, make_folder, remove_left_behind
from pos_helper.paths import UserPaths

STAGED = ".restoring-"
"""So begin the names of the folders in which a backup is unpacked to be restored."""

_DAILY = re.compile(r"pos-helper-(\d{4}-\d{2}-\d{2})\.zip")
_BEFORE_RESTORE = re.compile(r"pos-helper\.before-restore-(\d{8})-\d{6}(?:-\d+)?\.zip")

_OFFER = Text(
    "程序留有 {day} 的备份：在“设置”里点“备份与恢复”，就能恢复。",
    "The program kept a copy of {day}: press “Back up or restore” in the settings to get it back.",
)

_log = logging.getLogger(__name__)


def kept_backups(folder: Path) -> Sequence[Backup]:
    """The copies in a folder, the newest first."""
    try:
        names = [each.name for each in folder.iterdir()]
    except OSError:  # there is none yet, or nobody may read it
        return ()
    found = [backup for name in names if (backup := _backup(name)) is not None]
    return sorted(
        found, key=lambda backup: (backup.made_on, backup.before_restore, backup.name), reverse=True
    )


def with_offer(notice: Text, folder: Path) -> Text:
    """What is said of cases that are gone, and the newest copy in the folder, if there is one."""
    for backup in kept_backups(folder):
        offer = _OFFER.format(day=backup.made_on.isoformat())
        return Text(f"{notice.zh}{offer.zh}", f"{notice.en} {offer.en}")
    return notice


def is_due(folder: Path, today: date) -> bool:
    """Whether no copy was made today."""
    return all(each.before_restore or each.made_on != today for each in kept_backups(folder))


def keep_daily(user: UserPaths, now: datetime, progress: Progress) -> None:
    """Make the copy of today, then delete those that are not needed any more.

    Raises ``UserError`` and ``Cancelled``, with all copies as before.
    """
    make_folder(user.backups)
    write_backup(user, user.backups / f"pos-helper-{now.date().isoformat()}.zip", now, progress)
    for backup in superfluous(kept_backups(user.backups), now.date()):
        _delete(user.backups / backup.name)


def keep_before_restore(user: UserPaths, now: datetime, progress: Progress) -> Path:
    """Make a copy of what a restored backup is to replace, and return it. Raises as ``keep_daily``."""
    make_folder(user.backups)
    path = aside(user.backups / "pos-helper.zip", "before-restore")
    write_backup(user, path, now, progress)
    return path


def remove_left_over(user: UserPaths) -> None:
    """Delete what a killed program left in the data: files half written, backups unpacked to be restored."""
    for folder in (user.data, user.packs, user.packs / SHOP_PACK, user.backups):
        remove_left_behind(folder, TEMPORARIES)
    for staged in left_behind(user.data, f"{STAGED}*"):
        shutil.rmtree(staged, ignore_errors=True)


def _backup(name: str) -> Backup | None:
    try:
        if daily := _DAILY.fullmatch(name):
            return Backup(name, date.fromisoformat(daily[1]))
        if before := _BEFORE_RESTORE.fullmatch(name):
            return Backup(name, date.fromisoformat(before[1]), before_restore=True)
    except ValueError:
        _log.info("%s has no date in its name", name)
    return None


def _delete(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        _log.info("The old copy %s cannot be deleted: %s", path, error)
