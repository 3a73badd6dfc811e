"""Rebuild both character tables: ``build.py TSCHARACTERS_FILE`` (README.md lists the sources)."""

import sys
from collections import defaultdict
from itertools import product
from pathlib import Path

from pypinyin import Style, pinyin

_HERE = Path(__file__).resolve().parent
_MOST_READINGS = 3
_VOWELS = frozenset("aeiouv")


def _pinyin() -> str:
    """Return lines of a syllable and its GB 2312 characters: by main reading first, then by lesser ones."""
    read_so: tuple[dict[str, str], ...] = tuple({} for _ in range(_MOST_READINGS))
    for row, column in product(range(0xB0, 0xF8), range(0xA1, 0xFF)):
        try:
            character = bytes((row, column)).decode("gb2312")
        except UnicodeDecodeError:  # unassigned in GB 2312
            continue
        readings = pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]
        spoken = [each for each in dict.fromkeys(readings) if each.isascii() and not _VOWELS.isdisjoint(each)]
        for characters, reading in zip(read_so, spoken, strict=False):
            characters[reading] = characters.get(reading, "") + character
    return "".join(
        f"{reading} {characters[reading]}\n" for characters in read_so for reading in sorted(characters)
    )


def _simplified(table: str) -> str:
    """Return one line per simplified character: the character, then its traditional forms."""
    traditional: dict[str, list[str]] = defaultdict(list)
    for line in table.splitlines():
        source, _, targets = line.partition("\t")
        if (target := targets.split(" ")[0]) != source:
            traditional[target].append(source)
    return "".join(f"{target} {''.join(traditional[target])}\n" for target in sorted(traditional))


if __name__ == "__main__":
    (_HERE / "pinyin.txt").write_text(_pinyin(), encoding="utf-8")
    source = Path(sys.argv[1]).read_text(encoding="utf-8")
    (_HERE / "simplified.txt").write_text(_simplified(source), encoding="utf-8")
