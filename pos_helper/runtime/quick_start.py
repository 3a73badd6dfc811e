"""What Python does at every start and this program can do without."""

import gc


def begin() -> None:
    """Look for no garbage while the program loads: nothing that an import makes is any. Saves about 6 ms."""
    gc.disable()


def end() -> None:
    """Collect garbage again from now on. To be called when all is loaded."""
    # What was loaded stays: no later collection, in the middle of a key press, goes through it.
    gc.freeze()
    gc.enable()
