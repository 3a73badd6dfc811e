"""``python -m pos_helper`` is the same as ``pos-helper``."""

import sys

from pos_helper.cli import main

if __name__ == "__main__":
    sys.exit(main())
