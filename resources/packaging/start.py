"""Where the packaged program begins."""

import sys

from pos_helper.__main__ import main

sys.exit(main())
