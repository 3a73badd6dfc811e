"""Chinese input under Linux."""

import os


def offer_ibus() -> None:
    """Let Qt take its IBus plugin if the one that the system asks for is missing. Call it before Qt starts.

    PySide brings no plugin for Fcitx, whose version 5 answers IBus's protocol. Qt tries the names of
    ``QT_IM_MODULES`` in order: https://doc.qt.io/qt-6/inputmethods.html.
    """
    asked = os.environ.get("QT_IM_MODULE")
    if asked and "QT_IM_MODULES" not in os.environ:
        os.environ["QT_IM_MODULES"] = f"{asked};ibus"
