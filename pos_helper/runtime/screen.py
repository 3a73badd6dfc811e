"""What happens when there is no screen to open a window on. Qt itself would abort the whole process."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from pos_helper.domain.text import Lang, Text


@contextmanager
def named_if_missing(sentence: Text, lang: Lang, exit_code: int) -> Iterator[None]:
    """End the process with one sentence, its ``{why}`` filled in, if Qt finds no screen in the block.

    No exception can do that: Qt asks nobody between finding no screen and aborting. A screen can be named
    and yet be gone, refuse the program or lack a library, so only trying tells.
    """
    said: list[str] = []

    def handle(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        if kind is QtMsgType.QtFatalMsg:
            why = (said or [message or ""])[0].strip().rstrip(".")
            sys.stderr.write(f"{sentence.format(why=why).of(lang)}\n")
            sys.stderr.flush()
            os._exit(exit_code)
        said.append(message or "")

    before = qInstallMessageHandler(handle)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
