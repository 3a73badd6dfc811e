"""Printing: text, JSON and bytes on standard output, all else on standard error."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

import msgspec

from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Text
from pos_helper.files import reason


def print_lines(lines: Iterable[str]) -> None:
    """Print text, in the encoding of the console."""
    with _printing():
        for line in lines:
            print(line)


def print_json(data: object) -> None:
    """JSON is UTF-8 whatever the console speaks."""
    print_bytes(msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n")


def print_bytes(data: bytes) -> None:
    """Bytes go past the console's encoding."""
    with _printing():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


@contextmanager
def _printing() -> Iterator[None]:
    """Print to the end, or say why that cannot be: ``> FILE`` can meet a full disk as ``-o FILE`` can."""
    if sys.stdout is None:
        raise UserError(Text("没有标准输出。", "There is no standard output."))
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        why = reason(error)
        drop_output()
        raise UserError(
            Text(f"无法写到标准输出：{why.zh}。", f"Cannot write to standard output: {why.en}.")
        ) from error


def drop_output() -> None:
    """Send what is left of the output nowhere, so that the end of the program does not fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_notice(text: str) -> None:
    """Print on standard error. Without one, or where it takes nothing, there is nowhere else to say it."""
    if sys.stderr is not None:  # ``print`` would take standard output instead
        with suppress(OSError):
            print(text, file=sys.stderr)
