"""Which font families the window is written in: a Latin one first, then one that has Chinese."""

from pathlib import Path

from PySide6.QtGui import QFontDatabase

# Latin comes first: the Latin letters and digits of a Chinese font are an afterthought, and codes are made of
# them.
_LATIN = ("Segoe UI", "Noto Sans", "Cantarell", "Ubuntu", "Liberation Sans", "DejaVu Sans", "Arial")

_CHINESE = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "PingFang SC",
    "SimHei",
    "SimSun",
)

_FONT_FILES = {".otf", ".ttf"}


def window_families(bundled: Path) -> list[str]:
    """The font families for ``Theme``, best first; only families that exist are named.

    The fonts in the folder ``bundled`` are loaded only if the system has none with Chinese. Needs a
    ``QGuiApplication``.
    """
    chinese = _installed(_CHINESE) or _any_chinese() or _load(bundled)
    return [*_installed(_LATIN), *chinese]


def _installed(names: tuple[str, ...]) -> list[str]:
    """The first of the names that the system has, or nothing."""
    return next(([name] for name in names if QFontDatabase.hasFamily(name)), [])


def _any_chinese() -> list[str]:
    """Any family that says it writes simplified Chinese. Asked last: it opens every font there is."""
    families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return [name for name in families if not QFontDatabase.isPrivateFamily(name)][:1]


def _load(folder: Path) -> list[str]:
    families: list[str] = []
    for path in sorted(folder.glob("*")):
        if path.suffix.lower() in _FONT_FILES:
            number = QFontDatabase.addApplicationFont(str(path))
            families += QFontDatabase.applicationFontFamilies(number)
    return list(dict.fromkeys(families))
