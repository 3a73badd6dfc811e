"""What all controllers use of the window: the parts that dialogs need, and notices."""

from collections.abc import Callable
from typing import NamedTuple

from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Text
from pos_helper.ui.language import Language
from pos_helper.ui.pages.main_window import MainWindow
from pos_helper.ui.theme import Theme, Tone


class View(NamedTuple):
    """The window with its theme and language."""

    window: MainWindow
    theme: Theme
    language: Language

    def notify(self, notice: Text | None, tone: Tone = Tone.WARN) -> None:
        """Show a notice above the page; do nothing for ``None``."""
        if notice is not None:
            self.window.banner.show_notice(notice, tone)

    def withdraw(self, notice: Text) -> None:
        """Take a notice back that is not true any more."""
        self.window.banner.withdraw(notice)

    def attempt(self, action: Callable[..., object], *values: object) -> bool:
        """Call ``action(*values)`` and return whether it succeeded. A ``UserError`` is shown as a notice."""
        try:
            action(*values)
        except UserError as error:
            self.notify(error.text, Tone.BAD)
            return False
        return True
