"""UserError that a person can do something about, said in one sentence."""

from pos_helper.domain.text import Text


class UserError(Exception):
    """Expected trouble: a full disk, a bad file, a store from a newer version.

    It is shown as a sentence in the language of the moment, never as a traceback.
    Anything that is not a ``UserError`` is a fault of the program and goes to the crash hook.
    """

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text
