"""A program start, for the tests of the single instance: says what it is and what it is asked.

Arguments: the data folder, the query, and ``deaf`` for one that holds the claim without listening,
``impatient`` for one that does not wait for a window which hangs.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from pos_helper.runtime.single_instance import SingleInstance

LONGEST_LIFE_MS = 30_000


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def summoned(query: str) -> None:
    say("summoned", ascii(query))


def main() -> int:
    data, query, *options = sys.argv[1:]
    application = QCoreApplication([])
    instance = SingleInstance(Path(data), patience_ms=1 if "impatient" in options else 3000)
    say("trying")
    if not instance.claim(query):
        say("handed over")
        return 0
    instance.summoned.connect(summoned)
    if "deaf" not in options:
        instance.listen()
    say("first")
    QTimer.singleShot(LONGEST_LIFE_MS, application.quit)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
