"""Prints logged warnings while a command runs. The window writes a log file instead (``runtime.log``)."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from pos_helper.commands.output import print_notice
from pos_helper.domain.card_data import mask_card_data


@contextmanager
def warnings_on_stderr() -> Iterator[None]:
    """Print warnings and errors logged within the block on standard error, one line each."""
    handler = _StandardError(logging.WARNING)
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)


class _StandardError(logging.Handler):
    """Prints a record as one line, masked for card data, without a traceback."""

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.exc_info and (exception := record.exc_info[1]):
            message = f"{message}: {type(exception).__name__}: {exception}"
        print_notice(mask_card_data(" ".join(message.split())))
