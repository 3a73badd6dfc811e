"""Backups on demand and by themselves, and a case file that can be copied while the program runs."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from pos_helper import paths
from pos_helper.controllers.view import View
from pos_helper.domain.text import Text
from pos_helper.ui.theme import Tone

# Loaded where they are used: neither the start nor a search needs them.
if TYPE_CHECKING:
    from pos_helper.cases.opening import OpenedStore
    from pos_helper.controllers.job import Job, Work
    from pos_helper.ui.dialogs.backup_dialog import BackupDialog

IDLE_MS = 2_000
"""So long after the last change the write-ahead log is folded into the case file."""

FIRST_COPY_MS = 20_000
"""Tidying and the copy of today wait until the first customer is likely to be served."""

BETWEEN_LOOKS_MS = 3_600_000
"""A window that stays open for days makes its copy too."""

_SAVED = Text("已备份：{path}", "Backed up: {path}")

_log = logging.getLogger(__name__)


class BackupsController(QObject):
    """Backs up, prepares the restoring, and keeps the daily copies, all in a background thread."""

    restart_requested = Signal(object)
    """The folder with what is to take the place of the data, once the window has let go of these."""

    def __init__(
        self,
        view: View,
        user: paths.UserPaths,
        opened: "OpenedStore",
        keep_note: Callable[[], object],
        now: Callable[[], datetime],
        parent: QObject,
    ) -> None:
        """``keep_note`` saves what is being typed."""
        super().__init__(parent)
        self._view = view
        self._user = user
        self._opened = opened
        self._keep_note = keep_note
        self._now = now
        self._jobs: list[Job] = []
        self._dialog: BackupDialog | None = None
        self._idle = self._timer(IDLE_MS, self._fold, once=True)
        self._first = self._timer(FIRST_COPY_MS, self._look_after, once=True)
        self._looks = self._timer(BETWEEN_LOOKS_MS, self.keep_daily)

    def begin(self) -> None:
        """Look after the case file from now on."""
        if self._opened.durable:
            self._opened.store.written = self._idle.start
            self._first.start()
            self._looks.start()

    def stop(self) -> None:
        """End what goes on in the background; nothing half done is left."""
        for timer in (self._idle, self._first, self._looks):
            timer.stop()
        while self._jobs:
            self._jobs.pop().stop()

    def keep_daily(self) -> None:
        """Make the copy of today, unless there is one."""
        from pos_helper.backup.kept import is_due, keep_daily

        now = self._now()
        if is_due(self._user.backups, now.date()):
            self._start(partial(keep_daily, self._user, now)).failed.connect(self._log_failure)

    def show_dialog(self) -> None:
        """Open the dialog for backing up and restoring."""
        from pos_helper.backup.kept import kept_backups
        from pos_helper.ui.dialogs.backup_dialog import BackupDialog

        self._keep_note()
        view = self._view
        self._dialog = BackupDialog(view.theme, view.language, view.window)
        self._dialog.show_backups(kept_backups(self._user.backups))
        self._dialog.back_up_requested.connect(self._back_up)
        self._dialog.restore_requested.connect(self._restore)
        self._dialog.restore_kept_requested.connect(self._restore_kept)
        self._dialog.finished.connect(self._forget_dialog)
        self._dialog.present()

    # --- inner --------------------------------------------------------------------------------

    def _timer(self, after: int, slot: Callable[[], object], *, once: bool = False) -> QTimer:
        timer = QTimer(self, singleShot=once)
        timer.setInterval(after)
        timer.timeout.connect(slot)
        return timer

    def _look_after(self) -> None:
        from pos_helper.backup.kept import remove_left_over

        self._start(lambda progress: remove_left_over(self._user))
        self.keep_daily()

    def _fold(self) -> None:
        from pos_helper.cases.opening import fold_log

        self._start(lambda progress: fold_log(self._user.cases))

    def _back_up(self, path: str) -> None:
        from pos_helper.backup.archive import back_up_to

        job = self._start_shown(partial(back_up_to, self._user, Path(path), self._now()))
        job.done.connect(self._say_saved)

    def _restore_kept(self, name: str) -> None:
        self._restore(str(self._user.backups / name))

    def _restore(self, path: str) -> None:
        from pos_helper.backup.restore import prepare

        job = self._start_shown(partial(prepare, self._user, Path(path), self._now()))
        job.done.connect(self.restart_requested)

    def _say_saved(self, path: Path) -> None:
        self._say(_SAVED.format(path=path), Tone.GOOD)

    def _say_failure(self, why: Text) -> None:
        self._say(why, Tone.BAD)

    def _say(self, text: Text, tone: Tone) -> None:
        if self._dialog is not None:
            self._dialog.hide_progress()
            self._dialog.show_notice(text, tone)

    def _start_shown(self, work: "Work") -> "Job":
        """Start work that the dialog shows and breaks off when it closes."""
        job = self._start(work)
        job.failed.connect(self._say_failure)
        if self._dialog is not None:
            self._dialog.show_progress(0, 0)
            job.progressed.connect(self._dialog.show_progress)
            self._dialog.rejected.connect(job.requestInterruption)
        return job

    def _start(self, work: "Work") -> "Job":
        from pos_helper.controllers.job import Job

        job = Job(work, self)
        self._jobs.append(job)
        # Bound methods only: they are called in this object's thread, other functions in the job's.
        job.finished.connect(self._forget)
        job.start()
        return job

    def _forget(self) -> None:
        job = self.sender()
        self._jobs = [each for each in self._jobs if each is not job]
        job.deleteLater()

    def _forget_dialog(self) -> None:
        self._dialog = None

    def _log_failure(self, why: Text) -> None:
        _log.warning("No copy was made today: %s", why.en)
