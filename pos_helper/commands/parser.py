"""argparse with error messages in both languages, raised as ``UsageError``."""

import argparse
import re
from typing import NoReturn

from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Text

# argparse only passes on complete English messages. A message that is not listed here stays English.
_IN_CHINESE = (
    (r"the following arguments are required: (.+)", r"还缺少：\1"),
    (r"one of the arguments (.+) is required", r"要写上其中一个：\1"),
    (r"unrecognized arguments: (.+)", r"不认识：\1"),
    (r"argument (.+?): expected one argument", r"\1 后面要写一个值"),
    (r"argument (.+?): expected at least one argument", r"\1 后面至少要写一个值"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 不能写 \2，可以写：\3"),
    (r"argument (.+?): invalid int value: (.+)", r"\1 要写整数，不能写 \2"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 不能和 \2 一起用"),
    # Raised by the argument types of this program.
    (r"argument (.+?): not a whole number from 1 up: (.+)", r"\1 要写 1 或更大的整数，不能写 \2"),
    (r"argument (.+?): the name is empty", r"\1 后面的名字是空的"),
)


class UsageError(UserError):
    """The command line is invalid. The text starts with the usage line."""


class Parser(argparse.ArgumentParser):
    """Raises ``UsageError`` where argparse would exit the process."""

    def error(self, message: str) -> NoReturn:
        """Raise ``UsageError`` with the message in both languages, masked for card data."""
        from pos_helper.domain.card_data import mask_card_data

        usage, message = f"{self.format_usage()}{self.prog}: ", mask_card_data(message)
        raise UsageError(Text(f"{usage}{_in_chinese(message)}", f"{usage}error: {message}"))


def _in_chinese(message: str) -> str:
    for english, chinese in _IN_CHINESE:
        if found := re.fullmatch(english, message, re.DOTALL):
            return found.expand(chinese)
    return message


def positive(text: str) -> int:
    """The type of an argument that must be a whole number of at least 1."""
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"not a whole number from 1 up: {text!r}")
    return number
