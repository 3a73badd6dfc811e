"""The entry point of ``pos-helper`` and ``python -m pos_helper``."""

import sys
from collections.abc import Sequence

from pos_helper.runtime import quick_start


def main(argv: Sequence[str] | None = None) -> int:
    """Load and run the command line; return its exit code."""
    quick_start.begin()
    from pos_helper.cli import main as run

    return run(argv)


if __name__ == "__main__":
    sys.exit(main())
