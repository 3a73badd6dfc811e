"""Open a catalog in a separate process and print how it was opened, its version and what "E1" finds.

Arguments: the index file, then the packs. It starts when its standard input is closed.
"""

import sys
from pathlib import Path

from pos_helper.catalog.indexed_catalog import open_catalog

index, *packs = map(Path, sys.argv[1:])
sys.stdin.read()
catalog = open_catalog(packs, index)
found = " ".join(hit.id for hit in catalog.search("E1").hits)
parser = "parsed" if "yaml" in sys.modules else "opened"
sys.stdout.write(f"{parser} {catalog.version} {found}\n")
