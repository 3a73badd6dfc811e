"""Reports a missing screen in one sentence, where Qt alone would abort the process."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from pos_helper.domain.text import Lang, Text


@contextmanager
def named_if_missing(sentence: Text, lang: Lang, exit_code: int) -> Iterator[None]:
    """End the process with ``exit_code`` and ``sentence`` on standard error if Qt aborts in the block.

    ``{why}`` in the sentence becomes Qt's reason. An exception is not possible, because Qt calls only the
    message handler before it aborts; nor is a check in advance, because a configured screen can be gone,
    refuse the connection or lack a library.
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
