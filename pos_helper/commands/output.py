"""Prints results on standard output and notices on standard error."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

import msgspec

from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Text
from pos_helper.files import reason


def print_lines(lines: Iterable[str]) -> None:
    """Print text in the console's encoding. Raises ``UserError`` if it cannot be written."""
    with _printing():
        for line in lines:
            print(line)


def print_json(data: object) -> None:
    """Print indented JSON in UTF-8, bypassing the console's encoding. Raises ``UserError``."""
    print_bytes(msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n")


def print_bytes(data: bytes) -> None:
    """Print bytes, bypassing the console's encoding. Raises ``UserError`` if they cannot be written."""
    print_pieces([data])


def print_pieces(pieces: Iterable[bytes]) -> None:
    """Print bytes one piece after another, as they are made; see ``print_bytes``."""
    with _printing():
        sys.stdout.flush()
        for piece in pieces:
            sys.stdout.buffer.write(piece)


def print_progress(done: int, total: int) -> None:
    """Say on a person's console how far a long job is, on one line that disappears at its end."""
    if sys.stderr is None or not sys.stderr.isatty():
        return
    said = "     \r" if done == total else f"{done * 100 // total} %"
    with suppress(OSError):
        print(f"\r{said}", end="", file=sys.stderr, flush=True)


@contextmanager
def _printing() -> Iterator[None]:
    """Flush at the end, and raise ``UserError`` if writing fails: ``> FILE`` may hit a full disk."""
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
    """Discard unwritten output, so that the interpreter's final flush does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_notice(text: str) -> None:
    """Print on standard error; do nothing if there is none or it cannot be written."""
    if sys.stderr is not None:  # ``print`` would fall back to standard output
        with suppress(OSError):
            print(text, file=sys.stderr)
