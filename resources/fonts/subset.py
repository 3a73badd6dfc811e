"""Make the bundled font anew: ``make font``, on Debian or Ubuntu.

The outlines come from Noto Sans CJK SC and, for a few signs that it lacks, Noto Sans Symbols 2, as Debian
packages them. Both are under the SIL Open Font License. Hints, kerning and glyph substitution are
left out. The last one on purpose: the source font swaps digits and dots for look-alikes that belong to no
character, and then "E101" in a PDF can be neither searched nor copied.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FONT = HERE / "pos-helper-sans-sc.otf"
STANDARD = HERE / "general-standard-characters.txt"
FAMILY = "POS Helper Sans SC"
SOURCE_FAMILY = "Noto Sans CJK SC"
NARROW_FAMILY = "Noto Sans CJK JP"
PACKAGES = {
    "fonts-noto-cjk": "usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "fonts-noto-core": "usr/share/fonts/truetype/noto/NotoSansSymbols2-Regular.ttf",
}
SIGNS = "☐☑☒✓✔✗✘⚠★☆●○■□▲△▼▽◆◇←↑→↓↵⌫€£¥"
RANGES = (
    range(0x20, 0x7F),
    range(0xA1, 0x180),  # Latin letters of Europe
    range(0x2010, 0x2060),  # dashes, quotes, dots
    range(0x3000, 0x3040),  # Chinese punctuation
    range(0xFF01, 0xFF5F),  # full-width forms
    range(0xFFE0, 0xFFE7),
)
NARROW = "‘’·•"
"""What the Chinese face draws as wide as a character, so that an English "don’t" falls apart."""
RADICALS = range(0x2E80, 0x2FE0)
TEXTS = ("resources/catalog/**/*.yaml", "translations/*.ts", "pos_helper/**/*.py")
EM = 1000


def gb2312() -> Iterator[str]:
    """Every character of GB 2312: both levels of Chinese characters and the signs."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            yield from bytes((row, cell)).decode("gb2312", "ignore")


def standard() -> str:
    """The 8,105 characters of the General Standard Chinese Characters (通用规范汉字表)."""
    return "".join(STANDARD.read_text(encoding="utf-8").split())


def traditional() -> Iterator[str]:
    """The traditional forms of the standard's characters, and what else the search reads and Big5 has."""
    simplified = set(standard())
    for line in (ROOT / "resources/chinese/simplified.txt").read_text(encoding="utf-8").splitlines():
        for character in line:
            if line[0] in simplified or character.encode("big5", "ignore"):
                yield character


def wanted() -> list[str]:
    """What the font shall hold: the fixed set and every character that the program's texts use."""
    characters = {*gb2312(), *standard(), *traditional(), *SIGNS}
    characters.update(chr(code) for codes in RANGES for code in codes)
    for pattern in TEXTS:
        for path in ROOT.glob(pattern):
            characters.update(path.read_text(encoding="utf-8"))
    return sorted(character for character in characters if character.isprintable())


def drawn_as_radicals(font: TTFont) -> list[str]:
    """The characters that the font draws with the glyph of a radical.

    In a PDF a glyph stands for one character only: 釆 in the source font would be copied as the radical. In
    this font every character has a glyph of its own.
    """
    charmap = font.getBestCmap()
    radicals = {charmap[code] for code in RADICALS if code in charmap}
    return [chr(code) for code, glyph in charmap.items() if glyph in radicals and code not in RADICALS]


def debian_fonts(folder: Path) -> list[Path]:
    """Fetch the source packages, without installing them, and return the fonts' paths."""
    subprocess.run(["apt-get", "-q", "download", *PACKAGES], cwd=folder, check=True)
    for package in folder.glob("*.deb"):
        subprocess.run(["dpkg-deb", "--extract", package, folder], check=True)
    return [folder / path for path in PACKAGES.values()]


def build(main: TTFont, narrow: TTFont, signs: TTFont) -> None:
    """Draw the wanted glyphs into a new font and save it."""
    names, shapes, widths, charmap = [".notdef"], {}, {}, {}

    def take(name: str, font: TTFont, glyph: str) -> None:
        scale = EM / font["head"].unitsPerEm
        widths[name] = (round(font["hmtx"][glyph][0] * scale), 0)
        glyphs = font.getGlyphSet()
        pen = T2CharStringPen(widths[name][0], glyphs)
        glyphs[glyph].draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
        shapes[name] = pen.getCharString()

    take(".notdef", main, ".notdef")
    for character in sorted({*wanted(), *drawn_as_radicals(main)}):
        code = ord(character)
        for font in (narrow if character in NARROW else main, signs):
            if glyph := font.getBestCmap().get(code):
                names.append(f"u{code:04X}")
                charmap[code] = names[-1]
                take(names[-1], font, glyph)
                break

    builder = FontBuilder(EM, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(charmap)
    builder.setupCFF(FAMILY.replace(" ", ""), {"FullName": FAMILY}, shapes, {})
    for name, shape in shapes.items():
        bounds = shape.calcBounds(None)
        widths[name] = (widths[name][0], round(bounds[0]) if bounds else 0)
    builder.setupHorizontalMetrics(widths)
    header = main["hhea"]
    builder.setupHorizontalHeader(ascent=header.ascent, descent=header.descent)
    old = main["OS/2"]
    builder.setupOS2(
        sTypoAscender=old.sTypoAscender,
        sTypoDescender=old.sTypoDescender,
        usWinAscent=old.usWinAscent,
        usWinDescent=old.usWinDescent,
        sxHeight=old.sxHeight,
        sCapHeight=old.sCapHeight,
        fsType=0,  # may be embedded and installed, as the licence allows
        # Latin 1 and simplified Chinese.
        ulCodePageRange1=1 | 1 << 18,
    )
    builder.setupPost(underlinePosition=main["post"].underlinePosition)

    def said(font: TTFont, record: int) -> str:
        return font["name"].getDebugName(record) or ""

    builder.setupNameTable(
        {
            "copyright": f"{said(main, 0)} {said(signs, 0)}",
            "familyName": FAMILY,
            "styleName": "Regular",
            "uniqueFontIdentifier": f"{FAMILY}; {said(main, 3)}",
            "fullName": FAMILY,
            "version": said(main, 5),
            "psName": FAMILY.replace(" ", "") + "-Regular",
            "designer": said(main, 9),
            "description": f"A subset of {SOURCE_FAMILY} with a few signs of {said(signs, 1)}.",
            "licenseDescription": said(main, 13),
            "licenseInfoURL": said(main, 14),
        },
        mac=False,
    )
    # The same sources give the same bytes.
    builder.updateHead(created=main["head"].created, modified=main["head"].modified)
    builder.font.recalcTimestamp = False
    builder.save(FONT)
    print(f"{FONT.relative_to(ROOT)}: {len(charmap)} characters, {FONT.stat().st_size // 1024} KiB")


def main() -> int:
    """Build the font from Debian's packages."""
    with tempfile.TemporaryDirectory() as folder:
        collection, signs = debian_fonts(Path(folder))
        faces = {face["name"].getDebugName(1): face for face in TTCollection(collection).fonts}
        build(faces[SOURCE_FAMILY], faces[NARROW_FAMILY], TTFont(signs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
