"""Update the translation files from the window's texts: ``make translations``.

    python tools/update_translations.py [FOLDER]

Adds new texts to the ``.ts`` files as unfinished, drops removed ones and builds the ``.qm`` files. The source
language is English, so the English file has plural forms only.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Without locations, so that a diff shows changed texts only.
LUPDATE = ["pyside6-lupdate", "-silent", "-no-obsolete", "-locations", "none", "-source-language", "en"]
FILES: dict[str, list[str]] = {"pos_helper_zh_CN.ts": [], "pos_helper_en.ts": ["-pluralonly"]}


def main(arguments: list[str]) -> int:
    """Update the ``.ts`` files of a folder (default: ``translations``) and build its ``.qm`` files."""
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
