"""What Python and PySide do at every start and this program can do without."""

import builtins
import gc
import importlib


def begin() -> None:
    """Look for no garbage while the program loads: nothing that an import makes is any. Saves about 8 ms."""
    gc.disable()


def load_qt() -> None:
    """Load Qt, and take PySide's own import off again.

    For the sake of ``__feature__``, which this program does not use, that import reads the source of each
    module and keeps it: 10 ms and 4 MiB.
    """
    plain_import = builtins.__import__
    importlib.import_module("PySide6.QtCore")
    builtins.__import__ = plain_import


def end() -> None:
    """Collect garbage again from now on. To be called when all is loaded."""
    # What was loaded stays: no later collection, in the middle of a key press, goes through it.
    gc.freeze()
    gc.enable()
