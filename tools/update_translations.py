"""Bring the translations up to date with the window's texts: ``make translations``.

    python tools/update_translations.py [FOLDER]

New texts appear in the ``.ts`` files as unfinished, texts that are gone are dropped, and the ``.qm`` files
are built. English is the language of the source, so its file holds the plural forms only.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Without locations a diff shows changed texts only.
LUPDATE = ["pyside6-lupdate", "-silent", "-no-obsolete", "-locations", "none", "-source-language", "en"]
FILES: dict[str, list[str]] = {"pos_helper_zh_CN.ts": [], "pos_helper_en.ts": ["-pluralonly"]}


def main(arguments: list[str]) -> int:
    """Update the ``.ts`` files of a folder, ``translations`` by default, and build its ``.qm`` files."""
    folder = Path(arguments[0]) if arguments else ROOT / "translations"
    sources = sorted((ROOT / "pos_helper").rglob("*.py"))
    tools = Path(sys.executable).parent
    for name, options in FILES.items():
        target = folder / name
        subprocess.run([tools / LUPDATE[0], *LUPDATE[1:], *options, *sources, "-ts", target], check=True)
        subprocess.run([tools / "pyside6-lrelease", "-silent", target], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
