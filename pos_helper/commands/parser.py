"""argparse, leaving it to the caller to say what was typed wrong."""

import argparse
from typing import NoReturn

from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Text


class UsageError(UserError):
    """The command line was typed wrong. The text begins with how it is typed."""


class Parser(argparse.ArgumentParser):
    """Raises ``UsageError`` where argparse would end the process."""

    def error(self, message: str) -> NoReturn:
        """Raise ``UsageError``."""
        from pos_helper.domain.card_data import mask_card_data

        usage, message = f"{self.format_usage()}{self.prog}: ", mask_card_data(message)
        raise UsageError(Text(f"{usage}error: {message}", f"{usage}error: {message}"))


def positive(text: str) -> int:
    """The type of an argument that counts something."""
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"not a whole number from 1 up: {text!r}")
    return number
