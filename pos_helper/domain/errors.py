"""Errors that the user can act on, each with a message in both languages."""

from pos_helper.domain.text import Text


class UserError(Exception):
    """An expected error, such as a full disk, a bad file or a store from a newer version.

    It is shown as a sentence in the current language, never as a traceback. Any other exception is a program
    error and goes to the crash hook.
    """

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class StoreHeld(UserError):
    """Another program holds the file of the cases for now: the same may succeed a moment later."""


class CaseNotFound(UserError):
    """No case has this number: it was never opened, or another process deleted it."""

    def __init__(self, case_id: int) -> None:
        super().__init__(Text(f"没有编号为 {case_id} 的记录。", f"There is no case {case_id}."))
        self.case_id = case_id
